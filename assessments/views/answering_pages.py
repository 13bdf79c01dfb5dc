"""What the participant's pages say, as words and numbers for their templates."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.definitions import Definition, Kind
from assessments.models.invitations import WaveInvitation
from assessments.queries.answering import Given, QuestionPage, definition_of, questionnaire_of
from assessments.results import ProfileScale, own_profile

# Own words are shown from more answers on than scores are.
LEAST_FOR_TEXTS = 10
# Width and margins of the little people in the start page's picture, in its own units.
PERSON, ARROW, BOX = 24, 54, 126


def start_facts(invitation: WaveInvitation) -> dict[str, Any]:
    """Why, how long, who sees what, until when, and whether one may stop."""
    wave, questionnaire = invitation.wave, questionnaire_of(invitation)
    return {
        "invitation": invitation,
        "wave": wave,
        "definition": definition_of(wave.instrument_version_id),
        "questionnaire": questionnaire,
        "gives_profile": gives_profile(definition_of(wave.instrument_version_id)),
        "least_for_texts": max(LEAST_FOR_TEXTS, wave.threshold),
        "picture": group_picture(wave.threshold),
    }


def group_picture(threshold: int) -> dict[str, Any]:
    """Enough people make a group result, fewer are withheld: where everything stands in the drawing."""
    enough, few = min(threshold, 8), min(3, threshold - 1)
    start = PERSON * enough + 4
    return {
        "enough": [PERSON * place for place in range(enough)],
        "few": [PERSON * place for place in range(few)],
        "arrow": start,
        "box": start + ARROW,
        "width": start + ARROW + BOX,
    }


def check_sections(invitation: WaveInvitation, given: Mapping[str, Given]) -> dict[str, Any]:
    pages = questionnaire_of(invitation).pages
    left = sum(question.key not in given for page in pages for question in page.expected)
    return {
        "invitation": invitation,
        "wave": invitation.wave,
        "rows": [_check_row(invitation, page, given) for page in pages],
        "left": left,
        "answered": len(given),
        "last": len(pages),
    }


def _check_row(invitation: WaveInvitation, page: QuestionPage, given: Mapping[str, Given]) -> dict[str, Any]:
    url = reverse("assessments:answering_page", kwargs={"invitation_id": invitation.pk, "number": page.number})
    done = sum(question.key in given for question in page.questions)
    many = len(page.questions)
    words = ngettext("%(done)s of %(many)s answered", "%(done)s of %(many)s answered", many)
    return {
        "key": page.title,
        "value": words % {"done": done, "many": many},
        "href": f"{url}?check",
        "hidden": _("your answers: %(section)s") % {"section": page.title},
    }


def gives_profile(definition: Definition) -> bool:
    """Whether those who answer get a profile of their own. What one says about other teams makes none."""
    return definition.kind is Kind.QUESTIONNAIRE and bool(definition.scales)


def own_result(invitation: WaveInvitation) -> dict[str, Any]:
    """The person's own profile, for their own page; empty where the instrument gives none or too little is answered."""
    definition = definition_of(invitation.wave.instrument_version_id)
    if not gives_profile(definition):
        return {}
    profile = own_profile(invitation)
    if all(scale.score is None for scale in profile.scales):
        return {}
    by_key = {scale.key: scale for scale in profile.scales}
    return {
        "profile": profile,
        "standing_out": [by_key[key] for key in profile.standing_out],
        "tied": [by_key[key] for key in profile.tied],
        "clusters": [(name, [_profile_row(scale) for scale in scales]) for name, scales in profile.clusters],
    }


def _profile_row(scale: ProfileScale) -> dict[str, Any]:
    share = None if scale.score is None else (scale.score - scale.minimum) / (scale.maximum - scale.minimum)
    return {"scale": scale, "width": "" if share is None else f"{100 * share:.1f}%"}
