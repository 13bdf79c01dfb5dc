"""Who stood behind every number a release has shown, kept so that later releases are audited against it.

No score is in here. People appear by the key of their membership, also after their answers have been erased: what was
shown of them stays known.
"""

import base64
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from assessments.releasing.auditing import Shown
from assessments.releasing.units import Rows, Units


def written(shown: Mapping[str, Iterable[Shown]], units: Units, waves: Iterable[str]) -> dict[str, Any]:
    """`shown` by measure. Sets that several measures share are stored once."""
    owners = units.owners()
    people = {wave: [place for place, (owner, _member) in enumerate(owners) if owner == wave] for wave in waves}
    rows_of = {wave: np.array(rows, dtype=np.intp) for wave, rows in people.items()}
    measures: dict[tuple[str, bool, str], list[str]] = defaultdict(list)
    for measure, sets in shown.items():
        for each in sets:
            wave = owners[each.rows[0]][0]
            mask = np.isin(rows_of[wave], each.rows)
            measures[wave, each.exact, base64.b64encode(np.packbits(mask).tobytes()).decode()].append(measure)
    return {
        "people": {wave: [owners[row][1] for row in rows] for wave, rows in people.items()},
        "sets": [
            {"wave": wave, "exact": exact, "mask": mask, "measures": sorted(set(names))}
            for (wave, exact, mask), names in measures.items()
        ],
    }


def read(stored: Iterable[dict[str, Any]], units: Units, waves: Iterable[str]) -> dict[str, list[Shown]]:
    """The sets earlier releases have shown of these waves, by measure."""
    shown: dict[str, list[Shown]] = defaultdict(list)
    wanted = set(waves)
    for ledger in stored:
        rows: dict[str, Rows] = {
            wave: units.rows(wave, members) for wave, members in ledger["people"].items() if wave in wanted
        }
        for entry in ledger["sets"]:
            if entry["wave"] not in rows:
                continue
            people = rows[entry["wave"]]
            bits = np.unpackbits(np.frombuffer(base64.b64decode(entry["mask"]), dtype=np.uint8), count=len(people))
            for measure in entry["measures"]:
                shown[measure].append(Shown(people[bits.astype(bool)], entry["exact"]))
    return shown
