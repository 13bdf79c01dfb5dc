from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.licensed_layout import read_number, significant_problem
from assessments.models.instruments import InstrumentVersion
from programme.models.members import Member

PASTED_NAME = "pasted.csv"
LONGEST_PASTE = 1_000_000


class InstrumentField(forms.ModelChoiceField):
    def __init__(self, **options):
        super().__init__(
            label=gettext_lazy("Whose results are these?"),
            queryset=InstrumentVersion.objects.none(),
            empty_label=None,
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Choose whose results these are")},
            **options,
        )

    def label_from_instance(self, version):
        count = len(version.definition.scales)
        return _("%(instrument)s: %(count)s scales") % {"instrument": version, "count": count}


class UploadForm(forms.Form):
    """A file, or rows copied from a spreadsheet: one of the two."""

    instrument_version = InstrumentField()
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("An Excel workbook (.xlsx) or CSV file with one row for each person."),
        required=False,
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste the rows"),
        help_text=gettext_lazy("Copy them in your spreadsheet together with the headings, and paste them here."),
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["instrument_version"].queryset = InstrumentVersion.objects.licensed_results()

    def clean(self):
        cleaned = super().clean()
        has_file, has_text = bool(cleaned.get("file")), bool(cleaned.get("pasted", "").strip())
        if has_file and has_text:
            self.add_error("pasted", _("Choose a file or paste rows, not both"))
        elif not (has_file or has_text) and not self.has_error("file") and not self.has_error("pasted"):
            self.add_error("file", _("Choose a file, or paste the rows"))
        return cleaned

    def upload(self):
        """The bytes and the name they are read by."""
        file = self.cleaned_data.get("file")
        if file:
            return {"data": file.read(), "file_name": file.name}
        return {"data": self.cleaned_data["pasted"].encode(), "file_name": PASTED_NAME}


class ChooseForm(forms.Form):
    """Whose results are typed in, and which provider's."""

    instrument_version = InstrumentField()
    member = forms.ModelChoiceField(
        label=gettext_lazy("Person"),
        queryset=Member.objects.none(),
        empty_label=gettext_lazy("Choose a person"),
        error_messages={"required": gettext_lazy("Choose a person")},
    )

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        self.fields["instrument_version"].queryset = InstrumentVersion.objects.licensed_results()
        self.fields["member"].queryset = people


class ScoreText(forms.CharField):
    """A score within a scale's bounds, with a decimal point or comma. Gives a float."""

    def __init__(self, *, minimum, maximum, **options):
        self.bounds = (minimum, maximum)
        options.setdefault(
            "widget", forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-4", "autocomplete": "off"})
        )
        super().__init__(max_length=20, required=False, **options)

    def clean(self, value):
        number, words = read_number(super().clean(value), *self.bounds)
        if words:
            raise ValidationError("%(label)s: %(words)s", params={"label": self.label, "words": words})
        return number


class ScoresForm(forms.Form):
    """One person's scores: a number for each scale, and a tick for each significant one where there are such."""

    def __init__(self, *args, definition, **options):
        super().__init__(*args, **options)
        self.definition = definition
        for scale in definition.scales:
            self.fields[f"score-{scale.key}"] = ScoreText(
                label=scale.name, minimum=scale.minimum, maximum=scale.maximum
            )
            if definition.significant_count:
                self.fields[f"significant-{scale.key}"] = forms.BooleanField(label=_("significant"), required=False)

    def rows(self):
        """Scale, score field and, where there is one, the field of its mark, by cluster as the provider lists them."""
        for scale in self.definition.scales:
            mark = self[f"significant-{scale.key}"] if self.definition.significant_count else None
            yield scale, self[f"score-{scale.key}"], mark

    def clean(self):
        cleaned = super().clean()
        against = significant_problem(self._significant(cleaned), self.definition)
        if against:
            raise ValidationError(against)
        return cleaned

    def values(self):
        scores = {scale.key: self.cleaned_data[f"score-{scale.key}"] for scale in self.definition.scales}
        return {"scores": scores, "significant": self._significant(self.cleaned_data)}

    def _significant(self, cleaned):
        return [scale.key for scale in self.definition.scales if cleaned.get(f"significant-{scale.key}")]
