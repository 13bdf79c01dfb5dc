"""What a person is asked in a wave, whose turn it is, and how far they are."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, Q, QuerySet, UUIDField
from django.utils.translation import gettext as _

from assessments.definitions import Definition, Item, ItemKind, Kind, Option, Page
from assessments.enums import WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.models.invitations import WaveInvitation
from assessments.models.responses import Answer
from assessments.models.waves import Wave
from programme.lib.compiled import compiled_read
from programme.models.members import Member
from programme.models.users import User

# What saving an answer needs to know, in the order of the models, as `from_db` wants it.
INVITATION_PARTS = ["id", "wave_id", "started_at", "submitted_at", "withdrawn_at"]
WAVE_PARTS = ["id", "instrument_version_id", "state", "closes_at"]
SECONDS_A_RATING, SECONDS_A_TEXT = 10, 45  # on a phone, rounded up


@dataclass(frozen=True)
class Question:
    """One thing asked. `key` is what its answer is stored under; `about` the team it is asked about, if any."""

    key: str
    item: Item
    options: tuple[Option, ...] = ()
    about: str = ""

    @property
    def is_text(self) -> bool:
        return self.item.kind is ItemKind.TEXT

    @property
    def is_expected(self) -> bool:
        """Whether people are gently asked about it when it is left out. Open prompts and optional questions may stay."""
        return not (self.is_text or self.item.optional)

    @property
    def words(self) -> str:
        return f"{self.about}: {self.item.text}" if self.about else self.item.text


@dataclass(frozen=True)
class QuestionPage:
    """One theme on one screen."""

    number: int
    title: str
    intro: str
    questions: tuple[Question, ...]

    @property
    def expected(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.is_expected)


@dataclass(frozen=True)
class Questionnaire:
    """All a person is asked, page by page, in order."""

    pages: tuple[QuestionPage, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.key: question for page in self.pages for question in page.questions}

    @property
    def has_texts(self) -> bool:
        return any(question.is_text for question in self.questions.values())

    @cached_property
    def minutes(self) -> int:
        """An honest estimate for a phone, in whole minutes."""
        return _minutes(sum(question.is_text for question in self.questions.values()), len(self.questions))


@dataclass(frozen=True)
class Given:
    """One stored answer. A value of None stands for "prefer not to say", or for a text."""

    value: int | None
    text: str


@dataclass(frozen=True)
class OtherTeam:
    """A team inside one other organisation: whom a questionnaire about working relationships asks about."""

    organisation_id: UUID
    organisation: str
    team_id: UUID
    team: str

    @property
    def name(self) -> str:
        return _("%(team)s, %(organisation)s") % {"team": self.team, "organisation": self.organisation}

    def key(self, item: Item) -> str:
        """What the answer to an item about this team is stored under."""
        return f"{item.key}@{self.organisation_id.hex}-{self.team_id.hex}"


def minutes_needed(definition: Definition) -> int:
    """How long a questionnaire takes on a phone, in whole minutes."""
    return _minutes(len(definition.text_items), len(definition.items))


def is_open(wave: Wave, *, at: datetime) -> bool:
    """Whether answers are taken: also past the end when nobody has closed the wave yet, they are not."""
    return wave.state == WaveState.OPEN and at < wave.closes_at


def invitations_to_answer() -> QuerySet[WaveInvitation]:
    """Invitations that stand, with all that the pages say in one query."""
    shown = ["wave__programme", "wave__created_by", "member", "organisation", "team"]
    return _standing().select_related(*shown)


def invitation_of_link(invitation_id: UUID, link_id: int) -> WaveInvitation | None:
    """The invitation a mailed link led to, as long as that link stands."""
    return invitations_to_answer().filter(pk=invitation_id, links__pk=link_id, links__revoked_at=None).first()


def has_answered(member: Member) -> bool:
    """Whether somebody has begun to answer anything: whoever signs in as them would see it."""
    return WaveInvitation.objects.filter(member=member, started_at__isnull=False).exists()


def invitation_of_user(invitation_id: UUID, user: User) -> WaveInvitation | None:
    """A signed-in person's own invitation. Who has left the programme may still read what they sent, no more."""
    still_theirs = Q(member__left_on=None) | Q(submitted_at__isnull=False)
    return invitations_to_answer().filter(still_theirs, pk=invitation_id, member__user=user).first()


def invitation_to_save(invitation_id: UUID, link_id: int) -> WaveInvitation | None:
    """The same as `invitation_of_link` with no more than saving an answer needs; the rest is read when asked for."""
    row = _place_of_link(invitation_id=invitation_id, link_id=link_id)
    if row is None:
        return None
    invitation = WaveInvitation.from_db(DEFAULT_DB_ALIAS, INVITATION_PARTS, row[: len(INVITATION_PARTS)])
    invitation.wave = Wave.from_db(DEFAULT_DB_ALIAS, WAVE_PARTS, row[len(INVITATION_PARTS) :])
    return invitation


@compiled_read(invitation_id=UUIDField(), link_id=BigIntegerField())
def _place_of_link(*, invitation_id: UUID, link_id: int) -> QuerySet:
    standing = _standing().filter(pk=invitation_id, links__pk=link_id, links__revoked_at=None)
    return standing.values_list(*INVITATION_PARTS, *(f"wave__{part}" for part in WAVE_PARTS))


def _standing() -> QuerySet[WaveInvitation]:
    return WaveInvitation.objects.filter(withdrawn_at=None)


def questionnaire_of(invitation: WaveInvitation) -> Questionnaire:
    """What this person is asked: the same for everybody, or once about each team of the other organisations."""
    version_id = invitation.wave.instrument_version_id
    if definition_of(version_id).kind is Kind.RELATIONSHIPS:
        return _about_each(definition_of(version_id), other_teams(invitation))
    return _same_for_all(version_id)


def other_teams(invitation: WaveInvitation) -> list[OtherTeam]:
    """Every team of another organisation with people in the wave, as they were at opening, in a fixed order."""
    others = WaveInvitation.objects.filter(wave_id=invitation.wave_id, withdrawn_at=None, team__isnull=False)
    others = others.exclude(organisation=None).exclude(organisation_id=invitation.organisation_id)
    named = ["organisation_id", "organisation__short_name", "team_id", "team__name"]
    rows = others.order_by("organisation__name", "team__position", "team__name").values_list(*named).distinct()
    return [OtherTeam(*row) for row in rows]


@lru_cache(maxsize=64)
def definition_of(version_id: UUID) -> Definition:
    """The definition of a version in use. Such a version never changes, so each process reads it once."""
    return InstrumentVersion.objects.get(pk=version_id).definition


def answers_given(invitation: WaveInvitation) -> dict[str, Given]:
    """What the person has answered so far, by question key."""
    rows = Answer.objects.filter(response_id=invitation.pk).values_list("item_key", "value", "text")
    return {key: Given(value, text) for key, value, text in rows}


def first_page_with_gaps(questionnaire: Questionnaire, given: Mapping[str, Given]) -> QuestionPage | None:
    """Where somebody goes on: the first page on which something is left to answer; None when nothing is.

    A page that expects no answers, with open prompts only say, counts as left while it is quite empty.
    """
    for page in questionnaire.pages:
        left = [question for question in page.questions if question.key not in given]
        if any(question.is_expected for question in left) or (not page.expected and len(left) == len(page.questions)):
            return page
    return None


@lru_cache(maxsize=64)
def _same_for_all(version_id: UUID) -> Questionnaire:
    definition = definition_of(version_id)
    numbered = enumerate(definition.pages, start=1)
    return Questionnaire(tuple(_page(definition, page, number) for number, page in numbered))


def _about_each(definition: Definition, teams: list[OtherTeam]) -> Questionnaire:
    numbered = enumerate(((team, page) for team in teams for page in definition.pages), start=1)
    return Questionnaire(tuple(_page(definition, page, number, team) for number, (team, page) in numbered))


def _page(definition: Definition, page: Page, number: int, team: OtherTeam | None = None) -> QuestionPage:
    questions = tuple(_question(definition, definition.item(key), team) for key in page.items)
    return QuestionPage(number, team.name if team else page.title, page.intro, questions)


def _question(definition: Definition, item: Item, team: OtherTeam | None) -> Question:
    options = () if item.kind is ItemKind.TEXT else definition.response_scale_for(item).options
    return Question(team.key(item), item, options, team.name) if team else Question(item.key, item, options)


def _minutes(texts: int, all_questions: int) -> int:
    seconds = SECONDS_A_TEXT * texts + SECONDS_A_RATING * (all_questions - texts)
    return max(1, math.ceil(seconds / 60))
