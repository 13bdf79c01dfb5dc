"""Lists as staff write them: surname first, ranks instead of roles, one line twice in other letters."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.enums import ListedState, OrganisationKind, Role
from programme.lib.people_columns import guess_columns
from programme.lib.spreadsheets import to_csv
from programme.queries.people_imports import preview
from programme.queries.people_rows import Remark, grouped
from programme.services.people_imports import CREATE, confirm_import, start_import

HEADINGS = ["Name", "E-mail", "Organisation", "Programme group", "Role"]


def upload(cast, *lines):
    data = to_csv([HEADINGS, *lines])
    return start_import(cast.programme, actor=cast.facilitator, data=data, file_name="people.csv")


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("O'Brien, Aoife", "Aoife O'Brien"),
        ("van der Berg,  Quentin", "Quentin van der Berg"),
        ("EZE, UGO", "UGO EZE"),
        ("Jo Bloggs", "Jo Bloggs"),
        ("Jo Bloggs, MBE", "Jo Bloggs, MBE"),
        ("Jo Bloggs, PhD", "Jo Bloggs, PhD"),
    ],
)
def test_surname_first_is_turned_round(cast, written, spoken):
    plan = preview(upload(cast, [written, "zoe@example.org", "Council", "Executives", ""]))

    assert [person.name for person in plan.people] == [spoken]


def test_programme_group_heads_the_teams():
    assert guess_columns(HEADINGS)["team"] == 3


@pytest.mark.parametrize("heading", ["Name (Surname, First name)", "Last name, first name", "First name and surname"])
def test_both_parts_of_a_name_in_one_column_are_a_name(heading):
    assert guess_columns([heading, "E-mail"]) == {"name": 0, "email": 1}


def test_executive_put_into_a_team_later_takes_part_from_then_on(cast):
    line = ["Zoe Zed", "zoe@example.org", "Council", "", "Exec"]
    confirm_import(upload(cast, line), actor=cast.facilitator, at=timezone.now())
    line[3] = "Executives"

    assert [person.roles for person in preview(upload(cast, line)).people] == [{Role.EXECUTIVE, Role.PARTICIPANT}]


def test_list_of_problems_only_does_not_offer_to_change_nobody(cast, client_for):
    people_import = upload(cast, ["Zoe Zed", "no address", "Council", "Executives", ""])
    url = reverse("people_import", kwargs={"programme_id": cast.programme.pk, "import_id": people_import.pk})

    page = client_for(cast.facilitator).get(url).content.decode()

    assert "Nobody would be added or changed; 1 row has a problem" in page


def test_same_person_in_other_letters_counts_once(cast):
    plan = preview(
        upload(
            cast,
            ["Zoe Zed", "zoe@example.org", "Council", "Executives", "Participant"],
            ["ZOE ZED", "Zoe@Example.org ", " the council", "executives", "delegate"],
        )
    )

    assert [person.state for person in plan.people] == [ListedState.NEW, ListedState.UNCHANGED]
    assert plan.problems == []


def test_executive_in_a_team_takes_part_and_the_same_list_again_changes_nothing(cast):
    line = ["Zoe Zed", "zoe@example.org", "Council", "Executives", "Exec"]
    first = upload(cast, line)

    assert [person.roles for person in preview(first).people] == [{Role.EXECUTIVE, Role.PARTICIPANT}]
    assert any("Takes part as well" in warning.words for warning in preview(first).warnings)
    confirm_import(first, actor=cast.facilitator, at=timezone.now())

    assert [person.state for person in preview(upload(cast, line)).people] == [ListedState.UNCHANGED]


def test_executive_without_a_team_only_looks_on(cast):
    plan = preview(upload(cast, ["Zoe Zed", "zoe@example.org", "Council", "", "Exec"]))

    assert [person.roles for person in plan.people] == [{Role.EXECUTIVE}]


def test_same_remark_on_many_rows_is_told_once():
    remarks = [Remark(row, "Team", "", "No team.") for row in (9, 2, 3, 4)] + [Remark(3, "Role", "Exec", "Other.")]

    assert [(group.row_words, group.words) for group in grouped(remarks[1:] + remarks[:1])] == [
        ("2–4, 9", "No team."),
        ("3", "Other."),
    ]


@pytest.mark.parametrize(
    ("name", "short", "kind"),
    [
        ("Tamar Valley NHS Foundation Trust", "Tamar Valley NHS", OrganisationKind.NHS),
        ("Westshire County Council", "Westshire Council", OrganisationKind.COUNCIL),
        ("The Harbour Borough Council", "Harbour Council", OrganisationKind.COUNCIL),
        ("Moor and Coast Police", "Moor and Coast Police", OrganisationKind.POLICE_FIRE),
        ("Harbour Hospice", "Harbour Hospice", OrganisationKind.OTHER),
    ],
)
def test_new_organisation_of_a_list_gets_a_name_that_fits_a_chart(cast, name, short, kind):
    people_import = upload(cast, ["Zoe Zed", "zoe@example.org", name, "Executives", ""])

    confirm_import(people_import, actor=cast.facilitator, at=timezone.now(), organisations={name: CREATE})

    organisation = cast.programme.members.get(user__email="zoe@example.org").organisation
    assert (organisation.name, organisation.short_name, organisation.kind) == (name, short, kind)
