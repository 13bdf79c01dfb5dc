"""Every URL × every role, from one table; a URL missing from the table fails.

Each app's table, `tests/access/<app>_table.py`, holds `ROWS`: a dict of URL name (with its namespace) to `Row`:

    ROWS = {
        "sessions:session_list": Row(programme_id, by_role("login", 200, 200, 200, 403, 404)),
        "sessions:session_cancel": Row(session, by_role("login", 403, 302, 403, 403, 404), method="post"),
    }

`Row(kwargs, expected, method="get", data=...)`: `kwargs(cast)` makes what the URL needs (rows included) and returns the
URL's keyword arguments; `expected` maps each role to a status code, or "login" for being sent to sign in. Order of
`by_role`: stranger (not signed in), participant, facilitator, executive, administrator, other_facilitator (of another
programme). POST URLs are asked by POST: a refusal must come before anything is read from the form, so no data is needed
for those refused; those allowed may answer 200 (form with errors) or 302.
"""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.generic import RedirectView

from tests.access import assessments_table, composed_table, programme_table, sessions_table, signin_table

TABLES = [programme_table, assessments_table, sessions_table, composed_table, signin_table]
ROWS = {name: row for table in TABLES for name, row in table.ROWS.items()}
ROLES = ["stranger", "participant", "facilitator", "executive", "administrator", "other_facilitator"]


def _url_names(patterns, namespace: str = ""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _url_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            # allauth's old addresses have no names; they only lead to the new ones.
            if pattern.name is None:
                assert pattern.callback.view_class is RedirectView, f"{pattern} has no name"
            else:
                yield namespace + pattern.name


def _all_names() -> list[str]:
    return sorted(set(_url_names(get_resolver().url_patterns)))


def test_every_url_stands_in_the_table():
    assert sorted(set(_all_names()) - set(ROWS)) == []


def test_the_table_has_no_url_that_is_gone():
    assert sorted(set(ROWS) - set(_all_names())) == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(ROWS))
def test_url_answers_each_role_as_the_table_says(name, role, cast, client, client_for):
    row = ROWS[name]
    url = reverse(name, kwargs=row.kwargs(cast))
    browser = client if role == "stranger" else client_for(getattr(cast, role))

    response = getattr(browser, row.method)(url, row.data)

    assert _outcome(response) == row.expected[role]


def _outcome(response) -> int | str:
    sent_to = response.headers.get("Location", "")
    return (
        "login"
        if response.status_code == 302 and sent_to.startswith(reverse("account_login"))
        else response.status_code
    )
