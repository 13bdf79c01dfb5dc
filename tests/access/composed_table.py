"""Dashboards, reports, the demonstration's pages and sign-in pages."""

from tests.access.rows import Row

ROWS: dict[str, Row] = {}
