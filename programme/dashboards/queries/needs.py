"""What needs a facilitator today: each line says what it is, why, and has one button that deals with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.enums import WaveState
from assessments.models.waves import Wave
from programme.dashboards.queries.facts import Facts
from programme.dashboards.queries.reports import waiting
from programme.dashboards.queries.words import listed
from programme.templatetags.formatting import full_date, people, short_date

# More empty registers than this stand in one line.
REGISTERS_SHOWN = 2


@dataclass(frozen=True)
class Need:
    title: str
    detail: str
    url: str
    action: str


def needs(facts: Facts) -> list[Need]:
    """In the order of urgency: people who wait for mail first, what can wait a day last."""
    return [
        *_mail(facts),
        *_waves(facts),
        *_registers(facts),
        *_invitations(facts),
        *_commitments(facts),
        *_reports(facts),
        *_setup(facts),
        *_first_steps(facts),
    ]


def _mail(facts: Facts) -> Iterator[Need]:
    mail = facts.mail
    if not mail.count:
        return
    if mail.failed:
        title = ngettext(
            "%(count)s mail could not be sent", "%(count)s mails could not be sent", mail.failed
        ) % {"count": mail.failed}  # fmt: skip
        filtered = "?state=failed"
    else:
        title = ngettext(
            "%(count)s mail may not have gone out", "%(count)s mails may not have gone out", mail.unconfirmed
        ) % {"count": mail.unconfirmed}  # fmt: skip
        filtered = "?state=unconfirmed"
    who = [*mail.names]
    if mail.others > 0:
        more = ngettext("%(count)s other person", "%(count)s other people", mail.others)
        who.append(more % {"count": mail.others})
    detail = ngettext("%(who)s still waits for it.", "%(who)s still wait for it.", mail.people)
    detail %= {"who": listed(who)}
    yield Need(title, detail if who else "", facts.url("delivery_list") + filtered, _("Look at the mail"))


def _waves(facts: Facts) -> Iterator[Need]:
    for wave in facts.waves:
        if wave.state == WaveState.OPEN:
            yield from _open_wave(facts, wave)
        elif wave.state == WaveState.CLOSED:
            answered = _("%(finished)s of %(invited)s answered. Nobody sees results before you release them.")
            yield Need(
                _("“%(name)s” is closed") % {"name": facts.names[wave.pk]},
                answered % {"finished": wave.finished, "invited": people(wave.invited)},
                facts.url("assessments:wave_release", wave_id=wave.pk),
                _("Release results"),
            )
        elif wave.state == WaveState.DRAFT:
            yield Need(
                _("“%(name)s” is not open yet") % {"name": facts.names[wave.pk]},
                _("It is a draft: nobody has been asked."),
                facts.url("assessments:wave_detail", wave_id=wave.pk),
                _("Check and open"),
            )


def _open_wave(facts: Facts, wave: Wave) -> Iterator[Need]:
    name = {"name": facts.names[wave.pk]}
    if wave.disputed:
        words = ngettext(
            "%(count)s person says their place in “%(name)s” is wrong",
            "%(count)s people say their place in “%(name)s” is wrong",
            wave.disputed,
        )
        yield Need(
            words % {"count": wave.disputed, **name},
            _("Their organisation or team is not what they expected."),
            facts.url("assessments:wave_detail", wave_id=wave.pk),
            _("Put it right"),
        )
    if wave.invited and wave.finished == wave.invited:
        until = full_date(wave.closes_at, facts.programme.time_zone)
        yield Need(
            _("Everybody has answered “%(name)s”") % name,
            _("You need not wait until %(day)s.") % {"day": until},
            facts.url("assessments:wave_close", wave_id=wave.pk),
            _("Close it now"),
        )


def _registers(facts: Facts) -> Iterator[Need]:
    if len(facts.registers) > REGISTERS_SHOWN:
        yield Need(
            _("%(count)s sessions have no attendance yet") % {"count": len(facts.registers)},
            _("The latest is “%(title)s”.") % {"title": facts.registers[0].session.title},
            facts.url("sessions:session_list"),
            _("See the sessions"),
        )
        return
    for row in facts.registers:
        yield Need(
            _("Who came on %(day)s?") % {"day": short_date(row.session.date)},
            _("The register of “%(title)s” is empty.") % {"title": row.session.title},
            facts.url("sessions:register", session_id=row.session.pk),
            _("Take attendance"),
        )


def _invitations(facts: Facts) -> Iterator[Need]:
    for row in facts.coming:
        if not row.invitations_missing:
            continue
        session = row.session
        if session.invited:
            title, action = _("Invitations to “%(title)s” are not sent"), _("Send invitations")
            detail = _("It is on %(day)s; %(people)s are on its list.") % {
                "day": full_date(session.date),
                "people": people(session.invited),
            }
        else:
            title, action = _("Nobody is asked to “%(title)s”"), _("Choose people")
            detail = _("It is on %(day)s.") % {"day": full_date(session.date)}
        yield Need(title % {"title": session.title}, detail, row.url, action)


def _commitments(facts: Facts) -> Iterator[Need]:
    counts = facts.commitments
    if counts.oldest_overdue is None:
        return
    title = ngettext("%(count)s commitment is overdue", "%(count)s commitments are overdue", counts.overdue)
    detail = ngettext("It was due on %(day)s.", "The oldest was due on %(day)s.", counts.overdue)
    yield Need(
        title % {"count": counts.overdue},
        detail % {"day": full_date(counts.oldest_overdue.due_on)},
        facts.url("sessions:commitment_list"),
        _("Go through them"),
    )


def _reports(facts: Facts) -> Iterator[Need]:
    for report in waiting(facts.reports):
        yield Need(
            _("“%(title)s” is compiled") % {"title": report.title},
            _("Executives see it once you release it."),
            facts.url("reports:report_detail", report_id=report.key),
            _("Read and release"),
        )


def _setup(facts: Facts) -> Iterator[Need]:
    missing = [step for step in facts.setup if not step.done]
    if not missing or facts.has_ended:
        return
    title = ngettext("%(count)s step of the set-up is left", "%(count)s steps of the set-up are left", len(missing))
    yield Need(
        title % {"count": len(missing)},
        missing[0].hint or _("Next: %(step)s.") % {"step": missing[0].name},
        missing[0].url,
        _("Go on"),
    )


def _first_steps(facts: Facts) -> Iterator[Need]:
    """Once everything is set up: what a programme cannot do without."""
    if facts.has_ended or not facts.is_set_up:
        return
    if not facts.waves:
        yield Need(
            _("No questionnaire is prepared"),
            _("A baseline now makes change visible later."),
            facts.url("assessments:wave_new"),
            _("Prepare the first"),
        )
    if not facts.coming:
        yield Need(
            _("No session is planned"),
            _("People get it into their calendars as soon as you invite them."),
            facts.url("sessions:session_new"),
            _("Plan a session"),
        )
