"""Waves that have been answered, closed and released, made in few words."""

from collections.abc import Mapping
from datetime import timedelta

from assessments.enums import WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.models.invitations import WaveInvitation
from assessments.models.responses import Answer, Response
from assessments.models.waves import Wave
from assessments.services.releases import compute_release
from programme.enums import JobKind, JobState
from programme.models.jobs import Job
from programme.models.members import Member
from programme.models.programmes import Programme
from tests.factories.assessments import NOW, make_wave

Answers = Mapping[str, int | str]

# One question a scale, so that a score is an answer: what an attacker would wish for.
ONE_QUESTION = """\
key: one_question
version: "1.0"
name: One question
kind: questionnaire
owner: Common Ground project
licence: open
attribution: Written for the tests of Common Ground.
online: yes
introduction: Two questions about working together.
response_scales:
  - key: frequency
    options:
      - {value: 1, label: Almost never}
      - {value: 2, label: Rarely}
      - {value: 3, label: Sometimes}
      - {value: 4, label: Often}
      - {value: 5, label: Almost always}
scale_defaults:
  bands: [{name: To work on, starts_at: 1}, {name: Growing, starts_at: 3}, {name: Strong, starts_at: 4}]
scales:
  - {key: trust, name: Trust, subtitle: "Open, also about mistakes"}
  - {key: results, name: Results}
items:
  - {key: t1, text: We say so when something is wrong., scale: trust}
  - {key: r1, text: We know what we have achieved., scale: results}
  - {key: keep, text: "What should we keep?", kind: text}
"""


def answered_wave(
    programme: Programme, version: InstrumentVersion, answers: Mapping[Member, Answers], *, days: int = 0, **fields
) -> Wave:
    """A closed wave; `days` later than the story's day. Each member is invited in their present place and answered."""
    at = NOW + timedelta(days=days)
    wave = make_wave(
        programme, instrument_version=version,
        **{"state": WaveState.CLOSED, "opened_at": at - timedelta(days=7), "closes_at": at, "closed_at": at, **fields},
    )  # fmt: skip
    invitations = WaveInvitation.objects.bulk_create(
        WaveInvitation(
            wave=wave, member=member, organisation_id=member.organisation_id, team_id=member.team_id, submitted_at=at
        )
        for member in answers
    )  # fmt: skip
    Response.objects.bulk_create(
        Response(invitation=invitation, started_at=at, submitted_at=at) for invitation in invitations
    )
    Answer.objects.bulk_create(
        _answer(invitation, key, value, at)
        for invitation, given in zip(invitations, answers.values(), strict=True)
        for key, value in given.items()
    )
    return wave


def release(wave: Wave) -> Wave:
    """Released by the real computation, in this process."""
    job = Job.objects.create(
        kind=JobKind.RELEASE_WAVE, subject_id=wave.pk, programme=wave.programme, requested_by=wave.programme.created_by
    )
    compute_release(job, lambda percent, step: None)
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    wave.refresh_from_db()
    return wave


def released_wave(
    programme: Programme, version: InstrumentVersion, answers: Mapping[Member, Answers], **fields
) -> Wave:
    return release(answered_wave(programme, version, answers, **fields))


def _answer(invitation: WaveInvitation, key: str, value: int | str, at) -> Answer:
    given = {"text": value} if isinstance(value, str) else {"value": value}
    return Answer(response_id=invitation.pk, item_key=key, saved_at=at, **given)
