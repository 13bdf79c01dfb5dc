"""From a spreadsheet to members: what a list would change, and what saving it changes."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from programme.enums import AuditAction, DeliveryPurpose, ImportState, ListedState, Role
from programme.lib.people_columns import guess_columns
from programme.lib.spreadsheets import read_table, to_csv
from programme.models.audit import AuditEntry
from programme.models.deliveries import Delivery
from programme.models.members import Member
from programme.models.organisations import Organisation
from programme.models.people_imports import PeopleImport
from programme.models.users import User
from programme.queries.people_imports import preview
from programme.queries.people_sheets import problem_sheet, template_sheet
from programme.services.people_imports import CREATE, LEAVE_OUT, Saved, confirm_import, start_import
from tests.factories.programme import make_member, make_organisation, make_programme, make_user

HEADINGS = ["Name", "E-mail", "Job title", "Organisation", "Team", "Role"]


def upload(cast, *lines, headings=HEADINGS):
    data = to_csv([headings, *lines])
    return start_import(cast.programme, actor=cast.facilitator, data=data, file_name="people.csv")


def person(name="Zoe Zed", email="zoe@example.org", job="Head", organisation="Council", team="Executives", role=""):
    return [name, email, job, organisation, team, role]


def states(plan):
    return [planned.state for planned in plan.people]


def confirm(people_import, cast, at, **decisions):
    return confirm_import(people_import, actor=cast.facilitator, at=at, **decisions)


@pytest.fixture
def at():
    return timezone.now()


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (HEADINGS, {"name": 0, "email": 1, "job_title": 2, "organisation": 3, "team": 4, "roles": 5}),
        (["First name", "Surname", "Email address"], {"first_name": 0, "last_name": 1, "email": 2}),
        (["Org", "FORENAME", "Last Name", "E-Mail:"], {"organisation": 0, "first_name": 1, "last_name": 2, "email": 3}),
        (["Name", "Surname", "Mail"], {"first_name": 0, "last_name": 1, "email": 2}),
        (
            ["Full name", "First name", "Last name", "Work e-mail (required)"],
            {"first_name": 1, "last_name": 2, "email": 3},
        ),
        (
            ["Partner organisation", "Post title", "Group", "Colleague"],
            {"organisation": 0, "job_title": 1, "team": 2, "name": 3},
        ),
        (["Organisation name", "Participant name", "Email"], {"organisation": 0, "name": 1, "email": 2}),
        (["a", "b", ""], {}),
    ],
)
def test_headings_are_recognised(headers, expected):
    assert guess_columns(headers) == expected


def test_role_heading_over_job_titles_means_the_job(cast):
    people_import = upload(cast, ["Zoe", "zoe@example.org", "Head of Care"], headings=["Name", "Email", "Role"])

    assert people_import.columns == {"name": 0, "email": 1, "job_title": 2}


def test_preview_tells_new_changed_unchanged_and_problems(cast):
    plan = preview(
        upload(
            cast,
            person(),
            person("Pat Participant", "PAT.participant@example.org ", "Nurse", "NHS trust", "Senior Managers"),
            person("Eve Executive", "eve.executive@example.org", "", "westshire  council", "executives"),
            person(email="not an address"),
        )
    )

    assert states(plan) == [ListedState.NEW, ListedState.CHANGED, ListedState.UNCHANGED, ListedState.PROBLEM]
    assert plan.people[1].changes == ["Job title: none becomes Nurse"]
    assert [(r.rows, r.column, r.value) for r in plan.problems] == [([5], "E-mail", "not an address")]


def test_each_problem_names_row_column_value_and_cure(cast):
    plan = preview(
        upload(
            cast,
            person(name=""),
            person(email=""),
            person("Ann", "ann@example.org", organisation=""),
            person("Bob", "bob@example.org", role="Chief"),
            [*person("Cy", "cy@example.org"), "slipped"],
            person("Dee", "dee@example.org", "x" * 201),
        )
    )

    assert [(r.rows, r.column, r.value) for r in plan.problems] == [
        ([2], "Name", ""),
        ([3], "E-mail", ""),
        ([4], "Organisation", ""),
        ([5], "Role", "Chief"),
        ([6], "column G", "slipped"),
        ([7], "Job title", "x" * 201),
    ]
    assert all(remark.words.endswith(".") for remark in plan.problems)
    assert set(states(plan)) == {ListedState.PROBLEM}


def test_slips_in_addresses_are_warned_of_and_used_as_they_stand(cast):
    plan = preview(upload(cast, person(email="zoe@nhs.ent")))

    assert [remark.words for remark in plan.warnings] == ["Did you mean zoe@nhs.net? It will be used as it stands."]
    assert states(plan) == [ListedState.NEW]


def test_address_copied_with_its_name_is_understood(cast):
    plan = preview(upload(cast, person(email="Zoe Zed <Zoe@Example.org>"), person("Yu", "mailto:yu@example.org")))

    assert [planned.listed.email for planned in plan.people] == ["zoe@example.org", "yu@example.org"]


def test_same_person_in_both_organisations_is_a_problem_in_both_rows(cast):
    plan = preview(upload(cast, person(), person(organisation="NHS trust")))

    assert states(plan) == [ListedState.PROBLEM, ListedState.PROBLEM]
    assert ["row 3" in plan.problems[0].words, "row 2" in plan.problems[1].words] == [True, True]
    assert "NHS trust" in plan.problems[0].words


def test_same_row_twice_counts_once(cast, at):
    people_import = upload(cast, person(), person())

    assert states(preview(people_import)) == [ListedState.NEW, ListedState.UNCHANGED]
    assert confirm(people_import, cast, at) == Saved(added=1, changed=0, unchanged=1, left_out=0)


def test_namesakes_are_pointed_out(cast):
    plan = preview(
        upload(cast, person("Pat Participant", "pp@example.org"), person("PAT participant", "other@example.org"))
    )

    assert [remark.rows for remark in plan.warnings if "one person" in remark.words] == [[2, 3], [3]]
    assert states(plan) == [ListedState.NEW, ListedState.NEW]


def test_switched_off_account_is_a_problem(cast):
    make_user("off@example.org", is_active=False)

    assert states(preview(upload(cast, person(email="off@example.org")))) == [ListedState.PROBLEM]


def test_confirming_saves_people_with_accounts_that_can_sign_in(cast, at):
    saved = confirm(upload(cast, person(role="Executive, participant"), person("Yu", "yu@example.org")), cast, at)

    assert saved == Saved(added=2, changed=0, unchanged=0, left_out=0)
    zoe = Member.objects.get(user__email="zoe@example.org")
    assert (zoe.name, zoe.job_title, zoe.organisation, zoe.team) == ("Zoe Zed", "Head", cast.council, cast.executives)
    assert set(zoe.roles) == {Role.EXECUTIVE, Role.PARTICIPANT}
    assert not zoe.user.has_usable_password()
    assert EmailAddress.objects.filter(user=zoe.user, verified=True, primary=True).count() == 1
    asked = Delivery.objects.filter(purpose=DeliveryPurpose.ACCOUNT_INVITATION).values_list(
        "recipient__email", flat=True
    )
    assert list(asked) == ["zoe@example.org"]


def test_import_is_audited_with_counts_and_roles(cast, at):
    confirm(upload(cast, person(role="Facilitator"), person("Yu", "yu@example.org"), person(email="x")), cast, at)

    entry = AuditEntry.objects.get(action=AuditAction.PEOPLE_IMPORTED)
    assert entry.actor_id == cast.facilitator.pk
    assert entry.detail == {
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "left_out": 1,
        "roles": [{"name": "Zoe Zed", "old": [], "new": ["facilitator"]}],
    }


def test_confirming_twice_saves_once(cast, at):
    people_import = upload(cast, person())

    assert confirm(people_import, cast, at) == Saved(1, 0, 0, 0)
    assert confirm(PeopleImport.objects.get(pk=people_import.pk), cast, at) is None
    assert Member.objects.filter(user__email="zoe@example.org").count() == 1


def test_same_file_again_changes_nothing(cast, at):
    confirm(upload(cast, person(role="Executive and participant"), person("Yu", "yu@example.org")), cast, at)
    again = upload(cast, person(role="Executive and participant"), person("Yu", "yu@example.org"))

    assert states(preview(again)) == [ListedState.UNCHANGED, ListedState.UNCHANGED]
    assert confirm(again, cast, at) == Saved(0, 0, 2, 0)


def test_problem_rows_are_left_out_and_kept_for_mending(cast, at):
    people_import = upload(cast, person(), person("Bad", "bad"), person("Yu", "yu@example.org"))

    assert confirm(people_import, cast, at) == Saved(2, 0, 0, 1)
    people_import.refresh_from_db()
    assert people_import.state == ImportState.CONFIRMED
    assert [row[0] for row in people_import.table["rows"]] == [3]


def test_empty_cells_and_missing_columns_leave_what_is_known(cast, at):
    pat = cast.participant_member
    pat.job_title = "Nurse"
    pat.save()

    confirm(upload(cast, ["P. Participant", pat.user.email, ""], headings=["Name", "Email", "Team"]), cast, at)

    pat.refresh_from_db()
    assert (pat.name, pat.job_title, pat.organisation, pat.team) == ("P. Participant", "Nurse", cast.nhs, cast.managers)
    assert (pat.roles, pat.joined_on) == ([Role.PARTICIPANT], cast.programme.starts_on)


def test_facilitators_role_is_never_taken_away(cast, at):
    people_import = upload(cast, person("Fay Facilitator", cast.facilitator.email, role="Participant"))

    assert "Stays a facilitator" in preview(people_import).warnings[-1].words
    confirm(people_import, cast, at)
    assert set(cast.programme.members.get(user=cast.facilitator).roles) == {Role.FACILITATOR, Role.PARTICIPANT}


def test_new_powers_are_pointed_out(cast):
    plan = preview(upload(cast, person(role="facilitator; sponsor")))

    assert [remark.words.split(":")[0] for remark in plan.warnings] == ["Becomes a facilitator", "Becomes an executive"]


def test_person_who_left_comes_back(cast, at):
    pat = cast.participant_member
    pat.left_on = pat.joined_on
    pat.save()
    people_import = upload(cast, person(pat.name, pat.user.email, "", "NHS trust", "Senior Managers"))

    assert preview(people_import).people[0].changes == ["Comes back to the programme"]
    confirm(people_import, cast, at)
    pat.refresh_from_db()
    assert pat.left_on is None


def test_person_known_elsewhere_is_linked_and_nothing_of_theirs_changes(cast, at):
    known = make_user("known@example.org", name="Known Elsewhere")
    theirs = make_member(cast.other_programme, user=known, job_title="Chief")

    confirm(upload(cast, person("K. Nown", "known@example.org", "Clerk")), cast, at)

    known.refresh_from_db()
    theirs.refresh_from_db()
    assert (known.name, known.has_usable_password(), theirs.job_title) == ("Known Elsewhere", True, "Chief")
    assert cast.programme.members.get(user=known).name == "K. Nown"
    assert User.objects.filter(email="known@example.org").count() == 1


def test_two_addresses_of_one_account_become_one_member(cast, at):
    known = make_user("known@example.org")
    EmailAddress.objects.create(user=known, email="second@example.org", verified=True, primary=False)

    confirm(upload(cast, person("Kay", "known@example.org"), person("Kay B", "second@example.org")), cast, at)

    assert cast.programme.members.get(user=known).name == "Kay"


def test_unknown_names_are_offered_with_the_likely_meaning(cast):
    plan = preview(
        upload(
            cast,
            person(organisation="Westshre Council", team="Board"),
            person("Yu", "yu@example.org", organisation="WESTSHRE council", team="Executive"),
        )
    )

    assert [(u.name, u.people, u.suggestion) for u in plan.unknown_organisations] == [
        ("Westshre Council", 2, cast.council)
    ]
    assert [(u.name, u.people, u.suggestion) for u in plan.unknown_teams] == [
        ("Board", 1, None),
        ("Executive", 1, cast.executives),
    ]


def test_unknown_names_are_created_mended_or_left_out_as_decided(cast, at):
    people_import = upload(
        cast,
        person("A", "a@example.org", organisation="Harbor NHS", team="Board"),
        person("B", "b@example.org", organisation="Hope Charity", team="Executives"),
        person("C", "c@example.org", organisation="Who?", team="Executives"),
    )

    saved = confirm(
        people_import,
        cast,
        at,
        organisations={"Harbor NHS": str(cast.nhs.pk), "Hope Charity": CREATE, "Who?": LEAVE_OUT},
        teams={"Board": CREATE},
    )

    assert saved == Saved(added=2, changed=0, unchanged=0, left_out=1)
    placed = {m.name: (m.organisation.name, m.team.name) for m in cast.programme.members.filter(name__in="ABC")}
    assert placed == {"A": (cast.nhs.name, "Board"), "B": ("Hope Charity", "Executives")}
    assert [partner.position for partner in cast.programme.partners.all()] == [0, 1, 2]


def test_without_decisions_nobody_of_an_unknown_organisation_is_saved(cast, at):
    saved = confirm(upload(cast, person(organisation="Who?")), cast, at)

    assert (saved, Organisation.objects.filter(name="Who?").exists()) == (Saved(0, 0, 0, 1), False)


def test_organisation_the_person_works_with_elsewhere_is_used_again(cast, at):
    elsewhere = make_organisation("Hope Charity")
    make_programme(facilitator=cast.facilitator, organisations=[elsewhere])
    make_organisation("Hidden Charity")

    lines = [person(organisation="hope charity"), person("Y", "y@example.org", organisation="Hidden Charity")]
    confirm(upload(cast, *lines), cast, at, organisations={"hope charity": CREATE, "Hidden Charity": CREATE})

    assert cast.programme.members.get(user__email="zoe@example.org").organisation == elsewhere
    assert Organisation.objects.filter(name="Hidden Charity").count() == 2


def test_problem_sheet_is_the_same_sheet_with_a_column(cast):
    people_import = upload(cast, person(), person("=cmd()", "bad"))

    table = read_table(problem_sheet(people_import, kind="csv"), file_name="a.csv")

    assert table.headers == [*HEADINGS, "Problem"]
    assert [row.cells[:6] for row in table.rows] == [person(), person("=cmd()", "bad")]
    assert (table.rows[0].cells[6], "E-mail: This is not an e-mail address" in table.rows[1].cells[6]) == ("", True)
    again = start_import(
        cast.programme, actor=cast.facilitator, data=problem_sheet(people_import, kind="xlsx"), file_name="a.xlsx"
    )
    assert states(preview(again)) == [ListedState.NEW, ListedState.PROBLEM]
    assert read_table(problem_sheet(again, kind="csv"), file_name="a.csv").headers == [*HEADINGS, "Problem"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_template_can_be_filled_in_and_read(cast, kind):
    data = template_sheet(cast.programme, kind=kind)

    people_import = start_import(cast.programme, actor=cast.facilitator, data=data, file_name=f"t.{kind}")

    assert people_import.table["headers"] == HEADINGS
    assert set(people_import.columns) == {"name", "email", "job_title", "organisation", "team", "roles"}


def test_previewing_two_thousand_people_takes_as_many_queries_as_three(cast, django_assert_num_queries):
    few = upload(cast, *(person(f"P {i}", f"p{i}@example.org") for i in range(3)))
    many = upload(cast, *(person(f"P {i}", f"p{i}@example.org") for i in range(2_000)))

    with django_assert_num_queries(5):
        preview(few)
    with django_assert_num_queries(5):
        plan = preview(many)

    assert plan.counts == {"new": 2_000, "changed": 0, "unchanged": 0, "problem": 0}


def test_saving_two_thousand_people_writes_in_batches(cast, at, django_assert_max_num_queries):
    people_import = upload(cast, *(person(f"P {i}", f"p{i}@example.org") for i in range(2_000)))

    with django_assert_max_num_queries(100):
        assert confirm(people_import, cast, at) == Saved(2_000, 0, 0, 0)

    assert cast.programme.members.count() == 2_003
