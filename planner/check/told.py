"""What the judge says about what a plan file tells: its check, energy, points and till.

Nothing of the model is asked: points add up to what is printed of them, and what the food costs
makes its own points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from foods.embedded import read_embedded_foods
from foods.errors import FoodsError
from foods.table import FoodTable
from planner.check.dish_notes import read_dish_notes
from planner.check.doses import dose_faults
from planner.check.judge import CheckResult
from planner.check.lines import FoodSource, JudgedTable
from planner.check.printed import distinct_bases, printed_faults
from planner.check.used_up import use_faults
from planner.check.week import is_stated
from planner.kitchen.shopping import shop_once
from planner.request.days import budget_counts
from planner.request.preferences import EATEN, TILL
from planner.request.request import PlanRequest
from planner.safety.stops import banner_of
from planner.shops import named
from planner.targets.derive import targets_of
from planner.wire.document import PlanDocument
from planner.wire.kitchen import WrittenTill

if TYPE_CHECKING:
    from planner.kitchen.errand import ShoppingList
    from planner.wire.days import WeekSums
    from planner.wire.plan_file import PlanFile, WrittenEater, WrittenSource


def till_of(document: PlanDocument, table: JudgedTable, foods: FoodSource) -> ShoppingList | None:
    """Return the shopping list of a plan, with what is paid at checkout.

    ``None`` where a dish or a food is not known, so that nobody can tell what is bought for it.

    Parameters
    ----------
    document
        The file.
    foods
        A food table; rows of an exported one have no prices, so those of the catalogue count.
    """
    request = document.request
    dishes = {place.item.item_id for place in table.places if place.item.kind == "dish"}
    folders = () if dishes <= read_dish_notes().keys() else request.dish_folders
    if not dishes <= read_dish_notes(folders).keys():
        return None
    priced = foods if isinstance(foods, FoodTable) else read_embedded_foods()
    try:
        return shop_once(document.plan, request, priced, folders)
    except FoodsError:  # what is unknown is a fault of its own
        return None


_FINDING_KEY = ("nutrient", "period", "day", "week", "basis")
_FINDING = ("value", "lower", "upper", "coverage", "holds", "hard")
_PER_100_G = 100


def person_faults(
    person: PlanFile | WrittenEater, request: PlanRequest, result: CheckResult
) -> Iterator[str]:
    """Describe where a file tells something else of a person than the request and the sums do.

    Parameters
    ----------
    person
        What is written of who eats.
    request
        That eater's own request.
    result
        What was found of that eater's days.
    """
    targets = targets_of(request)
    told = {"banner": banner_of(request.patient), "ratio_mode": targets.ratio_mode}
    yield from _meant_faults(person, told)
    if person.energy is not None:
        for key in ("kcal", "equation", "source"):
            says, means = getattr(person.energy, key), getattr(targets.energy, key)
            if not _is_same(says, means):
                yield f"The plan states {says} as {key} of the energy, the request means {means}."
    yield from _check_faults(person, result)
    yield from dose_faults(person.schedule or (), request)


def told_faults(document: PlanDocument, table: JudgedTable, foods: FoodSource) -> Iterator[str]:
    """Describe what a file tells of the table, for one eater or several, that is not so."""
    printed, request = document.printed, document.request
    yield from _meant_faults(printed, {"standard": request.standard, "seed": request.solve.seed})
    if printed.check is not None and not printed.check.passed:
        yield "The plan states that it does not pass its check."
    yield from printed_faults(printed, table, request)
    yield from kinds_faults(printed.week, printed.weeks, table)
    yield from _sources_faults(printed, table)
    yield from _points_faults(printed)
    yield from _till_faults(printed, till_of(document, table, foods), request)
    yield from use_faults(document, table.foods)


def _till_faults(
    printed: PlanFile, till: ShoppingList | None, request: PlanRequest
) -> Iterator[str]:
    """Describe where the till says another thing than is stated, or more than the budget."""
    if till is None:
        return
    stated = printed.till.model_fields_set if printed.till is not None else frozenset()
    for name, field in WrittenTill.model_fields.items():
        if name not in stated:  # what a plan of an earlier program does not say
            continue
        key, says, means = field.alias or name, getattr(printed.till, name), getattr(till, name)
        if not _is_same(says, means):
            one, other = (f"{it:.6g}" if isinstance(it, float) else it for it in (says, means))
            yield f"The plan states {one} as {key} at checkout, its shopping makes {other}."
    for line in till.lines if request.week.trips else ():
        for day in line.late[:1]:
            pattern = "Day {day}: {name} does not keep until then with so few trips to shop."
            yield pattern.format(day=day, name=named(line.name))
    price, budget, counts = till.counted_usd, till.budget_usd, budget_counts(request)
    if counts != EATEN and budget is not None:
        over_usd = round(price, 2) - round(budget, 2)
        if over_usd > 0.0:
            pattern = "Checkout comes to ${price:.2f}, ${over_usd:.2f} more than the budget."
            if counts != TILL:
                pattern = (
                    "With a stocked kitchen the food costs ${price:.2f}, ${over_usd:.2f} more than "
                    "the budget."
                )
            yield pattern.format(price=price, over_usd=over_usd)


def _meant_faults(stated: PlanFile | WrittenEater, told: Mapping[str, object]) -> Iterator[str]:
    """Describe where a file states something else than its request means."""
    for key, means in told.items():
        says = getattr(stated, key)
        if says is not None and says != means:
            yield f"The plan states {says!r} as {key}, the request means {means!r}."


def kinds_faults(
    week: WeekSums | None, weeks: Sequence[WeekSums], table: JudgedTable
) -> Iterator[str]:
    """Describe where the number of different foods is not that of what is printed."""
    stated = [("Week", week, table)] if week is not None else []
    parts = zip(weeks, table.weeks(), strict=False)
    stated += [(f"Week {at}", one, part) for at, (one, part) in enumerate(parts, start=1)]
    for where, week_sums, part in stated:
        if week_sums.distinct_foods != distinct_bases(part):
            yield f"{where}: states {week_sums.distinct_foods} foods, not {distinct_bases(part)}."


def _points_faults(printed: PlanFile) -> Iterator[str]:
    """Describe where the points of a file do not belong together.

    Parameters
    ----------
    printed
        The file, as written.
    """
    solver, terms = printed.solver, printed.why.terms
    own = [eater.objective for eater in printed.eaters if eater.objective is not None]
    parts = {"terms": [*terms.values()] if terms else []}
    parts["weeks"] = [week.objective or 0.0 for week in solver.weeks]
    beside = [terms.get(name, 0.0) for name in ("further_dishes", "further_things")]
    parts["eaters"] = [*own, *beside] if own else []
    for name, points in parts.items():
        total = math.fsum(points)
        if points and solver.objective is not None and not is_stated(solver.objective, total):
            yield f"The plan states {solver.objective:.4f} points, its {name} make {total:.4f}."


def _sources_faults(printed: PlanFile, table: JudgedTable) -> Iterator[str]:
    """Describe where the main sources of magnesium or calcium are not those of what is printed."""
    stated = {
        "magnesium_mg": printed.why.magnesium_sources,
        "calcium_mg": printed.why.calcium_sources,
    }
    for key, sources in stated.items():
        found = _sources(table, key)
        ranked = sorted(found.values(), key=lambda one: -one[1])[: len(sources)]
        for source, (_, largest) in zip(sources, ranked, strict=False):
            if not _is_source(source, found, largest, table.days):
                yield (
                    f"The plan states {named(source.name)} as a main source of {key}, which "
                    "differs."
                )
        if len(sources) > len(found):
            yield f"The plan states more sources of {key} than there are."


def _check_faults(person: PlanFile | WrittenEater, result: CheckResult) -> Iterator[str]:
    """Compare what a file says of its own check with what is found now."""
    if person.check is None:
        return
    if not person.check.passed or person.check.faults:
        yield "The plan states that it does not pass its check."
    found = {tuple(getattr(one, key) for key in _FINDING_KEY): one for one in result.findings}
    wrong = []
    for finding in person.check.findings:
        mine = found.pop(tuple(getattr(finding, key) for key in _FINDING_KEY), None)
        if mine is None or not all(
            _is_same(getattr(finding, key), getattr(mine, key)) for key in _FINDING
        ):
            wrong.append(finding.nutrient)
    if person.check.findings:
        wrong += [finding.nutrient for finding in found.values()]
    if wrong:
        named = ", ".join(dict.fromkeys(wrong))
        yield f"The plan states other findings of its check than are found: {named}."


def _sources(table: JudgedTable, key: str) -> dict[str, tuple[str, float]]:
    """Return food or compound id → its name, and how much of a nutrient it brings in all."""
    found: dict[str, tuple[str, float]] = {}
    parts = [
        (line.food.food_id, line.food.name, line.mass_g * (line.food.per_100g.get(key) or 0.0))
        for line in table.lines
    ]
    parts += [
        (item.item_id, item.name, _PER_100_G * (item.nutrients.get(key) or 0.0))
        for item in table.supplements_on(None)
    ]
    for item_id, name, amount in parts:
        found[item_id] = (name, found.get(item_id, (name, 0.0))[1] + amount / _PER_100_G)
    return found


def _is_source(
    source: WrittenSource, found: Mapping[str, tuple[str, float]], largest: float, days: int
) -> bool:
    """Whether a source brings what is stated of it, and stands in its place by that."""
    total = math.fsum(amount for _, amount in found.values()) or 1.0
    name, amount = found.get(source.food_id, ("", 0.0))
    return (
        source.name == name
        and is_stated(source.amount, amount / days)
        and is_stated(source.share, amount / total)
        and is_stated(amount, largest)
    )


def _is_same(says: object, means: object) -> bool:
    if isinstance(says, list) and isinstance(means, tuple):
        return len(says) == len(means) and all(map(_is_same, says, means))
    if isinstance(says, float) and isinstance(means, (int, float)):
        return is_stated(says, float(means))
    return says == means
