import pytest
from django.urls import reverse
from django.utils import timezone

from programme.enums import Role
from programme.models.members import Member
from programme.services import members
from tests.factories.programme import make_member, make_organisation, make_programme, make_user


def url(name, cast, **kwargs):
    return reverse(name, kwargs={"programme_id": cast.programme.pk, **kwargs})


def filled(cast, **fields):
    return {
        "name": "Jo Bloggs",
        "email": "jo@example.org",
        "job_title": "Director",
        "organisation": cast.council.pk,
        "team": cast.executives.pk,
        "roles": ["participant"],
        **fields,
    }


def test_a_facilitator_adds_somebody(cast, client_for):
    response = client_for(cast.facilitator).post(url("member_add", cast), filled(cast))

    member = Member.objects.get(user__email="jo@example.org")
    assert response.url == url("member_list", cast)
    assert (member.name, member.organisation, member.team) == ("Jo Bloggs", cast.council, cast.executives)


def test_adding_another_comes_back_to_an_empty_form(cast, client_for):
    response = client_for(cast.facilitator).post(url("member_add", cast), filled(cast, add_another="yes"))

    assert response.url == url("member_add", cast)


def test_a_suspicious_address_is_asked_about_once(cast, client_for):
    browser = client_for(cast.facilitator)

    asked = browser.post(url("member_add", cast), filled(cast, email="jo@nhs.ent"))
    assert "Did you mean jo@nhs.net?" in asked.content.decode()
    assert not Member.objects.filter(user__email="jo@nhs.ent").exists()

    browser.post(url("member_add", cast), filled(cast, email="jo@nhs.ent", address_is_right="on"))
    assert Member.objects.filter(user__email="jo@nhs.ent").exists()


def test_a_broken_address_is_refused_beside_the_field(cast, client_for):
    response = client_for(cast.facilitator).post(url("member_add", cast), filled(cast, email="jo at example"))

    text = response.content.decode()
    assert "Error: Add a person" in text
    assert 'href="#id_email"' in text


@pytest.mark.parametrize(("roles", "status"), [(["participant"], 200), (["facilitator"], 302)])
def test_only_a_facilitator_from_outside_needs_no_organisation(cast, client_for, roles, status):
    response = client_for(cast.facilitator).post(url("member_add", cast), filled(cast, organisation="", roles=roles))

    assert response.status_code == status


def test_an_organisation_of_another_programme_cannot_be_chosen(cast, client_for):
    foreign = make_organisation()

    response = client_for(cast.facilitator).post(url("member_add", cast), filled(cast, organisation=foreign.pk))

    assert response.status_code == 200
    assert not Member.objects.filter(user__email="jo@example.org").exists()


def test_a_duplicate_is_told_beside_the_address(cast, client_for):
    response = client_for(cast.facilitator).post(url("member_add", cast), filled(cast, email=cast.participant.email))

    assert "has this address and is in the programme already" in response.content.decode()


def test_a_member_is_changed(cast, client_for):
    member = cast.participant_member

    client_for(cast.facilitator).post(
        url("member_change", cast, member_id=member.pk), filled(cast, roles=["executive"])
    )

    member.refresh_from_db()
    assert (member.name, member.email, member.roles) == ("Jo Bloggs", "jo@example.org", [Role.EXECUTIVE])


def test_a_member_of_another_programme_is_not_found_here(cast, client_for):
    foreign = make_member(cast.other_programme)

    for name in ("member_change", "member_end"):
        response = client_for(cast.facilitator).get(url(name, cast, member_id=foreign.pk))
        assert response.status_code == 404


def test_the_last_facilitator_is_told_why_not(cast, client_for):
    me = cast.programme.members.get(user=cast.facilitator)

    response = client_for(cast.facilitator).post(url("member_end", cast, member_id=me.pk), follow=True)

    me.refresh_from_db()
    assert me.left_on is None
    assert "is the only facilitator" in response.content.decode()


def test_looking_at_the_leaving_page_changes_nothing(cast, client_for):
    member = cast.participant_member

    client_for(cast.facilitator).get(url("member_end", cast, member_id=member.pk))

    member.refresh_from_db()
    assert member.left_on is None


def test_somebody_who_leaves_loses_the_programme_at_once(cast, client_for):
    browser = client_for(cast.executive)
    assert browser.get(url("member_list", cast)).status_code == 200

    client_for(cast.facilitator).post(url("member_end", cast, member_id=cast.executive_member.pk))

    assert browser.get(url("member_list", cast)).status_code == 404
    client_for(cast.facilitator).post(url("member_return", cast, member_id=cast.executive_member.pk))
    assert browser.get(url("member_list", cast)).status_code == 200


def test_an_executive_sees_facilitators_and_the_own_team_without_addresses(cast, client_for):
    team_mate = make_member(
        cast.programme, team=cast.executives, organisation=cast.nhs, name="Terry Teammate", job_title="Head"
    )

    text = client_for(cast.executive).get(url("member_list", cast)).content.decode()

    assert "Terry Teammate" in text
    assert cast.facilitator.name in text
    assert cast.participant_member.name not in text
    assert team_mate.email not in text
    assert reverse("member_add", kwargs={"programme_id": cast.programme.pk}) not in text


def test_searching_for_what_no_database_takes_finds_as_if_it_were_not_there(cast, client_for):
    page = client_for(cast.facilitator).get(url("member_list", cast), {"q": "\x00"})

    assert page.status_code == 200


def test_searching_finds_names_addresses_and_job_titles(cast, client_for):
    make_member(cast.programme, user=make_user("zed@example.org", name="Zed"), job_title="Head of Harbours")
    browser = client_for(cast.facilitator)

    for words in ("zed@", "head harbours", "Zed head"):
        text = browser.get(url("member_list", cast), {"q": words}).content.decode()
        assert ("Zed" in text, cast.participant_member.name in text) == (True, False)
    assert "Nobody is called that here" in browser.get(url("member_list", cast), {"q": "nobody"}).content.decode()


def test_people_cost_the_same_queries_however_many_there_are(cast, client_for, django_assert_max_num_queries):
    browser = client_for(cast.facilitator)
    browser.get(url("member_list", cast))
    counts = []
    for more in (1, 20):
        for _ in range(more):
            make_member(cast.programme, organisation=cast.nhs, team=cast.managers)
        with django_assert_max_num_queries(30) as queries:
            browser.get(url("member_list", cast))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_names_are_text_everywhere(cast, client_for):
    make_member(cast.programme, name="<script>alert(1)</script>", job_title='"><svg onload=x>')

    text = client_for(cast.facilitator).get(url("member_list", cast)).content.decode()

    assert "<script>alert" not in text
    assert "<svg onload" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_people_known_elsewhere_show_nothing_of_elsewhere(cast, client_for):
    known = make_user("jo@example.org", name="Secret Elsewhere Name")
    make_member(make_programme(), user=known, job_title="Secret job")
    members.add_member(
        cast.programme, actor=cast.facilitator, at=timezone.now(), email="jo@example.org", name="Jo Here",
        roles={Role.PARTICIPANT}, organisation=cast.council,
    )  # fmt: skip

    text = client_for(cast.facilitator).get(url("member_list", cast)).content.decode()

    assert ("Jo Here" in text, "Secret" in text) == (True, False)


def test_many_people_come_in_pages_team_by_team(cast, client_for, monkeypatch):
    monkeypatch.setattr("programme.views.members.ROWS", 2)
    browser = client_for(cast.facilitator)

    first = browser.get(url("member_list", cast)).content.decode()
    second = browser.get(url("member_list", cast), {"page": "2"}).content.decode()

    assert "3 people" in first
    assert first.index(cast.executive_member.name) < first.index(cast.participant_member.name)
    assert "In no team" in second
    assert cast.participant_member.name not in second
