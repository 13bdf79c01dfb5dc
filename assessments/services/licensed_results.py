"""A licensed provider's results: uploaded, previewed, confirmed, undone; or typed in for one person."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models.instruments import InstrumentVersion
from assessments.models.licensed_results import LicensedResult, ResultsImport
from assessments.queries.licensed_results import preview_import
from programme.enums import AuditAction
from programme.lib.spreadsheets import read_table
from programme.models.members import Member
from programme.models.programmes import Programme
from programme.models.users import User
from programme.services.audit import record

# 24 strengths with score, three further numbers and a mark each, and a few columns about the person.
WIDEST_TABLE = 150


def upload_results(
    programme: Programme, *, actor: User, instrument_version: InstrumentVersion, data: bytes, file_name: str
) -> ResultsImport:
    """Keeps an upload for its preview; no result is saved. Raises SpreadsheetProblem when it cannot be read."""
    table = read_table(data, file_name=file_name, max_columns=WIDEST_TABLE)
    return ResultsImport.objects.create(
        programme=programme,
        instrument_version=instrument_version,
        uploaded_by=actor,
        file_name=file_name[-200:],
        table={
            "headers": table.headers,
            "rows": [[row.number, row.cells] for row in table.rows],
            "notes": table.notes,
        },
    )


def confirm_import(results_import: ResultsImport, *, actor: User, at: datetime) -> int:
    """Saves the rows without problems, once; returns how many people's results are new or changed.

    The uploaded table is not kept: from here on the results are each person's own.
    """
    with transaction.atomic():
        waiting = ResultsImport.objects.select_for_update().filter(pk=results_import.pk, confirmed_at=None)
        current = waiting.select_related("programme", "instrument_version").first()
        if current is None:
            return 0
        preview = preview_import(current)
        if not preview.to_save:
            return 0
        saved = LicensedResult.objects.bulk_create(
            LicensedResult(member=line.member, results_import=current, document=line.document)
            for line in preview.to_save
        )
        waiting.update(confirmed_at=at, table={})
        record(
            AuditAction.RESULTS_IMPORTED,
            actor=actor,
            programme=current.programme,
            subject=current,
            instrument=str(current.instrument_version),
            file_name=current.file_name,
            people=len(saved),
            left_out=preview.counts.get("problem", 0),
        )
    return len(saved)


def discard_import(results_import: ResultsImport) -> None:
    """Throws an upload away that was not confirmed."""
    ResultsImport.objects.filter(pk=results_import.pk, confirmed_at=None).delete()


def undo_import(results_import: ResultsImport, *, actor: User, at: datetime) -> bool:
    """Takes an import back: its results are deleted, and what was held before holds again. False when it was already."""
    with transaction.atomic():
        standing = ResultsImport.objects.filter(pk=results_import.pk, confirmed_at__isnull=False, undone_at=None)
        if not standing.update(undone_at=at):
            return False
        deleted, _kinds = LicensedResult.objects.filter(results_import=results_import).delete()
        record(
            AuditAction.RESULTS_IMPORT_UNDONE,
            actor=actor,
            programme=results_import.programme,
            subject=results_import,
            people=deleted,
        )
    return True


def enter_result(
    member: Member,
    *,
    actor: User,
    at: datetime,
    instrument_version: InstrumentVersion,
    scores: Mapping[str, float],
    significant: Sequence[str] = (),
    extras: Mapping[str, Mapping[str, float]] | None = None,
) -> LicensedResult:
    """One person's results, typed in. It is an import of one, so that it can be undone like any other."""
    with transaction.atomic():
        entered = ResultsImport.objects.create(
            programme=member.programme,
            instrument_version=instrument_version,
            uploaded_by=actor,
            file_name=_("Typed in"),
            confirmed_at=at,
        )
        document = {"scores": dict(scores), "significant": list(significant), "extras": dict(extras or {})}
        result = LicensedResult.objects.create(member=member, results_import=entered, document=document)
        record(
            AuditAction.RESULTS_IMPORTED,
            actor=actor,
            programme=member.programme,
            subject=entered,
            instrument=str(instrument_version),
            file_name=entered.file_name,
            people=1,
        )
    return result
