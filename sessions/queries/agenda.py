import re
from datetime import time

from programme.lib.govuk_forms import read_time

# A time, an optional second one after a dash or "to", then what happens.
LINE = re.compile(
    r"^(?P<first>\d{1,2}(?:[.:]\d{2})?\s?(?:am|pm)?|midday|noon)"
    r"(?:\s?(?:-|–|to)\s?(?P<last>\d{1,2}(?:[.:]\d{2})?\s?(?:am|pm)?|midday|noon))?"
    r"[\s:,–-]+(?P<words>\S.*)$",
    re.IGNORECASE,
)


def agenda_lines(agenda: str) -> list[tuple[time | None, str]]:
    """Each line of an agenda as its beginning and what happens then; lines without a time have none.

    People write times in their own way ("9.30am", "10.15–10.45", "14:00"); what is no time stays as it was written.
    """
    lines = []
    for line in filter(None, map(str.strip, agenda.splitlines())):
        found = LINE.match(line)
        begins = read_time(found["first"]) if found else None
        lines.append((begins, found["words"]) if begins else (None, line))
    return lines
