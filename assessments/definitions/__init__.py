"""Instrument definitions: what a questionnaire or a licensed result layout consists of, as data.

Plain Python and PyYAML; nothing here knows Django, a database or the time. The names below are the whole public face.
"""

from assessments.definitions.reading import parse
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
from assessments.definitions.writing import dump, from_json, to_json

__all__ = [
    "Band",
    "Definition",
    "DefinitionProblems",
    "ExtraColumn",
    "Item",
    "ItemKind",
    "Kind",
    "Licence",
    "Option",
    "Page",
    "Problem",
    "ResponseScale",
    "Scale",
    "ScoreMethod",
    "dump",
    "from_json",
    "parse",
    "to_json",
]
