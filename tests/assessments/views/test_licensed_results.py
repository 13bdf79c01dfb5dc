"""Importing a provider's results in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assessments.models.licensed_results import LicensedResult, ResultsImport
from assessments.services.licensed_results import enter_result
from assessments.services.profile_shares import share_profile
from tests.factories.assessments import make_instrument, make_licensed_instrument

pytestmark = pytest.mark.django_db
CSV = (
    "Name,Self-belief,Courage,Calm,Common Sense,Significant\n"
    "Pat Participant,9,8,1,2,Courage; Self-belief\n"
    "Nobody Here,1,2,3,4,\n"
)
SCORES = {"courage": 9.0, "calm": 1.0, "common_sense": 2.0, "self_belief": 3.0}


@pytest.fixture
def facilitator(cast, client_for):
    return client_for(cast.facilitator)


@pytest.fixture
def licensed():
    return make_licensed_instrument()


def url(cast, name, **more):
    return reverse(f"assessments:{name}", kwargs={"programme_id": cast.programme.pk, **more})


def text(response) -> str:
    return " ".join(response.content.decode().split())


def upload(cast, browser, licensed, **fields):
    fields = fields or {"file": SimpleUploadedFile("results.csv", CSV.encode())}
    return browser.post(url(cast, "licensed_result_upload"), {"instrument_version": str(licensed.pk), **fields})


def test_upload_preview_confirm_and_undo(cast, facilitator, licensed):
    response = upload(cast, facilitator, licensed)
    preview = text(facilitator.get(response.url))
    assert "Results of 1 person can be saved" in preview
    assert "Row 3, Name</span>" in preview.replace(": “Nobody Here”", "")
    assert "Nobody of this programme is called so." in preview
    assert licensed.definition.trademark_notice in preview
    assert not LicensedResult.objects.exists()

    done = facilitator.post(response.url, follow=True)
    assert "The results of 1 person are saved." in text(done)
    assert LicensedResult.objects.get().member == cast.participant_member

    facilitator.post(url(cast, "licensed_import_undo", import_id=ResultsImport.objects.get().pk))
    assert not LicensedResult.objects.exists()


def test_looking_at_the_undo_page_undoes_nothing(cast, facilitator, licensed):
    facilitator.post(upload(cast, facilitator, licensed).url)

    page = facilitator.get(url(cast, "licensed_import_undo", import_id=ResultsImport.objects.get().pk))

    assert "brought for 1 person are deleted" in text(page)
    assert LicensedResult.objects.count() == 1


def test_pasted_rows_are_read_like_a_file(cast, facilitator, licensed):
    response = upload(cast, facilitator, licensed, pasted=CSV.replace(",", "\t"))

    assert "Results of 1 person can be saved" in text(facilitator.get(response.url))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pasted": ""}, "Choose a file, or paste the rows"),
        ({"file": SimpleUploadedFile("a.csv", b"x"), "pasted": CSV}, "Choose a file or paste rows, not both"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}, "A list must be an Excel workbook"),
    ],
)
def test_an_upload_that_cannot_be_read_says_why(cast, facilitator, licensed, fields, words):
    response = upload(cast, facilitator, licensed, **fields)

    assert words in text(response)
    assert not ResultsImport.objects.exists()


def test_questionnaires_answered_here_cannot_be_imported(cast, facilitator):
    upload(cast, facilitator, make_instrument())

    assert not ResultsImport.objects.exists()


def test_an_upload_survives_and_can_be_thrown_away(cast, facilitator, licensed):
    page = upload(cast, facilitator, licensed).url
    assert "Waiting for your decision" in text(facilitator.get(url(cast, "licensed_result_list")))

    facilitator.post(f"{page}discard/")

    assert not ResultsImport.objects.exists()


def test_uploads_of_other_programmes_are_not_found(cast, client_for, licensed):
    ResultsImport.objects.create(
        programme=cast.other_programme, instrument_version=licensed, uploaded_by=cast.other_facilitator, table={}
    )

    page = url(cast, "licensed_import_detail", import_id=ResultsImport.objects.get().pk)

    assert client_for(cast.facilitator).get(page).status_code == 404


def test_one_person_is_typed_in(cast, facilitator, licensed):
    choose = url(cast, "licensed_result_enter")
    page = f"{choose}?instrument_version={licensed.pk}&member={cast.participant_member.pk}"
    assert "Results of Pat Participant" in text(facilitator.get(page))
    fields = {"score-courage": "9,5", "score-calm": "4", "score-common_sense": "5", "score-self_belief": "x"}

    wrong = text(facilitator.post(page, {**fields, "significant-calm": "on"}))
    assert "Self-belief: This is not a number." in wrong
    assert "Marked as significant: 1. The provider marks 2." in wrong
    assert not LicensedResult.objects.exists()

    facilitator.post(page, {**fields, "score-self_belief": "8", "significant-calm": "on", "significant-courage": "on"})
    document = LicensedResult.objects.get().document
    assert (document["scores"]["courage"], sorted(document["significant"])) == (9.5, ["calm", "courage"])


def test_the_list_names_people_but_shows_no_score_and_links_only_shared_profiles(cast, facilitator, licensed):
    for member in (cast.participant_member, cast.executive_member):
        enter_result(
            member,
            actor=cast.facilitator,
            at=timezone.now(),
            instrument_version=licensed,
            scores={**SCORES, "calm": 7.77},
        )
    share_profile(cast.participant_member, actor=cast.participant, at=timezone.now())

    page = text(facilitator.get(url(cast, "licensed_result_list")))

    assert "Pat Participant" in page
    assert "7.7" not in page
    assert page.count("See the profile") == 1
    assert page.count("Not shared") == 1


def test_the_empty_table_has_the_headings_and_people_and_no_formulas(cast, facilitator, licensed):
    cast.participant_member.name = "=cmd()"
    cast.participant_member.save()

    response = facilitator.get(url(cast, "licensed_result_template", instrument_id=licensed.pk))

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "E-mail,Name,Courage,Calm,Common Sense,Self-belief,Significant"
    assert "pat.participant@example.org,'=cmd()" in lines
