"""A definition file becomes a Definition, or a list of every problem in it with its line."""

from math import ceil

from assessments.definitions.fields import Fields, open_mapping
from assessments.definitions.rules import FileParts, check_file
from assessments.definitions.shape import (
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
    Problem,
    ResponseScale,
    Scale,
    ScoreMethod,
)

ITEMS_PER_PAGE = 8
DEFAULT_MINIMUM_SHARE = 0.75


def parse(text: str) -> Definition:
    """Read one instrument from YAML. Raises DefinitionProblems with every problem found, in the order of the file.

    Where `pages` is left out, the items are spread over pages of at most eight in their order. `scale_defaults` holds
    what all scales share (`minimum_share`, `bands`, `score`, `minimum`, `maximum`, `decimals`). A scale's `minimum` and
    `maximum` follow from its items unless the instrument has none.
    """
    problems: list[Problem] = []
    top = open_mapping(text, problems)
    parts = _read_parts(top)
    definition = _assemble(parts)
    check_file(parts, definition)
    if problems:
        raise DefinitionProblems(problems)
    return definition


def _read_parts(top: Fields) -> FileParts:
    asks = top.choice("kind", Kind, default=Kind.QUESTIONNAIRE) is not Kind.LICENSED_RESULTS
    response_scales = [_response_scale(entry) for entry in top.entries("response_scales", required=asks)]
    items = [_item(entry) for entry in top.entries("items", required=asks)]
    shared = _ScaleDefaults(top.section("scale_defaults"))
    ranges = _answer_ranges([responses for _, responses in response_scales], [item for _, item in items])
    return FileParts(
        top=top,
        response_scales=response_scales,
        items=items,
        scales=[_scale(entry, shared, ranges) for entry in top.entries("scales", required=True)],
        pages=[_page(entry) for entry in top.entries("pages")],
    )


def _assemble(parts: FileParts) -> Definition:
    top = parts.top
    definition = Definition(
        key=top.key("key"),
        version=top.text("version", required=True),
        name=top.text("name", required=True),
        kind=top.choice("kind", Kind, default=Kind.QUESTIONNAIRE),
        owner=top.text("owner", required=True),
        licence=top.choice("licence", Licence) or Licence.OPEN,
        attribution=top.text("attribution", required=True),
        online=top.flag("online"),
        validated=top.flag("validated"),
        scales=tuple(scale for _, scale in parts.scales),
        items=tuple(item for _, item in parts.items),
        pages=tuple(page for _, page in parts.pages) or spread_over_pages([item.key for _, item in parts.items]),
        response_scales=tuple(responses for _, responses in parts.response_scales),
        languages=tuple(word for word, _ in top.words("languages")) or ("en-GB",),
        introduction=top.text("introduction"),
        bands_source=top.text("bands_source"),
        trademark_notice=top.text("trademark_notice"),
        licence_evidence=top.text("licence_evidence"),
        significant_count=top.whole("significant_count"),
        extra_columns=tuple(_extra_column(entry) for entry in top.entries("extra_columns")),
        contact_from=top.whole("contact_from"),
    )
    top.finish()
    return definition


_Range = tuple[int, int, int]  # how many items, lowest value, highest value


def _answer_ranges(response_scales: list[ResponseScale], items: list[Item]) -> dict[str, _Range]:
    """For each scale its number of items and the ends of the response scale of its first item."""
    ends = {scale.key: (scale.minimum, scale.maximum) for scale in response_scales if scale.options}
    default = response_scales[0].key if response_scales else ""
    ranges: dict[str, _Range] = {}
    for item in items:
        responses = item.response_scale or default
        if item.scale and responses in ends:
            count, low, high = ranges.get(item.scale, (0, *ends[responses]))
            ranges[item.scale] = (count + 1, low, high)
    return ranges


class _ScaleDefaults:
    """What all scales of the file share unless they say otherwise."""

    def __init__(self, entry: Fields) -> None:
        self.minimum_share = entry.number("minimum_share", default=DEFAULT_MINIMUM_SHARE)
        self.score = entry.choice("score", ScoreMethod, default=ScoreMethod.MEAN)
        self.minimum = entry.number("minimum")
        self.maximum = entry.number("maximum")
        self.decimals = entry.whole("decimals", default=1)
        self.bands = _bands(entry)
        entry.finish()


def spread_over_pages(keys: list[str]) -> tuple[Page, ...]:
    """Pages of at most eight questions, as equal as can be: 96 give twelve of 8, 25 give 7, 6, 6 and 6."""
    count = ceil(len(keys) / ITEMS_PER_PAGE)
    pages, start = [], 0
    for number in range(count):
        size = len(keys) // count + (number < len(keys) % count)
        title = f"Questions {start + 1} to {start + size}" if size > 1 else f"Question {start + 1}"
        pages.append(Page(title, "", tuple(keys[start : start + size])))
        start += size
    return tuple(pages)


def _response_scale(entry: Fields) -> tuple[Fields, ResponseScale]:
    options = []
    for option in entry.entries("options", required=True):
        value = option.whole("value", required=True)
        options.append(Option(value, option.text("label", required=True)))
        option.finish()
    scale = ResponseScale(entry.key("key"), tuple(options))
    entry.finish()
    return entry, scale


def _item(entry: Fields) -> tuple[Fields, Item]:
    kind = entry.choice("kind", ItemKind, default=ItemKind.RATING)
    item = Item(
        key=entry.key("key"),
        text=entry.text("text", required=True),
        scale=entry.key("scale", required=False) or None,
        reverse=entry.flag("reverse"),
        optional=entry.flag("optional", default=kind is ItemKind.TEXT),
        response_scale=entry.key("response_scale", required=False) or None,
        kind=kind,
    )
    entry.finish()
    return entry, item


def _bands(entry: Fields) -> tuple[Band, ...]:
    bands = []
    for band in entry.entries("bands"):
        bands.append(Band(band.text("name", required=True), band.number("starts_at", required=True) or 0.0))
        band.finish()
    return tuple(bands)


def _ends(score: ScoreMethod, shared: _ScaleDefaults, answers: _Range | None) -> tuple[float | None, float | None]:
    """Lowest and highest score: as the file says for all scales, else what the items allow."""
    if answers is None or shared.minimum is not None or shared.maximum is not None:
        return shared.minimum, shared.maximum
    count, low, high = answers
    factor = count if score is ScoreMethod.SUM else 1
    return float(low * factor), float(high * factor)


def _scale(entry: Fields, shared: _ScaleDefaults, ranges: dict[str, _Range]) -> tuple[Fields, Scale]:
    score = entry.choice("score", ScoreMethod, default=shared.score)
    lowest, highest = _ends(score, shared, ranges.get(entry.key("key", required=False)))
    minimum = entry.number("minimum", default=lowest)
    maximum = entry.number("maximum", default=highest)
    for name, value in (("minimum", minimum), ("maximum", maximum)):
        if value is None:
            entry.note(name, f"A scale without items needs its {name}. Add a line `{name}: …`.")
    scale = Scale(
        key=entry.key("key"),
        name=entry.text("name", required=True),
        subtitle=entry.text("subtitle"),
        cluster=entry.text("cluster"),
        explanation=entry.text("explanation"),
        at_best=entry.text("at_best"),
        overdrive=entry.text("overdrive"),
        minimum_share=entry.number("minimum_share", default=shared.minimum_share),
        bands=_bands(entry) or shared.bands,
        score=score,
        minimum=1.0 if minimum is None else minimum,
        maximum=5.0 if maximum is None else maximum,
        decimals=entry.whole("decimals", default=shared.decimals),
    )
    entry.finish()
    return entry, scale


def _page(entry: Fields) -> tuple[Fields, Page]:
    items = tuple(word for word, _ in entry.words("items", required=True))
    page = Page(entry.text("title", required=True), entry.text("intro"), items)
    entry.finish()
    return entry, page


def _extra_column(entry: Fields) -> ExtraColumn:
    column = ExtraColumn(
        key=entry.key("key"),
        name=entry.text("name", required=True),
        minimum=entry.number("minimum", required=True) or 0.0,
        maximum=entry.number("maximum", required=True) or 0.0,
    )
    entry.finish()
    return column
