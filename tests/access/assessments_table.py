from tests.access.rows import Row, by_role, everybody, nothing, programme_id  # noqa: F401

ROWS: dict[str, Row] = {}
