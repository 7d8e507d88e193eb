"""The verdict on tried wordings, in an editor's words."""

from __future__ import annotations

from math import isinf

from tamizdat.asks.rules.results import Comparison, Results, Verdict


def said(found: Results) -> str:
    """What to do today, and why."""
    match found.verdict:
        case Verdict.TOO_EARLY:
            return f"Too early to say: {_missing(found)}."
        case Verdict.STOP:
            return f"Stop, this one: “{found.leader}” brings more gifts for its showings than {_others(found)}."
        case Verdict.FALSE_ALARM:
            return (
                f"No difference may be found between the same words, and yet “{found.leader}” looks better. Chance "
                "does that in one trial of twenty at most; in another trial it would be a fault."
            )
    if found.is_same_words:
        return "No difference may be found between the same words, and none has been. Keep going as long as you like."
    if len(found.candidates) == 1:
        return "There is one wording, and nothing to compare it with."
    return f"Keep going: “{found.leader}” leads, and that may still be chance."


def compared(one: Comparison) -> str:
    """A wording beside the leader: "0.4 to 0.9 of “warm”"."""
    if isinf(one.high):
        return f"at least {one.low:.2f} of “{one.leader}”" if one.low else f"unknown beside “{one.leader}”"
    return f"{one.low:.2f} to {one.high:.2f} of “{one.leader}”"


def _missing(found: Results) -> str:
    """What a verdict still needs."""
    least = min(found.candidates, key=lambda line: line.showings)
    gifts = sum(line.gifts for line in found.candidates)
    wanted = []
    if least.showings < found.minimum_showings:
        wanted.append(f"“{least.variant}” has had {least.showings:,} of {found.minimum_showings:,} showings")
    if gifts < found.minimum_gifts:
        wanted.append(f"there have been {gifts} of {found.minimum_gifts} gifts")
    return ", and ".join(wanted)


def _others(found: Results) -> str:
    return " and ".join(f"“{line.variant}”" for line in found.candidates if line.variant != found.leader)
