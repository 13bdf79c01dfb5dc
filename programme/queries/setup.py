"""How far setting up a programme has come. The floors above add their own steps."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.models.programmes import Programme


@dataclass(frozen=True)
class Step:
    """One line of the task list. `status` is "done", "now" or "" (not started); `words` says it."""

    name: str
    url: str
    status: str
    done: bool
    words: str = ""
    hint: str = ""

    @property
    def item(self) -> dict[str, str]:
        """As the task list component takes it."""
        return {"title": self.name, "href": self.url, "status": self.status, "words": self.words, "hint": self.hint}


def setup_steps(programme: Programme) -> list[Step]:
    """The steps that the base app knows, in the order in which they are best done."""
    partners = programme.partners.count()
    current = programme.members.filter(left_on=None)
    participants = current.filter(is_participant=True)
    people = participants.count()
    homeless = participants.filter(Q(team=None) | Q(organisation=None)).count()
    teams = programme.teams.count()
    return [
        _step(programme, _("Name, aims and dates"), "programme_change", bool(programme.aims), begun=True),
        _step(
            programme,
            _("Partner organisations"),
            "partner_list",
            partners >= 2,
            begun=partners > 0,
            hint="" if partners >= 2 else _("A partnership needs at least two."),
        ),
        _step(programme, _("Teams"), "team_list", teams > 0, begun=False),
        _step(
            programme,
            _("People"),
            "member_list",
            people > 0 and not homeless,
            begun=people > 0,
            hint=_homeless_words(homeless),
        ),
        _step(
            programme,
            _("Privacy text and threshold"),
            "programme_promise",
            bool(programme.privacy_text),
            begun=False,
            hint="" if programme.privacy_text else _("What people are told before they answer."),
        ),
    ]


def _step(programme: Programme, name: str, url_name: str, done: bool, *, begun: bool, hint: str = "") -> Step:
    status, words = ("done", _("Done")) if done else ("now", _("In progress")) if begun else ("", _("Not started"))
    url = reverse(url_name, kwargs={"programme_id": programme.pk})
    return Step(name=name, url=url, status=status, done=done, words=words, hint=hint)


def _homeless_words(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s person has no team or no organisation yet.",
        "%(count)s people have no team or no organisation yet.",
        count,
    ) % {"count": count}
