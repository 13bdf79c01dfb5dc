"""Rows of the assessments app, made with as few words as a test needs."""

from datetime import UTC, datetime, timedelta
from itertools import count

from assessments.enums import WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from assessments.services.instruments import load_instrument
from programme.models.members import Member
from programme.models.programmes import Programme
from tests.factories.programme import make_member

# A Tuesday in the story, 10am in London (summer time).
NOW = datetime(2022, 5, 17, 9, 0, tzinfo=UTC)

SMALL_QUESTIONNAIRE = """\
key: small_check
version: "1.0"
name: Small check
kind: questionnaire
owner: Common Ground project
licence: open
attribution: Written for the tests of Common Ground.
online: yes
introduction: Four questions about working together.
response_scales:
  - key: agreement
    options:
      - {value: 1, label: Disagree}
      - {value: 2, label: Neither}
      - {value: 3, label: Agree}
scales:
  - {key: trust, name: Trust, explanation: We can say what is wrong.}
  - {key: results, name: Results, explanation: We look at what comes out.}
items:
  - {key: t1, text: We say so when something is wrong., scale: trust}
  - {key: t2, text: People hide their mistakes., scale: trust, reverse: yes}
  - {key: r1, text: We know what we have achieved., scale: results}
  - {key: r2, text: We look at the same numbers., scale: results}
  - {key: more, text: "What else should we know?", kind: text}
"""

LICENSED_RESULTS = """\
key: wide_strengths
version: "1"
name: Wide strengths results
kind: licensed_results
owner: Example Publisher Ltd
licence: licensed_results_only
attribution: Scale names by Example Publisher Ltd.
trademark_notice: Wide strengths is a trade mark of Example Publisher Ltd, who do not endorse Common Ground.
online: no
significant_count: 2
scale_defaults: {minimum: 0, maximum: 10, decimals: 1}
scales:
  - {key: courage, name: Courage, cluster: Feeling}
  - {key: calm, name: Calm, cluster: Feeling}
  - {key: common_sense, name: Common Sense, cluster: Thinking}
  - {key: self_belief, name: Self-belief, cluster: Doing}
extra_columns:
  - {key: energy, name: Energy, minimum: 0, maximum: 10}
"""

_number = count(1)


def make_instrument(text: str = SMALL_QUESTIONNAIRE) -> InstrumentVersion:
    return load_instrument(text, actor=None)


def make_licensed_instrument() -> InstrumentVersion:
    return load_instrument(LICENSED_RESULTS, actor=None)


def make_wave(programme: Programme, *, teams=(), state: WaveState = WaveState.DRAFT, **fields) -> Wave:
    """A wave in the given state, without invitations; see `invite`."""
    opened = None if state == WaveState.DRAFT else NOW - timedelta(days=7)
    version = fields.pop("instrument_version", None) or make_instrument()
    wave = Wave.objects.create(
        **{
            "programme": programme,
            "instrument_version": version,
            "title": f"Questionnaire {next(_number)}",
            "purpose": "To see where we stand.",
            "privacy_text": "" if state == WaveState.DRAFT else "Nobody sees your own answers.",
            "state": state,
            "closes_at": NOW + timedelta(days=10),
            "opened_at": opened,
            "reminder_days": [7, 3, 1],
            "created_by": programme.created_by,
            **fields,
        }
    )
    wave.teams.set(teams)
    return wave


def invite(wave: Wave, member: Member, **fields) -> WaveInvitation:
    return WaveInvitation.objects.create(
        **{
            "wave": wave,
            "member": member,
            "organisation": member.organisation,
            "team": member.team,
            "invited_at": wave.opened_at or NOW,
            **fields,
        }
    )


def make_people(programme: Programme, number: int, **fields) -> list[Member]:
    return [make_member(programme, **fields) for _ in range(number)]
