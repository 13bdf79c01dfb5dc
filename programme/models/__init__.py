"""Modules, not names: `from programme.models.members import Member` is the one true path."""

from programme.models import (  # noqa: F401  Django finds the models through these imports
    account_invitations,
    audit,
    deliveries,
    jobs,
    members,
    organisations,
    people_imports,
    programmes,
    teams,
    users,
)
