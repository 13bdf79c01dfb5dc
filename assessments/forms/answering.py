"""One page of a questionnaire as a form, and one answer as the page's script sends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from assessments.queries.answering import Given, Question, QuestionPage
from assessments.services.responses import LONGEST_TEXT, Value

# What the browser sends for "Prefer not to say", and for "no answer is saved yet".
PREFER_NOT, NO_ANSWER = "none", ""


@dataclass(frozen=True)
class AskedQuestion:
    """A question as the page shows it: `number` counts on this page, `saved` is what the server holds."""

    number: int
    question: Question
    field: BoundField
    saved: str


class PageForm(forms.Form):
    """The questions of one page. Nothing is required and nothing is chosen beforehand."""

    # "1" once the page has asked about what was left out.
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, page: QuestionPage, given: Mapping[str, Given], data=None):
        self.page = page
        self.saved = {question.key: shown_as(question, given.get(question.key)) for question in page.questions}
        initial = {f"q-{key}": saved for key, saved in self.saved.items()}
        super().__init__(data, initial=initial, auto_id="%s")
        for question in page.questions:
            self.fields[f"q-{question.key}"] = _field(question)
            self.fields[f"was-{question.key}"] = forms.CharField(required=False)

    @property
    def questions(self) -> Iterator[AskedQuestion]:
        for number, question in enumerate(self.page.questions, start=1):
            yield AskedQuestion(number, question, self[f"q-{question.key}"], self.saved[question.key])

    @property
    def answers(self) -> dict[str, Value]:
        """The answers given on the page, ready for the service; ratings without one are left out."""
        sent = [(question, self.cleaned_data[f"q-{question.key}"]) for question in self.page.questions]
        return {question.key: value_of(question, raw) for question, raw in sent if question.is_text or raw}

    @property
    def before(self) -> dict[str, Given]:
        """What the page took for saved when it was loaded."""
        said = {q.key: given_of(q, self.cleaned_data[f"was-{q.key}"]) for q in self.page.questions}
        return {key: given for key, given in said.items() if given}


def value_of(question: Question, raw: str) -> Value:
    """What the browser sent, as a service takes it. Nonsense stays text, which the service refuses for a rating."""
    if question.is_text:
        return raw
    if raw == PREFER_NOT:
        return None
    return int(raw) if raw.removeprefix("-").isdecimal() and len(raw) < 6 else raw


def given_of(question: Question, raw: str) -> Given | None:
    """What a page says it took for saved; None for nothing."""
    if question.is_text:
        text = raw.replace("\x00", "").replace("\r\n", "\n").strip()
        return Given(None, text) if text else None
    value = value_of(question, raw)
    return None if isinstance(value, str) else Given(value, "")


def shown_as(question: Question, given: Given | None) -> str:
    """A stored answer as the value of its radio or text box."""
    if given is None:
        return NO_ANSWER
    if question.is_text:
        return given.text
    return PREFER_NOT if given.value is None else str(given.value)


def _field(question: Question) -> forms.Field:
    if question.is_text:
        too_long = _("Write %(most)s characters or fewer.") % {"most": LONGEST_TEXT}
        return forms.CharField(
            required=False,
            max_length=LONGEST_TEXT,
            error_messages={"max_length": too_long},
            widget=forms.Textarea({"rows": 4, "aria-describedby": f"{question.key}-names"}),
        )
    choices = [(str(option.value), option.label) for option in question.options]
    if question.item.optional:
        choices.append((PREFER_NOT, _("Prefer not to say")))
    return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect({"class": "cg-options"}))
