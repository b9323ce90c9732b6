"""What a person's conditions and medicines change in targets and candidates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from planner.safety.conditions import Person, is_about
from planner.safety.kidneys import POTASSIUM, Kidneys, PotassiumHold, is_serum_high, weak_egfr
from planner.safety.read import Cited, read_safety_settings
from planner.settings import read_row

_KCAL = 1000


@dataclass(frozen=True, slots=True)
class EffectBound:
    """A bound that a condition sets.

    Parameters
    ----------
    nutrient, side, period
        As in ``planner.targets.target.Bound``.
    hard
        Whether a plan must keep it.
    value, per_kg, per_1000_kcal
        Amount per day in the nutrient's unit: fixed, per kg of body mass, or per 1000 kcal.
    of_recommended
        Share of the recommended intake that takes the place of ``value`` where the standard has
        one; 0 for most.
    """

    nutrient: str
    side: str
    period: str
    hard: bool
    value: float = 0.0
    per_kg: float = 0.0
    per_1000_kcal: float = 0.0
    of_recommended: float = 0.0

    def amount(
        self, weight_kg: float, energy_kcal: float, recommended: float | None = None
    ) -> float:
        """Give the bound for a body mass [kg], planned energy [kcal/day], recommended intake."""
        fixed = self.value
        if self.of_recommended and recommended is not None:
            fixed = self.of_recommended * recommended
        return fixed + self.per_kg * weight_kg + self.per_1000_kcal * energy_kcal / _KCAL


@dataclass(frozen=True, slots=True)
class Steady:
    """A nutrient whose intake must not change while a medicine is taken.

    Parameters
    ----------
    nutrient
        Its key.
    share
        Greatest distance of a day from what was eaten before, as a share of that [0-1].
    unknown_from, unknown_to
        Where it is not known what was eaten before: least and most as a mean of days, as shares of
        the reference.
    reference
        Sex → amount that these are shares of, in the nutrient's unit; a standard that recommends
        less for the person takes its place.
    note_known, note_unknown
        Ids of the sentences that say which of the two holds.
    """

    nutrient: str
    share: float
    unknown_from: float
    unknown_to: float
    reference: Mapping[str, float]
    note_known: str
    note_unknown: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What one condition or medicine changes.

    Parameters
    ----------
    effect_id, name
        Id, and what to call its reason.
    conditions, medicines
        Conditions and interactions by which it holds.
    banner
        What the first lines of a plan say of it; empty for most.
    bounds
        Bounds on nutrients and shares.
    no_floor
        Nutrients whose recommended intake is no lower bound.
    no_ceiling
        Nutrients for which the most of the standard does not hold.
    instead_of_floor
        Nutrients for which the bounds stand in place of the recommended intake.
    not_pushed
        Nutrients of which nobody may ask for more than is recommended.
    not_lowered
        Nutrients of which nobody may ask for less than is recommended, unless a clinic agreed.
    shown_daily
        Nutrients that are shown for each day.
    ratio_off
        Whether Ca:Mg is no goal and not shown.
    ratio_upper
        Most of Ca:Mg in place of the usual; ``None`` for most.
    no_deficit
        Whether no plan goes below the need.
    daily_spread
        Nutrient → greatest distance of a day from the mean of the plan, as a share of it.
    meal_upper
        Nutrient → most of it in one meal.
    small_portions
        Whether foods that are low in FODMAPs in small portions are held to these in each meal.
    meal_carbohydrate_spread_g
        Greatest difference of one meal's carbohydrate between two days [g].
    meal_carbohydrate_times
        Most carbohydrate of a main meal, as a multiple of that of any other of its day.
    steady
        Nutrients whose intake must stay what it was.
    no_meal_skipped, no_dry_day
        Whether no meal is left out; and no day without water, unless a clinic agreed.
    read_as
        Bounds of an age: ``at_least`` or ``at_most`` years, and ``nutrients`` read there.
    without
        Names that are left out, as in ``--without``.
    most_per_week
        Name of a food or group → most servings a week, as in ``--per-week``.
    left_out, left_out_reason
        Flags, bases and ids of foods that are left out, and why.
    served_left_out
        Ids of dishes, and of foods served by themselves, that are left out for the same reason.
    named
        Flags of foods that are named where a plan holds them.
    notes
        Ids of sentences.
    source, confidence
        Citation, and how sure it is.
    """

    effect_id: Annotated[str, Field(validation_alias="id")]
    name: str
    source: Cited
    confidence: str
    conditions: frozenset[str] = frozenset()
    medicines: frozenset[str] = frozenset()
    banner: str = ""
    bounds: Annotated[tuple[EffectBound, ...], Field(validation_alias="bound")] = ()
    no_floor: tuple[str, ...] = ()
    no_ceiling: tuple[str, ...] = ()
    instead_of_floor: tuple[str, ...] = ()
    not_pushed: tuple[str, ...] = ()
    not_lowered: tuple[str, ...] = ()
    shown_daily: tuple[str, ...] = ()
    ratio_off: bool = False
    ratio_upper: float | None = None
    no_deficit: bool = False
    daily_spread: Mapping[str, float] = field(default_factory=dict)
    meal_upper: Mapping[str, float] = field(default_factory=dict)
    small_portions: bool = False
    meal_carbohydrate_spread_g: float | None = None
    meal_carbohydrate_times: float | None = None
    steady: tuple[Steady, ...] = ()
    no_meal_skipped: bool = False
    no_dry_day: bool = False
    read_as: Annotated[Mapping[str, Any], Field(validation_alias="read_as_age_y")] = field(
        default_factory=dict
    )
    without: tuple[str, ...] = ()
    most_per_week: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    left_out_reason: str = ""
    served_left_out: frozenset[str] = frozenset()
    named: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def within(self) -> str:
        """Its name within a sentence."""
        return self.name.lower()

    @property
    def changes_meals(self) -> bool:
        """Whether it changes anything that is planned, beside what it says."""
        told = {"effect_id", "name", "source", "confidence", "conditions", "medicines", "banner"}
        told |= {"notes", "named", "shown_daily", "left_out_reason"}
        return any(getattr(self, one.name) for one in fields(self) if one.name not in told)


@dataclass(frozen=True, slots=True)
class EffectConflict:
    """Two effects that pull in opposite directions.

    Parameters
    ----------
    effects
        Their ids.
    note
        Id of the sentence that says which one holds.
    drops
        Nutrients on which wishes are given up.
    """

    effects: frozenset[str]
    note: str
    drops: frozenset[str] = frozenset()


def effects_for(
    person: Person, kidneys: Kidneys, potassium: PotassiumHold, told: Iterable[str]
) -> tuple[Effect, ...]:
    """Give everything that the conditions and medicines of ``person`` change.

    Parameters
    ----------
    person, kidneys, potassium
        Who, and what was understood of kidneys and potassium.
    told
        Ids of conditions and of interactions, and ``others`` where nobody knows some of them.
    """
    traits = frozenset(told) | _marks(person, kidneys, potassium)
    rows, effects = read_safety_settings("effects")["effect"], _known_effects()
    found = [effects[row["id"]] for row in rows if _holds(row, person, kidneys, traits)]
    is_off = any(one.ratio_off for one in found)
    return tuple(one for one in found if not (is_off and one.ratio_upper))


def has_effect(condition_id: str) -> bool:
    """Whether a condition changes anything in a plan."""
    rows = read_safety_settings("effects")["effect"]
    return any(condition_id in row.get("conditions", ()) for row in rows)


def conflicts_of(effects: Iterable[Effect]) -> tuple[EffectConflict, ...]:
    """Give the pairs among ``effects`` that pull in opposite directions."""
    present = {effect.effect_id for effect in effects}
    rows = read_safety_settings("effects")["conflict"]
    pairs = (read_row(EffectConflict, row) for row in rows)
    return tuple(pair for pair in pairs if pair.effects <= present)


def notes_on_doubled(taken: Sequence[Collection[str]]) -> Iterator[str]:
    """Give the ids of sentences about medicines of which one is taken at a time.

    ``taken``: ingredients of each medicine.
    """
    for row in read_safety_settings("effects")["only_one"]:
        if sum(not set(row["ingredients"]).isdisjoint(one) for one in taken) > 1:
            yield row["note"]


def _holds(
    row: Mapping[str, Any], person: Person, kidneys: Kidneys, traits: frozenset[str]
) -> bool:
    if not is_about(row, person):
        return False
    ids = {*row.get("conditions", ()), *row.get("medicines", ())}
    marks = {key for key, value in row.items() if value is True}
    weak = "egfr_below" in row and kidneys.is_below(row["egfr_below"])
    return weak or bool(traits & (ids | marks))


def _marks(person: Person, kidneys: Kidneys, potassium: PotassiumHold) -> frozenset[str]:
    """Give what rows of effects may ask for beside conditions and medicines."""
    is_held = potassium.is_capped or POTASSIUM in dict(person.clinic)
    may_be_weak = kidneys.rule is None or kidneys.is_below(weak_egfr())
    marks = {
        "everybody": True,
        "weak_kidneys": kidneys.is_weak,
        "raises_potassium": bool(potassium.raisers),
        "raises_potassium_weak": bool(potassium.raisers) and may_be_weak,
        "potassium_serum_high": is_serum_high(person),
        "potassium_capped": potassium.is_capped,
        "potassium_sound_kidneys": potassium.is_capped_though_sound,
        "potassium_held": is_held and not kidneys.is_weak,
        "egfr_missing": potassium.is_capped and kidneys.rule is None,
    }
    return frozenset(mark for mark, holds in marks.items() if holds)


@cache
def _known_effects() -> Mapping[str, Effect]:
    return {row["id"]: read_row(Effect, row) for row in read_safety_settings("effects")["effect"]}
