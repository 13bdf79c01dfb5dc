"""A participant at a browser: opens the mailed link, presses Start, answers page after page, sends."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape

from django.urls import reverse

from assessments.models.invitations import WaveInvitation
from assessments.queries.answering import Question, questionnaire_of
from assessments.services.links import mint_link
from benchmarks.browser import Browser, Reply

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
# The parts a browser fetches by itself for a page; those of a repeated page come from its own cache.
PARTS = re.compile(r'<(?:link|script|img)[^>]+?(?:href|src)="(/static/[^"]+)"')
# What the page's script sends instead of a page's own headers.
BY_SCRIPT = {
    "Accept": "*/*",
    "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
}


@dataclass
class Participant:
    browser: Browser
    invitation: WaveInvitation
    shown: Reply | None = None
    _fetched: set[str] = field(default_factory=set)

    def start(self) -> None:
        """From the mail to the first page of questions."""
        path = mint_link(self.invitation)
        self.look(path)
        self.press(path)

    def look(self, address: str) -> None:
        self._show(self.browser.get(address))

    def press(self, address: str, **data: str) -> None:
        """Sends the shown page's form and follows where that leads."""
        reply = self.browser.post(address, {"csrfmiddlewaretoken": self.token, **data})
        while reply.status == 302:
            reply = self.browser.get(reply.header("location"))
        self._show(reply)

    @property
    def token(self) -> str:
        return TOKEN.search(self.shown.page).group(1).decode()

    def script_headers(self) -> dict[str, str]:
        return {**BY_SCRIPT, "X-CSRFToken": self.token}

    def save_address(self) -> str:
        return reverse("assessments:answering_save", kwargs={"invitation_id": self.invitation.pk})

    def page_address(self, number: int) -> str:
        return reverse("assessments:answering_page", kwargs={"invitation_id": self.invitation.pk, "number": number})

    def choose(self, question: Question, answer: str) -> None:
        """Taps one option; the page's script saves it."""
        data = {"question": question.key, "answer": answer, "was": ""}
        reply = self.browser.post(self.save_address(), data, self.script_headers())
        if reply.status != 204:
            raise RuntimeError(f"An answer was not saved: {reply.status}.")

    def answer_page(self, number: int, answer_of: Callable[[Question], str]) -> None:
        """Every question of one page, then Continue."""
        page = questionnaire_of(self.invitation).pages[number - 1]
        answers = {question.key: answer_of(question) for question in page.questions}
        for question in page.questions:
            self.choose(question, answers[question.key])
        saved = {f"was-{key}": value for key, value in answers.items()}
        self.press(self.page_address(number), **answers, **saved)

    def send(self) -> None:
        self.press(reverse("assessments:answering_check", kwargs={"invitation_id": self.invitation.pk}))

    def _show(self, reply: Reply) -> None:
        if reply.status != 200:
            raise RuntimeError(f"The page was not shown: {reply.status}.")
        self.shown = reply
        for address in self._missing(reply):
            self.browser.get(address)

    def _missing(self, reply: Reply) -> Iterator[str]:
        for address in PARTS.findall(unescape(reply.page.decode())):
            if address not in self._fetched:
                self._fetched.add(address)
                yield address


def any_answer(question: Question) -> str:
    """Neither end of the scale, and a sentence where words are asked for."""
    if question.is_text:
        return "More time together, and fewer slides."
    return str(question.options[len(question.options) // 2].value)
