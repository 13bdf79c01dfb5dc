"""The whole road once: a new programme of 40 people from a spreadsheet to the executives' dashboard.

Real browser, real worker and beat, real broker, real mail; every page on the way is checked for accessibility.
"""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import Workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from assessments.models.invitations import WaveInvitation
from assessments.models.waves import Wave
from assessments.services.responses import save_page, start_response, submit_response
from programme.demo.answers import Answerer
from programme.models.programmes import Programme
from tests.factories.programme import make_user
from tests.journeys.conftest import PHONE
from tests.real_parts import wait_until

PEOPLE = 40
EXECUTIVES = 12


@pytest.fixture
def facilitator(transactional_db, instruments):
    return make_user("fay@example.org", name="Fay Lead", may_create_programmes=True)


@pytest.fixture
def walk(new_page, check_accessibility, sign_in):
    """Opens a browser for somebody; `walk(user)` signs in."""

    def open_for(user=None, **options) -> Page:
        page = new_page(**options)
        if user is not None:
            sign_in(page, user)
        return page

    open_for.look = check_accessibility
    return open_for


def people_sheet() -> bytes:
    """A facilitator's own list: other headers, other order, an extra column, executives first."""
    book = Workbook()
    book.active.append(["Surname", "First name", "Job", "Organisation", "Team", "Email address", "Role", "Shoe size"])
    for number in range(PEOPLE):
        executive = number < EXECUTIVES
        book.active.append(
            [
                f"Person{number}",
                "Sam",
                "Lead",
                ["Westshire Council", "Harbour NHS Trust"][number % 2],
                "Executives" if executive else "Senior Managers",
                f"sam{number}@example.org",
                "Executive, participant" if executive else "Participant",
                40,
            ]
        )
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def fill_date(page: Page, legend: str, day) -> None:
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label, exact=True).fill(str(value))


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).first.click()


def test_from_a_spreadsheet_to_the_board(facilitator, walk, celery_part, mail_sink, live_site, mailed_links):
    celery_part("worker", SITE_URL=live_site)
    celery_part("beat", TICK_SECONDS="1", SITE_URL=live_site)
    page = walk(facilitator)

    set_up(page, walk.look)
    bring_people(page, walk.look)
    plan_a_session(page, walk.look)
    open_a_wave(page, walk.look)
    programme, wave = Programme.objects.get(), Wave.objects.get()
    wait_until(lambda: len(mailed_links(mail_sink)) == PEOPLE, seconds=60)
    answer_on_a_phone(walk(viewport=PHONE, has_touch=True), walk.look, mailed_links(mail_sink)["sam20@example.org"])
    everybody_else_answers(wave)
    close_and_release(page, walk.look, wave)
    compile_and_release_a_report(page, walk.look)

    executive = programme.members.get(user__email="sam0@example.org").user
    executive.set_password("see how it goes")
    executive.save()
    look_as_an_executive(walk, executive)
    assert len(mail_sink.to("sam20@example.org")) == 2  # the session's invitation and the questionnaire's, each once


@pytest.fixture
def mailed_links():
    """The questionnaire's link in each person's mail."""

    def read(sink) -> dict[str, str]:
        found = {}
        for message in sink.messages:
            link = re.search(r"http://\S+/answer/\S+", message.get_body(("plain",)).get_content())
            if link:
                found[message["To"]] = link.group()
        return found

    return read


def set_up(page: Page, look) -> None:
    today = timezone.localdate()
    page.get_by_role("link", name="Set up").first.click()
    page.get_by_label("Name of the programme").fill("Harbour and hills")
    page.get_by_label("Aims").fill("Work as one.")
    fill_date(page, "First day", today - timedelta(days=30))
    fill_date(page, "Last day", today + timedelta(days=600))
    look(page)
    press(page, "Continue")
    look(page)
    follow(page, "Privacy text and threshold")
    look(page)
    press(page, "Save")


def bring_people(page: Page, look) -> None:
    follow(page, "People")
    follow(page, "Add people from a list")
    look(page)
    upload = {"name": "people.xlsx", "mimeType": "application/octet-stream", "buffer": people_sheet()}
    page.get_by_label("Your list").set_input_files(upload)
    press(page, "Check my list")
    look(page)
    for add in page.get_by_label(re.compile("^Add it as a new")).all():
        add.check()
    page.get_by_role("button", name=re.compile("^Save")).click()
    look(page)
    assert Programme.objects.get().members.count() == PEOPLE + 1


def plan_a_session(page: Page, look) -> None:
    follow(page, "Sessions")
    look(page)
    page.get_by_role("link", name="Plan a session").first.click()
    page.get_by_label("Title").fill("Setting out")
    page.get_by_label("Workshop", exact=True).check()
    fill_date(page, "Date", timezone.localdate() + timedelta(days=10))
    page.get_by_label("From", exact=True).fill("10am")
    page.get_by_label("To", exact=True).fill("12.30pm")
    page.get_by_label("Hybrid").check()
    page.get_by_label("Place").fill("Harbour Room")
    page.get_by_label("Video link").fill("https://meet.example.org/1")
    page.get_by_label("Executives", exact=True).check()
    page.get_by_label("Senior Managers", exact=True).check()
    look(page)
    press(page, "Plan it and invite")
    look(page)


def open_a_wave(page: Page, look) -> None:
    follow(page, "Questionnaires")
    look(page)
    page.get_by_role("link", name="New questionnaire").first.click()
    page.get_by_label("Team dimensions").check()
    page.get_by_label("Title").fill("How we work as a team")
    page.get_by_label("Why people are asked").fill("Your answers shape the next sessions.")
    page.get_by_label("Baseline").check()
    page.get_by_label("Executives").check()
    page.get_by_label("Senior Managers").check()
    fill_date(page, "Open until: date", timezone.localdate() + timedelta(days=14))
    page.get_by_label("Open until: time").fill("5pm")
    look(page)
    press(page, "Save the draft")
    look(page)
    page.get_by_role("link", name=re.compile("^Open")).first.click()
    expect(page.get_by_text(f"{PEOPLE} people").first).to_be_visible()
    look(page)
    page.get_by_role("button", name=re.compile("^Open")).click()
    look(page)


def answer_on_a_phone(page: Page, look, link: str) -> None:
    page.goto(link)
    look(page)
    press(page, "Start now")
    while page.get_by_role("button", name="Continue").count():
        for group in page.locator("[data-question]").all():
            options = group.locator("input[type=radio]")
            if options.count():
                options.nth(3).check()
        look(page)
        before = page.url
        press(page, "Continue")
        page.wait_for_url(lambda url, before=before: url != before)
    look(page)
    press(page, "Send my answers")
    page.wait_for_url("**/done/")
    look(page)


def everybody_else_answers(wave: Wave) -> None:
    answerer = Answerer(7)
    definition = wave.instrument_version.definition
    waiting = WaveInvitation.objects.filter(wave=wave, submitted_at=None)
    for invitation in waiting.select_related("wave__instrument_version", "member__user"):
        now = timezone.now()
        ratings = answerer.ratings(
            definition, person=invitation.member.user.email, means={"trust": 4.2, "conflict": 2.5}
        )
        start_response(invitation, at=now)
        save_page(invitation, answers=ratings, at=now)
        submit_response(invitation, at=now)


def close_and_release(page: Page, look, wave: Wave) -> None:
    follow(page, "Questionnaires")
    follow(page, "How we work as a team")
    look(page)
    page.get_by_role("link", name=re.compile("^Close")).first.click()
    look(page)
    page.get_by_role("button", name=re.compile("^Close")).click()
    page.get_by_role("link", name=re.compile("^Release")).first.click()
    look(page)
    page.get_by_role("button", name=re.compile("^Release")).click()
    look(page)
    wait_until(lambda: Wave.objects.released().filter(pk=wave.pk).exists(), seconds=60)
    follow(page, "Results")
    follow(page, "How we work as a team")
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    look(page)


def compile_and_release_a_report(page: Page, look) -> None:
    follow(page, "Reports")
    look(page)
    page.get_by_role("link", name=re.compile("report$")).first.click()
    page.get_by_label("Team results").check()
    page.get_by_label("Questionnaire").select_option(index=1)
    page.get_by_label("Title").fill("Where we stand")
    page.get_by_label("Your commentary").fill("Begin with trust.")
    look(page)
    press(page, "Compile the report")
    page.get_by_role("link", name=re.compile("PDF")).first.wait_for(timeout=60_000)
    look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    pdf = PdfReader(download.value.path())
    text = "".join(sheet.extract_text() for sheet in pdf.pages)
    assert "Where we stand" in text
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    page.get_by_role("link", name=re.compile("^Release")).first.click()
    look(page)
    page.get_by_role("button", name=re.compile("^Release")).click()
    look(page)


def look_as_an_executive(walk, executive) -> None:
    page = walk()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(executive.email)
    page.get_by_label("Password", exact=True).fill("see how it goes")
    press(page, "Sign in")
    expect(page.get_by_text("Trust").first).to_be_visible()
    walk.look(page)
    follow(page, "Reports")
    expect(page.get_by_role("link", name="Where we stand")).to_be_visible()
    walk.look(page)
