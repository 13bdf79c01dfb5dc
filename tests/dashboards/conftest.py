import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def first_page(cast, client_for):
    """The words of somebody's first page, or of another page of the dashboards."""

    def read(user, name: str = "overview") -> str:
        client: Client = client_for(user)
        response = client.get(reverse(f"dashboards:{name}", kwargs={"programme_id": cast.programme.pk}))
        assert response.status_code == 200
        return response.content.decode()

    return read


@pytest.fixture
def queries_of(cast, client_for, django_assert_max_num_queries):
    """How many queries a page of the dashboards takes."""

    def count(user, name: str = "overview") -> int:
        client = client_for(user)
        url = reverse(f"dashboards:{name}", kwargs={"programme_id": cast.programme.pk})
        client.get(url)  # fills what a process reads once
        with django_assert_max_num_queries(60) as captured:
            client.get(url)
        return len(captured)

    return count
