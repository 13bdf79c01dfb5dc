"""The administrator's instruments: checked, previewed, loaded, downloaded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.definitions import parse
from assessments.enums import WaveState
from assessments.models.instruments import InstrumentVersion
from tests.factories.assessments import SMALL_QUESTIONNAIRE, make_instrument, make_licensed_instrument, make_wave

pytestmark = pytest.mark.django_db
NEW = "assessments:instrument_new"


@pytest.fixture
def administrator(cast, client_for):
    return client_for(cast.administrator)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def file(content: str | bytes, name="check.yaml"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_a_file_is_previewed_before_it_is_loaded(administrator):
    page = administrator.post(reverse(NEW), {"file": file(SMALL_QUESTIONNAIRE)})

    assert "Preview: not loaded yet" in text(page)
    assert "People hide their mistakes." in text(page)
    assert not InstrumentVersion.objects.exists()


def test_loading_from_the_preview_keeps_the_very_text(administrator):
    preview = administrator.post(reverse(NEW), {"file": file("\ufeff" + SMALL_QUESTIONNAIRE.replace("\n", "\r\n"))})
    response = administrator.post(reverse(NEW), {"text": preview.context["text"], "load": "1"})

    version = InstrumentVersion.objects.get()
    assert response.url == reverse("assessments:instrument_detail", kwargs={"instrument_id": version.pk})
    assert version.definition == parse(SMALL_QUESTIONNAIRE)


def test_every_problem_is_told_with_its_line(administrator):
    broken = SMALL_QUESTIONNAIRE.replace("online: yes", "online: perhaps").replace(
        "scale: results}", "scale: resluts}", 1
    )

    page = text(administrator.post(reverse(NEW), {"text": broken, "load": "1"}))

    assert "Line 8, online:" in page
    assert "Line 22, items[3].scale:" in page
    assert not InstrumentVersion.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00bad", "The file is not text in UTF-8."),
        (b"x" * 300_000, "The file is larger than 256 kB."),
        (b"   \n", "Choose a file, or paste the definition"),
        (b"- just\n- a list", "Line 1:"),
    ],
)
def test_what_is_no_definition_is_refused_in_words(administrator, content, words):
    assert words in text(administrator.post(reverse(NEW), {"file": file(content)}))


def test_a_used_version_is_refused_with_the_way_out(cast, administrator):
    make_wave(cast.programme, state=WaveState.OPEN)
    changed = SMALL_QUESTIONNAIRE.replace("People hide their mistakes.", "People cover up mistakes.")

    page = text(administrator.post(reverse(NEW), {"text": changed, "load": "1"}))

    assert "Give the changed file a new version, for example 1.1." in page


def test_the_download_can_be_loaded_again(administrator):
    version = make_instrument()

    response = administrator.get(reverse("assessments:instrument_download", kwargs={"instrument_id": version.pk}))

    assert response["Content-Disposition"] == 'attachment; filename="small_check-1.0.yaml"'
    assert parse(response.content.decode()) == version.definition


def test_the_list_says_what_has_been_used_and_is_in_order(cast, administrator):
    make_licensed_instrument()
    make_wave(cast.programme, state=WaveState.OPEN)
    make_wave(cast.programme, state=WaveState.DRAFT)

    response = administrator.get(reverse("assessments:instrument_list"))

    assert [(version.key, version.times_used) for version in response.context["versions"]] == [
        ("small_check", 1),
        ("wide_strengths", 0),
    ]


def test_the_text_of_an_instrument_is_shown_as_text(administrator):
    sly = SMALL_QUESTIONNAIRE.replace("We know what we have achieved.", "<script>alert(1)</script>")

    page = administrator.post(reverse(NEW), {"text": sly}).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
