"""What eaters may share: on each shared place the same dishes for all who share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from planner.model.input import ModelInput
from planner.request.table import Shared


def share_places(sources: Mapping[str, ModelInput], shared: Shared) -> dict[str, ModelInput]:
    """Keep on each shared place only what every one of its eaters may have.

    Who is away on some days narrows what others have on no day: what is shared, the rows say.

    Parameters
    ----------
    sources
        Name → input of that eater's model.
    shared
        Who shares which places.
    """

    def common(name: str, place: str) -> frozenset[str]:
        days = _days_of(sources[name], place)
        with_it = [eater for eater in shared[place] if days <= _days_of(sources[eater], place)]
        return frozenset.intersection(*(_served_on(sources[eater], place) for eater in with_it))

    return {
        name: _kept(source, {one: common(name, one) for one in shared if name in shared[one]})
        for name, source in sources.items()
    }


def _days_of(source: ModelInput, place: str) -> frozenset[int]:
    """Return the days on which an eater has the meal of a place."""
    slot = place.split(".")[0]
    each = enumerate(source.day_kinds)
    return frozenset(day for day, kind in each if slot not in kind.absence.slots)


def _served_on(source: ModelInput, place: str) -> frozenset[str]:
    candidates = source.candidates.candidates
    return frozenset(one.candidate_id for one in candidates if place in one.places)


def _kept(source: ModelInput, common: Mapping[str, frozenset[str]]) -> ModelInput:
    """Take from shared places what is not common, and second meals of what is never cooked."""
    first = source.rules.rules["leftover"]["cooked_on"]
    candidates = []
    for one in source.candidates.candidates:
        places = tuple(
            place
            for place in one.places
            if one.candidate_id in common.get(place, {one.candidate_id})
        )
        never = one.traits.is_leftover and one.source_id not in common.get(first, {one.source_id})
        if places and not never:
            candidates.append(replace(one, places=places))
    return replace(source, candidates=replace(source.candidates, candidates=tuple(candidates)))
