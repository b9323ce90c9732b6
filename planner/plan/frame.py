"""A plan as tables of pandas: a row per day, per item and eater, or per ingredient of these."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from foods.frame import DATE, WORDS, as_frame, nutrient_units
from planner.errors import ExportError
from planner.language.spoken import said

if TYPE_CHECKING:
    import pandas as pd

    from planner.plan.plan import GuestShare, Item, Plan, Share

Per = Literal["day", "item", "ingredient"]
GUESTS = "guests"
_DAY = {"day": WORDS, "date": DATE}
_ITEM = {**_DAY, **dict.fromkeys(("slot", "kind", "item_id", "name", "eater"), WORDS)}
_UNITS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "day": {**_DAY, "cost": "USD", "ca_mg_ratio": "ratio", "active_minutes": "min"},
        "item": {
            **_ITEM,
            **{"servings": "serving", "measure": WORDS, "mass_g": "g", "cost": "USD"},
            **{"active_minutes": "min", "leftover_of": "day", "beside": WORDS},
        },
        "ingredient": {**_ITEM, "food_id": WORDS, "mass_g": "g"},
    }
)


def plan_frame(plan: Plan, per: Per) -> pd.DataFrame:
    """Give the table that ``Plan.to_frame`` tells of."""
    check_per(per, _UNITS)
    return as_frame(plan_rows(plan, per), plan_units(per), per=per)


def check_per(per: str, known: Collection[str]) -> None:
    """Make sure that there is a table of this kind.

    Raises
    ------
    ExportError
        When it is none of ``known``; names them.
    """
    if per not in known:
        raise ExportError(
            said("no table per {per!r}", per=per),
            "to_frame",
            said("use {names}", names=", ".join(known)),
        )


def plan_units(per: Per) -> Mapping[str, str]:
    """Give column → unit of the table per day, item or ingredient."""
    return {**_UNITS[per], **({} if per == "ingredient" else nutrient_units())}


def plan_rows(plan: Plan, per: Per) -> Iterator[Mapping[str, Any]]:
    """Give the rows of that table."""
    return {"day": _days, "item": _items, "ingredient": _ingredients}[per](plan)


def _days(plan: Plan) -> Iterator[Mapping[str, Any]]:
    for day in plan.days:
        yield {name: getattr(day, name) for name in _UNITS["day"]} | {**day.totals}


def _items(plan: Plan) -> Iterator[Mapping[str, Any]]:
    for row, item, portion in portions_of(plan):
        of_item = {
            name: getattr(item, name) for name in ("active_minutes", "leftover_of", "beside")
        }
        own = {name: getattr(portion, name, None) for name in ("measure", "mass_g", "cost")}
        nutrients = getattr(portion, "nutrients", {})
        yield {**row, "servings": portion.servings, **of_item, **own, **nutrients}


def _ingredients(plan: Plan) -> Iterator[Mapping[str, Any]]:
    for row, _, portion in portions_of(plan):
        for food_id, mass_g in portion.ingredients:
            yield {**row, "food_id": food_id, "mass_g": mass_g}


def portions_of(plan: Plan) -> Iterator[tuple[Mapping[str, Any], Item, Item | Share | GuestShare]]:
    """Give what each eater has of each item, that of guests last."""
    for day in plan.days:
        for meal in day.meals:
            for item in meal.items:
                row = {"day": day.day, "date": day.date, "slot": meal.slot, "kind": item.kind}
                row |= {"item_id": item.item_id, "name": item.name}
                for portion in item.shares or (item,):
                    yield {**row, "eater": getattr(portion, "eater", "")}, item, portion
                if item.guests:
                    yield {**row, "eater": GUESTS}, item, item.guests
