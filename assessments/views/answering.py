"""A participant's way through a questionnaire: start, pages, check, done. Looking never changes anything."""

from uuid import UUID

from csp.decorators import csp_exempt
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.answering import PageForm, given_of, value_of
from assessments.models.invitations import WaveInvitation
from assessments.queries.answering import (
    QuestionPage,
    answers_given,
    definition_of,
    first_page_with_gaps,
    invitation_to_save,
    is_open,
    questionnaire_of,
)
from assessments.services.responses import (
    AnswerRefused,
    AnswersSent,
    NothingAnswered,
    WaveClosed,
    dispute_place,
    save_answer,
    save_page,
    start_response,
    submit_response,
)
from assessments.views.answering_access import find_invitation, for_the_invited
from assessments.views.answering_pages import check_sections, own_result, start_facts

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
@for_the_invited
def answering(request: HttpRequest, invitation: WaveInvitation) -> HttpResponse:
    """Goes on where the person stopped; who comes by sign-in and has not started yet sees the start page."""
    now = timezone.now()
    _must_be_answerable(invitation, at=now)
    if request.method == "POST":
        if "wrong" in request.POST:
            return take_dispute(request, invitation)
        start_response(invitation, at=now)
    elif invitation.started_at is None:
        return show_start(request, invitation)
    page = first_page_with_gaps(questionnaire_of(invitation), answers_given(invitation))
    return _to_page(invitation, page.number if page else None)


@require_safe
@for_the_invited
def answering_about(request: HttpRequest, invitation: WaveInvitation) -> HttpResponse:
    """What the start page says, to read again on the way."""
    return render(request, "assessments/answering_about.html", start_facts(invitation))


@require_http_methods(READ_OR_SEND)
@for_the_invited
def answering_page(request: HttpRequest, invitation: WaveInvitation, number: int) -> HttpResponse:
    """One theme: shown, or saved by Continue. Asks once about what was left out, then lets people go on."""
    now = timezone.now()
    _must_be_answerable(invitation, at=now)
    page = _page_or_404(invitation, number)
    if request.method != "POST":
        return _show_page(request, invitation, page, PageForm(page, answers_given(invitation)))
    form = PageForm(page, answers_given(invitation), request.POST)
    if not form.is_valid():
        return _show_page(request, invitation, page, form)
    clashes = save_page(invitation, answers=form.answers, before=form.before, at=now)
    given = answers_given(invitation)
    left_out = [question for question in page.expected if question.key not in given]
    if clashes or (left_out and not form.cleaned_data["asked"]):
        return _show_page(request, invitation, page, PageForm(page, given), left_out=left_out, clashes=clashes)
    return _to_page(invitation, None if "check" in request.GET else number + 1)


@csp_exempt()  # nothing of these replies is ever shown as a page, and each saved byte counts 72 times
@login_not_required
@require_POST
def answering_save(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """One answer, as the page's script sends it. Kept as lean as can be: it is asked for at every tap."""
    invitation = find_invitation(request, invitation_id, of_link=invitation_to_save)
    if invitation is None:
        return HttpResponse(status=404)
    key, raw, was = (request.POST.get(name, "") for name in ("question", "answer", "was"))
    try:
        question = questionnaire_of(invitation).questions[key]
        saved = {"item_key": key, "value": value_of(question, raw), "before": given_of(question, was)}
        elsewhere = save_answer(invitation, at=timezone.now(), **saved)
    except (KeyError, AnswerRefused):
        return HttpResponse(status=400)
    except (WaveClosed, AnswersSent):
        return HttpResponse(status=410)
    return JsonResponse({"elsewhere": elsewhere.words}) if elsewhere else HttpResponse(status=204)


@require_http_methods(READ_OR_SEND)
@for_the_invited
def answering_check(request: HttpRequest, invitation: WaveInvitation) -> HttpResponse:
    """What has been answered, section by section, and the button that sends it."""
    now = timezone.now()
    if request.method == "POST":
        try:
            submit_response(invitation, at=now)
        except NothingAnswered:
            return redirect("assessments:answering_check", invitation_id=invitation.pk)
        return redirect("assessments:answering_done", invitation_id=invitation.pk)
    _must_be_answerable(invitation, at=now)
    context = check_sections(invitation, answers_given(invitation))
    return render(request, "assessments/answering_check.html", context)


@require_safe
@for_the_invited
def answering_done(request: HttpRequest, invitation: WaveInvitation) -> HttpResponse:
    """Thank you, one's own profile, and what happens next. Stays open to whoever sent the answers."""
    if invitation.submitted_at is None:
        return redirect("assessments:answering", invitation_id=invitation.pk)
    context = {"invitation": invitation, "wave": invitation.wave, "open": is_open(invitation.wave, at=timezone.now())}
    return render(request, "assessments/answering_done.html", context | own_result(invitation))


def show_start(request: HttpRequest, invitation: WaveInvitation) -> HttpResponse:
    return render(request, "assessments/answering_start.html", start_facts(invitation))


def take_dispute(request: HttpRequest, invitation: WaveInvitation) -> HttpResponse:
    """Notes "that is wrong" and shows the start page again, by another request."""
    dispute_place(invitation)
    return redirect(request.path)


def _must_be_answerable(invitation: WaveInvitation, *, at) -> None:
    if invitation.submitted_at:
        raise AnswersSent
    if not is_open(invitation.wave, at=at):
        raise WaveClosed


def _page_or_404(invitation: WaveInvitation, number: int) -> QuestionPage:
    pages = questionnaire_of(invitation).pages
    if not 1 <= number <= len(pages):
        raise Http404
    return pages[number - 1]


def _to_page(invitation: WaveInvitation, number: int | None) -> HttpResponse:
    """The page of that number, or where answers are checked when there is none."""
    if number is None or number > len(questionnaire_of(invitation).pages):
        return redirect("assessments:answering_check", invitation_id=invitation.pk)
    return redirect("assessments:answering_page", invitation_id=invitation.pk, number=number)


def _show_page(request, invitation, page, form, *, left_out=(), clashes=()) -> HttpResponse:
    context = {
        "invitation": invitation,
        "wave": invitation.wave,
        "definition": definition_of(invitation.wave.instrument_version_id),
        "page": page,
        "last": len(questionnaire_of(invitation).pages),
        "form": form,
        "left_out": left_out,
        "clashes": clashes,
        "checking": "check" in request.GET,
    }
    return render(request, "assessments/answering_page.html", context)
