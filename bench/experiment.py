"""How often does looking at tried wordings every day stop a trial for nothing, and how long does a real trial take?

    python -m bench.experiment --quick

Readers are drawn: 4,000 showings of each wording a day for 90 days, of which devices say one in ten; 0.3 % lead to a
gift. The verdict is asked every day, and beside it a test of two shares at 5 %. A real difference is 0.30 % to 0.45 %,
with 1,000 showings a day so that showings are told finely; the peer there knows its sample size beforehand and looks
once. Quick: 200 of 2,000 runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from time import perf_counter

from bench.measuring import is_quick, publish
from bench.trials import ALPHA, Run, Trial, runs
from tamizdat.asks.rules.sequences import fixed_sample

QUESTION = "How often does a trial of the same words ever stop, beside a test at 5 % that is looked at as often?"
RUNS, SEED = {True: 200, False: 2_000}, 20261126
RATE, BETTER, POWER = 0.003, 0.0045, 0.8
SAME = {
    "two, one showing in ten said": Trial(rates=dict.fromkeys("ab", RATE), is_same_words=True),
    "two, every showing said": Trial(rates=dict.fromkeys("ab", RATE), is_same_words=True, seen=1),
    "three, one showing in ten said": Trial(rates=dict.fromkeys("abc", RATE), is_same_words=True),
}
OTHER = Trial(rates={"a": RATE, "b": BETTER}, showings=1_000, days=180)


def share(found: Sequence[bool]) -> float:
    return round(sum(found) / len(found), 4)


def of_the_same(found: list[Run]) -> dict[str, float]:
    return {
        "stopped": share([one.stop is not None for one in found]),
        "looked_at_daily": share([one.naive is not None for one in found]),
    }


def needed(found: list[Run], quantile: float) -> int | None:
    """Showings of each wording until it stops, in so many of the runs; None where they did not stop in time."""
    stops = sorted(one.stop for one in found if one.stop)
    rank = ceil(quantile * len(found))
    return stops[rank - 1] * OTHER.showings if rank <= len(stops) else None


def of_another(found: list[Run]) -> dict[str, object]:
    fixed = fixed_sample(RATE, BETTER, alpha=ALPHA, power=POWER)
    return {
        "rates": [RATE, BETTER],
        "showings_of_each_median": needed(found, 0.5),
        "showings_of_each_p90": needed(found, 0.9),
        "fixed_sample": fixed,
        "fixed_sample_power": POWER,
        "stopped_within_fixed_sample": share([bool(one.stop and one.stop * OTHER.showings <= fixed) for one in found]),
        "never_stopped": share([one.stop is None for one in found]),
        "stopped_for_the_worse": share([one.best == "a" for one in found]),
    }


def main() -> None:
    n = RUNS[is_quick(QUESTION)]
    start = perf_counter()
    same = {name: of_the_same(runs(trial, n, seed=f"{SEED} {name}")) for name, trial in SAME.items()}
    other = of_another(runs(OTHER, n, seed=f"{SEED} other"))
    first = next(iter(same.values()))
    publish("experiment", {
        "question": QUESTION,
        "product": first["stopped"],
        "peer": first["looked_at_daily"],
        "ratio": round(first["stopped"] / first["looked_at_daily"], 3),
        "better": "lower",
        "detail": {
            "same_words": same,
            "other_words": other,
            "n": n,
            "seed": SEED,
            "seconds": round(perf_counter() - start),
        },
    })  # fmt: skip


if __name__ == "__main__":
    main()
