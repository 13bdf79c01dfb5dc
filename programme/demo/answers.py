"""Answers for the demonstration: generated, believable, and the same at every start."""

from collections.abc import Iterable, Mapping

import numpy as np

from assessments.definitions import Definition, Item


class Answerer:
    """Draws answers around a mean for each scale; a person's own leaning stays the same from wave to wave."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.leanings: dict[str, float] = {}
        self.strengths: dict[str, dict[str, float]] = {}

    def takes_part(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def ratings(
        self, definition: Definition, *, person: str, means: Mapping[str, float], spread: float = 0.6
    ) -> dict[str, int]:
        """One value for each rating item: near the scale's mean, turned round where the item is reversed."""
        leaning = self.leanings.setdefault(person, float(self.random.normal(0, 0.3)))
        return {
            item.key: self._value(definition, item, means.get(item.scale or "", 3.4) + leaning, spread)
            for item in definition.rating_items
        }

    def strength_means(self, scales: Iterable[str], *, person: str) -> dict[str, float]:
        """Where somebody's energy lies: a few strengths high, most in the middle, some low."""
        if person not in self.strengths:
            self.strengths[person] = {scale: float(self.random.normal(3.3, 0.75)) for scale in scales}
        return self.strengths[person]

    def some(self, choices: list[str], share: float) -> str:
        """One of the texts, or none."""
        return str(self.random.choice(choices)) if self.takes_part(share) else ""

    def _value(self, definition: Definition, item: Item, mean: float, spread: float) -> int:
        scale = definition.response_scale_for(item)
        low, high = scale.minimum, scale.maximum
        drawn = round(float(np.clip(self.random.normal(mean, spread), low, high)))
        return low + high - drawn if item.reverse else drawn
