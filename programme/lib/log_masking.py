"""Keeps mailed links' tokens out of the logs."""

import logging
import re

# The path of every mailed link: /answer/TOKEN/ and /welcome/TOKEN/.
_TOKEN_IN_PATH = re.compile(r"/(answer|welcome)/[A-Za-z0-9_-]{20,}")


class MaskTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask(record.getMessage())
        record.args = ()
        return True


def mask(text: str) -> str:
    """The text with every token of a mailed link replaced by “…”, and line breaks made visible."""
    return _TOKEN_IN_PATH.sub(r"/\1/…", text).replace("\r", "\\r")
