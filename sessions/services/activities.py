from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.enums import AuditAction
from programme.models.users import User
from programme.services.audit import record
from sessions.activities import Activity
from sessions.models.sessions import Session
from sessions.queries.agenda import agenda_with


class AgendaClosed(Exception):  # noqa: N818  it is news for a page, not a fault
    """The session is over or was called off, so nothing more can be planned for it."""


def add_activity(session: Session, *, activity: Activity, actor: User, at: datetime) -> bool:
    """Puts an activity with its minutes at the end of a session's agenda; False when it stands there already.

    Nobody is mailed: the agenda is read on the session's page and in the reminder.
    """
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=session.pk)
        if session.is_cancelled or session.ends_at <= at:
            raise AgendaClosed(_("This session is over or was called off, so its agenda stays as it is."))
        words = agenda_words(activity)
        agenda = agenda_with(session.agenda, words, minutes=activity.minutes, starts=session.starts)
        if agenda == session.agenda:
            return False
        session.agenda = agenda
        session.save(update_fields=["agenda"])
        record(
            AuditAction.SESSION_CHANGED, actor=actor, programme=session.programme, subject=session,
            title=session.title, changed=["agenda"], activity=activity.title,
        )  # fmt: skip
    return True


def agenda_words(activity: Activity) -> str:
    """How an activity stands in an agenda: "Promise round (20 minutes)"."""
    minutes = activity.minutes
    words = ngettext("%(title)s (%(minutes)s minute)", "%(title)s (%(minutes)s minutes)", minutes)
    return words % {"title": activity.title, "minutes": minutes}
