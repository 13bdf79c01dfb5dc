"""Read by gunicorn where it starts: its own logs, too, keep the tokens of mailed links to themselves."""

import logging
from typing import Any

from programme.lib.log_masking import MaskTokens


def on_starting(server: Any) -> None:
    for name in ("gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).addFilter(MaskTokens())
