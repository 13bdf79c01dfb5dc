"""Modules, not names: `from sessions.models.sessions import Session` is the one true path."""

from sessions.models import commitments, decisions, invitations, sessions  # noqa: F401  Django finds the models here
