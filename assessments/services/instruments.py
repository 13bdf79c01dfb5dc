"""Loading instruments: a file becomes a version that, once used, never changes."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.definitions import Definition, parse, to_json
from assessments.enums import WaveState
from assessments.models.instruments import InstrumentVersion
from assessments.models.licensed_results import ResultsImport
from assessments.models.waves import Wave
from programme.enums import AuditAction
from programme.models.users import User
from programme.services.audit import record

CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue"


class InstrumentInUse(Exception):
    """Somebody tried to change a version that people have answered. `words` say what to do instead."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def load_instrument(text: str, *, actor: User | None) -> InstrumentVersion:
    """Stores the instrument of a definition file, or returns it unchanged when the same text is there already.

    Raises DefinitionProblems with everything to mend in the file, and InstrumentInUse when this version has been used.
    """
    definition = parse(text)
    document = to_json(definition)
    with transaction.atomic():
        known = InstrumentVersion.objects.select_for_update()
        stored = known.filter(key=definition.key, version=definition.version).first()
        # Read back before comparing: an older installation wrote it down without what definitions have learnt since.
        if stored and stored.definition == definition:
            return stored
        if stored and is_used(stored):
            raise InstrumentInUse(_in_use_words(definition))
        loaded, made = InstrumentVersion.objects.update_or_create(
            key=definition.key, version=definition.version, defaults=_fields(definition, document)
        )
        record(
            AuditAction.INSTRUMENT_LOADED,
            actor=actor,
            subject=loaded,
            key=definition.key,
            version=definition.version,
            change="new" if made else "replaced",
        )
    return loaded


def is_used(version: InstrumentVersion) -> bool:
    """Whether people have been asked with it, or results of it are held."""
    opened = Wave.objects.filter(instrument_version=version).exclude(state=WaveState.DRAFT)
    imported = ResultsImport.objects.filter(instrument_version=version, confirmed_at__isnull=False)
    return opened.exists() or imported.exists()


def _fields(definition: Definition, document: dict) -> dict:
    return {
        "name": definition.name,
        "kind": definition.kind.value,
        "online": definition.online,
        "document": document,
    }


def _in_use_words(definition: Definition) -> str:
    words = _(
        "Version %(version)s of “%(name)s” has been used, so it can never change: results would no longer mean the "
        "same. Give the changed file a new version, for example %(next)s."
    )
    return words % {"version": definition.version, "name": definition.name, "next": _next_version(definition.version)}


def _next_version(version: str) -> str:
    head, _dot, last = version.rpartition(".")
    number = str(int(last) + 1) if last.isdigit() else f"{last}.1"
    return f"{head}.{number}" if head else number
