"""Names as one phrase."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def listed(names: Sequence[str]) -> str:
    """a, b and c; plain text, to be escaped where it is shown."""
    if len(names) < 2:
        return "".join(names)
    return _("%(list)s and %(last)s") % {"list": ", ".join(names[:-1]), "last": names[-1]}


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
