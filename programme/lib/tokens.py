"""Mailed secrets: made of 192 random bits, known to us only by their hash."""

import hashlib
import secrets


def new_token() -> str:
    """A fresh token for a mailed link: 32 URL-safe characters, 192 random bits."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """SHA-256 of a token in hex. A plain hash is enough for a secret of more than 112 random bits (ASVS 6.5.2)."""
    return hashlib.sha256(token.encode()).hexdigest()
