"""What a supplement costs that the plan may add; what is taken already is bought anyway."""

from __future__ import annotations

from dataclasses import replace

from foods.supplement import Supplement, find_supplement
from planner.candidates.beside import CHOSEN, Beside
from planner.candidates.candidate import Candidate, Serving


def with_prices(beside: Beside) -> Beside:
    """Give what stands beside the meals with the price of each dose that may be chosen."""
    return replace(beside, candidates=tuple(map(_priced, beside.candidates)))


def _priced(candidate: Candidate) -> Candidate:
    if candidate.traits.kind != CHOSEN:
        return candidate
    compound = find_supplement(candidate.source_id)
    return replace(
        candidate, servings=tuple(_priced_dose(one, compound) for one in candidate.servings)
    )


def _priced_dose(serving: Serving, compound: Supplement) -> Serving:
    amount = serving.portion.servings * compound.doses[0]
    return replace(serving, cost_usd=compound.price_usd(amount) or 0.0)
