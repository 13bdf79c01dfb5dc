"""The rules of the house, seen on the syntax tree: doors that may not be walked around, and sizes that stay readable."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = [path for app in ("programme", "sessions", "assessments") for path in sorted((ROOT / app).rglob("*.py"))]
CODE = [path for path in SOURCES if "migrations" not in path.parts]
VIEWS = [path for path in CODE if "views" in path.parts or path.name == "views.py"]
# Rows that hold people's data: a view gets them through `visible_to(user)`, or through the row they belong to.
PEOPLES_MODELS = {
    "Commitment", "Decision", "Delivery", "Job", "Member", "Organisation", "Programme", "Report", "Session", "Team", "Wave",
}  # fmt: skip


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_import_floors_hold():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", VIEWS, ids=_name)
def test_views_fetch_peoples_rows_through_visible_to(path):
    tree = ast.parse(path.read_text())

    assert list(_bare_fetches(tree)) == []


def _bare_fetches(tree: ast.AST):
    """Lines where a people's model is read without `visible_to`: `Model.objects.get`, `get_object_or_404(Model, …)`."""
    for node in ast.walk(tree):
        if _is_manager_of_people(node) and not _followed_by_visible_to(node, tree):
            yield node.lineno
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "get_object_or_404":
            first = node.args[0]
            if isinstance(first, ast.Name) and first.id in PEOPLES_MODELS:
                yield node.lineno


def _is_manager_of_people(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id in PEOPLES_MODELS
    )


def _followed_by_visible_to(manager: ast.AST, tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == "visible_to" and node.value is manager
        for node in ast.walk(tree)
    )


def test_the_view_check_sees_a_bare_fetch():
    bare = ast.parse("def view(request, pk):\n    return get_object_or_404(Member, pk=pk), Wave.objects.get(pk=pk)")
    scoped = ast.parse("def view(request, pk):\n    return Member.objects.visible_to(request.user).get(pk=pk)")

    assert (len(list(_bare_fetches(bare))), list(_bare_fetches(scoped))) == (2, [])


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_files_stay_one_subject(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_functions_stay_on_one_screen(path):
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]

    assert [node.name for node in functions if node.end_lineno - node.lineno >= 50] == []


def test_templates_keep_to_the_content_policy():
    templates = [path for path in (ROOT / "templates").rglob("*.html") if "emails" not in path.parts]
    # Help texts are written by us and by Django's password rules, which use a list.
    help_texts = {"templates/components/field_notes.html", "templates/django/forms/field.html"}
    forbidden = (" style=", "<style", " onclick=", " onload=", "javascript:", "|safe", "{% autoescape off")

    found = [(_name(path), word) for path in templates for word in forbidden if word in path.read_text()]
    assert [(name, word) for name, word in found if not (word == "|safe" and name in help_texts)] == []


def test_nothing_of_the_crown_or_the_nhs_identity_is_shipped():
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file() and path.suffix != ".md"]
    words = (b"frutiger", b"gds transport", b"gds-transport", b"assets.nhs.uk", b"crest")

    assert [_name(path) for path in files if any(word in path.read_bytes().lower() for word in words)] == []
