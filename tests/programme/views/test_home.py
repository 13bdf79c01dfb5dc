import pytest
from django.urls import reverse

from tests.factories.programme import make_member, make_programme, make_user


def test_people_of_one_programme_land_in_it(cast, client_for):
    for who in (cast.facilitator, cast.executive, cast.participant):
        response = client_for(who).get("/")

        assert response.url == reverse("dashboards:overview", args=[cast.programme.pk])


def test_people_of_several_programmes_choose(cast, client_for):
    make_member(cast.other_programme, user=cast.participant)

    text = client_for(cast.participant).get("/").content.decode()

    assert cast.programme.name in text
    assert cast.other_programme.name in text


def test_a_facilitator_without_a_programme_is_told_to_set_one_up(db, client_for):
    text = client_for(make_user(may_create_programmes=True)).get("/").content.decode()

    assert "Set up your first programme" in text
    assert reverse("programme_create") in text


def test_somebody_without_a_programme_is_told_which_address_they_used(db, client_for):
    user = make_user("lost@example.org")

    text = client_for(user).get("/").content.decode()

    assert "You are not in a programme yet" in text
    assert "lost@example.org" in text
    assert reverse("programme_create") not in text


def test_an_administrator_lands_on_administration(cast, client_for):
    text = client_for(cast.administrator).get("/").content.decode()

    for name in ("account_list", "organisation_list", "delivery_list_all", "audit_list"):
        assert reverse(name) in text
    assert cast.programme.name in text


def test_strangers_programmes_are_not_listed(cast, client_for):
    make_member(make_programme(name="Mine"), user=cast.participant)

    text = client_for(cast.participant).get(reverse("programme_list")).content.decode()

    assert ("Mine" in text, cast.programme.name in text, cast.other_programme.name in text) == (True, True, False)


@pytest.mark.parametrize("name", ["privacy", "accessibility", "help"])
def test_public_pages_are_open_to_everybody(client, db, name):
    assert client.get(reverse(name)).status_code == 200
