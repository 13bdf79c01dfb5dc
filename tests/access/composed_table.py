"""Dashboards, reports, the demonstration's pages and sign-in pages."""

from tests.access.rows import Row, by_role, programme_id

ROWS: dict[str, Row] = {
    # Dashboards; the cast's executive takes part as well, its facilitator does not
    "dashboards:overview": Row(programme_id, by_role("login", 200, 200, 200, 403, 404)),
    "dashboards:mine": Row(programme_id, by_role("login", 200, 403, 200, 403, 404)),
    "dashboards:executives": Row(programme_id, by_role("login", 403, 200, 200, 403, 404)),
}
