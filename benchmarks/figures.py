"""One measured figure, and how it reads as a line."""

from dataclasses import dataclass

HEADINGS = ("what", "ours", "floor", "ratio", "budget", "")
LINE = "{:<56} {:>12} {:>12} {:>7} {:>10}  {}"


@dataclass(frozen=True)
class Figure:
    """`budget` limits ours ÷ floor, or ours itself where there is no floor; None: told, and limited by nothing."""

    what: str
    unit: str
    ours: float
    budget: float | None
    floor: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def is_over(self) -> bool:
        if self.budget is None:
            return False
        measured = self.ours if self.ratio is None else self.ratio
        return measured < self.budget if self.at_least else measured > self.budget

    def line(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        floor = "" if self.floor is None else self._with_unit(self.floor)
        verdict = "" if self.budget is None else ("over" if self.is_over else "ok")
        return LINE.format(self.what, self._with_unit(self.ours), floor, ratio, self._budget(), verdict)

    def _budget(self) -> str:
        if self.budget is None:
            return ""
        limit = f"{self.budget:g} ×" if self.floor else self._with_unit(self.budget)
        return f"{'≥' if self.at_least else '≤'} {limit}"

    def _with_unit(self, number: float) -> str:
        digits = 0 if number == int(number) or number >= 100 else 2
        return f"{number:.{digits}f} {self.unit}".strip()


@dataclass(frozen=True)
class Missing:
    """A budget whose subject the product does not have."""

    what: str
    why: str
    is_over = False

    def line(self) -> str:
        return f"{self.what:<56} not measured: {self.why}"
