"""Slips of the finger in mail addresses. Tells what was probably meant; decides nothing."""

# Endings that people of councils, NHS bodies and their partners really have, the likeliest first.
ENDINGS = (
    "nhs.net", "nhs.uk", "gov.uk", "org.uk", "co.uk", "ac.uk", "police.uk", "sch.uk", "gmail.com", "outlook.com",
    "hotmail.com", "hotmail.co.uk", "yahoo.com", "yahoo.co.uk", "icloud.com", "btinternet.com", "googlemail.com",
)  # fmt: skip
# One letter away from one of those, and right all the same.
RIGHT = frozenset(
    {"mail.com", "ymail.com", "gmx.com", "ltd.uk", "plc.uk", "me.uk", "mod.uk", "net.uk", "msn.com", "aol.com"}
)
LAST_PARTS = {
    "con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com",
    "ku": "uk", "ukk": "uk", "ent": "net", "nte": "net", "nett": "net", "rog": "org", "ogr": "org",
}  # fmt: skip


def normalised(email: str) -> str:
    """The one spelling under which an address is stored and looked up."""
    return email.strip().lower()


def likely_meant(email: str) -> str:
    """The address that was probably meant ("jo@nhs.ent" gives "jo@nhs.net"), or "" when nothing looks wrong."""
    name, _at, domain = normalised(email).rpartition("@")
    mended = _mended(domain) if name else ""
    return f"{name}@{mended}" if mended else ""


def _mended(domain: str) -> str:
    parts = domain.split(".")
    for length in (3, 2):
        ending = ".".join(parts[-length:])
        if ending in ENDINGS or ending in RIGHT:
            return ""
        meant = next((known for known in ENDINGS if _is_one_slip_away(ending, known)), "")
        if meant and len(parts) >= length:
            return ".".join([*parts[:-length], meant])
    last = LAST_PARTS.get(parts[-1])
    return ".".join([*parts[:-1], last]) if last and len(parts) > 1 else ""


def _is_one_slip_away(typed: str, meant: str) -> bool:
    """One letter too many, too few or wrong, or two neighbours swapped."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    rest, wanted = typed[start:], meant[start:]
    swapped = rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:]
    return rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:] or swapped
