"""Instruments as they are read before anybody answers."""

from dataclasses import dataclass

from assessments.definitions import Definition, Item, ItemKind


@dataclass(frozen=True)
class AskedItem:
    """One question with the words of its options; no options: answered in people's own words."""

    text: str
    optional: bool
    options: tuple[str, ...]


@dataclass(frozen=True)
class AskedPage:
    title: str
    intro: str
    items: list[AskedItem]

    @property
    def shared_options(self) -> tuple[str, ...]:
        """The options, where every question that has any has the same: then they need be read only once."""
        different = {item.options for item in self.items if item.options}
        return different.pop() if len(different) == 1 else ()


def asked_pages(definition: Definition) -> list[AskedPage]:
    """What people meet, page by page."""
    return [
        AskedPage(page.title, page.intro, [_asked(definition, definition.item(key)) for key in page.items])
        for page in definition.pages
    ]


def _asked(definition: Definition, item: Item) -> AskedItem:
    is_text = item.kind is ItemKind.TEXT
    options = () if is_text else tuple(option.label for option in definition.response_scale_for(item).options)
    return AskedItem(item.text, item.optional, options)
