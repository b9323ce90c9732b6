"""What the judge says of a child's lunch box: what is eaten hot is told to be kept hot, or cold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.check.days import DaysAsked
from planner.check.dish_notes import Notes
from planner.check.lines import ServedItem
from planner.request.preferences import COLD
from planner.request.request import NAMELESS, PlanRequest
from planner.settings import read_settings
from planner.shops import named
from planner.targets.eaters import eater_requests

if TYPE_CHECKING:
    from planner.wire.days import WrittenItem

_SECOND = "meals/second_meal.toml"


def box_faults(
    place: ServedItem, written: WrittenItem, notes: Notes, request: PlanRequest
) -> Iterator[str]:
    """Describe which child's lunch is a warm box that nothing is said of.

    Parameters
    ----------
    place, written
        What is on the table, and as it is written.
    notes
        What the catalogue says of dishes.
    request
        What was asked for: who is how old, and where lunch is eaten.
    """
    rule, note = read_settings(_SECOND)["child"], notes.get(place.item.item_id)
    asked = DaysAsked.of(request.week, request.preferences.more_energy, request.preferences.since)
    is_there = note and note.kind == "main" and place.slot == rule["slot"]
    if not (note and is_there) or asked.is_free(place.day) or _is_cold(note.dish_id, note.tags):
        return
    ways = [rule[vessel]["says"].split("{names}")[1] for vessel in ("thermos", "box")]
    is_told = any(way in written.serve for way in ways)
    for name, own in eater_requests(request).items():
        is_child = own.profile.age_y < rule["below_y"] and own.takes_lunch_along
        has_it = name == NAMELESS or name in (share.eater for share in place.item.shares)
        is_hot = has_it and is_child and own.preferences.lunch != COLD
        if is_hot and not (is_told and name in written.serve):
            yield (
                f"Day {place.day}: {named(place.item.name)} is warm in a child's lunch box, and "
                "nothing says how it stays "
                "hot."
            )


def _is_cold(dish_id: str, tags: frozenset[str]) -> bool:
    second, lunch = read_settings(_SECOND), read_settings("meals/rules.toml")["lunch"]
    cold = {*lunch["cold_dishes"], *second["cold"]["dishes"], *second["kept"]["dishes"]}
    words = {*lunch["cold_tags"], *second["cold"]["tags"], *second["kept"]["tags"]}
    return dish_id in cold or not tags.isdisjoint(words)
