"""What every test may ask for."""

import pytest
from django.test import Client

from tests.factories.programme import Cast


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def client_for():
    """A browser in which the given user is signed in."""

    def make(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
