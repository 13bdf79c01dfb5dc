"""Definition files: what they can hold, and how each slip is told with its line."""

import json
import string
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import assessments
from assessments.definitions import (
    Band,
    Definition,
    DefinitionProblems,
    ExtraColumn,
    Item,
    ItemKind,
    Kind,
    Licence,
    Option,
    Page,
    ResponseScale,
    Scale,
    ScoreMethod,
    dump,
    from_json,
    parse,
    to_json,
)

SMALL = """\
key: team_check
version: 1.0
name: Team check
owner: Somebody
licence: open
attribution: By somebody
online: yes
response_scales:
  - key: agree
    options:
      - {value: 1, label: No}
      - {value: 2, label: Partly}
      - {value: 3, label: Yes}
scale_defaults:
  bands:
    - {name: Low, starts_at: 1}
    - {name: High, starts_at: 2}
scales:
  - key: openness
    name: Openness
items:
  - {key: 1, scale: openness, text: We speak up.}
  - {key: 2, scale: openness, reverse: yes, text: We keep quiet.}
  - {key: 3, kind: text, text: "Why?"}
pages:
  - title: All of it
    items: [1, 2, 3]
"""


def problems_of(text):
    with pytest.raises(DefinitionProblems) as refusal:
        parse(text)
    return [(problem.line, problem.field, problem.message) for problem in refusal.value.problems]


def large_file(items, scales, points, *, head="", item=lambda number: ""):
    """A questionnaire as somebody would type it from a paper: numbered items, no pages."""
    lines = [f"key: q{items}\nversion: 2\nname: Questionnaire\nowner: Authors\nlicence: public_domain"]
    lines += [f"attribution: Authors (2021)\nonline: true\n{head}response_scales:\n- key: r\n  options:"]
    lines += [f"  - {{value: {value}, label: Point {value}}}" for value in range(1, points + 1)]
    lines += ["scales:", *(f"- {{key: s{number}, name: Scale {number}}}" for number in range(scales)), "items:"]
    lines += [f"- {{key: {n + 1}, text: Item {n + 1}., scale: s{n % scales}{item(n)}}}" for n in range(items)]
    return "\n".join(lines)


def test_small_file_is_read_as_written():
    definition = parse(SMALL)

    bands = (Band("Low", 1.0), Band("High", 2.0))
    assert definition == Definition(
        key="team_check",
        version="1.0",
        name="Team check",
        kind=Kind.QUESTIONNAIRE,
        owner="Somebody",
        licence=Licence.OPEN,
        attribution="By somebody",
        online=True,
        validated=False,
        scales=(Scale("openness", "Openness", bands=bands, minimum=1.0, maximum=3.0),),
        items=(
            Item("1", "We speak up.", scale="openness"),
            Item("2", "We keep quiet.", scale="openness", reverse=True),
            Item("3", "Why?", optional=True, kind=ItemKind.TEXT),
        ),
        pages=(Page("All of it", "", ("1", "2", "3")),),
        response_scales=(ResponseScale("agree", (Option(1, "No"), Option(2, "Partly"), Option(3, "Yes"))),),
    )
    assert [item.key for item in definition.rating_items] == ["1", "2"]
    assert [item.key for item in definition.text_items] == ["3"]
    assert definition.items_of("openness") == definition.items[:2]
    assert definition.response_scale_for(definition.items[0]).maximum == 3


def test_published_questionnaire_of_96_items_in_24_half_reversed_scales_loads():
    text = large_file(96, 24, 5, item=lambda number: ", reverse: yes" if number >= 48 else "")

    definition = parse(text)

    assert [len(definition.items_of(scale.key)) for scale in definition.scales] == [4] * 24
    assert [sum(i.reverse for i in definition.items_of(scale.key)) for scale in definition.scales] == [2] * 24
    assert [len(page.items) for page in definition.pages] == [8] * 12
    assert [key for page in definition.pages for key in page.items] == [str(n) for n in range(1, 97)]


def test_questionnaire_of_25_six_point_items_loads():
    definition = parse(large_file(25, 5, 6))

    assert {(scale.minimum, scale.maximum) for scale in definition.scales} == {(1.0, 6.0)}
    assert [len(page.items) for page in definition.pages] == [7, 6, 6, 6]


def test_questionnaire_of_15_summed_three_point_items_loads():
    head = "scale_defaults:\n  score: sum\n  decimals: 0\n  bands: [{name: Low, starts_at: 3}, {name: High, starts_at: 8}]\n"
    definition = parse(large_file(15, 5, 3, head=head))

    assert {(s.score, s.minimum, s.maximum, s.decimals) for s in definition.scales} == {(ScoreMethod.SUM, 3.0, 9.0, 0)}


def test_layout_of_licensed_results_needs_no_items():
    definition = parse(
        "key: results\nversion: 1\nname: Results\nkind: licensed_results\nowner: X\nlicence: licensed_results_only\n"
        "attribution: X\ntrademark_notice: X is a mark of X.\nsignificant_count: 1\n"
        "extra_columns: [{key: energy, name: Energy, minimum: 0, maximum: 10}]\n"
        "scale_defaults: {minimum: 0, maximum: 10}\n"
        "scales: [{key: a, name: A, cluster: One}, {key: b, name: B, cluster: Two}, {key: c, name: C, cluster: One}]"
    )

    assert definition.items == definition.pages == ()
    assert definition.clusters == ("One", "Two")
    assert definition.extra_columns == (ExtraColumn("energy", "Energy", 0.0, 10.0),)
    assert {(scale.minimum, scale.maximum) for scale in definition.scales} == {(0.0, 10.0)}


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "message"),
    [
        ("owner: Somebody", "", 1, "owner", "missing"),
        ("owner: Somebody", "owner:", 4, "owner", "Add a line `owner"),
        ("owner:", "ownr:", 4, "ownr", "Did you mean “owner”?"),
        ("name: Team check", "name: Team check\nname: Again", 4, "name", "given twice"),
        ("name: Team check", "name: [a, b]", 3, "name", "plain text"),
        ("key: team_check", "key: team check", 1, "key", "without spaces"),
        ("licence: open", "licence: free", 5, "licence", "public_domain, open, permission_on_file"),
        ("licence: open", "licence: permission_on_file", 1, "licence_evidence", "where the owner's permission is kept"),
        ("licence: open", "licence: licensed_results_only", 7, "online", "Write `online: no`"),
        ("licence: open", "licence: licensed_results_only", 1, "kind", "licensed_results"),
        ("licence: open", "licence: licensed_results_only", 1, "trademark_notice", "whose mark"),
        ("online: yes", "online: perhaps", 7, "online", "Write yes or no"),
        ("online: yes", "online: yes\nkind: survey", 8, "kind", "questionnaire, relationships, licensed_results"),
        ("online: yes", "online: yes\nkind: licensed_results", 7, "online", "entered, not answered"),
        ("online: yes", "online: yes\nkind: licensed_results", 23, "items", "Delete them"),
        ("online: yes", "online: yes\nsignificant_count: 1", 8, "significant_count", "from 0 to 0"),
        ("online: yes", "online: yes\nsignificant_count: 0.5", 8, "significant_count", "whole number"),
        (
            "value: 2, label: Partly",
            "value: two, label: Partly",
            12,
            "response_scales[1].options[2].value",
            "in digits",
        ),
        ("value: 2, label: Partly", "value: nan, label: Partly", 12, "response_scales[1].options[2].value", "digits"),
        ("value: 2, label: Partly", "value: 1, label: Partly", 11, "response_scales[1].options", "should rise"),
        ("value: 2, label: Partly", "value: 2, label: yes", 11, "response_scales[1].options", "same words"),
        ("value: 2, label: Partly", "value: 2", 12, "response_scales[1].options[2].label", "missing"),
        ("starts_at: 2", "starts_at: 1", 19, "scales[1].bands", "start above the one before"),
        ("starts_at: 1", "starts_at: 0", 19, "scales[1].bands", "start at the lowest score, 1"),
        ("starts_at: 2", "starts_at: 3.5", 19, "scales[1].bands", "above the highest score, 3"),
        ("name: Openness", "name: Openness\n    minimum_share: 1.5", 21, "scales[1].minimum_share", "0.75"),
        ("name: Openness", "name: Openness\n    decimals: 9", 21, "scales[1].decimals", "from 0 to 4"),
        ("name: Openness", "name: Openness\n    maximum: 9", 19, "scales[1].minimum", "give 1 to 3"),
        ("name: Openness", "name: Openness\n    score: median", 21, "scales[1].score", "mean, sum"),
        ("name: Openness", "name: Openness\n  - {key: openness, name: Other}", 21, "scales[2].key", "used on line 19"),
        ("name: Openness", "name: Openness\n  - {key: other, name: openness}", 21, "scales[2].name", "used on line 20"),
        ("name: Openness", "name: Openness\n  - {key: other, name: Other}", 21, "scales[2].key", "No item belongs"),
        ("{key: 2, scale: openness", "{key: 2, scale: opennes", 23, "items[2].scale", "Known scales: openness"),
        ("{key: 2, ", "{key: 1, ", 23, "items[2].key", "already used on line 22"),
        ("{key: 2, ", "{key: 2, response_scale: x, ", 23, "items[2].response_scale", "Known: agree"),
        ("scale: openness, reverse: yes", "reverse: yes", 23, "items[2].reverse", "Add its scale"),
        ("kind: text", "kind: text, scale: openness", 24, "items[3].kind", "no score"),
        ('  - {key: 3, kind: text, text: "Why?"}', "  - Why?", 24, "items[3]", "as fields"),
        ("[1, 2, 3]", "[1, 2]", 24, "items[3].key", "on no page"),
        ("[1, 2, 3]", "[1, 2, 3, 4]", 27, "pages[1].items", "no item “4”"),
        ("[1, 2, 3]", "[1, 2, 3, 2]", 27, "pages[1].items", "already shown on line 27"),
        ("[1, 2, 3]", "[1, 2, 3, 1, 2, 3, 1, 2, 3]", 27, "pages[1].items", "9 questions are too many"),
        ("[1, 2, 3]", "[]", 27, "pages[1].items", "at least one"),
        ("[1, 2, 3]", "all", 27, "pages[1].items", "should be a list"),
        ("[1, 2, 3]", "[1, 2, [3]]", 27, "pages[1].items", "plain words"),
        ('text: "Why?"', f"text: {'w' * 4001}", 24, "items[3].text", "Shorten it to 4000"),
    ],
)
def test_slip_is_told_with_line_field_and_remedy(old, new, line, field, message):
    assert old in SMALL

    found = problems_of(SMALL.replace(old, new, 1))

    assert any((line, field) == place[:2] and message in place[2] for place in found), found


def test_every_problem_is_told_at_once_in_the_order_of_the_file():
    text = SMALL.replace("owner: Somebody", "owner:").replace("value: 2, ", "").replace("[1, 2, 3]", "[1, 2, 4]")

    found = problems_of(text)

    assert [(line, field) for line, field, _ in found][:2] == [(4, "owner"), (11, "response_scales[1].options")]
    assert (12, "response_scales[1].options[2].value") in [place[:2] for place in found]
    assert {(24, "items[3].key"), (27, "pages[1].items")} <= {place[:2] for place in found}
    assert [line for line, _, _ in found] == sorted(line for line, _, _ in found)


def test_scale_of_mixed_response_scales_is_refused():
    text = SMALL.replace(
        "scale_defaults:", "  - key: long\n    options: [{value: 1, label: A}, {value: 7, label: B}]\nx:"
    )
    text = text.replace("x:\n  bands:\n    - {name: Low, starts_at: 1}\n    - {name: High, starts_at: 2}\n", "")

    found = problems_of(text.replace("{key: 2, ", "{key: 2, response_scale: long, "))

    assert [(field, "different ends" in message) for _, field, message in found] == [("scales[1].key", True)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "empty"),
        ("- a\n- b", 1, "not a list of fields"),
        ("key: a\n name: b", 2, "not valid YAML"),
        ("key: 'a", 1, "not valid YAML"),
        ("key: a\nname: \x07", 2, "YAML does not allow"),
        ("key: a\nname: &big x\nowner: *big", 2, "Anchors"),
        ("a: *nobody", 1, "Anchors"),
        ("key: a\nname: !!python/object/apply:os.system [ls]", 2, "Tags"),
        ("key: a\nname: !secret x", 2, "Tags"),
        ("key: a\n---\nkey: b", 2, "more than one document"),
        ("a: " + "[" * 50_000, 1, "nested too deeply"),
        ("a: " + "{b: " * 50_000, 1, "nested too deeply"),
        ("key: " + "x" * 300_000, 1, "larger than 256 kB"),
    ],
)
def test_file_that_is_not_plain_yaml_is_refused_quickly(text, line, message):
    started = time.process_time()

    found = problems_of(text)

    assert [(found[0][0], message in found[0][2])] == [(line, True)]
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        ("contact_from: 3", "contact_from: 1", "contact_from", "count as in contact: 2, 3, 4, 5."),
        ("contact_from: 3", "", "contact_from", "count as in contact: 2, 3, 4, 5."),
        ("kind: relationships", "kind: questionnaire", "contact_from", "Delete the line."),
        ("scale: frequency, response_scale", "scale: frequency, reverse: yes, response_scale", "items", "reversed"),
    ],
)
def test_relationships_must_say_what_counts_as_contact(old, new, field, message):
    path = Path(assessments.__file__).parent / "catalogue/working_relationships.yaml"

    found = problems_of(path.read_text().replace(old, new, 1))

    assert [(each[1], message in each[2]) for each in found] == [(field, True)]


def test_entity_bomb_is_refused():
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))

    assert "Anchors" in problems_of(f"l0: &l0 [x]\n{levels}")[0][2]


def test_problem_reads_as_one_line():
    with pytest.raises(DefinitionProblems, match="Line 4, owner: This is missing. Add a line `owner: …`."):
        parse(SMALL.replace("owner: Somebody", "owner: ~"))


# ---- there and back

PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
words = some.text(string.ascii_letters + string.digits + " :-#'\"“é&*!%@`{}[],?|>\n\\", max_size=12).map(str.strip)
named = words.filter(bool)
keys = some.text("abcXYZ0159", min_size=1, max_size=8)
traps = some.sampled_from(["yes", "No", "1.0", "1e3", "0x10", "2020-01-01", "=", "null ", "- x", "a: b", "# x", "'"])


@some.composite
def definitions(draw):
    """Any questionnaire that keeps the rules, with texts that would trip a careless writer."""
    low = draw(some.integers(-3, 3))
    options = tuple(Option(low + n, f"{draw(named | traps)} {n}".strip()) for n in range(draw(some.integers(2, 7))))
    low, high = options[0].value, options[-1].value
    scale_keys = draw(some.lists(keys, min_size=1, max_size=4, unique=True))
    item_keys = draw(some.lists(keys, min_size=len(scale_keys), max_size=12, unique=True))
    items = tuple(
        Item(key, draw(named), scale=scale_keys[n % len(scale_keys)], reverse=draw(some.booleans()))
        for n, key in enumerate(item_keys)
    )
    scales = []
    for n, key in enumerate(scale_keys):
        score = draw(some.sampled_from(ScoreMethod))
        factor = len(items[n :: len(scale_keys)]) if score is ScoreMethod.SUM else 1
        ends = {"minimum": float(low * factor), "maximum": float(high * factor)}
        bands = (Band(draw(named), ends["minimum"]), Band(draw(named | traps).strip(), ends["maximum"]))
        texts = {name: draw(words) for name in ("subtitle", "cluster", "explanation", "at_best", "overdrive")}
        share, decimals = draw(some.sampled_from([0.1, 0.5, 2 / 3, 1.0])), draw(some.integers(0, 4))
        scales.append(
            Scale(key, f"Name {n}", bands=bands, score=score, minimum_share=share, decimals=decimals, **texts, **ends)
        )
    pages = tuple(
        Page(draw(named), draw(words), tuple(item_keys[start : start + 8])) for start in range(0, len(item_keys), 8)
    )
    asks_twice = len(scales) == len(items) == 2 and not any(item.reverse for item in items)
    kind = draw(some.sampled_from([Kind.QUESTIONNAIRE, Kind.RELATIONSHIPS])) if asks_twice else Kind.QUESTIONNAIRE
    return Definition(
        key=draw(keys),
        version=draw(named | traps).strip(),
        name=draw(named),
        kind=kind,
        owner=draw(named),
        licence=draw(some.sampled_from([Licence.PUBLIC_DOMAIN, Licence.OPEN])),
        attribution=draw(named),
        online=draw(some.booleans()),
        validated=draw(some.booleans()),
        scales=tuple(scales),
        items=items,
        pages=pages,
        response_scales=(ResponseScale(draw(keys), options),),
        introduction=draw(words),
        bands_source=draw(words),
        contact_from=high if kind is Kind.RELATIONSHIPS else 0,
    )


@PATIENT
@given(definitions())
def test_written_file_reads_back_to_an_equal_definition(definition):
    assert parse(dump(definition)) == definition


@PATIENT
@given(definitions())
def test_stored_json_reads_back_to_an_equal_definition(definition):
    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition
