"""One participant's way from the mailed link to their own profile, with 72 questions: bytes and requests."""

from collections.abc import Iterator

from assessments.models.invitations import WaveInvitation
from assessments.queries.answering import questionnaire_of
from benchmarks.browser import Browser
from benchmarks.figures import Figure
from benchmarks.participant import Participant, any_answer
from benchmarks.sizes import Sizes
from benchmarks.world import make_open_wave, make_world
from programme.config.wsgi import application

MOST_KILOBYTES = 150
MOST_REQUESTS = 2


def measure(sizes: Sizes) -> Iterator[Figure]:
    """Transfer as browsers count it: headers and bodies received, for pages, saved answers, and each file once.

    What the browser sends is nearly all headers of its own that no site can change; it is told without a limit.
    """
    world = make_world(people=4)
    wave = make_open_wave(world, "work_strengths")
    place = WaveInvitation.objects.filter(wave=wave).select_related("wave").first()
    participant = Participant(Browser(application), place)
    participant.start()
    pages = questionnaire_of(place).pages
    most = 0
    for page in pages:
        before = participant.browser.requests
        participant.answer_page(page.number, any_answer)
        most = max(most, participant.browser.requests - before - len(page.questions))
    participant.send()
    questions = sum(len(page.questions) for page in pages)
    what = f"a participant's journey, {questions} questions on {len(pages)} pages"
    yield Figure(what, "kB", participant.browser.received / 1000, MOST_KILOBYTES)
    yield Figure("  sent by the browser on the way", "kB", participant.browser.sent / 1000, None)
    yield Figure("  requests for one page, besides the answers it saves", "", most, MOST_REQUESTS)
