"""Django forms in the GOV.UK Design System's hand: a renderer, a date in three boxes, and a time people may type.

`FORM_RENDERER = "programme.lib.govuk_forms.GovukRenderer"` makes every `{{ form }}` and `{{ form.name }}` come out
right; markup lives in templates/django/forms/. Mail addresses and codes keep the `autocomplete` their widget gives.
"""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WIDGETS = "django/forms/widgets/"
INPUT = "govuk-input"
# What each of Django's widget templates is called in the design system.
WIDGET_CLASSES = {
    f"{WIDGETS}{name}.html": css_class
    for name, css_class in {
        "text": INPUT,
        "email": INPUT,
        "url": INPUT,
        "number": INPUT,
        "tel": INPUT,
        "search": INPUT,
        "password": f"{INPUT} govuk-password-input__input",
        "date": INPUT,
        "time": INPUT,
        "datetime": INPUT,
        "color": INPUT,
        "textarea": "govuk-textarea",
        "select": "govuk-select",
        "file": "govuk-file-upload",
        "clearable_file_input": "govuk-file-upload",
        "checkbox": "govuk-checkboxes__input",
    }.items()
}


class GovukRenderer(TemplatesSetting):
    """Puts the design system's class on each widget and drops placeholders, which vanish as soon as one types."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        widget = context.get("widget")
        if isinstance(widget, dict) and "attrs" in widget:
            context = {**context, "widget": {**widget, "attrs": _dressed(template_name, widget["attrs"])}}
        return super().render(template_name, context, request)


def _dressed(template_name: str, attrs: dict[str, Any]) -> dict[str, Any]:
    attrs = {name: value for name, value in attrs.items() if name not in {"placeholder", "cols"}}
    if attrs.get("rows") == "10":  # Django's own default; half of it is plenty.
        attrs["rows"] = "5"
    css_class = WIDGET_CLASSES.get(template_name)
    if css_class:
        wrong = attrs.get("aria-invalid") == "true" and "checkboxes" not in css_class
        error = css_class.split()[0] + "--error" if wrong else ""
        attrs["class"] = " ".join(filter(None, [css_class, error, attrs.get("class")]))
    return attrs


def error_words(field: BoundField) -> list[str]:
    """What is wrong with this field. A bare "This field is required." names the field, so that a list of them helps."""
    bare = str(forms.Field.default_error_messages["required"])
    return [_missing(field) if message == bare else message for message in field.errors]


def _missing(field: BoundField) -> str:
    label = str(field.label or field.name).strip()
    if label.endswith("?"):
        words = gettext("Answer “%(label)s”")
    elif field.widget_type == "checkbox":
        words = gettext("Tick “%(label)s” to go on")
    elif isinstance(field.field, forms.ChoiceField):
        words = gettext("Choose an answer for “%(label)s”")
    elif isinstance(field.field, forms.FileField):
        words = gettext("Choose a file for “%(label)s”")
    else:
        words = gettext("Fill in “%(label)s”")
    return words % {"label": label}


def first_input_id(field: BoundField) -> str:
    """The element an error message about this field leads to: the box, or the first choice, or the missing part."""
    if not field.use_fieldset:
        return field.id_for_label or field.auto_id
    part = 0
    if isinstance(field.field, DateParts):
        part = next((e.params["part"] for e in field.errors.as_data() if e.params and "part" in e.params), 0)
    return f"{field.auto_id}_{part}"


PART_LABELS = (_("Day"), _("Month"), _("Year"))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DatePartsWidget(forms.MultiWidget):
    """Day, month and year as three plain boxes. A picker alone shuts people out."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = [
            forms.TextInput({"inputmode": "numeric", "class": "govuk-date-input__input govuk-input--width-2"}),
            forms.TextInput({"class": "govuk-date-input__input govuk-input--width-2"}),
            forms.TextInput({"inputmode": "numeric", "class": "govuk-date-input__input govuk-input--width-4"}),
        ]
        super().__init__(boxes, attrs)

    def decompress(self, value: datetime.date | str | None) -> list[Any]:
        if isinstance(value, str):  # A link such as ?date=2022-05-17 fills the boxes.
            try:
                value = datetime.date.fromisoformat(value)
            except ValueError:
                value = None
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for box, label in zip(context["widget"]["subwidgets"], PART_LABELS, strict=True):
            box["label"] = label
            box["attrs"] = _dressed(box["template_name"], box["attrs"])
            box["attrs"].pop("required", None)
        return context


class DateParts(forms.MultiValueField):
    """A date typed in three boxes; a message names the part that is missing or wrong. Gives `datetime.date`."""

    widget = DatePartsWidget
    default_error_messages = {
        "required": _("Enter a date"),
        "missing_0": _("The date must include a day"),
        "missing_1": _("The date must include a month"),
        "missing_2": _("The date must include a year"),
        "not_real": _("The date must be a real date, like 27 3 2026"),
        "year": _("The year must have 4 numbers, like 2026"),
    }

    def __init__(self, **options: Any) -> None:
        fields = [forms.CharField(required=False) for _part in range(3)]
        super().__init__(fields, require_all_fields=False, **options)

    def clean(self, value: list[str] | datetime.date | None) -> datetime.date | None:
        if isinstance(value, datetime.date):
            value = self.widget.decompress(value)
        parts = [str(part).strip() if part is not None else "" for part in (value or ["", "", ""])]
        if not any(parts):
            if self.required:
                raise self._problem("required", 0)
            return None
        for place, part in enumerate(parts):
            if not part:
                raise self._problem(f"missing_{place}", place)
        date = self._date(*parts)
        self.run_validators(date)
        return date

    def compress(self, data_list: list[str]) -> datetime.date | None:
        return self._date(*data_list) if data_list else None

    def has_changed(self, initial: datetime.date | None, data: list[str] | None) -> bool:
        before = [str(part or "") for part in self.widget.decompress(initial)]
        return before != [part or "" for part in (data or ["", "", ""])]

    def _date(self, day: str, month: str, year: str) -> datetime.date:
        if not re.fullmatch(r"[0-9]{4}", year):
            raise self._problem("year", 2)
        number = month_number(month)
        if not day.isascii() or not day.isdigit() or int(day) > 31:
            raise self._problem("not_real", 0)
        if not number:
            raise self._problem("not_real", 1)
        try:
            return datetime.date(int(year), number, int(day))
        except ValueError:
            raise self._problem("not_real", 0) from None

    def _problem(self, code: str, part: int) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"part": part})


def month_number(typed: str) -> int | None:
    """1 to 12 for "5", "05", "May" or "may."; None for anything else."""
    word = typed.strip().rstrip(".").lower()
    if re.fullmatch(r"[0-9]{1,2}", word):
        return int(word) if 1 <= int(word) <= 12 else None
    if len(word) >= 3 and word[:3] in MONTHS:
        return MONTHS.index(word[:3]) + 1
    return None


class TimeText(forms.CharField):
    """A time of day the way people write it: "9.30am", "9:30", "14:00", "2pm", "midday". Gives `datetime.time`."""

    default_error_messages: dict[str, str | Promise] = {
        "required": _("Enter a time"),
        "invalid": _("Enter a time like 9.30am, 2pm or 14:00"),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput({"class": "govuk-input--width-5"}))
        super().__init__(max_length=20, **options)

    def prepare_value(self, value: Any) -> Any:
        return clock_words(value) if isinstance(value, datetime.time) else value

    def to_python(self, value: Any) -> datetime.time | None:
        if isinstance(value, datetime.time):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        found = read_time(text)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def clean(self, value: Any) -> datetime.time | None:
        found = self.to_python(value)
        self.validate(found)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (
            initial != read_time(data or "")
            if isinstance(initial, datetime.time)
            else super().has_changed(initial, data)
        )


def read_time(text: str) -> datetime.time | None:
    """The time of day meant by the text, or None."""
    word = re.sub(r"\s+", "", text).lower().replace(".m.", "m").rstrip(".")
    if word in {"midday", "noon"}:
        return datetime.time(12)
    if word == "midnight":
        return datetime.time(0)
    found = re.fullmatch(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(am|pm)?", word)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif found[2] is None:
        return None  # "9" alone could be either half of the day.
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def clock_words(time: datetime.time) -> str:
    """9am, 12.30pm, midday, midnight."""
    if (time.hour, time.minute) in {(0, 0), (12, 0)}:
        return "midday" if time.hour else "midnight"
    half = "am" if time.hour < 12 else "pm"
    minutes = f".{time.minute:02}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{half}"
