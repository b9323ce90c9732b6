"""What a dish needs of a kitchen, as the judge reads its steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from planner.settings import read_settings


def lacking(dish_id: str, steps: Sequence[str], gone: Set[str]) -> Iterator[str]:
    """Return what a dish needs that is ``gone``, each as one of several that would do."""
    settings = read_settings("meals/kitchen.toml")
    text = " ".join(steps).lower()
    for phrase in settings["phrases"]:
        text = re.sub(rf"\b{phrase}\b", " ", text)
    for row in settings["needs"]:
        is_asked = any(re.search(rf"\b{word}\b", text) for word in row["words"])
        if is_asked and set(row["any"]) <= gone and dish_id not in row["spared"]:
            yield "/".join(row["any"])
