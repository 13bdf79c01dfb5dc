"""Definitions to and from plain data: a dict for a JSON column, or a YAML file somebody can edit and load again."""

import dataclasses
from enum import Enum
from typing import Any

import yaml

from assessments.definitions.shape import (
    Band,
    Definition,
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
)


def to_json(definition: Definition) -> dict[str, Any]:
    """The definition as dicts, lists, strings and numbers only."""
    return _plain(definition)


def from_json(data: dict[str, Any]) -> Definition:
    """The inverse of `to_json`. Trusts its input: files from outside go through `parse`."""
    return Definition(
        **{
            **data,
            "kind": Kind(data["kind"]),
            "licence": Licence(data["licence"]),
            "languages": tuple(data["languages"]),
            "response_scales": tuple(
                ResponseScale(entry["key"], tuple(Option(**option) for option in entry["options"]))
                for entry in data["response_scales"]
            ),
            "scales": tuple(_scale(entry) for entry in data["scales"]),
            "items": tuple(Item(**{**entry, "kind": ItemKind(entry["kind"])}) for entry in data["items"]),
            "pages": tuple(Page(**{**entry, "items": tuple(entry["items"])}) for entry in data["pages"]),
            "extra_columns": tuple(ExtraColumn(**entry) for entry in data["extra_columns"]),
        }
    )


def dump(definition: Definition) -> str:
    """YAML text that `parse` reads back to an equal definition."""
    return yaml.safe_dump(_written(to_json(definition)), sort_keys=False, allow_unicode=True, width=110)


def _scale(entry: dict[str, Any]) -> Scale:
    bands = tuple(Band(**band) for band in entry["bands"])
    return Scale(**{**entry, "bands": bands, "score": ScoreMethod(entry["score"])})


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value.value if isinstance(value, Enum) else value


def _written(value: Any) -> Any:
    """Leave out what is empty: the file stays readable, and an empty field means the same as a missing one."""
    if isinstance(value, dict):
        return {name: _written(entry) for name, entry in value.items() if entry not in (None, "", [])}
    return [_written(entry) for entry in value] if isinstance(value, list) else value
