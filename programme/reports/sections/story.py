"""The programme's timeline as a block."""

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _

from programme.lib.charts import Mode, Timeline
from programme.models.programmes import Programme
from programme.reports.blocks import Story
from programme.reports.sections.words import listed
from programme.templatetags.formatting import full_date
from sessions.queries.timeline import programme_timeline


def story(programme: Programme, *, today: date) -> Story:
    line = programme_timeline(programme, today=today)
    inside = line.start <= line.today <= line.end
    return Story(
        title=_("How the programme went"),
        caption=line.caption,
        start=line.start.isoformat(),
        end=line.end.isoformat(),
        today=line.today.isoformat(),
        today_at=line.share(line.today) if inside else None,
        today_words=_("Today"),
        ticks=_ticks(line),
        phases=[
            {
                "label": phase.label,
                "start": phase.start.isoformat(),
                "end": phase.end.isoformat(),
                "from": line.share(phase.start),
                "to": line.share(phase.end),
            }
            for phase in line.phases
        ],
        lanes=[
            {
                "label": lane.label,
                "marks": [
                    {
                        "at": mark.at.isoformat(),
                        "mode": mark.mode.value,
                        "title": mark.title,
                        "place": line.share(mark.at),
                    }
                    for mark in lane.marks
                ],
            }
            for lane in line.lanes
        ],
        waves=[
            {
                "label": wave.label,
                "start": wave.start.isoformat(),
                "end": wave.end.isoformat(),
                "from": line.share(wave.start),
                "to": line.share(wave.end),
            }
            for wave in line.waves
        ],
        key=[{"mode": mode.value, "words": words} for mode, words in _mode_words().items()],
        alt=_alt(line),
    )


def _mode_words() -> dict[Mode, str]:
    return {Mode.VIRTUAL: _("virtual"), Mode.HYBRID: _("hybrid"), Mode.ROOM: _("in the room")}


def _ticks(line: Timeline) -> list[dict[str, object]]:
    return [
        {"words": day.strftime("%b %Y") if with_year else day.strftime("%b"), "place": line.share(day)}
        for day, _place, with_year in line.ticks
    ]


def _alt(line: Timeline) -> str:
    """The picture in sentences."""
    sentences = [_("%(start)s to %(end)s.") % {"start": full_date(line.start), "end": full_date(line.end)}]
    for lane in line.lanes:
        counts = Counter(mark.mode for mark in lane.marks)
        modes = [f"{counts[mode]} {words}" for mode, words in _mode_words().items() if counts[mode]]
        sentences.append(_("%(lane)s: %(modes)s.") % {"lane": lane.label, "modes": listed(modes)})
    sentences += [_("%(wave)s: %(day)s.") % {"wave": wave.label, "day": full_date(wave.start)} for wave in line.waves]
    return " ".join(sentences)
