"""Our form markup against the design system's own macros, and the fields in which people type dates and times."""

import datetime
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines
from jinja2 import Environment, PackageLoader, PrefixLoader

from programme.lib.govuk_forms import DateParts, TimeText, clock_words, read_time

MACROS = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}), autoescape=True
)
COMPARED = {"class", "for", "id", "name", "type", "value", "aria-describedby", "href", "role", "tabindex"}
# How our ids differ from the macros'.
SAME = {"-hint": "_helptext", "-error": "_error", "-item-hint": "_helptext"}


class Outline(HTMLParser):
    """Elements in order, with the attributes that make them what they are."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        kept = {}
        for name, value in attrs:
            if name in COMPARED and value is not None:
                if name in {"id", "aria-describedby"}:
                    for theirs, ours in SAME.items():
                        value = value.replace(theirs, ours)
                if name == "class":
                    value = frozenset(word for word in value.split() if word.startswith("govuk-"))
                kept[name] = value
        self.elements.append((tag, kept))

    def handle_data(self, data):
        if data.strip():
            self.words.append(" ".join(data.split()))


def macro(component, **options):
    name = "govuk" + component.title().replace("-", "")
    source = (
        f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {name} %}}{{{{ {name}(options) }}}}'
    )
    return Outline(MACROS.from_string(source).render(options=options))


class Everything(forms.Form):
    name = forms.CharField(help_text="As on letters")
    notes = forms.CharField(widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("a", "Council"), ("b", "NHS trust")])
    mode = forms.ChoiceField(choices=[("v", "Virtual"), ("h", "Hybrid")], widget=forms.RadioSelect, help_text="For now")
    teams = forms.MultipleChoiceField(choices=[("e", "Executives")], widget=forms.CheckboxSelectMultiple)
    day = DateParts()
    start = TimeText(required=False)
    agree = forms.BooleanField()
    file = forms.FileField()


@pytest.mark.parametrize(
    ("field", "component", "options"),
    [
        ("name", "input", {"hint": {"text": "As on letters"}}),
        ("notes", "textarea", {}),
        ("kind", "select", {"items": [{"value": "a", "text": "Council"}, {"value": "b", "text": "NHS trust"}]}),
    ],
)
@pytest.mark.parametrize("bound", [False, True])
def test_single_boxes_match_the_design_system(field, component, options, bound):
    form = Everything({} if bound else None)
    wrong = {"errorMessage": {"text": form.errors[field][0]}} if bound else {}

    theirs = macro(component, id=f"id_{field}", name=field, label={"text": field.title()}, **options, **wrong)

    assert Outline(form[field].as_field_group()).elements == theirs.elements


def test_radios_match_the_design_system():
    theirs = macro(
        "radios",
        idPrefix="id_mode",
        name="mode",
        fieldset={"legend": {"text": "Mode"}},
        hint={"text": "For now"},
        items=[
            {"value": "v", "text": "Virtual", "id": "id_mode_0"},
            {"value": "h", "text": "Hybrid", "id": "id_mode_1"},
        ],
    )

    assert Outline(Everything()["mode"].as_field_group()).elements == theirs.elements


def test_checkboxes_match_the_design_system():
    theirs = macro(
        "checkboxes",
        idPrefix="id_teams",
        name="teams",
        fieldset={"legend": {"text": "Teams"}},
        items=[{"value": "e", "text": "Executives", "id": "id_teams_0"}],
    )

    assert Outline(Everything()["teams"].as_field_group()).elements == theirs.elements


def test_date_matches_the_design_system():
    def box(place, label, width):
        classes = f"govuk-input--width-{width}"
        return {"id": f"id_day_{place}", "name": f"day_{place}", "label": label, "classes": classes}

    theirs = macro(
        "date-input",
        id="id_day",
        fieldset={"legend": {"text": "Day"}},
        items=[box(0, "Day", 2), box(1, "Month", 2), box(2, "Year", 4)],
    )

    assert Outline(Everything()["day"].as_field_group()).elements == theirs.elements


def test_optional_fields_say_so_and_nothing_carries_a_star():
    html = str(Everything())

    assert "Start (optional)" in Outline(html).words
    assert "Name (optional)" not in Outline(html).words
    assert "*" not in html


def test_placeholders_are_dropped():
    class Login(forms.Form):
        email = forms.EmailField(widget=forms.EmailInput({"placeholder": "E-mail", "autocomplete": "email"}))

    html = str(Login()["email"])

    assert "placeholder" not in html
    assert 'autocomplete="email"' in html


def summary(source="{% error_summary %}", **context):
    html = engines["django"].from_string(source).render(context)
    outline = Outline(html)
    return outline, [attrs["href"] for tag, attrs in outline.elements if tag == "a"]


def test_summary_matches_the_design_system():
    class Short(forms.Form):
        name = forms.CharField()

    theirs = macro("error-summary", titleText="There is a problem", errorList=[{"text": "x", "href": "#id_name"}])
    ours, _links = summary(form=Short({}))

    without_focus = [(tag, {k: v for k, v in attrs.items() if k != "tabindex"}) for tag, attrs in ours.elements]
    assert without_focus == theirs.elements


def test_summary_links_lead_to_elements_that_exist():
    form = Everything({"day_0": "3", "day_2": "2022"})

    _outline, links = summary(form=form)

    ids = {attrs.get("id") for _tag, attrs in Outline(str(form)).elements}
    assert links == [
        "#id_name",
        "#id_notes",
        "#id_kind",
        "#id_mode_0",
        "#id_teams_0",
        "#id_day_1",
        "#id_agree",
        "#id_file",
    ]
    assert {link[1:] for link in links} <= ids


def test_summary_names_the_fields_that_are_missing():
    outline, _links = summary(form=Everything({"day_0": "3", "day_1": "5", "day_2": "2022"}))

    assert outline.words == [
        "There is a problem",
        "Fill in “Name”",
        "Fill in “Notes”",
        "Choose an answer for “Kind”",
        "Choose an answer for “Mode”",
        "Choose an answer for “Teams”",
        "Tick “Agree” to go on",
        "Choose a file for “File”",
    ]


def test_summary_gathers_every_form_of_the_page_once():
    class First(forms.Form):
        name = forms.CharField()

    class Second(forms.Form):
        place = forms.CharField()

        def clean(self):
            raise forms.ValidationError("The end must come after the start")

    first, second = First({}, prefix="a"), Second({}, prefix="b")

    outline, links = summary(form=first, other=second, again=first)

    assert links == ["#id_a-name", "#id_b-place"]
    assert outline.words[1:] == ["Fill in “Name”", "The end must come after the start", "Fill in “Place”"]


def test_no_summary_where_nothing_is_wrong():
    assert summary(form=Everything())[0].elements == []


@pytest.mark.parametrize(
    ("data", "prefix"), [({}, "Error: "), (None, "")], ids=["came back with problems", "shown for the first time"]
)
def test_title_says_when_there_is_an_error(data, prefix):
    page = engines["django"].from_string("{% error_prefix %}")

    assert page.render({"form": Everything(data)}) == prefix


class Dated(forms.Form):
    day = DateParts(required=False)


@pytest.mark.parametrize(
    "typed",
    [("17", "5", "2022"), ("17", "05", "2022"), (" 17 ", "May", "2022"), ("17", "may.", "2022")],
)
def test_date_is_read(typed):
    form = Dated(dict(zip(["day_0", "day_1", "day_2"], typed, strict=True)))

    assert form.is_valid()
    assert form.cleaned_data["day"] == datetime.date(2022, 5, 17)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", "5", "2022"), "The date must include a day"),
        (("17", "", "2022"), "The date must include a month"),
        (("17", "5", ""), "The date must include a year"),
        (("31", "2", "2022"), "The date must be a real date, like 27 3 2026"),
        (("17", "13", "2022"), "The date must be a real date, like 27 3 2026"),
        (("17", "Mai", "2022"), "The date must be a real date, like 27 3 2026"),
        (("٣", "5", "2022"), "The date must be a real date, like 27 3 2026"),
        (("0", "5", "2022"), "The date must be a real date, like 27 3 2026"),
        (("17", "5", "22"), "The year must have 4 numbers, like 2026"),
    ],
)
def test_date_problem_names_the_part(typed, message):
    form = Dated(dict(zip(["day_0", "day_1", "day_2"], typed, strict=True)))

    assert form.errors == {"day": [message]}


def test_date_may_be_left_out_only_where_it_is_optional():
    assert Dated({}).is_valid()
    assert Everything({}).errors["day"] == ["Enter a date"]


def test_date_shows_what_it_holds():
    boxes = Outline(str(Dated(initial={"day": datetime.date(2022, 5, 17)})["day"]))

    assert [attrs["value"] for tag, attrs in boxes.elements if tag == "input"] == ["17", "5", "2022"]


def test_date_notices_a_change():
    def changed(day):
        form = Dated({"day_0": day, "day_1": "5", "day_2": "2022"}, initial={"day": datetime.date(2022, 5, 17)})
        return form.has_changed()

    assert changed("18")
    assert not changed("17")


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        ("9.30am", 9, 30),
        ("9:30 a.m.", 9, 30),
        ("14:00", 14, 0),
        ("2pm", 14, 0),
        ("2 PM", 14, 0),
        ("12am", 0, 0),
        ("12pm", 12, 0),
        ("12.15pm", 12, 15),
        ("midday", 12, 0),
        ("midnight", 0, 0),
        ("0930", 9, 30),
        ("9.05", 9, 5),
    ],
)
def test_time_is_read(typed, hour, minute):
    assert read_time(typed) == datetime.time(hour, minute)


@pytest.mark.parametrize("typed", ["9", "25:00", "13pm", "0am", "9.60am", "soon", "9.3am", ""])
def test_time_that_could_mean_anything_is_refused(typed):
    assert read_time(typed) is None


def test_time_field_says_how_to_write_it():
    class Timed(forms.Form):
        start = TimeText()

    assert Timed({"start": "nine"}).errors == {"start": ["Enter a time like 9.30am, 2pm or 14:00"]}
    assert Timed({"start": "9.30am"}).is_valid()
    assert 'value="2.30pm"' in str(Timed(initial={"start": datetime.time(14, 30)})["start"])


@pytest.mark.parametrize("minute_of_day", range(0, 1440, 7))
def test_time_written_by_us_is_read_back(minute_of_day):
    time = datetime.time(*divmod(minute_of_day, 60))

    assert read_time(clock_words(time)) == time
