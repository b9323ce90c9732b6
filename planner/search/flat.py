"""The menus of eaters as flat arrays that the compiled moves read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from foods.openings import PARTS
from planner.model.arrays import Array
from planner.model.packages import Packages
from planner.search.arrays import (
    COOKING,
    FIRST,
    FREE,
    NOON,
    PACKAGE,
    SECOND,
    SHELF,
    ServedMeals,
    TablePrices,
)
from planner.search.layout import Layout
from planner.search.meals import Indices
from planner.search.menu import MealMenu, ServedEater

FEW = 0.25  # of the options of a menu: a row that counts for so few is read option by option


def lay_out(eaters: Sequence[ServedEater], prices: TablePrices = FREE) -> Layout:
    """Lay eaters out; who may have the same dish for a meal of a day is a table.

    Further dishes of a meal of the table cost ``prices``.
    """
    days = max(eater.days for eater in eaters)
    seats = [
        (day, e, slot)
        for day in range(days)
        for e, eater in enumerate(eaters)
        if day < eater.days
        for slot in range(len(eater.slots))
    ]
    names = [eaters[e].slots[slot] for _, e, slot in seats]
    known = list(dict.fromkeys((e, eaters[e].classes.of_day[d], slot) for d, e, slot in seats))
    menu = [known.index((e, eaters[e].classes.of_day[d], slot)) for d, e, slot in seats]
    menus = [(e, eaters[e].menus[of_class][slot]) for e, of_class, slot in known]
    breakable = [_breakable(eater) for eater in eaters]
    things = sorted({name for eater in eaters for name in eater.arrays.kind_names})
    flat = [_FlatMenu.of(eaters, e, own, breakable[e], days, things) for e, own in menus]
    dishes = sorted({dish for _, own in menus for dish in _dish(own).tolist()} - {-1})
    own_menus = [menus[at][1] for at in menu]
    tables = _tables(seats, names, own_menus)
    table = np.full(len(seats), -1, dtype=np.int64)
    for number, members in enumerate(tables):
        table[members] = number
    meals = ServedMeals(
        eater=np.array([e for _, e, _ in seats]),
        day=np.array([day for day, _, _ in seats]),
        menu=np.array(menu),
        role=_roles(names, own_menus),
        like=_rings(seats, menu, tables),
        days=days,
        table=table,
        table_start=starts([len(members) for members in tables]),
        member=np.array([spot for members in tables for spot in members], dtype=np.int64),
        shares=np.array([int((own.pot >= 0).any()) for _, own in menus]),
        further_points=prices.further,
        third_points=prices.third,
        **_joined(flat, dishes),
        **_of_eaters(eaters, days),
        dishes=max(1, len(dishes)),
    )
    where = np.array([e for _, e, _ in seats])
    spots = tuple(
        np.flatnonzero(where == e).reshape(eater.days, len(eater.slots))
        for e, eater in enumerate(eaters)
    )
    return Layout(tuple(eaters), meals, spots)


Seats = Sequence[tuple[int, int, int]]
"""Day, eater and slot of each spot."""


def _tables(seats: Seats, names: Sequence[str], menus: Sequence[MealMenu]) -> list[list[int]]:
    """Gather the spots of who may have the same dish, those of one meal of a day."""
    found: dict[tuple[int, str], list[int]] = {}
    for at, ((day, _, _), name, menu) in enumerate(zip(seats, names, menus, strict=True)):
        if (_dish(menu) >= 0).any() or (menu.sides >= 0).any():
            found.setdefault((day, name), []).append(at)
    return [spots for spots in found.values() if len(spots) > 1]


def _dish(menu: MealMenu) -> Indices:
    """Return the dish of each meal that others may have too: a shared one, or what is cooked."""
    return np.where(menu.pot >= 0, menu.pot, menu.cooked)


def _sides(menus: Sequence[MealMenu]) -> dict[str, Any]:
    """Return the sides of the options of all menus."""
    each = [np.nonzero(menu.sides >= 0) for menu in menus]
    held = [
        np.column_stack([place, menu.sides[option, place]])
        for menu, (option, place) in zip(menus, each, strict=True)
    ]
    counts = [
        np.bincount(option, minlength=len(menu))
        for menu, (option, _) in zip(menus, each, strict=True)
    ]
    kinds, number = np.unique(np.vstack(held), axis=0, return_inverse=True)
    return {
        "side_entry": starts(np.concatenate(counts)),
        "side": number.ravel().astype(np.int64),
        "side_place": kinds[:, 0].astype(np.int64),
    }


def _among(marks: Indices, dishes: Sequence[int]) -> Indices:
    """Return the place of each dish among ``dishes``, -1 for none."""
    found: Indices = np.where(marks >= 0, np.searchsorted(dishes, marks), -1)
    return found


def _roles(names: Sequence[str], menus: Sequence[MealMenu]) -> Indices:
    """Say which spots cook for later, and which serve again: by all menus of a meal together."""
    first = {name for name, menu in zip(names, menus, strict=True) if (menu.cooks >= 0).any()}
    again = {name for name, menu in zip(names, menus, strict=True) if (menu.needs >= 0).any()}
    last = next((name for name in reversed(names) if name in first), "")
    cooks = {name: FIRST if name == last else NOON for name in first}
    roles = [cooks.get(name, SECOND if name in again else 0) for name in names]
    return np.array(roles, dtype=np.int64)


def _rings(seats: Seats, menu: Sequence[int], tables: Sequence[Sequence[int]]) -> Indices:
    """Link the spots that may exchange what they serve: of one menu, of the same at the table."""
    own = {spot: tuple(menu[one] for one in table) for table in tables for spot in table}
    rings: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for spot, at in enumerate(menu):
        rings.setdefault((at, own.get(spot, ())), []).append(spot)
    like = np.arange(len(seats), dtype=np.int64)
    for ring in rings.values():
        like[ring] = np.roll(ring, -1)
    return like


class _FlatMenu(NamedTuple):
    """The arrays of one menu; numbers count from its first, rows and packages from all eaters'."""

    size: int
    row: Indices
    step: Indices
    window: Indices
    most: Array
    least: Array
    block: Array
    few: list[Indices]
    counts: Indices
    entry_line: Indices
    value: Array
    kinds: tuple[Indices, Indices]
    uses: tuple[Indices, Indices]
    use: Indices
    menu: MealMenu

    @classmethod
    def of(
        cls,
        eaters: Sequence[ServedEater],
        e: int,
        menu: MealMenu,
        breakable: npt.NDArray[np.bool_],
        days: int,
        things: Sequence[str],
    ) -> _FlatMenu:
        """Lay a menu of eater ``e`` out, with the rows that may break; all buy ``things``."""
        eater, before = eaters[e], eaters[:e]
        rules, size = eater.rules, len(menu)
        some = np.flatnonzero((menu.use != 0.0).any(axis=0) & breakable)
        block = np.ascontiguousarray(menu.use[:, some].T)
        option, line = np.nonzero(menu.use[:, some])
        first = sum(len(one.rules.begin()) for one in before)
        is_link = some < rules.links
        windows = 1 + sum(len(one.rules.shares) for one in before)
        few = [np.flatnonzero(one) for one in block]
        row = first + some
        orders = sum(len(one.between.orders) for one in before)
        kept = sum(len(one.arrays.cookings.names) for one in before)
        counts, kinds = _by_option(menu.kinds)
        bought = [things.index(name) for name in eater.arrays.kind_names]
        return cls(
            size,
            row,
            np.where(is_link, 0, rules.height),
            np.where(is_link, windows + some, 0),
            block.max(axis=1, initial=0.0),
            block.min(axis=1, initial=0.0),
            block.ravel(),
            [one if len(one) <= FEW * size else one[:0] for one in few],
            np.bincount(option, minlength=size),
            line,
            menu.use[option, some[line]],
            (counts, np.array(bought, dtype=np.int64)[kinds]),
            *_uses(eater, menu, days, orders, kept),
            _shifted(menu, orders),
        )


def _breakable(eater: ServedEater) -> npt.NDArray[np.bool_]:
    """Whether some week of the menus of an eater breaks each row."""
    rules, reach = eater.rules, None
    ends = [[(m.use.max(axis=0), m.use.min(axis=0)) for m in own] for own in eater.menus]
    for day, of_class in enumerate(eater.classes.of_day):
        shares = np.concatenate([rules.shares[:, day], np.ones(rules.height)])
        most = sum(np.maximum(high * shares, low * shares) for high, low in ends[of_class])
        own = -rules.day_limits[day] + most[rules.links :]
        known = (most[: rules.links], own)
        reach = known if reach is None else (reach[0] + known[0], np.maximum(reach[1], own))
    assert reach is not None
    if rules.work >= 0:
        reach[1][rules.work] = np.inf  # what is cooked counts there beside the meals
    return np.concatenate([reach[0] - rules.link_limits, reach[1]]) > 0.0


def _shifted(menu: MealMenu, orders: int) -> MealMenu:
    """Count the dishes of second meals from the first of all eaters."""
    cooks = np.where(menu.cooks >= 0, menu.cooks + orders, -1)
    return replace(menu, cooks=cooks, needs=np.where(menu.needs >= 0, menu.needs + orders, -1))


def _by_option(table: npt.NDArray[Any]) -> tuple[Indices, Indices]:
    """Return how many entries not 0 each line has, and their places, line by line."""
    option, at = np.nonzero(table)
    return np.bincount(option, minlength=len(table)), at


def _uses(
    eater: ServedEater, menu: MealMenu, days: int, before: int, kept_before: int
) -> tuple[tuple[Indices, Indices], Indices]:
    """Return the uses of the options of a menu, and what each is, none twice.

    Dishes of second meals, and those that keep, are counted from the first of all eaters.
    """
    packages = eater.arrays.packages
    brief = is_brief(packages, days)
    number = np.cumsum(brief) - 1
    orders = np.array([order.days for order in eater.between.orders], dtype=np.int64)
    option, at = np.nonzero(menu.parts * (packages.points > 0.0))
    spoils, parts, again = brief[at], menu.parts[option, at], menu.again[option, at]
    dish = np.where(spoils & (again > 0), menu.needs[option], -1)
    taken = np.column_stack([
        np.where(spoils, SHELF, PACKAGE),
        np.where(spoils, number[at], at),
        np.where(spoils, parts - again, parts),
        np.where(spoils, again, 0),
        np.where(dish >= 0, dish + before, -1),
        np.where(dish >= 0, np.append(orders, 0)[dish], 0),
    ])  # fmt: skip
    kept_by, place = np.nonzero(menu.kept >= 0)
    kept = np.full((len(kept_by), 6), 0)
    kept[:, 0], kept[:, 1], kept[:, 4] = COOKING, kept_before + menu.kept[kept_by, place], -1
    both, whose = np.vstack([taken, kept]), np.concatenate([option, kept_by])
    use, use_of = np.unique(both, axis=0, return_inverse=True)
    order = np.lexsort((use_of.ravel(), whose))
    counts = np.bincount(whose, minlength=len(menu))
    return (counts, use_of.ravel()[order]), use.reshape(-1, 6).astype(np.int64)


def _joined(flat: Sequence[_FlatMenu], dishes: Sequence[int]) -> dict[str, Any]:
    """Lay the arrays of menus end to end; ``dishes`` are those that others may have too."""
    sizes = [one.size for one in flat]
    heights = [len(one.row) for one in flat]
    few = [own for one in flat for own in one.few]
    at = starts([size for one in flat for size in [one.size] * len(one.row)])
    own = [one.menu for one in flat]
    return {
        "first": starts(sizes),
        "line": starts(heights),
        "line_row": np.concatenate([one.row for one in flat]),
        "line_step": np.concatenate([one.step for one in flat]),
        "line_window": np.concatenate([one.window for one in flat]),
        "line_most": np.concatenate([one.most for one in flat]),
        "line_least": np.concatenate([one.least for one in flat]),
        "line_at": at[:-1],
        "block": np.concatenate([one.block for one in flat]),
        "few_from": starts([len(one) for one in few]),
        "few": np.concatenate([np.zeros(0, dtype=np.int64), *few]),
        "points": np.concatenate([one.points for one in own]),
        "entry": starts(np.concatenate([one.counts for one in flat])),
        "entry_line": np.concatenate([one.entry_line for one in flat]),
        "value": np.concatenate([one.value for one in flat]),
        "kind_entry": starts(np.concatenate([one.kinds[0] for one in flat])),
        "kind": np.concatenate([one.kinds[1] for one in flat]),
        "use_entry": starts(np.concatenate([one.uses[0] for one in flat])),
        "use_of": np.concatenate([one.uses[1] for one in flat]),
        "first_use": starts([len(one.use) for one in flat]),
        "use": np.vstack([one.use for one in flat]),
        "cooks": np.concatenate([one.cooks for one in own]),
        "needs": np.concatenate([one.needs for one in own]),
        "dish": np.concatenate([_among(_dish(one), dishes) for one in own]),
        "main": np.concatenate([one.main for one in own]),
        **_sides(own),
    }


def _of_eaters(eaters: Sequence[ServedEater], days: int) -> dict[str, Any]:
    """Return what all menus of an eater have in common."""
    arrays = [eater.arrays for eater in eaters]
    packages = [one.packages for one in arrays]
    cookings = [one.cookings for one in arrays]
    orders = [order.days for eater in eaters for order in eater.between.orders]
    shares = [_wide(eater.rules.shares, days) for eater in eaters]
    work, first = [], 0
    for eater in eaters:
        rules = eater.rules
        limits = rules.day_limits[:, rules.work] if rules.work >= 0 else np.full(eater.days, np.inf)
        row = first + rules.links + np.arange(eater.days) * rules.height + rules.work
        work.append(np.where(np.isfinite(limits), row, -1))
        first += len(rules.begin())
    return {
        "windows": np.vstack([np.ones((1, days)), *shares]),
        "keeps": np.array(orders, dtype=np.int64),
        "kind_points": float(sum(one.kind_points for one in arrays)),
        "most_kinds": arrays[0].most_kinds,
        "part_points": _padded([np.where(is_brief(one, days), 0.0, one.points / PARTS)
                                for one in packages], 0.0),
        "shelf_points": _padded([one.points[is_brief(one, days)] / PARTS for one in packages], 0.0),
        "shelf_days": _padded([one.keeps[is_brief(one, days)] for one in packages], -1),
        "kept_days": np.concatenate([one.keeps for one in cookings]),
        "kept_minutes": np.concatenate([one.minutes for one in cookings]),
        "kept_points": np.vstack([_wide(one.points.T, days) for one in cookings]),
        "work_row": _padded(work, -1),
    }  # fmt: skip


def _wide(rows: Array, days: int) -> Array:
    """Return rows of days as rows for more days, 0 on those."""
    return np.hstack([rows, np.zeros((len(rows), days - rows.shape[1]))])


def starts(counts: Sequence[int] | Indices) -> Indices:
    """Return where each of some lists laid end to end begins, and the end of the last."""
    found: Indices = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return found


def _padded(lists: Sequence[Any], end: float) -> Any:
    """Return lists of numbers as rows, ``end`` after their ends."""
    rows = np.full((len(lists), max(map(len, lists))), end)
    for row, numbers in zip(rows, lists, strict=True):
        row[: len(numbers)] = numbers
    return rows


def is_brief(packages: Packages, days: int) -> npt.NDArray[np.bool_]:
    """Whether each package spoils before the week is over; what costs nothing is not followed."""
    brief: npt.NDArray[np.bool_] = (packages.keeps < days - 1) & (packages.points > 0.0)
    return brief
