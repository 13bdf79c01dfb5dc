"""Which letters a report's font can print. PDF/UA allows none that would show as an empty box."""

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any


@cache
def covered(font: Path) -> frozenset[int]:
    """The code points of the basic plane that a TrueType font maps to a glyph (its cmap table, format 4)."""
    data = font.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _checksum, offset, _length in entries if tag == b"cmap")
    for number in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        _platform, _encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)
        if struct.unpack_from(">H", data, cmap + offset)[0] == 4:
            return frozenset(_segments(data, cmap + offset))
    raise ValueError(f"{font.name} has no character map of format 4.")


def _segments(data: bytes, table: int) -> list[int]:
    count = struct.unpack_from(">H", data, table + 6)[0] // 2

    def column(number: int, gap: int = 0) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", data, table + 14 + gap + 2 * count * number)

    ends, starts, deltas = column(0), column(1, 2), column(2, 2)
    ranges_at = table + 16 + 6 * count
    found = []
    for place, (start, end, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        range_offset = struct.unpack_from(">H", data, ranges_at + 2 * place)[0]
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if range_offset:
                glyph = struct.unpack_from(">H", data, ranges_at + 2 * place + range_offset + 2 * (code - start))[0]
            if glyph and (glyph + delta) & 0xFFFF:
                found.append(code)
    return found


def printable(value: Any, glyphs: frozenset[int]) -> Any:
    """The same JSON with “?” for every letter the font lacks; signs that only change the one before are dropped."""
    return _printed(value, _Substitutes(glyphs))


class _Substitutes(dict[int, str]):
    """What `str.translate` asks for each letter; every letter is decided once."""

    def __init__(self, glyphs: frozenset[int]) -> None:
        super().__init__()
        self.glyphs = glyphs

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if code not in self.glyphs and char != "\n":
            char = "" if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc") else "?"
        self[code] = char
        return char


def _printed(value: Any, substitutes: _Substitutes) -> Any:
    if isinstance(value, dict):
        return {key: _printed(inner, substitutes) for key, inner in value.items()}
    if isinstance(value, list):
        return [_printed(inner, substitutes) for inner in value]
    return value.translate(substitutes) if isinstance(value, str) else value
