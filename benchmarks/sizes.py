"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    few: int  # responses of the smallest wave
    some: int
    many: int
    requests: int  # of one kind in one round
    rounds: int
    documents: int
    mails: int
    listed: tuple[int, int]  # people in the short and the long spreadsheet


FULL = Sizes(
    few=500, some=5_000, many=20_000, requests=72, rounds=12, documents=100, mails=2_000, listed=(200, 2_000)
)  # fmt: skip
# Shows that everything still runs; its ratios say nothing.
TINY = Sizes(few=30, some=40, many=60, requests=5, rounds=2, documents=2, mails=5, listed=(5, 20))
