from programme.models.people_imports import PeopleImport
from tests.access.rows import Row, by_role, everybody, nothing, programme_id  # noqa: F401


def people_import(cast):
    """A list waiting for its decision."""
    made = PeopleImport.objects.create(
        programme=cast.programme,
        uploaded_by=cast.facilitator,
        file_name="people.csv",
        table={"headers": ["Name", "E-mail"], "rows": [[2, ["Zoe", "zoe@example.org"]]], "notes": []},
        columns={"name": 0, "email": 1},
    )
    return {"programme_id": cast.programme.pk, "import_id": made.pk}


def people_template(cast):
    return {"programme_id": cast.programme.pk, "kind": "csv"}


FACILITATORS = by_role("login", 403, 200, 403, 403, 404)
FACILITATORS_POST = by_role("login", 403, 302, 403, 403, 404)

ROWS: dict[str, Row] = {
    # People import
    "people_import_new": Row(programme_id, FACILITATORS),
    "people_import_template": Row(people_template, FACILITATORS),
    "people_import": Row(people_import, FACILITATORS),
    "people_import_columns": Row(people_import, FACILITATORS),
    "people_import_confirm": Row(people_import, FACILITATORS_POST, method="post"),
    "people_import_discard": Row(people_import, FACILITATORS_POST, method="post"),
    "people_import_problems": Row(people_import, FACILITATORS),
}
