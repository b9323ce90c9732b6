"""What conditions and medicines change in the bands, and what they ask of days and meals.

Effects add up, and of two bounds the stricter holds; where two pull in opposite directions, a note
says which one gives way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from foods.embedded import small_portions
from planner.errors import RefusedError, TargetsError
from planner.faults import fault
from planner.meals.habits import known_habits
from planner.request.meal_phrases import SNACK
from planner.request.override import RATIO, TargetOverride
from planner.request.profile_table import ENERGY
from planner.safety.conditions import Person
from planner.safety.gate import build_schedule
from planner.safety.patient import Effect, Patient, conflicts_of, notes_on_doubled, rows_told
from planner.safety.sentences import read_sentences, say
from planner.safety.stops import PREGNANT, effect_notes, rules_for, what_rule_says
from planner.targets.notes import by_day
from planner.targets.target import (
    LOWER,
    UPPER,
    Bound,
    Target,
    bound_of,
    said_on,
    said_unit,
    said_within,
)
from planner.wording import joined

_TOTAL = "total"
_PERCENT = 100

CARBOHYDRATE = "carbohydrate_g"
MAIN_SLOTS = ("breakfast", "lunch", "dinner")


def eaten_before(person: Person) -> Mapping[str, float]:
    """Return nutrient → what was eaten of it before the plan, in its own unit, where known."""
    told = {"vitamin_k_ug": person.vitamin_k_before_ug}
    return {key: amount for key, amount in told.items() if amount is not None}


def steady_bounds(patient: Patient, bounds: Sequence[Bound]) -> Iterator[Bound]:
    """Return the hard bounds of what must not change.

    Known, each day stays near what was eaten before; unknown, the mean stays near what is usually
    recommended, so that no plan and no seed brings several times as much as another.

    Parameters
    ----------
    patient
        Who eats.
    bounds
        Those of the standard; a lower recommendation takes the place of the usual one.
    """
    known = eaten_before(patient.person)
    for effect in patient.effects:
        for one in effect.steady:
            if one.nutrient in known:
                middle, wide = known[one.nutrient], one.share
                low, high, period = middle * (1 - wide), middle * (1 + wide), "day"
            else:
                middle = min(one.reference[patient.person.sex], *_recommended(one.nutrient, bounds))
                low, high, period = middle * one.unknown_from, middle * one.unknown_to, "week"
            for side, value in ((LOWER, low), (UPPER, high)):
                yield bound_of(effect, one.nutrient, side, value, period)


def steady_notes(patient: Patient, targets: Iterable[Target]) -> Iterator[str]:
    """Describe what each of them is held to, and what the person has not told."""
    known = eaten_before(patient.person)
    bands = {(one.nutrient, one.period): one for one in targets if one.basis == _TOTAL}
    for steady in (steady for effect in patient.effects for steady in effect.steady):
        before = known.get(steady.nutrient)
        band = bands[steady.nutrient, "week" if before is None else "day"]
        figures = {"low": band.lower, "high": band.upper}
        if before is None:
            yield say(steady.note_unknown, **figures)
        else:
            yield say(steady.note_known, percent=_PERCENT * steady.share, before=before, **figures)


def _recommended(nutrient: str, bounds: Iterable[Bound]) -> list[float]:
    """Return the recommended intakes of a nutrient among ``bounds``; infinity stands for none."""
    found = [
        bound.value
        for bound in bounds
        if (bound.nutrient, bound.side, bound.period, bound.basis)
        == (nutrient, LOWER, "week", _TOTAL)
        and bound.value is not None
    ]
    return found or [float("inf")]


MOST_OF = "{name} at most {amount:g} {unit}"
LEAST_OF = "{name} at least {amount:g} {unit}"
A_MEAL = "a_meal"
CALCIUM, FIBRE = "calcium_mg", "fibre_g"

_NOTED_CATEGORIES = ("condition", "symptom", "long_term", "weight")
_NOTED_RULES = ("M01", "M03", "M04", "R03", "R04")


@dataclass(frozen=True, slots=True)
class ClinicalRules:
    """What conditions and medicines ask of days and meals, beside the targets.

    Parameters
    ----------
    daily_spread
        Nutrient key → greatest distance of a day from the mean of the plan, as a share of the mean.
    meal_upper
        Nutrient key → most of it in one meal, in the nutrient's unit.
    meal_portions
        What shares a portion → id of a food → most of it in one meal, where it has all of that [g].
    meal_carbohydrate_spread_g
        Greatest difference of the carbohydrate of one meal (all breakfasts, say) between any two
        days of the plan [g]; ``None`` where it may vary.
    meal_carbohydrate_times
        Most carbohydrate of a main meal, as a multiple of that of any other of its day; ``None``
        where it may vary.
    shown_daily
        Nutrient keys that are shown for each day, for the clinic.
    no_meal_skipped, no_dry_day
        Why no meal is left out, and no day is without water; empty where it may be.
    snacks
        How many snacks a day has at hours of their own: each is a meal by its energy.
    """

    daily_spread: Mapping[str, float] = field(default_factory=dict)
    meal_upper: Mapping[str, float] = field(default_factory=dict)
    meal_carbohydrate_spread_g: float | None = None
    meal_carbohydrate_times: float | None = None
    shown_daily: tuple[str, ...] = ()
    no_meal_skipped: str = ""
    no_dry_day: str = ""
    snacks: int = 1
    meal_portions: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def sittings(self, slot: str, nutrient: str) -> int:
        """Count the sittings at which a meal is eaten, each of which is held to ``meal_upper``."""
        return self.snacks if (slot, nutrient) == (SNACK, ENERGY) else 1


def clinical_rules(patient: Patient, habits: Mapping[str, int] | None = None) -> ClinicalRules:
    """Return what the conditions and medicines of ``patient`` ask; the strictest of each kind.

    ``habits``: what they ask for themselves, the most of a nutrient at a meal among it.
    """
    effects, agreed = patient.effects, patient.person.clinic_agreed
    laid = ((known_habits()[name].keys[0], most) for name, most in (habits or {}).items())
    asked = {key: float(most) for (rule, key), most in laid if rule == A_MEAL}
    return ClinicalRules(
        _least(effect.daily_spread for effect in effects),
        _least([asked, *(effect.meal_upper for effect in effects)]),
        _smallest(effect.meal_carbohydrate_spread_g for effect in effects),
        _smallest(effect.meal_carbohydrate_times for effect in effects),
        tuple(dict.fromkeys(key for effect in effects for key in effect.shown_daily)),
        next((effect.within for effect in effects if effect.no_meal_skipped), ""),
        next((effect.within for effect in effects if effect.no_dry_day and not agreed), ""),
        meal_portions=small_portions() if any(effect.small_portions for effect in effects) else {},
    )


def is_ratio_off(patient: Patient) -> bool:
    """Whether Ca:Mg is neither planned for nor shown: kidney disease."""
    return any(effect.ratio_off for effect in patient.effects)


def change_bounds(
    bounds: Sequence[Bound],
    patient: Patient,
    energy_kcal: float,
    read_at: Callable[[int], Iterable[Bound]],
) -> list[Bound]:
    """Return the bounds as conditions and medicines change them.

    Parameters
    ----------
    bounds
        Bounds without them.
    patient, energy_kcal
        Who eats, and planned energy [kcal/day].
    read_at
        Returns the standard's bounds at another age [years], for what is read there.
    """
    effects = patient.effects
    dropped = {key for pair in conflicts_of(effects) for key in pair.drops}
    no_floor = {key for effect in effects for key in effect.no_floor}
    given_way = no_floor.union(*(effect.instead_of_floor for effect in effects))
    changed = _read_at_other_age(bounds, patient, read_at)
    recommended = _clinical_recommended(changed)
    no_ceiling = {key for effect in effects for key in effect.no_ceiling}
    changed = [
        bound
        for bound in changed
        if not (bound.nutrient in given_way and _is_floor(bound))
        if not (bound.nutrient in no_ceiling and bound.side == UPPER)
    ]
    changed += [
        bound
        for effect in effects
        for bound in _bounds_of(effect, patient.person.weight_kg, energy_kcal, recommended)
        if bound.hard or bound.nutrient not in dropped
        if not (bound.nutrient in no_floor and _is_floor(bound))
    ]
    recommended = _clinical_recommended(changed)
    held = {key for key, most in patient.person.clinic if recommended.get(key, 0.0) > most}
    return [  # of what the clinic holds below the recommended no floor stays
        *(bound for bound in changed if not (_is_floor(bound) and bound.nutrient in held)),
        *(_shown(key, effects) for key in sorted(no_floor)),
        *_clinic_bounds(patient),
        *steady_bounds(patient, bounds),
    ]


def reading_age_y(key: str, patient: Patient) -> int:
    """Return the age whose reference values hold for ``key``: a condition may change it [years]."""
    age_y, keys = _other_age(patient)
    return age_y if key in keys else patient.person.age_y


def check_override_allowed(
    override: TargetOverride, patient: Patient, bounds: Iterable[Bound] = ()
) -> None:
    """Refuse a bound asked for by hand that a condition or medicine forbids.

    Parameters
    ----------
    override, patient
        What is asked for, and who asks.
    bounds
        The bounds that hold without it: what is recommended may always be asked for.

    Raises
    ------
    TargetsError
        When Ca:Mg is asked for where it is no goal.
    RefusedError
        When a floor is asked for where a nutrient must not be pushed, less of one that must not be
        lowered, or any bound on one that a medicine is dosed to.
    """
    if override.nutrient == RATIO and is_ratio_off(patient):
        raise fault(TargetsError, "ratio_no_goal", ratio=RATIO)
    recommended = _clinical_recommended(bounds).get(override.nutrient, 0.0)
    for effect in patient.effects:
        steady = {limit.nutrient for limit in effect.steady}
        if override.nutrient in steady.union(effect.daily_spread):
            raise fault(RefusedError, "not_by_hand", **_named(override, effect))
        pushed = override.lower and override.nutrient in effect.no_floor
        if override.nutrient in effect.not_pushed:
            pushed = pushed or (override.lower or 0.0) > recommended
        if pushed:
            raise fault(RefusedError, "not_pushed", **_named(override, effect))
        is_kept = override.nutrient in effect.not_lowered and not patient.person.clinic_agreed
        if is_kept and _is_lowered(override, recommended):
            raise fault(RefusedError, "not_lowered", **_named(override, effect))


def _is_lowered(override: TargetOverride, recommended: float) -> bool:
    """Whether less than is recommended could be planned, as it is asked for."""
    sides = [bound for bound in (override.lower, override.upper) if bound is not None]
    is_softened = override.hard is False and override.upper is None
    return is_softened or min(sides, default=recommended) < recommended


def _named(override: TargetOverride, effect: Effect) -> dict[str, str]:
    name, nutrient = said_on(override.nutrient), override.nutrient
    return {"name": name, "effect": effect.within, "nutrient": nutrient}


def clinical_notes(patient: Patient) -> tuple[str, ...]:
    """Return what a reader must know about conditions and medicines, in sentences."""
    effects, medicines = patient.effects, patient.medicines
    notes = [
        *_rule_notes(patient),
        *(note for effect in effects if effect.conditions for note in _held_notes(effect)),
        *(note for effect in effects for note in effect_notes(patient, effect)),
        *([say("folic_acid_pregnancy")] if patient.person.state == PREGNANT else []),
        *(say(pair.note) for pair in conflicts_of(effects)),
        *map(say, notes_on_doubled([medicine.ingredients for medicine in medicines])),
        *_stricter_notes(patient),
        *_unknown_notes(patient),
        *_asked_notes(patient),
        *(note for medicine in medicines for _, note in rows_told(patient, medicine)),
        *(say("weak_kidneys_taken", names=name) for name in patient.magnesium_refused),
        *(f"{rule}." for rule in build_schedule(medicines).rules),
    ]
    return tuple(dict.fromkeys(notes))


def _held_notes(effect: Effect) -> Iterator[str]:
    """Yield what a condition sets bounds on, or that it changes nothing."""
    name = effect.name
    if not effect.changes_meals:
        yield say("keeps_none", effect=name)
    if nutrients := dict.fromkeys(bound.nutrient for bound in effect.bounds):
        yield say("keeps_bounds", effect=name, nutrients=", ".join(map(said_within, nutrients)))


def notes_on_plan(
    means: Mapping[str, float | None],
    days: Sequence[Mapping[str, float | None]],
    patient: Patient,
) -> tuple[tuple[str, str], ...]:
    """Return what the amounts of a plan or diary make worth saying: id of a sentence and text.

    The id is empty where the text is of the person's own limits.

    Parameters
    ----------
    means
        Mean per day of each nutrient, supplements included, in the nutrient's own unit.
    days
        Totals of each day.
    patient
        Who eats.
    """
    known = read_sentences()
    fibre_g, calcium_mg = means.get(FIBRE), means.get(CALCIUM)
    magnesium_mg = means.get("magnesium_mg")
    notes: list[tuple[str, str]] = []
    if fibre_g is not None and fibre_g > known["fibre_above_38"].figures["limit_g"]:
        notes.append(("fibre_above_38", say("fibre_above_38", fibre_g=fibre_g)))
    per_kg = known["calcium_per_kg"].figures["per_kg"]
    limit_mg = per_kg * patient.person.weight_kg
    if calcium_mg is not None and calcium_mg > limit_mg:
        figures = {"calcium_mg": calcium_mg, "limit_mg": limit_mg, "per_kg": per_kg}
        notes.append(("calcium_per_kg", say("calcium_per_kg", **figures)))
    limit = known["ratio_above_4"].figures["limit"]
    if calcium_mg and magnesium_mg and calcium_mg > limit * magnesium_mg:
        text = say("ratio_above_4", ratio=calcium_mg / magnesium_mg, limit=limit)
        notes.append(("ratio_above_4", text))
    notes += [("", by_day(key, days)) for key in clinical_rules(patient).shown_daily]
    return tuple(notes)


def _least(tables: Iterable[Mapping[str, float]]) -> Mapping[str, float]:
    least: dict[str, float] = {}
    for table in tables:
        for key, value in table.items():
            least[key] = min(value, least.get(key, value))
    return MappingProxyType(least)


def _smallest(values: Iterable[float | None]) -> float | None:
    return min((value for value in values if value is not None), default=None)


def _is_floor(bound: Bound) -> bool:
    return bound.side == LOWER and bound.basis == _TOTAL


def _shown(key: str, effects: Iterable[Effect]) -> Bound:
    effect = next(known_effect for known_effect in effects if key in known_effect.no_floor)
    return Bound(
        key, LOWER, None, "day", _TOTAL, False, "no floor", effect.source, effect.confidence
    )


def _clinical_recommended(bounds: Iterable[Bound]) -> dict[str, float]:
    """Return nutrient → the recommended intake of a day [its unit]."""
    floors: dict[str, float] = {}
    for bound in bounds:
        if _is_floor(bound) and bound.value is not None and not bound.is_preference:
            floors[bound.nutrient] = max(bound.value, floors.get(bound.nutrient, 0.0))
    return floors


def _clinic_bounds(patient: Patient) -> Iterator[Bound]:
    for key, most in patient.person.clinic:
        yield Bound(
            key, UPPER, most, "day", _TOTAL, True, "your clinic", "your clinic", "own",
            is_safety=True,
        )  # fmt: skip


def _bounds_of(
    effect: Effect, weight_kg: float, energy_kcal: float, recommended: Mapping[str, float]
) -> Iterator[Bound]:
    for bound in effect.bounds:
        value = bound.amount(weight_kg, energy_kcal, recommended.get(bound.nutrient))
        made = bound_of(effect, bound.nutrient, bound.side, value, bound.period, bound.hard)
        yield replace(made, is_safety=bound.hard and bound.side == UPPER)


def _other_age(patient: Patient) -> tuple[int, tuple[str, ...]]:
    """Return the age at which some nutrients are read [years], and these nutrients."""
    age_y, rules = patient.person.age_y, [one.read_as for one in patient.effects if one.read_as]
    if len(rules) != 1 or patient.person.state != "none":
        return age_y, ()
    (rule,) = rules
    age_y = max(age_y, rule.get("at_least", age_y))
    return min(age_y, rule.get("at_most", age_y)), tuple(rule["nutrients"])


def _read_at_other_age(
    bounds: Sequence[Bound], patient: Patient, read_at: Callable[[int], Iterable[Bound]]
) -> list[Bound]:
    age_y, keys = _other_age(patient)
    if age_y == patient.person.age_y:
        return list(bounds)
    others = [b for b in read_at(age_y) if b.nutrient in keys]
    return [*(bound for bound in bounds if bound.nutrient not in keys), *others]


def _rule_notes(patient: Patient) -> Iterator[str]:
    for rule in rules_for(patient):
        if rule.category in _NOTED_CATEGORIES or rule.rule_id in _NOTED_RULES:
            yield what_rule_says(rule.rule_id).sentence


def _stricter_notes(patient: Patient) -> Iterator[str]:
    """Describe which of two bounds on one thing holds."""
    groups: dict[tuple[str, str, str, bool], dict[str, float]] = {}
    for effect in patient.effects:
        for bound in effect.bounds:
            key = (bound.nutrient, bound.side, bound.period, bound.hard)
            amount = bound.amount(patient.person.weight_kg, 0)
            groups.setdefault(key, {})[effect.name] = amount
    for (nutrient, side, _period, _hard), amounts in groups.items():
        if len(set(amounts.values())) > 1:
            pattern = MOST_OF if side == UPPER else LEAST_OF
            asked = ", ".join(
                pattern.format(name=name.lower(), amount=float(value), unit=said_unit(nutrient))
                for name, value in amounts.items()
            )
            yield f"{said_on(nutrient)}: {asked}; the stricter holds."


def _unknown_notes(patient: Patient) -> Iterator[str]:
    for name in patient.others:
        yield joined([say("other_condition", name=name), "Ask your doctor."])


def _asked_notes(patient: Patient) -> Iterator[str]:
    """Return what is said where no rule speaks and somebody is to be asked, and the clinic's."""
    yield from (condition.ask for condition in patient.conditions if condition.ask)
    for key, most in patient.person.clinic:
        yield say("clinic_figure", name=said_on(key), value=most, unit=said_unit(key))
