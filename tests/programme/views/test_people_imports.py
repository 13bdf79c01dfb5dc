"""The import in the browser: upload, check, mend, save."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programme.enums import AuditAction
from programme.lib.spreadsheets import read_table, to_csv, to_workbook
from programme.models.audit import AuditEntry
from programme.models.members import Member
from programme.models.people_imports import PeopleImport

HEADINGS = ["Name", "E-mail", "Organisation", "Team"]
ZOE = ["Zoe Zed", "zoe@example.org", "Council", "Executives"]
YU = ["Yu Young", "yu@example.org", "NHS trust", "Executives"]


@pytest.fixture
def browser(cast, client_for):
    return client_for(cast.facilitator)


@pytest.fixture
def upload(cast, browser):
    """Uploads lines as a CSV file, or a file as it is, and returns the response after the redirect."""

    def post(*lines, data=None, name="people.csv"):
        file = SimpleUploadedFile(name, data if data is not None else to_csv(lines))
        return browser.post(reverse("people_import_new", args=[cast.programme.pk]), {"file": file}, follow=True)

    return post


def url(name, people_import):
    return reverse(name, args=[people_import.programme_id, people_import.pk])


def test_upload_shows_what_would_change_and_saves_nobody(upload):
    response = upload(HEADINGS, ZOE, YU, ["Bad", "bad", "Council", ""])

    page = response.content.decode()
    assert "This list would add or change 2 people" in page
    assert "Row 4, E-mail" in page
    assert "“bad”" in page
    assert not Member.objects.filter(name="Zoe Zed").exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_confirming_saves_and_leads_to_the_people(cast, browser, upload, kind):
    lines = [HEADINGS, ZOE, YU]
    upload(data=to_csv(lines) if kind == "csv" else to_workbook({"People": lines}), name=f"people.{kind}")

    response = browser.post(url("people_import_confirm", PeopleImport.objects.get()))

    assert response.url == reverse("member_list", args=[cast.programme.pk])
    assert sorted(
        Member.objects.filter(name__in=["Zoe Zed", "Yu Young"]).values_list("organisation__short_name", "name")
    ) == [
        ("Council", "Zoe Zed"),
        ("NHS trust", "Yu Young"),
    ]
    assert AuditEntry.objects.filter(action=AuditAction.PEOPLE_IMPORTED).count() == 1


def test_double_click_saves_once_and_says_so(browser, upload):
    upload(HEADINGS, ZOE)
    confirm = url("people_import_confirm", PeopleImport.objects.get())

    browser.post(confirm)
    page = browser.post(confirm, follow=True).content.decode()

    assert "had been saved already" in page
    assert Member.objects.filter(name="Zoe Zed").count() == 1


def test_upload_survives_until_somebody_decides(cast, browser, upload):
    upload(HEADINGS, ZOE)

    page = browser.get(reverse("people_import_new", args=[cast.programme.pk])).content.decode()

    assert url("people_import", PeopleImport.objects.get()) in page


def test_unknown_columns_are_asked_for_and_corrected(browser, upload):
    response = upload(["Who", "Where to write"], ["Zoe Zed", "zoe@example.org"])
    people_import = PeopleImport.objects.get()
    assert "Which column holds what?" in response.content.decode()

    wrong = browser.post(url("people_import_columns", people_import), {"name": "1", "email": "1"})
    assert "cannot be the same column" in wrong.content.decode()
    missing = browser.post(url("people_import_columns", people_import), {"name": "0"})
    assert "Choose the column that holds the e-mail addresses" in missing.content.decode()
    browser.post(url("people_import_columns", people_import), {"name": "0", "email": "1"})

    people_import.refresh_from_db()
    assert people_import.columns == {"name": 0, "email": 1}


def test_unknown_organisation_must_be_decided_before_saving(cast, browser, upload):
    page = upload(HEADINGS, ["Zoe", "zoe@example.org", "Westshre Council", "Executives"]).context["form"]
    people_import = PeopleImport.objects.get()
    (field,) = page.organisation_fields

    refused = browser.post(url("people_import_confirm", people_import))
    assert "Say what “Westshre Council” is" in refused.content.decode()
    assert not Member.objects.filter(name="Zoe").exists()
    browser.post(url("people_import_confirm", people_import), {field: str(cast.council.pk)})

    assert Member.objects.get(name="Zoe").organisation == cast.council


def test_left_out_rows_can_be_downloaded_after_saving(browser, upload):
    upload(HEADINGS, ZOE, ["Bad", "bad", "Council", "Executives"])
    people_import = PeopleImport.objects.get()

    page = browser.post(url("people_import_confirm", people_import), follow=True).content.decode()
    download = browser.get(url("people_import_problems", people_import))

    assert "1 row was left out" in page
    assert download["Content-Disposition"] == 'attachment; filename="people with problems.csv"'
    table = read_table(download.content, file_name="a.csv")
    assert [row.cells[0] for row in table.rows] == ["Bad"]


def test_thrown_away_list_is_gone(browser, upload):
    upload(HEADINGS, ZOE)

    browser.post(url("people_import_discard", PeopleImport.objects.get()))

    assert not PeopleImport.objects.exists()


def test_saved_list_cannot_be_thrown_away(browser, upload):
    upload(HEADINGS, ZOE)
    people_import = PeopleImport.objects.get()
    browser.post(url("people_import_confirm", people_import))

    browser.post(url("people_import_discard", people_import))

    assert PeopleImport.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "people.csv", "The file is empty."),
        (b"%PDF-1.7", "people.pdf", "must be an Excel workbook"),
        (b"x" * 2_000_001, "people.csv", "2 MB at most"),
    ],
)
def test_unreadable_file_is_refused_with_words(upload, data, name, words):
    response = upload(data=data, name=name)

    assert words in response.content.decode()
    assert not PeopleImport.objects.exists()


def test_upload_without_a_file_asks_for_one(cast, browser):
    page = browser.post(reverse("people_import_new", args=[cast.programme.pk])).content.decode()

    assert "Choose the file with your list" in page


def test_template_is_served_as_a_download(cast, browser):
    response = browser.get(reverse("people_import_template", args=[cast.programme.pk, "xlsx"]))

    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert read_table(response.content, file_name="a.xlsx").headers[:2] == ["Name", "E-mail"]
    assert browser.get(reverse("people_import_template", args=[cast.programme.pk, "exe"])).status_code == 404


def test_list_of_another_programme_is_not_found(cast, client_for, upload):
    upload(HEADINGS, ZOE)
    people_import = PeopleImport.objects.get()
    other = client_for(cast.other_facilitator)

    smuggled = reverse("people_import", args=[cast.other_programme.pk, people_import.pk])

    assert other.get(smuggled).status_code == 404


def test_names_from_a_list_appear_as_text(upload):
    page = upload(HEADINGS, ["<script>alert(1)</script>", "zoe@example.org", "<b>Org</b>", "{{7*7}}"]).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{7*7}}" in page


def test_two_thousand_people_are_previewed_in_one_request(cast, browser, upload, django_assert_max_num_queries):
    lines = [[f"P {i}", f"p{i}@example.org", "Council", "Executives"] for i in range(2_000)]
    upload(HEADINGS, *lines)

    with django_assert_max_num_queries(15):
        response = browser.get(url("people_import", PeopleImport.objects.get()))

    page = response.content.decode()
    assert "This list would add or change 2000 people" in page
    assert len(response.content) < 150_000
