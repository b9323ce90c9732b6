"""What a line of the shopping list is called: its food, and of which kind where recipes say so."""

from __future__ import annotations

from collections import Counter

from planner.kitchen.errand import ShoppingLine
from planner.language.names import cut, named
from planner.language.spoken import ngettext


def name_text(line: ShoppingLine) -> str:
    """Name what is bought: ``"White pasta (penne 2 meals, spaghetti 1)"``.

    Meals whose recipe names no kind take any.
    """
    own = line.name.casefold()
    kinds = Counter(use.kind for use in line.uses if use.kind and use.kind not in own).most_common()
    if not kinds:
        return named(line.name)
    (first, count), *others = kinds
    if not others and all(use.kind for use in line.uses):
        return f"{named(line.name)} ({cut(first)})"
    told = ngettext("{kind} {count} meal", "{kind} {count} meals", count)
    words = [told.format(kind=cut(first), count=count)]
    words += [f"{cut(kind)} {number}" for kind, number in others]
    return f"{named(line.name)} ({', '.join(words)})"
