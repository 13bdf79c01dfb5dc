import re
from datetime import date, datetime, time, timedelta

from programme.lib.govuk_forms import clock_words, read_time

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


def agenda_end(agenda: str, *, starts: time) -> time | None:
    """When an agenda is over: where its last line says so, `starts` for an empty one, None when nobody can tell."""
    lines = list(filter(None, map(str.strip, agenda.splitlines())))
    if not lines:
        return starts
    found = LINE.match(lines[-1])
    return read_time(found["last"]) if found and found["last"] else None


def agenda_with(agenda: str, words: str, *, minutes: int, starts: time) -> str:
    """The agenda with one more part at its end, timed where the part before says when it is over.

    The same words are not added a second time.
    """
    if words in [said for _begins, said in agenda_lines(agenda)]:
        return agenda
    begins = agenda_end(agenda, starts=starts)
    ends = begins and datetime.combine(date.min, begins) + timedelta(minutes=minutes)
    timed = ends and ends.date() == date.min  # nothing goes on past midnight
    line = f"{clock_words(begins)} to {clock_words(ends.time())} {words}" if timed else words
    return "\n".join([*filter(None, [agenda.rstrip()]), line])
