"""Whether a plan may count what is taken already, or must be refused for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foods.nutrient import known_nutrients
from planner.errors import RefusedError
from planner.safety.finding import REFUSED
from planner.safety.gate import SafetyVerdict, judge_supplements
from planner.targets.bounds import name_of
from planner.targets.read import read_settings
from planner.targets.request import TAP, PlanRequest
from planner.targets.target import Target

_MAGNESIUM = "magnesium_mg"
_TOO_MUCH = "above_upper_level"  # of the gate: from the level itself on, nothing more is added
_COUNTING_PILLS = ("total", "supplement", "supplement_and_fortified")
_WHERE, _ASK = "supplements", "ask your pharmacist or doctor"


def judge_request(request: PlanRequest) -> SafetyVerdict:
    """Say what the safety gate says to the person of a request and what is taken already."""
    return judge_supplements(
        request.profile,
        supplements=request.supplements,
        standard_id=request.standard,
        waters=waters_drunk(request),
    )


def waters_drunk(request: PlanRequest) -> tuple[str, ...]:
    """Name the mineral water that is drunk beside the meals; none for tap water."""
    water = request.water
    return (f"{water.name} (mineral water)",) if water.is_drunk and water.name != TAP else ()


def taken_per_day(request: PlanRequest) -> dict[str, float]:
    """Give nutrient → amount a day in what is taken already [the nutrient's unit]."""
    amounts: dict[str, float] = {}
    for one in request.supplements:
        amounts[one.nutrient] = amounts.get(one.nutrient, 0.0) + one.nutrient_per_day
    return amounts


def check_taken_allowed(request: PlanRequest, targets: Iterable[Target]) -> None:
    """Refuse a plan around supplements that a rule forbids, or that exceed an upper level alone.

    Parameters
    ----------
    request
        Who takes what.
    targets
        The bands of the plan; their upper levels count on their own basis.

    Raises
    ------
    RefusedError
        With what is too much or forbidden, and who to ask.
    """
    if not request.supplements:
        return
    reasons = [*_forbidden(request), *_too_much(taken_per_day(request), targets)]
    if reasons:
        raise RefusedError("no plan. " + " ".join(reasons), where=_WHERE, remedy=_ASK)


def _forbidden(request: PlanRequest) -> Iterator[str]:
    verdict, taken = judge_request(request), taken_per_day(request)
    if _MAGNESIUM in taken:
        for finding in verdict.findings:
            if finding.verdict == REFUSED and finding.code != _TOO_MUCH:
                yield finding.text
    for nutrient in sorted(verdict.forbidden_nutrients & set(taken)):
        yield f"{name_of(nutrient)}: a rule allows no supplement of it."


def _too_much(taken: dict[str, float], targets: Iterable[Target]) -> Iterator[str]:
    tolerance = 1 + read_settings("check.toml")["tolerance"]["sum"]
    for target, upper in _strictest_levels(targets):
        amount = taken.get(target.nutrient, 0.0)
        if amount > upper * tolerance:
            unit = {"ug": "µg"}.get(target.unit, target.unit)
            digits = known_nutrients()[target.nutrient].decimals
            yield (
                f"{name_of(target.nutrient)}: what is taken already holds {amount:,.{digits}f} "
                f"{unit} a day, the upper level is {upper:g} {unit} ({target.source})."
            )


def _strictest_levels(targets: Iterable[Target]) -> Iterator[tuple[Target, float]]:
    """Give the lowest level of each nutrient that counts pills: what is taken is so each day."""
    lowest: dict[str, tuple[Target, float]] = {}
    for target in targets:
        upper, known = target.upper, lowest.get(target.nutrient)
        if not target.hard or upper is None or target.basis not in _COUNTING_PILLS:
            continue
        if target.nutrient in known_nutrients() and (known is None or upper < known[1]):
            lowest[target.nutrient] = (target, upper)
    yield from lowest.values()
