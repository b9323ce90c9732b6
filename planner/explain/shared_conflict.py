"""Why eaters who each have a plan alone have none with the same dishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.bound.conflict import SharedConflict
from planner.explain.refusal import cut_short, explain_breaches
from planner.explain.report import SHARED, Collision, Concession, Refusal
from planner.explain.words import names_in_words
from planner.model.input import ModelInput


def explain_shared(
    conflict: SharedConflict,
    shared: Mapping[str, Sequence[str]],
    sources: Mapping[str, ModelInput],
) -> tuple[Refusal, dict[str, Refusal]]:
    """Say of the table that sharing is in the way, and of each eater with which rules.

    Parameters
    ----------
    conflict
        A smallest set of rules that leave no common dishes.
    shared, sources
        Who shares which places, and the input of each eater's model.
    """
    slots: dict[tuple[str, ...], list[str]] = {}
    for place in conflict.places:
        slots.setdefault(tuple(shared[place]), []).append(place.split(".")[0])
    whose = list(conflict.each)
    found = [_collision(names, of_names, whose) for names, of_names in slots.items()]
    is_proven = conflict.is_smallest and conflict.is_measured
    if not is_proven:
        are_named = bool(conflict.each)
        found.append(cut_short(are_named=are_named, is_smallest=conflict.is_smallest))
    offers = tuple(
        offer_apart(name, [slot])
        for names, of_names in slots.items()
        for slot in of_names
        for name in whose
        if name in names
    )
    own = {
        name: replace(explain_breaches(one, sources[name]), is_proven=is_proven)
        for name, one in conflict.each.items()
    }
    return Refusal(tuple(found), offers), own


def _collision(names: Sequence[str], slots: Sequence[str], whose: Sequence[str]) -> Collision:
    meals = names_in_words(slots)
    sentence = (
        f"{meals}: {names_in_words(names)} share the main dish there; each could have a plan "
        "alone, but what "
        f"is listed below for {names_in_words(whose)} makes a plan with the same dishes impossible"
    )
    return Collision(meals, SHARED, sentence)


def offer_apart(name: str, slots: Sequence[str]) -> Concession:
    """Offer that one eater has main dishes of one's own at some meals."""
    meals = ", ".join(slots)
    flag = f"slots without {meals} for {name} in [[eaters]]"
    text = f"{name} does not share {meals}"
    return Concession(text, flag, apart=(name, tuple(slots)))
