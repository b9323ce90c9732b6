"""Whether a plan may be made beside what is taken already: pills, and what needs its meal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from foods.nutrient import known_nutrients
from planner.errors import RefusedError
from planner.faults import fault
from planner.meals.patterns import SLOTS, pattern_at_hand
from planner.request.request import TAP, PlanRequest, WeekOptions
from planner.safety.apart import mineral_of
from planner.safety.finding import REFUSED
from planner.safety.gate import SafetyVerdict, judge_supplements
from planner.safety.pills import FEWER_PILLS
from planner.settings import read_settings
from planner.standards.standard import PILL_BASES
from planner.targets.clinical import ClinicalRules
from planner.targets.target import Target
from planner.targets.words import said_on, said_unit

_MAGNESIUM = "magnesium_mg"
_TOO_MUCH = "above_upper_level"  # of the gate: from the level itself on, nothing more is added
_WHERE, _ASK = "supplements", "ask your pharmacist or doctor"


@dataclass(frozen=True, slots=True)
class _Level:
    nutrient: str
    upper: float
    source: str


def judge_request(request: PlanRequest) -> SafetyVerdict:
    """Say what the safety gate says to the person of a request and what is taken already."""
    return judge_supplements(
        request.patient,
        supplements=request.supplements,
        standard_id=request.standard,
        waters=waters_drunk(request),
    )


def waters_drunk(request: PlanRequest) -> tuple[str, ...]:
    """Name the mineral water that is drunk beside the meals; none for tap water."""
    water = request.water
    return (f"{water.name} (mineral water)",) if water.is_drunk and water.name != TAP else ()


def taken_per_day(request: PlanRequest) -> dict[str, float]:
    """Return nutrient → amount a day in what is taken already [the nutrient's unit]."""
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
    taken = taken_per_day(request)
    if not taken and not _in_medicines(request):
        return
    verdict = judge_request(request)
    levels = list(_levels(targets))
    if (level := verdict.upper_level) is not None:  # that of the gate, whatever a standard says
        levels.append(_Level(_MAGNESIUM, level.value, level.source))
    forbidden = _forbidden(verdict, {*taken, *_in_medicines(request)})
    reasons = [*forbidden, *_too_much(taken, levels)]
    if reasons:
        reasons += [one.text for one in verdict.findings if one.code == FEWER_PILLS]
        reason = " ".join(reasons)
        raise RefusedError(f"no plan. {reason}", _WHERE, _ASK)


def _forbidden(verdict: SafetyVerdict, taken: set[str]) -> Iterator[str]:
    if _MAGNESIUM in taken:
        for finding in verdict.findings:
            if finding.verdict == REFUSED and finding.code != _TOO_MUCH:
                yield finding.text
    for nutrient in sorted(verdict.forbidden_nutrients & taken):
        yield f"{said_on(nutrient)}: a rule allows no supplement of it."


def _in_medicines(request: PlanRequest) -> set[str]:
    """Return the minerals that medicines are: a laxative of magnesium counts like a pill."""
    return {kind for one in request.patient.medicines if (kind := mineral_of(one))}


def _too_much(taken: Mapping[str, float], levels: Iterable[_Level]) -> Iterator[str]:
    tolerance = 1 + read_settings("check.toml")["tolerance"]["sum"]
    lowest: dict[str, _Level] = {}
    for one in levels:
        lowest[one.nutrient] = min(one, lowest.get(one.nutrient, one), key=lambda each: each.upper)
    for nutrient, level in lowest.items():
        amount = taken.get(nutrient, 0.0)
        if amount > level.upper * tolerance:
            digits = known_nutrients()[nutrient].decimals
            yield (
                "{name}: what is taken already holds {amount} {unit} a day, the upper level is "
                "{upper:g} {unit} ({source})."
            ).format(
                name=said_on(nutrient),
                amount=f"{{amount:,.{digits}f}}".format(amount=float(amount)),
                unit=said_unit(nutrient),
                upper=float(level.upper),
                source=level.source,
            )


def _levels(targets: Iterable[Target]) -> Iterator[_Level]:
    """Return the levels of a plan that count pills: what is taken is so each day."""
    for one in targets:
        is_level = (
            one.hard and one.basis in ("total", *PILL_BASES) and one.nutrient in known_nutrients()
        )
        if is_level and one.upper is not None:
            yield _Level(one.nutrient, one.upper, one.source)


def check_meals_missed(week: WeekOptions, clinical: ClinicalRules) -> None:
    """Refuse to leave a meal, or water by day, out for somebody whom that endangers.

    Raises
    ------
    RefusedError
        When a meal is not eaten beside a medicine that lowers blood sugar, or nothing is drunk by
        day beside a condition or medicine that needs water.
    """
    pattern = pattern_at_hand(week.pattern)
    if pattern.is_dry and clinical.no_dry_day:
        raise fault(RefusedError, "dry_day", reason=clinical.no_dry_day, name=pattern.name)
    had = pattern.energy
    left_out = [*week.not_eaten, *((1, slot) for slot in SLOTS[:-1] if slot not in had)]
    if left_out and clinical.no_meal_skipped:
        day, slot = left_out[0]
        raise fault(
            RefusedError,
            "meal_left_out",
            no_meal_skipped=clinical.no_meal_skipped,
            day=day,
            slot=slot,
        )
