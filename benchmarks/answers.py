"""Saving one answer as the page's script sends it, against a bare Django view that writes the same row."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.utils import timezone

from assessments.models.invitations import WaveInvitation
from assessments.models.responses import Answer
from assessments.queries.answering import Question, questionnaire_of
from assessments.services.responses import start_response
from benchmarks import bare_site
from benchmarks.browser import SENT, Browser, environ_of, hand_over
from benchmarks.figures import Figure
from benchmarks.measuring import side_by_side
from benchmarks.participant import BY_SCRIPT, Participant, any_answer
from benchmarks.sizes import Sizes
from benchmarks.world import make_open_wave, make_world
from programme.config.wsgi import application

BUDGET = 1.5

Requests = list[dict[str, Any]]


def measure(sizes: Sizes) -> Iterator[Figure]:
    world = make_world(people=2 * sizes.rounds)
    wave = make_open_wave(world, "work_strengths")
    places = list(WaveInvitation.objects.filter(wave=wave).select_related("wave"))
    questions = list(questionnaire_of(places[0]).questions.values())[: sizes.requests]
    ours = [_our_requests(place, questions) for place in places[: sizes.rounds]]
    floor = [_bare_requests(place, questions) for place in places[sizes.rounds :]]
    bare = bare_site.bare_site()
    took, least = side_by_side(
        lambda: _send(application, ours.pop()), lambda: _send(bare, floor.pop()), rounds=sizes.rounds
    )
    _check_saved(places, questions)
    a_request = 1000 / len(questions)
    yield Figure("saving one answer, CPU time of a request", "ms", took * a_request, BUDGET, least * a_request)


def _our_requests(place: WaveInvitation, questions: Sequence[Question]) -> Requests:
    """From a browser that has opened the mailed link and stands on the first page."""
    participant = Participant(Browser(application), place)
    participant.start()
    cookies = {name: value for name, (value, _path) in participant.browser.cookies.items()}
    address, headers = participant.save_address(), participant.script_headers()
    return [_request(address, question, cookies, headers) for question in questions]


def _bare_requests(place: WaveInvitation, questions: Sequence[Question]) -> Requests:
    start_response(place, at=timezone.now())
    asked = RequestFactory().get("/")
    token = get_token(asked)
    session = SessionStore()
    session[bare_site.KEY] = str(place.pk)
    session.save()
    cookies = {settings.CSRF_COOKIE_NAME: asked.META["CSRF_COOKIE"], settings.SESSION_COOKIE_NAME: session.session_key}
    headers = {**BY_SCRIPT, "X-CSRFToken": token}
    return [_request(f"/save/{place.pk}/", question, cookies, headers) for question in questions]


def _request(address: str, question: Question, cookies: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    body = urlencode({"question": question.key, "answer": any_answer(question), "was": ""}).encode()
    sent = {
        **SENT,
        **headers,
        "Origin": "http://localhost",
        "Content-Length": str(len(body)),
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
    }
    return environ_of("POST", address, body, sent)


def _send(site: WSGIHandler, requests: Requests) -> None:
    for environ in requests:
        reply = hand_over(site, environ)
        if reply.status != 204:
            raise RuntimeError(f"An answer was not saved: {reply.status}.")


def _check_saved(places: Sequence[WaveInvitation], questions: Sequence[Question]) -> None:
    saved = Answer.objects.filter(response_id__in=[place.pk for place in places]).count()
    if saved != len(places) * len(questions):
        raise RuntimeError(f"{saved} answers were saved, not {len(places) * len(questions)}.")
