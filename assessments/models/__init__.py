"""Modules, not names: `from assessments.models.waves import Wave` is the one true path."""

from assessments.models import (  # noqa: F401  Django finds the models through these imports
    instruments,
    invitations,
    licensed_results,
    profile_shares,
    releases,
    responses,
    waves,
)
