"""Setting up: programme, partners, teams, promise."""

from django.urls import reverse

from programme.models.organisations import Organisation
from programme.models.programmes import Programme
from programme.models.teams import Team
from tests.factories.programme import make_member, make_organisation, make_programme, make_user

DATES = {
    "starts_on_0": "2", "starts_on_1": "11", "starts_on_2": "2026", "ends_on_0": "5", "ends_on_1": "July", "ends_on_2": "2028",
}  # fmt: skip


def url(name, programme, **kwargs):
    return reverse(name, kwargs={"programme_id": programme.pk, **kwargs})


def test_a_facilitator_sets_up_a_programme_from_nothing(db, client_for):
    user = make_user(may_create_programmes=True)
    browser = client_for(user)

    browser.post(reverse("programme_create"), {"name": "Harbour", "aims": "One team", **DATES})
    programme = Programme.objects.get(name="Harbour")
    for name, kind in (("Westshire Council", "council"), ("Harbour NHS Trust", "nhs")):
        browser.post(url("partner_create", programme), {"name": name, "short_name": name[:7], "kind": kind})
    browser.post(url("team_list", programme), {"name": "Executives"})
    browser.post(url("programme_promise", programme), {"threshold": "6", "privacy_text": "We keep it quiet."})
    browser.post(
        url("member_add", programme),
        {
            "name": "Jo",
            "email": "jo@example.org",
            "organisation": Organisation.objects.get(name="Westshire Council").pk,
            "team": Team.objects.get(name="Executives").pk,
            "roles": ["participant"],
        },
    )

    page = browser.get(url("programme_setup", programme)).content.decode()
    programme.refresh_from_db()
    assert "The programme is set up" in page
    assert "5 of 5 done" in page
    assert (programme.threshold, programme.ends_on.isoformat()) == (6, "2028-07-05")


def test_a_programme_that_ends_before_it_starts_is_told_at_the_field(db, client_for):
    browser = client_for(make_user(may_create_programmes=True))

    response = browser.post(reverse("programme_create"), {"name": "P", **DATES, "ends_on_2": "2025"})

    text = response.content.decode()
    assert "The last day must come after the first day" in text
    assert 'href="#id_ends_on_0"' in text
    assert not Programme.objects.exists()


def test_changing_keeps_what_was_not_changed(cast, client_for):
    browser = client_for(cast.facilitator)
    page = browser.get(url("programme_change", cast.programme)).content.decode()
    assert 'value="2020"' in page

    browser.post(url("programme_change", cast.programme), {"name": "New name", "aims": "", **DATES})

    cast.programme.refresh_from_db()
    assert (cast.programme.name, cast.programme.privacy_text) == ("New name", "Nobody sees your own answers.")


def test_a_text_is_offered_where_none_was_written(db, client_for):
    facilitator = make_user(may_create_programmes=True)
    programme = make_programme(facilitator=facilitator, privacy_text="")

    text = client_for(facilitator).get(url("programme_promise", programme)).content.decode()

    assert "Taking part is your choice" in text
    programme.refresh_from_db()
    assert programme.privacy_text == ""


def test_a_threshold_under_4_is_refused(cast, client_for):
    response = client_for(cast.facilitator).post(
        url("programme_promise", cast.programme), {"threshold": "3", "privacy_text": "x"}
    )

    cast.programme.refresh_from_db()
    assert "The smallest group must be at least 4 people" in response.content.decode()
    assert cast.programme.threshold == 5


def test_only_organisations_of_ones_own_programmes_are_offered(cast, client_for):
    mine, foreign = make_organisation("Mine elsewhere"), make_organisation("Foreign body")
    make_programme(facilitator=cast.facilitator, organisations=[mine])
    browser = client_for(cast.facilitator)

    text = browser.get(url("partner_list", cast.programme)).content.decode()
    assert ("Mine elsewhere" in text, "Foreign body" in text) == (True, False)

    browser.post(url("partner_list", cast.programme), {"organisation": foreign.pk})
    assert cast.programme.partners.count() == 2
    browser.post(url("partner_list", cast.programme), {"organisation": mine.pk})
    assert cast.programme.partners.count() == 3


def test_an_organisation_others_run_programmes_with_is_not_renamed_here(cast, client_for):
    partner = cast.programme.partners.get(organisation=cast.council)
    form = {"name": "New Council", "short_name": "Council", "kind": "council"}
    address = url("partner_change", cast.programme, partner_id=partner.pk)

    client_for(cast.facilitator).post(address, form)
    cast.council.refresh_from_db()
    assert cast.council.name == "New Council"

    make_programme(organisations=[cast.council])
    response = client_for(cast.facilitator).post(address, {**form, "name": "Stolen Council"})
    cast.council.refresh_from_db()
    assert (response.status_code, cast.council.name) == (403, "New Council")


def test_partners_move_and_go(cast, client_for):
    browser = client_for(cast.facilitator)
    nhs = cast.programme.partners.get(organisation=cast.nhs)

    browser.post(url("partner_up", cast.programme, partner_id=nhs.pk))
    assert cast.programme.partners.first() == nhs

    refused = browser.post(url("partner_remove", cast.programme, partner_id=nhs.pk), follow=True)
    assert "are in this programme" in refused.content.decode()
    assert cast.programme.partners.count() == 2


def test_a_partner_of_another_programme_is_not_found_here(cast, client_for):
    foreign = make_programme(organisations=[make_organisation()]).partners.get()

    for name in ("partner_up", "partner_remove", "partner_change"):
        response = client_for(cast.facilitator).post(url(name, cast.programme, partner_id=foreign.pk))
        assert response.status_code == 404


def test_a_team_name_is_there_once_whatever_its_capitals(cast, client_for):
    response = client_for(cast.facilitator).post(url("team_list", cast.programme), {"name": "EXECUTIVES"})

    assert "has a team of this name already" in response.content.decode()
    assert cast.programme.teams.count() == 2


def test_a_team_is_renamed_and_an_empty_one_removed(cast, client_for):
    browser = client_for(cast.facilitator)
    browser.post(url("team_change", cast.programme, team_id=cast.executives.pk), {"name": "Leaders"})
    browser.post(url("team_remove", cast.programme, team_id=cast.executives.pk))
    browser.post(url("team_list", cast.programme), {"name": "Empty"})
    browser.post(url("team_remove", cast.programme, team_id=Team.objects.get(name="Empty").pk))

    assert [team.name for team in cast.programme.teams.all()] == ["Leaders", "Senior Managers"]


def test_an_administrator_looks_after_organisations(cast, client_for):
    browser = client_for(cast.administrator)
    form = {"name": "Westshire County Council", "short_name": "Council", "kind": "council"}

    browser.post(reverse("organisation_change", args=[cast.council.pk]), form)
    browser.post(reverse("organisation_create"), {**form, "name": "Another Council"})

    assert sorted(Organisation.objects.values_list("name", flat=True)) == [
        "Another Council", "Harbour NHS Foundation Trust", "Westshire County Council",
    ]  # fmt: skip


def test_the_steps_name_people_without_a_place(cast, client_for):
    make_member(cast.programme, organisation=cast.council)

    text = client_for(cast.facilitator).get(url("programme_setup", cast.programme)).content.decode()

    assert "1 person has no team or no organisation yet." in text
    assert "4 of 5 done" in text
