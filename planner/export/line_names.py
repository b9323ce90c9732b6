"""What a line of the shopping list is called: its food, and of which kind where recipes say so."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from planner.kitchen.bought import grams
from planner.kitchen.errand import ShoppingLine
from planner.kitchen.steps import COOKING
from planner.language.figures import number_text
from planner.language.names import called, cut, named
from planner.language.spoken import _, ngettext
from planner.settings import read_settings

_BIT = 0.1  # of a piece: nobody buys another for it


def name_text(line: ShoppingLine) -> str:
    """Name what is bought: ``"Paprika (smoked 2 meals, hot 1)"``.

    Meals whose recipe names no kind take any, and of pasta one shape does for all. What is bought
    by the piece says how many of a kind.
    """
    name = called(_name_text(line))
    return f"{name}, {_(line.bought_as)}" if line.bought_as else name


def _name_text(line: ShoppingLine) -> str:
    own = line.name.casefold()
    kinds = Counter(use.kind for use in line.uses if use.kind and use.kind not in own).most_common()
    if not kinds:
        return named(line.name)
    (first, count), *others = kinds
    if not others and all(use.kind for use in line.uses):
        return f"{named(line.name)} ({cut(first)})"
    if line.kinds_g and line.packages and line.buy.startswith(f"{line.packages} ("):
        return f"{named(line.name)} ({_pieces_text(line, [kind for kind, _meals in kinds])})"
    shapes = read_settings(COOKING)["measure"]["one_does"]
    if others and {kind for kind, _meals in kinds} <= set(shapes):
        best, *rest = (cut(one) for one in shapes if one in dict(kinds))
        said = _("{kind}, also in place of {others}").format(kind=best, others=", ".join(rest))
        return f"{named(line.name)} ({said})"
    told = ngettext("{kind} {count} meal", "{kind} {count} meals", count)
    words = [told.format(kind=cut(first), count=count)]
    words += [f"{cut(kind)} {number}" for kind, number in others]
    return f"{named(line.name)} ({', '.join(words)})"


def _pieces_text(line: ShoppingLine, kinds: Iterable[str]) -> str:
    """Say of so many pieces how many are of each kind, ``"1 red"``; of another size by weight."""
    sizes = {one for some in read_settings(COOKING)["measure"]["unlike"].values() for one in some}
    whole_g = sum(line.kinds_g.values())

    def told(kind: str) -> str:
        share = line.kinds_g[kind] / whole_g
        count = max(1, math.ceil((line.packages or 0) * share - _BIT))
        return f"{number_text(grams(line.need_g * share)) if kind in sizes else count} {cut(kind)}"

    return ", ".join(map(told, kinds))
