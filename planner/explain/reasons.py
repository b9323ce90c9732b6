"""Why a plan is as it is: main sources, what binds, what stays short, what is uncertain."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice

from foods.embedded import read_data_text, read_embedded_foods
from foods.sheet import parse_rows
from foods.table import FoodTable
from planner.check.judge import CheckResult, Finding
from planner.explain.report import Source, Why
from planner.plan.plan import Item, Plan
from planner.request.days import DAYS_PER_WEEK
from planner.settings import read_settings
from planner.targets.derive import TargetSet
from planner.targets.target import name_of, unit_word

NOT_PROVEN = "There may be a week with more of it; none was found that is as good otherwise."
SHORT_OF = (
    "{when}{name}: {value:,.6g} {unit} a day {source}, {share} % of {lower:,.4g} {unit}{rule}.{why}"
)
ABOVE = "{when}{name}: {value:,.6g} {unit} a day, above the advised {upper:,.4g} {unit}{rule}."
NEAR_LOWER = (
    "{when}{name} is close to its lower bound: {value:,.4g}{unit} a day against {bound:,.4g}{unit}."
)
NEAR_UPPER = (
    "{when}{name} is close to its upper bound: {value:,.4g}{unit} a day against {bound:,.4g}{unit}."
)
NEAR_BOUND = 0.02  # a weekly mean this close to its bound is said to bind


def explain_plan(
    plan: Plan,
    check: CheckResult,
    targets: TargetSet,
    foods: FoodTable,
    terms: Mapping[str, float],
    uncertain: Iterable[str],
) -> Why:
    """Return the reasons of a checked plan.

    Parameters
    ----------
    plan, check, targets, foods
        The plan, its check, what it was held to, and the food table.
    terms
        Term of the objective → points.
    uncertain
        Foods whose releases differ by more than a tenth in magnesium.
    """
    magnesium = main_sources(plan, foods, "magnesium_mg")
    doubtful = set(uncertain)
    return Why(
        binding=tuple(_binding(check.findings, plan)),
        magnesium_sources=named_sources(magnesium),
        calcium_sources=named_sources(main_sources(plan, foods, "calcium_mg")),
        short=tuple(_short(check.findings, targets, plan)),
        terms=dict(terms),
        uncertain_magnesium_share=sum(s.share for s in magnesium if s.food_id in doubtful),
    )


def named_sources(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return the first of some sources: as many as are named."""
    return tuple(islice(sources, read_settings("explain.toml")["sources"]["most"]))


def main_sources(plan: Plan, foods: FoodTable, nutrient: str) -> list[Source]:
    """List what brings ``nutrient``, largest first, with amount per day and share of the total."""
    sums: dict[str, float] = {}
    names: dict[str, str] = {}
    for item in (item for day in plan.days for item in day.items()):
        for item_id, name, amount in _parts(item, foods, nutrient):
            sums[item_id] = sums.get(item_id, 0.0) + amount
            names[item_id] = name
    total = sum(sums.values()) or 1.0
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        Source(item_id, names[item_id], amount / len(plan.days), amount / total)
        for item_id, amount in ranked
        if amount > 0
    ]


def _parts(item: Item, foods: FoodTable, nutrient: str) -> Iterable[tuple[str, str, float]]:
    """Yield (id, name, amount of ``nutrient``) of each food in an item, or of a supplement."""
    if item.is_supplement:
        yield item.item_id, item.name, item.nutrients.get(nutrient) or 0.0
    for food_id, mass in item.ingredients:
        content = foods[food_id].per_100g.get(nutrient) or 0.0
        yield food_id, foods[food_id].name, content * mass / 100


def _when(finding: Finding, plan: Plan, weeks: Sequence[int | None] = ()) -> str:
    """Name the week of a finding where the plan has several; of several it is the worst."""
    if len(plan.days) <= DAYS_PER_WEEK:
        return ""
    if len(weeks) > 1:
        every = ", ".join(map(str, weeks))
        return f"Weeks {every}, most of all {finding.week}: "
    return f"Week {finding.week}: "


def is_near(value: float, bound: float) -> bool:
    """Return whether a value is so near a bound that it is said to bind; none binds at zero."""
    return bound != 0.0 and abs(value - bound) <= NEAR_BOUND * abs(bound)


def _beyond(finding: Finding) -> float:
    """Return how far a value is beyond its bound, on either side."""
    value, lower, upper = finding.value or 0.0, finding.lower, finding.upper
    return max(
        -math.inf if lower is None else lower - value, -math.inf if upper is None else value - upper
    )


def _binding(findings: Iterable[Finding], plan: Plan) -> Iterable[str]:
    for finding in findings:
        if finding.period != "week" or not finding.hard or finding.value is None:
            continue
        for pattern, bound in ((NEAR_LOWER, finding.lower), (NEAR_UPPER, finding.upper)):
            if bound is not None and is_near(finding.value, bound):
                unit = unit_word(finding.nutrient)
                yield pattern.format(
                    when=_when(finding, plan),
                    name=name_of(finding.nutrient),
                    value=float(finding.value),
                    bound=float(bound),
                    unit=f" {unit}" if unit else "",
                )


def _short(findings: Iterable[Finding], targets: TargetSet, plan: Plan) -> Iterable[str]:
    """Describe what is missed without being required: once for all weeks, as it is in the worst."""
    missed: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if not (one.holds or one.hard) and one.period == "week" and one.value is not None:
            missed.setdefault((one.nutrient, one.basis), []).append(one)
    for of_weeks in missed.values():
        finding = max(of_weeks, key=_beyond)
        assert finding.value is not None
        words = {
            "when": _when(finding, plan, [week.week for week in of_weeks]),
            "name": name_of(finding.nutrient),
            "unit": unit_word(finding.nutrient),
            "value": float(f"{finding.value:.3g}"),
        }
        target = targets.find(finding.nutrient, "week", finding.basis)
        rule = f" ({target.rule}, {target.source})" if target else ""
        if finding.lower is not None and finding.value < finding.lower:
            share = int(100 * finding.value / finding.lower)
            pills = plan.mean_from_supplements(finding.nutrient)
            source = "from food and supplements" if pills else "from food"
            why = "" if pills else f" {NOT_PROVEN}"
            yield SHORT_OF.format(
                **words, source=source, share=share, lower=float(finding.lower), rule=rule, why=why
            )
        elif finding.upper is not None:
            yield ABOVE.format(**words, upper=float(finding.upper), rule=rule)


APART = 0.10  # relative difference from which a figure hangs on the choice of release
MAGNESIUM = "magnesium_mg"


@cache
def foods_in_doubt() -> frozenset[str]:
    """Name the foods whose overlaid magnesium figure is more than a tenth from the one used."""
    foods = read_embedded_foods()
    found = set()
    for _, row in parse_rows(read_data_text("overlaid.csv"), "overlaid.csv"):
        used = foods[row["food_id"]].per_100g[MAGNESIUM]
        if row["nutrient"] == MAGNESIUM and row["value"] and used is not None:
            other = float(row["value"])
            if abs(used - other) > APART * max(used, other):
                found.add(row["food_id"])
    return frozenset(found)
