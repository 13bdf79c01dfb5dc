"""Each member lands on the page of their most powerful role, at a cost that does not grow."""

import pytest
from django.urls import reverse

from programme.enums import Role
from tests.factories.dashboards import fill, running
from tests.factories.programme import make_member, make_user


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({Role.FACILITATOR, Role.EXECUTIVE, Role.PARTICIPANT}, "Programme steps"),
        ({Role.EXECUTIVE, Role.PARTICIPANT}, "How the status is decided"),
        ({Role.PARTICIPANT}, "What you promised"),
    ],
)
def test_the_most_powerful_role_decides(cast, first_page, roles, words):
    running(cast)
    user = make_user()
    make_member(cast.programme, user=user, roles=roles)

    assert words in first_page(user)


def test_executives_who_take_part_are_led_to_their_own_page(cast, first_page):
    mine = reverse("dashboards:mine", kwargs={"programme_id": cast.programme.pk})

    assert mine in first_page(cast.executive)
    assert "What you promised" in first_page(cast.executive, "mine")


def test_executives_who_do_not_take_part_have_no_page_of_their_own(cast, first_page, client_for):
    user = make_user()
    make_member(cast.programme, user=user, role=Role.EXECUTIVE)
    mine = reverse("dashboards:mine", kwargs={"programme_id": cast.programme.pk})

    assert mine not in first_page(user)
    assert client_for(user).get(mine).status_code == 403


def test_facilitators_see_what_executives_see(cast, first_page):
    executives = reverse("dashboards:executives", kwargs={"programme_id": cast.programme.pk})
    fill(cast, 1)

    assert executives in first_page(cast.facilitator)
    assert "asked of the executives" in first_page(cast.facilitator, "executives")


@pytest.mark.parametrize(
    ("who", "page"),
    [("facilitator", "overview"), ("executive", "overview"), ("participant", "overview"), ("executive", "mine")],
)
def test_three_of_everything_take_as_many_queries_as_one(cast, queries_of, who, page):
    fill(cast, 1)
    one = queries_of(getattr(cast, who), page)

    fill(cast, 2)

    assert queries_of(getattr(cast, who), page) == one
