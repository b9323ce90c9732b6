"""What a dish needs of a kitchen, as the judge reads its steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from planner.settings import read_settings


def lacking(dish_id: str, steps: Sequence[str], gone: Set[str]) -> Iterator[str]:
    """Return what a dish needs that is ``gone``, each as one of several that would do."""
    settings = read_settings("meals/kitchen.toml")
    ways = [
        (name, way["instead"])
        for name, way in settings["own_ways"].items()
        if any(step.lower().startswith(way["begins"]) for step in steps)
    ]
    begins = tuple(way["begins"] for way in settings["own_ways"].values())
    text = " ".join(step for step in map(str.lower, steps) if not step.startswith(begins))
    for phrase in settings["phrases"]:
        text = re.sub(rf"\b{phrase}\b", " ", text)
    for row in settings["needs"]:
        is_asked = any(re.search(rf"\b{word}\b", text) for word in row["words"])
        able = {*row["any"], *(name for name, instead in ways if instead in row["any"])}
        if is_asked and able <= gone and dish_id not in row["spared"]:
            yield "/".join(row["any"])
