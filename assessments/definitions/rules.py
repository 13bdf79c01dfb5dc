"""What must hold between the parts of a definition file: each rule notes its problems on the line they stand on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assessments.definitions.fields import Fields
from assessments.definitions.shape import (
    Definition,
    Item,
    ItemKind,
    Kind,
    Licence,
    Page,
    ResponseScale,
    Scale,
    ScoreMethod,
)

LARGEST_PAGE = 8
FEWEST_OPTIONS = 2
MOST_DECIMALS = 4


@dataclass(frozen=True)
class FileParts:
    """What was read, each part beside the place in the file it came from."""

    top: Fields
    response_scales: list[tuple[Fields, ResponseScale]]
    items: list[tuple[Fields, Item]]
    scales: list[tuple[Fields, Scale]]
    pages: list[tuple[Fields, Page]]


Rule = Callable[[FileParts, Definition], None]


def check_file(file: FileParts, definition: Definition) -> None:
    """Run every rule; problems land in the file's own list."""
    for rule in RULES:
        rule(file, definition)


def _keys_are_unique(file: FileParts, definition: Definition) -> None:
    for what, parts in (("response scale", file.response_scales), ("item", file.items), ("scale", file.scales)):
        _no_repeats(((entry, part.key) for entry, part in parts), "key", f"Each {what} needs a key of its own.")
    names = ((entry, scale.name.casefold()) for entry, scale in file.scales)
    _no_repeats(names, "name", "Each scale needs a name of its own.")
    if len({column.key for column in definition.extra_columns}) < len(definition.extra_columns):
        file.top.note("extra_columns", "Two columns share a key. Give each its own.")


def _no_repeats(pairs: Iterable[tuple[Fields, str]], name: str, advice: str) -> None:
    seen: dict[str, int] = {}
    for entry, value in pairs:
        if value and value in seen:
            entry.note(name, f"“{value}” is already used on line {seen[value]}. {advice}")
        seen.setdefault(value, entry.line_of(name))


def _response_scales_are_usable(file: FileParts, definition: Definition) -> None:
    for entry, responses in file.response_scales:
        values = [option.value for option in responses.options]
        if 0 < len(values) < FEWEST_OPTIONS:
            entry.note("options", "Give at least two options to choose from.")
        if any(later <= earlier for earlier, later in zip(values, values[1:], strict=False)):
            entry.note("options", "The values should rise from one option to the next. Put the lowest first.")
        labels = [option.label.casefold() for option in responses.options]
        if len(set(labels)) < len(labels):
            entry.note("options", "Two options have the same words. Make each one different.")


def _items_refer_to_known_parts(file: FileParts, definition: Definition) -> None:
    scales = {scale.key for scale in definition.scales}
    responses = {scale.key for scale in definition.response_scales}
    for entry, item in file.items:
        if item.scale and item.scale not in scales:
            entry.note("scale", f"There is no scale “{item.scale}”. Known scales: {', '.join(sorted(scales))}.")
        if item.response_scale and item.response_scale not in responses:
            known = ", ".join(sorted(responses))
            entry.note("response_scale", f"There is no response scale “{item.response_scale}”. Known: {known}.")
        if item.kind is ItemKind.TEXT and (item.scale or item.reverse or item.response_scale):
            entry.note("kind", "A text question has no score. Delete its scale, reverse and response_scale.")
        if item.reverse and not item.scale:
            entry.note("reverse", "Only an item of a scale can be reversed. Add its scale, or delete reverse.")


def _scales_have_items(file: FileParts, definition: Definition) -> None:
    if definition.kind is Kind.LICENSED_RESULTS:
        return
    for entry, scale in file.scales:
        ranges = set(_response_ranges(definition, scale))
        if not definition.items_of(scale.key):
            entry.note("key", f"No item belongs to “{scale.key}”. Add items with `scale: {scale.key}`, or delete it.")
        if len(ranges) > 1:
            entry.note("key", "The items of this scale use response scales with different ends. Use the same for all.")


def _response_ranges(definition: Definition, scale: Scale) -> Iterator[tuple[int, int]]:
    responses = {known.key: known for known in definition.response_scales}
    for item in definition.items_of(scale.key):
        chosen = _responses_of(item, definition, responses)
        if chosen and chosen.options:
            yield chosen.minimum, chosen.maximum


def _responses_of(item: Item, definition: Definition, known: dict[str, ResponseScale]) -> ResponseScale | None:
    if item.response_scale:
        return known.get(item.response_scale)
    return definition.response_scales[0] if definition.response_scales else None


def _scale_numbers_make_sense(file: FileParts, definition: Definition) -> None:
    for entry, scale in file.scales:
        if scale.minimum >= scale.maximum:
            entry.note("maximum", f"The maximum should be above the minimum, {scale.minimum:g}.")
        if not 0 < scale.minimum_share <= 1:
            entry.note("minimum_share", "Write the share as a number above 0 and up to 1, for example 0.75.")
        if not 0 <= scale.decimals <= MOST_DECIMALS:
            entry.note("decimals", f"Write a whole number from 0 to {MOST_DECIMALS}.")
        _check_bands(entry, scale)


def _scale_ends_match_the_items(file: FileParts, definition: Definition) -> None:
    for entry, scale in file.scales:
        ranges = set(_response_ranges(definition, scale))
        if len(ranges) != 1:
            continue
        factor = len(definition.items_of(scale.key)) if scale.score is ScoreMethod.SUM else 1
        low, high = (end * factor for end in ranges.pop())
        if (scale.minimum, scale.maximum) != (low, high):
            advice = f"The items of this scale give {low} to {high}. Leave out minimum and maximum, or write those."
            entry.note("minimum", advice)


def _check_bands(entry: Fields, scale: Scale) -> None:
    if not scale.bands:
        return
    starts = [band.starts_at for band in scale.bands]
    if any(later <= earlier for earlier, later in zip(starts, starts[1:], strict=False)):
        entry.note("bands", "Each band should start above the one before it. Put the lowest first.")
    if starts[0] != scale.minimum:
        entry.note("bands", f"The first band should start at the lowest score, {scale.minimum:g}.")
    if starts[-1] > scale.maximum:
        entry.note("bands", f"A band starts above the highest score, {scale.maximum:g}.")


def _pages_are_short_and_known(file: FileParts, definition: Definition) -> None:
    keys = {item.key for item in definition.items}
    for entry, page in file.pages:
        if len(page.items) > LARGEST_PAGE:
            entry.note("items", f"{len(page.items)} questions are too many for a phone. Split at {LARGEST_PAGE}.")
        for key, line in entry.words("items"):
            if key not in keys:
                entry.note_at(line, "items", f"There is no item “{key}”. Check its key.")


def _pages_show_every_item_once(file: FileParts, definition: Definition) -> None:
    shown: dict[str, int] = {}
    for entry, _ in file.pages:
        for key, line in entry.words("items"):
            if key in shown:
                entry.note_at(line, "items", f"“{key}” is already shown on line {shown[key]}. Show it once.")
            shown.setdefault(key, line)
    for entry, item in file.items:
        if file.pages and item.key and item.key not in shown:
            entry.note("key", f"“{item.key}” is on no page. Add it to one, or leave out `pages` altogether.")


def _licence_permits_what_is_here(file: FileParts, definition: Definition) -> None:
    top, licence = file.top, definition.licence
    if definition.online and not licence.permits_online:
        top.note("online", "This licence does not allow answering here. Write `online: no`.")
    if licence is Licence.LICENSED_RESULTS_ONLY and definition.kind is not Kind.LICENSED_RESULTS:
        top.note("kind", "With this licence only results may be held. Write `kind: licensed_results`, without items.")
    if licence is Licence.LICENSED_RESULTS_ONLY and not definition.trademark_notice:
        top.note("trademark_notice", "Say whose mark this is and that they do not endorse us. Add `trademark_notice:`.")
    if licence is Licence.PERMISSION_ON_FILE and definition.online and not definition.licence_evidence:
        top.note("licence_evidence", "Say where the owner's permission is kept. Add a line `licence_evidence: …`.")


def _licensed_results_have_no_questions(file: FileParts, definition: Definition) -> None:
    if definition.kind is not Kind.LICENSED_RESULTS:
        return
    if definition.online:
        file.top.note("online", "Licensed results are entered, not answered. Write `online: no`.")
    for name, parts in (("items", file.items), ("pages", file.pages), ("response_scales", file.response_scales)):
        if parts:
            file.top.note(name, f"Licensed results have no {name.replace('_', ' ')}. Delete them.")


def _significant_count_is_possible(file: FileParts, definition: Definition) -> None:
    if not 0 <= definition.significant_count < len(definition.scales):
        file.top.note("significant_count", f"Write a number from 0 to {len(definition.scales) - 1}.")


def _relationships_tell_contact_and_quality(file: FileParts, definition: Definition) -> None:
    if definition.kind is not Kind.RELATIONSHIPS:
        if definition.contact_from:
            file.top.note("contact_from", "Only questionnaires about relationships have it. Delete the line.")
        return
    placed = [item.scale for item in definition.items if not item.reverse]
    if len(file.items) != 2 or placed != [scale.key for scale in definition.scales]:
        words = "Relationships need two scales with one item each, neither reversed: how often, then how well."
        file.top.note("items", words)
        return
    responses = {known.key: known for known in definition.response_scales}
    chosen = _responses_of(definition.items[0], definition, responses)
    values = [option.value for option in chosen.options] if chosen else []
    if definition.contact_from not in values[1:]:
        known = ", ".join(str(value) for value in values[1:])
        file.top.note("contact_from", f"Write from which answer on people count as in contact: {known}.")


RULES: tuple[Rule, ...] = (
    _keys_are_unique,
    _response_scales_are_usable,
    _items_refer_to_known_parts,
    _scales_have_items,
    _scale_numbers_make_sense,
    _scale_ends_match_the_items,
    _pages_are_short_and_known,
    _pages_show_every_item_once,
    _licence_permits_what_is_here,
    _licensed_results_have_no_questions,
    _significant_count_is_possible,
    _relationships_tell_contact_and_quality,
)
