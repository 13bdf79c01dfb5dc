"""Reading YAML with line numbers, safely: no tags, no anchors, no deep nesting, no large files.

Values are taken from the text as written, so `version: 1.0` stays "1.0" and the answer `No` stays "No".
"""

import difflib
import math
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

import yaml

from assessments.definitions.shape import DefinitionProblems, Problem

MAXIMUM_BYTES = 256 * 1024
MAXIMUM_DEPTH = 8
LONGEST_TEXT = 4000
KEY_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
TRUE_WORDS = frozenset({"yes", "true", "on"})
FALSE_WORDS = frozenset({"no", "false", "off"})
ALLOWED_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null"))

Choice = TypeVar("Choice", bound=StrEnum)


def open_mapping(text: str, problems: list[Problem]) -> "Fields":
    """The top mapping of a file. Raises DefinitionProblems when the text is not safe, plain YAML."""
    if len(text.encode("utf-8", "surrogatepass")) > MAXIMUM_BYTES:
        _refuse(1, f"The file is larger than {MAXIMUM_BYTES // 1024} kB. Definitions are small; check the file.")
    try:
        _check_events(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _refuse(mark.line + 1 if mark else 1, f"This is not valid YAML: {error.problem or error.context}. {_YAML_HINT}")
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        _refuse(line, "There is a character here that YAML does not allow. Delete it and type the text again.")
    if not isinstance(node, yaml.MappingNode):
        _refuse(1, "The file is empty or not a list of fields. Start with lines such as `key: team_check`.")
    return Fields(node, "", problems)


_YAML_HINT = "Check the indentation, colons and quotes on this line and the one above."


def _refuse(line: int, message: str) -> None:
    raise DefinitionProblems([Problem(line, "", message)])


def _check_events(text: str) -> None:
    """Refuse what could make a small file expensive or surprising, before any tree is built."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None):  # aliases carry an anchor, too
            _refuse(line, "Anchors (&name) and aliases (*name) are not used here. Write the text out in full.")
        if getattr(event, "tag", None) and event.tag not in ALLOWED_TAGS:
            _refuse(line, "Tags such as !name are not used here. Delete the tag.")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAXIMUM_DEPTH:
            _refuse(line, "The file is nested too deeply. Definitions need no more than a few levels; check brackets.")
        if documents > 1:
            _refuse(line, "The file holds more than one document. Keep one instrument to a file; delete the `---`.")


class Fields:
    """One mapping of the file. Hands out its fields and notes a problem, with its line, for each that is wrong."""

    def __init__(self, node: yaml.MappingNode, path: str, problems: list[Problem]) -> None:
        self.line = node.start_mark.line + 1
        self.path = path
        self.problems = problems
        self._nodes: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        for key_node, value_node in node.value:
            name = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            if name in self._nodes:
                self.note_at(_line(key_node), name, "This field is given twice. Delete one of the two.")
            self._nodes[name] = value_node

    def line_of(self, name: str) -> int:
        """The line a field stands on, or where its mapping starts when it is missing."""
        node = self._nodes.get(name)
        return node.start_mark.line + 1 if node else self.line

    def note(self, name: str, message: str) -> None:
        self.note_at(self.line_of(name), name, message)

    def note_at(self, line: int, name: str, message: str) -> None:
        self.problems.append(Problem(line, self._field(name), message))

    def text(self, name: str, *, required: bool = False, default: str = "") -> str:
        node = self._ask(name, required=required)
        if node is None:
            return default
        if not isinstance(node, yaml.ScalarNode):
            self.note(name, "This should be plain text. Put it in quotes, or after the colon on the same line.")
            return default
        value = node.value.strip()
        if len(value) > LONGEST_TEXT:
            self.note(name, f"This text has {len(value)} characters. Shorten it to {LONGEST_TEXT} or fewer.")
        return value

    def key(self, name: str, *, required: bool = True) -> str:
        value = self.text(name, required=required)
        if value and not KEY_PATTERN.fullmatch(value):
            self.note(name, "Use up to 60 letters, digits, dots, hyphens and underscores, without spaces.")
        return value

    def flag(self, name: str, *, default: bool = False, required: bool = False) -> bool:
        value = self.text(name, required=required).lower()
        if value and value not in TRUE_WORDS | FALSE_WORDS:
            self.note(name, f"“{value}” is neither yes nor no. Write yes or no.")
        return value in TRUE_WORDS if value else default

    def number(self, name: str, *, default: float | None = None, required: bool = False) -> float | None:
        value = self.text(name, required=required)
        if not value:
            return default
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self.note(name, f"“{value}” is not a number. Write it in digits, for example 3 or 3.5.")
            return default
        return number

    def whole(self, name: str, *, default: int = 0, required: bool = False) -> int:
        number = self.number(name, default=default, required=required)
        if number is not None and number != int(number):
            self.note(name, f"“{number:g}” should be a whole number, for example {int(number)}.")
        return int(number or 0)

    def choice(self, name: str, choices: type[Choice], *, default: Choice | None = None) -> Choice | None:
        value = self.text(name, required=default is None)
        if not value:
            return default
        if value not in list(choices):
            self.note(name, f"“{value}” is not known here. Write one of: {', '.join(choices)}.")
            return default
        return choices(value)

    def entries(self, name: str, *, required: bool = False) -> list["Fields"]:
        """A list of mappings, such as the items."""
        found = []
        for number, node in enumerate(self._sequence(name, required=required), start=1):
            path = f"{self._field(name)}[{number}]"
            if isinstance(node, yaml.MappingNode):
                found.append(Fields(node, path, self.problems))
            else:
                self.problems.append(Problem(_line(node), path, "Write this entry as fields, for example `key: …`."))
        return found

    def section(self, name: str) -> "Fields":
        """A mapping inside this one; an empty one when it is missing."""
        node = self._ask(name)
        if node is not None and not isinstance(node, yaml.MappingNode):
            self.note(name, "Write this as fields, indented below the name.")
        empty = yaml.MappingNode("tag:yaml.org,2002:map", [], _Mark(self.line - 1))
        return Fields(node if isinstance(node, yaml.MappingNode) else empty, self._field(name), self.problems)

    def words(self, name: str, *, required: bool = False) -> list[tuple[str, int]]:
        """A list of plain words, each with its line."""
        found = []
        for node in self._sequence(name, required=required):
            if isinstance(node, yaml.ScalarNode):
                found.append((node.value.strip(), _line(node)))
            else:
                self.note_at(_line(node), name, "List plain words here, one per entry.")
        return found

    def finish(self) -> None:
        """Note every field nobody asked for: nearly always a slip of the keyboard."""
        for name, node in self._nodes.items():
            if name not in self._asked:
                near = difflib.get_close_matches(name, self._asked, n=1)
                hint = f"Did you mean “{near[0]}”?" if near else f"Fields here: {', '.join(sorted(self._asked))}."
                self.note_at(_line(node), name, f"There is no such field. {hint}")

    def _sequence(self, name: str, *, required: bool) -> Iterator[yaml.Node]:
        node = self._ask(name, required=required)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.note(name, "This should be a list. Start each entry on its own line with a hyphen.")
            return
        if required and not node.value:
            self.note(name, "This list is empty. Add at least one entry.")
        yield from node.value

    def _ask(self, name: str, *, required: bool = False) -> yaml.Node | None:
        self._asked.add(name)
        node = self._nodes.get(name)
        blank = isinstance(node, yaml.ScalarNode) and (not node.value.strip() or node.tag.endswith(":null"))
        if required and (node is None or blank):
            self.note(name, f"This is missing. Add a line `{name}: …`.")
        return None if blank else node

    def _field(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


class _Mark:
    """Stands in for a YAML mark where a mapping is missing from the file."""

    def __init__(self, line: int) -> None:
        self.line = line


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1
