"""What the template tags say, and that what must look alike everywhere does."""

import datetime
import re
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from programme.enums import JobState
from programme.lib.charts import (
    WITHHELD,
    Change,
    DimensionFigure,
    DimensionRow,
    Lane,
    Mark,
    Mode,
    PairFigure,
    PairRow,
    Phase,
    Series,
    SessionMark,
    ShareRow,
    Spread,
    Timeline,
    WaveMark,
)

PLACEHOLDER = '<span class="cg-withheld">'


def render(source, **context):
    return engines["django"].from_string(source).render(context)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ value|long_date }}", "Tuesday 17 May 2022"),
        ("{{ value|full_date }}", "17 May 2022"),
        ("{{ value|short_date }}", "17 May"),
        ("{{ value|weekday }}", "Tuesday"),
        ("{{ value|month_year }}", "May 2022"),
        ("{{ value|clock }}", "9.30am"),
        ("{{ value|moment }}", "Tuesday 17 May 2022, 9.30am"),
        ("{{ value|clock:'Europe/Athens' }}", "11.30am"),
    ],
)
def test_dates_are_british_and_in_local_time(source, expected):
    moment = datetime.datetime(2022, 5, 17, 8, 30, tzinfo=datetime.UTC)

    assert render(source, value=moment) == expected


@pytest.mark.parametrize("name", ["long_date", "full_date", "short_date", "month_year", "clock", "moment"])
def test_no_date_is_no_words(name):
    assert render("{{ value|" + name + " }}", value=None) == ""


LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (datetime.time(10), datetime.time(12, 30), "10am to 12.30pm"),
        (datetime.time(11), datetime.time(12), "11am to midday"),
        (
            datetime.datetime(2022, 5, 17, 22, tzinfo=LONDON),
            datetime.datetime(2022, 5, 18, 1, tzinfo=LONDON),
            "Tuesday 17 May 2022, 10pm to Wednesday 18 May 2022, 1am",
        ),
        (datetime.time(10), None, "10am"),
    ],
)
def test_time_range(start, end, expected):
    assert render("{% time_range start end %}", start=start, end=end) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((2022, 5, 17), (2022, 5, 17), "17 May 2022"),
        ((2022, 5, 17), (2022, 5, 19), "17 to 19 May 2022"),
        ((2022, 5, 30), (2022, 6, 2), "30 May to 2 June 2022"),
        ((2021, 12, 30), (2022, 1, 2), "30 December 2021 to 2 January 2022"),
    ],
)
def test_date_range_repeats_nothing(start, end, expected):
    dates = {"start": datetime.date(*start), "end": datetime.date(*end)}

    assert render("{% date_range start end %}", **dates) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, "0 people"), (1, "1 person"), (12400, "12,400 people")])
def test_people_are_counted(count, expected):
    assert render("{{ count|people }}", count=count) == expected


def test_other_things_are_counted_with_the_words_given():
    assert render("{{ 1|counted:'answer,answers' }}, {{ 3|counted:'answer,answers' }}") == "1 answer, 3 answers"


@pytest.mark.parametrize(
    ("value", "expected"), [(3.25, "3.3"), (3.249, "3.2"), (4, "4.0"), (None, "–"), ("4.5 or more",) * 2]
)
def test_score_has_one_decimal_with_halves_upwards(value, expected):
    assert render("{{ value|score }}", value=value) == expected


def test_score_that_is_no_number_is_withheld():
    assert PLACEHOLDER in render("{{ value|score }}", value=WITHHELD)


@pytest.mark.parametrize(("share", "expected"), [(0.755, "76%"), (1, "100%"), (None, "–")])
def test_percent_is_whole(share, expected):
    assert render("{{ share|percent }}", share=share) == expected


def test_percent_of_nothing_is_a_dash():
    assert render("{% percent_of 0 0 %} {% percent_of 3 4 %}") == "– 75%"


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "<b>", "c"], "a, &lt;b&gt; and c")]
)
def test_lists_are_joined_and_escaped(items, expected):
    assert render("{{ items|joined }}", items=items) == expected


def test_button_is_a_link_or_sends_the_form():
    link = render("{% button 'Change' '/x/' hidden='the date' %}")
    submit = render("{% button 'Save' name='go' value='1' kind='secondary' %}")

    assert link.strip() == (
        '<a class="govuk-button" href="/x/">Change<span class="govuk-visually-hidden"> the date</span></a>'
    )
    assert submit.strip() == (
        '<button type="submit" class="govuk-button govuk-button--secondary" name="go" value="1">Save</button>'
    )


def test_everything_given_by_people_is_escaped():
    evil = "<script>"
    source = (
        "{% card title=evil id='x' aside=evil %}{{ evil }}{% endcard %}{% empty_state title=evil action=evil href='#' %}"
        "{{ evil }}{% endempty_state %}{% button evil %}{% tag evil evil %}{% org_mark 0 evil %}{% summary_list rows %}"
        "{% task_list steps %}{% details evil %}x{% enddetails %}{% back '/' evil %}"
    )

    html = render(source, evil=evil, rows=[{"key": evil, "value": evil}], steps=[{"title": evil, "words": evil}])

    assert evil not in html
    assert html.count("&lt;script&gt;") >= 12


@pytest.mark.parametrize(
    ("status", "expected", "kind"),
    [
        ("done", "Done", "cg-tag--done"),
        (JobState.FAILED, "Failed", "cg-tag--now"),
        (JobState.DONE, "Done", "cg-tag--done"),
        ("draft", "Draft", 'class="cg-tag"'),
    ],
)
def test_tag_brings_words_with_its_colour(status, expected, kind):
    html = render("{% tag status %}", status=status)

    assert words(html) == expected
    assert kind in html


def test_status_is_said_in_a_word_and_a_shape_of_its_own():
    drawn = {state: render("{% status state %}", state=state) for state in ("on_track", "watch", "at_risk", "ended")}

    assert [words(html) for html in drawn.values()] == [
        "Status: On track",
        "Status: Needs watching",
        "Status: At risk",
        "Status: Ended",
    ]
    assert len({re.search(r"<svg.*</svg>", html)[0] for html in drawn.values()}) == 4


def test_change_is_said_in_words():
    said = [words(render("{% change_words change %}", change=change)) for change in [*Change, None, WITHHELD]]

    assert said == [
        "Clearly up",
        "Up a little",
        "About the same",
        "Down a little",
        "Clearly down",
        "Not compared",
        "Withheld",
    ]


def test_withheld_looks_the_same_wherever_it_stands():
    one = render("{% withheld %}").strip()

    assert render("{% change_words value %}", value=WITHHELD).strip() == one
    assert render("{{ value|score }}", value=WITHHELD).strip() == one
    assert render("{% spread value %}", value=WITHHELD).strip() == one


@pytest.mark.parametrize(
    ("mode", "expected"), [("virtual", "virtual"), ("hybrid", "hybrid"), ("in_person", "in the room")]
)
def test_mode_is_said(mode, expected):
    assert words(render("{% mode_mark mode %}", mode=mode)) == expected


@pytest.mark.parametrize(
    ("state", "progress", "asks_again", "said"),
    [
        ("queued", 0, True, "Waiting to start Refresh"),
        ("running", 40, True, "Writing slides: 40% Refresh"),
        ("done", 90, False, "Done"),
        ("failed", 40, False, "This did not work. The disk is full."),
        ("cancelled", 40, False, "Cancelled."),
    ],
)
def test_progress_says_where_it_is_and_when_to_stop_asking(state, progress, asks_again, said):
    job = SimpleNamespace(pk=7, state=state, progress=progress, step="Writing slides", problem="The disk is full.")

    html = render("{% progress job '/jobs/7/' %}", job=job)

    assert words(html) == said
    assert ("data-progress-url" in html) is asks_again
    assert 'id="job-7"' in html


def test_pagination_keeps_the_rest_of_the_address():
    request = RequestFactory().get("/people/", {"team": "executives", "page": "2"})

    html = render("{% pagination page %}", request=request, page=Paginator(range(30), 10).page(2))

    assert re.findall(r'href="([^"]+)"', html) == [f"?team=executives&amp;page={number}" for number in (1, 1, 2, 3, 3)]
    assert words(html) == "Previous page 1 2 3 Next page"


def test_one_page_needs_no_pagination():
    assert render("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def secret_figure():
    hidden = Series("NHS trust", 1, (3.3, WITHHELD), [WITHHELD], now_text="", spread=WITHHELD)
    shown = Series("Council", 0, (3.0, 4.0), [Change.CLEARLY_UP], spread=Spread.CLOSE, middle_half=(3.8, 4.5))
    return DimensionFigure("Trust", ("Baseline", "End"), [DimensionRow("Trust", [shown, hidden])], ["Since baseline"])


def test_dimension_figure_reads_out_what_it_draws():
    html = render("{% dimension_figure figure %}", figure=secret_figure())
    row = re.search(r"<tbody.*?</tr>", html, re.S)[0]

    assert words(row) == (
        "Trust Council Baseline 3.0, End 4.0; the middle half of the answers lies between 3.8 and 4.5 4.0 Clearly up"
    )
    assert 'x="75.00%"' in row


def test_withheld_row_carries_no_number_and_no_mark():
    html = render("{% dimension_figure figure %}", figure=secret_figure())
    row = re.search(r'<tr role="row"><th class="c-org".*?</tr>', html, re.S)[0]

    assert words(row) == "NHS trust Withheld Withheld Withheld"
    assert "cg-now" not in row
    assert "3.3" not in row


def test_team_figure_names_the_spread_and_the_comparison():
    figure = secret_figure()
    alone = DimensionFigure(
        "Team", figure.waves, [DimensionRow("Trust", [figure.rows[0].groups[0]])], ["Since baseline"]
    )

    html = render("{% team_figure figure %}", figure=alone)

    assert words(re.search(r"<tbody.*</tbody>", html, re.S)[0]) == (
        "Trust Baseline 3.0, End 4.0; the middle half of the answers lies between 3.8 and 4.5 4.0 "
        "Answers Close together Since baseline Clearly up"
    )


def test_pair_figure_hides_only_what_is_withheld():
    figure = PairFigure("Pair", [("Council", 0), ("NHS trust", 1)], [PairRow("Results", [3.7, WITHHELD])])

    html = render("{% pair_figure figure %}", figure=figure)

    assert words(re.search(r"<tbody>.*</tbody>", html, re.S)[0]) == "Results 3.7 Withheld"
    assert html.count("cg-now") == 1


def test_share_bars_say_the_share_in_words():
    rows = [ShareRow("Council", 14, 21, part=3, target=0.75, mark=0), ShareRow("End", WITHHELD, 21, mark=Mark.SQUARE)]

    html = render("{% share_bars rows 'Answers' %}", rows=rows)

    assert words(re.search(r"<tbody>.*</tbody>", html, re.S)[0]) == (
        "Council 67%, 3 more started 14 of 21 End No bar Withheld"
    )


def test_timeline_says_its_lanes_in_words():
    start, end = datetime.date(2020, 11, 9), datetime.date(2022, 7, 8)
    line = Timeline(
        "Timeline",
        start,
        end,
        datetime.date(2022, 6, 13),
        phases=[Phase("Virtual", start, end)],
        lanes=[Lane("Executives", [SessionMark(datetime.date(2022, 7, 5), Mode.ROOM, "Closing review", "/closing/")])],
        waves=[WaveMark("Baseline", datetime.date(2021, 1, 18), datetime.date(2021, 2, 5))],
    )

    html = render("{% timeline line %}", line=line)

    assert "1 session: 1 in the room; the next on 5 July 2022" in words(html)
    assert 'href="/closing/"' in html
    assert words(html[html.index("cg-steps") :]).endswith(
        "5 July 2022 : Closing review , in the room Jul 2022 : agreed end"
    )


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_need_no_context(name):
    html = get_template(f"{name}.html").render({})

    assert html.count("<h1") == 1
    assert 'href="/help/"' in html


@pytest.mark.parametrize("name", ["help", "privacy", "accessibility"])
def test_content_pages_have_one_heading_and_the_way_to_help(name):
    html = render_to_string(f"pages/{name}.html")

    assert html.count("<h1") == 1
    assert "Help and contact" in html


def test_no_page_carries_inline_style_or_script(settings):
    templates = settings.BASE_DIR / "templates"
    inline = re.compile(r"""\sstyle=|\son[a-z]+=|<style|<script(?![^>]*(?:src=|type="application/json"))""")
    found = [str(p.relative_to(templates)) for p in templates.rglob("*.html") if inline.search(p.read_text())]

    assert found == ["emails/_base.html"]
