"""The frozen document of a release: what it holds, its one written form, and its seal.

A withheld cell is null: it holds neither a number nor how many answered. What does not exist is not there at all.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from assessments.definitions import Definition, Item
from assessments.releasing.compute import Computed
from assessments.releasing.cuts import Cut
from assessments.releasing.measures import Measure, measures_of, picks_strengths, questions_of

FORMAT = 1


def canonical(content: Mapping[str, Any]) -> bytes:
    """The same content always gives the same bytes, whatever the order a database returns keys in."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def seal(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def is_untouched(content: Mapping[str, Any], sha256: str) -> bool:
    return hmac.compare_digest(seal(content), sha256)


def written(
    definition: Definition,
    computed: Computed,
    *,
    head: Mapping[str, Any],
    cuts: Sequence[Cut],
    standing_out: Mapping[str, Any],
    comments: Mapping[str, Sequence[str] | None],
) -> dict[str, Any]:
    """`head`: programme, wave and the earlier waves compared with. `comments`: shuffled texts by prompt, None withheld."""
    measures = measures_of(definition)
    relationships = {} if computed.relationships is None else {"relationships": computed.relationships}
    return {
        "format": FORMAT,
        **head,
        "instrument": {
            "key": definition.key,
            "version": definition.version,
            "name": definition.name,
            "kind": definition.kind.value,
            "attribution": definition.attribution,
            "bands_source": definition.bands_source,
            "validated": definition.validated,
        },
        "measures": [measure.entry() for measure in measures],
        "cuts": [_cut(cut) for cut in cuts],
        "items": [_item(definition, item, measure) for item, measure, _column in questions_of(definition, measures)],
        "strengths": _strengths(definition),
        "scores": computed.scores,
        "changes": computed.changes,
        "questions": computed.questions,
        "standing_out": dict(standing_out),
        "comments": [
            {"key": item.key, "prompt": item.text, "texts": None if texts is None else list(texts)}
            for item in definition.text_items
            for texts in [comments[item.key]]
        ],
        **relationships,
        "tally": computed.tally,
        "ledger": seal(computed.audited),
    }


def _cut(cut: Cut) -> dict[str, Any]:
    return {
        "key": cut.key,
        "kind": cut.kind.value,
        "label": cut.label,
        "organisation": cut.organisation,
        "team": cut.team,
        "mark": cut.mark,
    }


def _item(definition: Definition, item: Item, measure: Measure) -> dict[str, Any]:
    options = definition.response_scale_for(item).options
    return {
        "key": item.key,
        "text": item.text,
        "measure": measure.key,
        "reverse": item.reverse,
        "options": [[option.value, option.label] for option in options],
    }


def _strengths(definition: Definition) -> list[dict[str, Any]]:
    """In the instrument's order of clusters, A–Z within each."""
    if not picks_strengths(definition):
        return []
    clusters = definition.clusters
    placed = [scale for scale in definition.scales if scale.cluster]
    ordered = sorted(placed, key=lambda scale: (clusters.index(scale.cluster), scale.name.casefold()))
    return [
        {"key": scale.key, "name": scale.name, "cluster": scale.cluster, "explanation": scale.explanation}
        for scale in ordered
    ]
