import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_x(cast, client_for):
    for user in (cast.facilitator, cast.executive, cast.participant):
        r = client_for(user).get(reverse("dashboards:overview", args=[cast.programme.pk]))
        assert r.status_code == 200
    assert client_for(cast.executive).get(reverse("dashboards:mine", args=[cast.programme.pk])).status_code == 200
