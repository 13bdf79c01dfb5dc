"""The frozen document of a release: its one written form and its seal."""

import hashlib
import hmac
import json
from typing import Any


def canonical(document: dict[str, Any]) -> bytes:
    """The same content always gives the same bytes, whatever the order a database returns keys in."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def seal(document: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(document)).hexdigest()


def is_untouched(document: dict[str, Any], sha256: str) -> bool:
    return hmac.compare_digest(seal(document), sha256)
