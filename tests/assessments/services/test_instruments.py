from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.definitions import DefinitionProblems
from assessments.enums import WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.services.instruments import CATALOGUE, InstrumentInUse, load_instrument
from programme.enums import AuditAction
from programme.models.audit import AuditEntry
from tests.factories.assessments import SMALL_QUESTIONNAIRE, make_instrument, make_wave
from tests.factories.programme import make_programme

pytestmark = pytest.mark.django_db
REWORDED = SMALL_QUESTIONNAIRE.replace("People hide their mistakes.", "People cover up mistakes.")


def test_load_instrument_stores_the_definition_and_says_so():
    version = load_instrument(SMALL_QUESTIONNAIRE, actor=None)

    stored = InstrumentVersion.objects.get()
    assert stored == version
    assert (stored.key, stored.version, stored.kind, stored.online) == ("small_check", "1.0", "questionnaire", True)
    assert [item.key for item in stored.definition.items] == ["t1", "t2", "r1", "r2", "more"]
    assert AuditEntry.objects.get().action == AuditAction.INSTRUMENT_LOADED


def test_load_instrument_again_with_the_same_text_changes_nothing():
    first = load_instrument(SMALL_QUESTIONNAIRE, actor=None)
    again = load_instrument(SMALL_QUESTIONNAIRE, actor=None)

    assert again.loaded_at == first.loaded_at
    assert AuditEntry.objects.count() == 1


def test_same_text_after_an_update_is_no_change_even_if_definitions_have_learnt_something_new():
    make_wave(make_programme(), state=WaveState.OPEN)
    stored = InstrumentVersion.objects.get()
    stored.document = {name: value for name, value in stored.document.items() if name != "contact_from"}
    stored.save()

    assert load_instrument(SMALL_QUESTIONNAIRE, actor=None) == stored


def test_load_instrument_replaces_a_version_nobody_has_used():
    load_instrument(SMALL_QUESTIONNAIRE, actor=None)
    make_wave(make_programme(), state=WaveState.DRAFT)

    version = load_instrument(REWORDED, actor=None)

    assert version.definition.item("t2").text == "People cover up mistakes."
    assert InstrumentVersion.objects.count() == 1


@pytest.mark.parametrize("state", [WaveState.OPEN, WaveState.CLOSED, WaveState.RELEASED])
def test_load_instrument_never_changes_a_used_version(state):
    make_wave(make_programme(), state=state)

    with pytest.raises(InstrumentInUse) as refused:
        load_instrument(REWORDED, actor=None)

    assert "for example 1.1" in refused.value.words
    assert InstrumentVersion.objects.get().definition.item("t2").text == "People hide their mistakes."


def test_a_new_version_stands_beside_a_used_one():
    make_wave(make_programme(), state=WaveState.OPEN)

    load_instrument(REWORDED.replace('"1.0"', '"1.1"'), actor=None)

    assert list(InstrumentVersion.objects.values_list("version", flat=True)) == ["1.0", "1.1"]


def test_load_instrument_refuses_a_broken_file_with_its_lines():
    with pytest.raises(DefinitionProblems) as refused:
        load_instrument(SMALL_QUESTIONNAIRE.replace("scale: results}", "scale: resluts}", 1), actor=None)

    assert refused.value.problems[0].line == 22
    assert not InstrumentVersion.objects.exists()


def test_load_instruments_command_loads_every_shipped_file_once():
    call_command("load_instruments", stdout=StringIO())
    call_command("load_instruments", stdout=StringIO())

    assert InstrumentVersion.objects.count() == len(list(CATALOGUE.glob("*.yaml"))) > 0


def test_load_instruments_command_tells_file_and_line_of_a_problem(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text(SMALL_QUESTIONNAIRE.replace("online: yes", "online: perhaps"))
    told = StringIO()

    with pytest.raises(CommandError, match="1 not loaded: broken.yaml"):
        call_command("load_instruments", broken, stderr=told)

    assert told.getvalue().startswith("broken.yaml: Line 8, online: ")


def test_load_instruments_command_says_what_is_ready(tmp_path):
    make_instrument()
    good = tmp_path / "good.yaml"
    good.write_text(SMALL_QUESTIONNAIRE)
    told = StringIO()

    call_command("load_instruments", good, stdout=told)

    assert told.getvalue() == "good.yaml: Small check, version 1.0 is ready.\n"
