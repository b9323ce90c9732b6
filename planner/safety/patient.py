"""What a person said of conditions and medicines, understood once: nobody else reads the words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from foods.errors import raise_collected
from foods.supplement import read_supplements
from planner.errors import ConfigError
from planner.faults import fault
from planner.safety.conditions import (
    ALLERGY,
    Condition,
    KidneyFigures,
    Person,
    ReadCondition,
    blood_figure,
    condition_names,
    conditions_of,
    given_for,
    is_about,
    is_blood_level,
    is_too_long,
    kidney_figures,
    known_conditions,
    near_names,
    other_text,
    read_condition,
)
from planner.safety.medicines import (
    Interaction,
    Medicine,
    MedicineEntry,
    clock_hours,
    food_told,
    medicine_names,
    medicines_of,
    read_entries,
    taken_for,
)
from planner.safety.sentences import Cited, SafetyRule, read_safety_rules, read_safety_settings, say
from planner.settings import read_row
from planner.shops import named

UNKNOWN_WITH_DISEASE = "R07"

# From the best to the worst; an unknown function is worse than one that still allows a plan.
_ORDER = ("R01", "R02", "R03", "R04", UNKNOWN_WITH_DISEASE, "R05", "R06")


@dataclass(frozen=True, slots=True)
class Kidneys:
    """Band of kidney function.

    Parameters
    ----------
    is_diseased
        Whether a kidney disease is declared.
    rule
        The band of ``configs/safety/rules.csv``: by the eGFR or the stage declared, whichever is
        worse; ``None`` where nothing is known.
    is_stricter_half
        Whether it follows from a stage alone that was said without its letter.
    """

    is_diseased: bool
    rule: SafetyRule | None
    is_stricter_half: bool = False

    @property
    def is_known(self) -> bool:
        """Whether an eGFR or a stage is known."""
        return self.rule is not None and self.rule.rule_id != UNKNOWN_WITH_DISEASE

    def is_below(self, egfr: float) -> bool:
        """Whether the band lies below ``egfr`` [mL/min/1.73 m²]; unknown with disease does."""
        if self.rule is None:
            return False
        return not self.is_known or (self.rule.upper is not None and self.rule.upper <= egfr)

    @property
    def is_weak(self) -> bool:
        """Whether a kidney disease is declared or the eGFR means one."""
        return self.is_diseased or self.is_below(weak_egfr())


def kidneys_of(
    person: Person, conditions: Iterable[Condition], medicines: Iterable[Medicine]
) -> Kidneys:
    """Return what is known of a person's kidneys; of two statements the worse holds."""
    found = tuple(condition for condition in conditions if condition.is_kidney)
    # words such as ``CKD stage 3b``, ``eGFR below 60``, ``dialysis``
    said = [kidney_figures(other_text(text) or text) for text in person.conditions]
    bands = [rule for condition in found for rule in condition.rules]
    bands += [band for figures in said for band in _bands_of(figures)]
    bands += [] if person.egfr is None else [_band_of(person.egfr)]
    given = read_safety_settings("conditions")["kidney_medicine"]["ids"]
    diseased = bool(found) or any(taken_for(medicines, given))
    if diseased and not bands:
        bands.append(UNKNOWN_WITH_DISEASE)
    if not bands:
        return Kidneys(diseased, None)
    worst = max(bands, key=_ORDER.index)
    stages = read_safety_settings("conditions")["kidney_stage"]
    # those of stages that were said without the letter that they have
    halves = [stages[one] for figures in said for one in figures.stages if f"{one}b" in stages]
    is_half = bands.count(worst) == halves.count(worst)
    return Kidneys(diseased, read_safety_rules()[worst], is_half)


def weak_egfr() -> float:
    """Return the eGFR below which kidneys count as weak [mL/min/1.73 m²]."""
    return float(read_safety_settings("potassium")["at_most_recommended"]["egfr_below"])


def _bands_of(figures: KidneyFigures) -> Iterable[str]:
    stages = read_safety_settings("conditions")["kidney_stage"]
    yield from (stages.get(one) or stages[re.sub(r"[ab]$", "", one)] for one in figures.stages)
    yield from map(_band_of, figures.egfrs)
    if figures.below:
        # Somewhere below: the band under the figure, or worse; how much worse is asked.
        yield UNKNOWN_WITH_DISEASE
        yield from (_band_of(max(0.0, figure - 1)) for figure in figures.below)


def _band_of(egfr: float) -> str:
    bands = (rule for rule in read_safety_rules().values() if rule.parameter == "eGFR")
    return next(
        rule.rule_id for rule in bands if rule.rule_id != UNKNOWN_WITH_DISEASE and rule.holds(egfr)
    )


POTASSIUM = "potassium_mg"


@dataclass(frozen=True, slots=True)
class PotassiumHold:
    """What holds a person's potassium back.

    Parameters
    ----------
    raisers
        Medicines that raise it, as written, one for each class.
    needs_clinic
        Why no plan is made without the clinic's figure, in sentences; empty where one is.
    is_capped
        Whether a day has at most the recommended intake.
    is_capped_though_sound
        Whether a day has a ceiling though the kidneys are known to work.
    """

    raisers: tuple[str, ...]
    needs_clinic: tuple[str, ...]
    is_capped: bool
    is_capped_though_sound: bool


def potassium_hold(
    person: Person, conditions: Iterable[Condition], medicines: Iterable[Medicine], kidneys: Kidneys
) -> PotassiumHold:
    """Return what holds potassium back; the clinic's figure stands in for need and cap."""
    taken = tuple(medicines)
    raisers = tuple(_raisers(taken))
    if POTASSIUM in dict(person.clinic):
        return PotassiumHold(raisers, (), is_capped=False, is_capped_though_sound=False)
    needs = tuple(_needs_clinic(person, conditions, kidneys, taken))
    is_high, rule = is_serum_high(person), _settings("at_most_recommended")
    may_rise = is_high or len(raisers) >= rule["raisers_with_egfr_unknown"]
    is_weak = kidneys.is_below(rule["egfr_below"])
    is_capped = is_weak or (may_rise and not kidneys.is_known)
    risky = _settings("at_most_sound_kidneys")["interactions"]
    is_risky = is_high or any(taken_for(taken, risky))
    return PotassiumHold(raisers, needs, is_capped, is_risky and not is_capped)


def is_serum_high(person: Person) -> bool:
    """Whether potassium in serum is near the upper edge, and held whatever the kidneys do."""
    least = float(_settings("at_most_sound_kidneys")["serum_from_mmol_l"])
    return person.serum_k_mmol_l is not None and person.serum_k_mmol_l >= least


def _raisers(medicines: Iterable[Medicine]) -> Iterator[str]:
    """Name each medicine once for each class of raisers; one ingredient counts once."""
    classes, seen = set(_settings("raisers")["interactions"]), set[tuple[str, ...]]()
    for medicine in medicines:
        if medicine.ingredients in seen:
            continue
        seen.add(medicine.ingredients)
        held = [one for one in medicine.interactions if one.interaction_id in classes]
        yield from (medicine.name for _ in held)


def _needs_clinic(
    person: Person, conditions: Iterable[Condition], kidneys: Kidneys, taken: Sequence[Medicine]
) -> Iterator[str]:
    rule, raisers = _settings("needs_clinic"), tuple(_raisers(taken))
    if kidneys.is_below(rule["egfr_below"]):
        yield say("potassium_kidneys", egfr=rule["egfr_below"])
    for condition in conditions:
        if condition.condition_id in rule["conditions"]:
            yield say("potassium_condition", name=condition.name)
    for name in taken_for(taken, rule["interactions"]):
        yield say("potassium_binder", name=name)
    serum, limit = person.serum_k_mmol_l, rule["serum_above_mmol_l"]
    if serum is not None and serum > limit:
        yield say("potassium_serum", serum=serum, limit=limit)
    if len(raisers) >= rule["raisers"]:
        names = dict.fromkeys(raisers)
        key = "potassium_raisers" if len(names) > 1 else "potassium_raisers_in_one"
        yield say(key, names=", ".join(names))


def _settings(table: str) -> Mapping[str, Any]:
    return dict(read_safety_settings("potassium")[table])


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
        """Return the bound for a body mass [kg], planned energy [kcal/day], recommended intake."""
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
    """Return everything that the conditions and medicines of ``person`` change.

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
    is_off = any(effect.ratio_off for effect in found)
    return tuple(effect for effect in found if not (is_off and effect.ratio_upper))


def has_effect(condition_id: str) -> bool:
    """Whether a condition changes anything in a plan."""
    rows = read_safety_settings("effects")["effect"]
    return any(condition_id in row.get("conditions", ()) for row in rows)


def conflicts_of(effects: Iterable[Effect]) -> tuple[EffectConflict, ...]:
    """Return the pairs among ``effects`` that pull in opposite directions."""
    present = {effect.effect_id for effect in effects}
    rows = read_safety_settings("effects")["conflict"]
    pairs = (read_row(EffectConflict, row) for row in rows)
    return tuple(pair for pair in pairs if pair.effects <= present)


def notes_on_doubled(taken: Sequence[Collection[str]]) -> Iterator[str]:
    """Return the ids of sentences about medicines of which one is taken at a time.

    ``taken``: ingredients of each medicine.
    """
    for row in read_safety_settings("effects")["only_one"]:
        if sum(not set(row["ingredients"]).isdisjoint(medicine) for medicine in taken) > 1:
            yield row["note"]


def _holds(
    row: Mapping[str, Any], person: Person, kidneys: Kidneys, traits: frozenset[str]
) -> bool:
    ids = {*row.get("conditions", ()), *row.get("medicines", ())}
    marks = {key for key, value in row.items() if value is True}
    weak = "egfr_below" in row and kidneys.is_below(row["egfr_below"])
    return is_about(row, person) and (weak or bool(traits & (ids | marks)))


def _marks(person: Person, kidneys: Kidneys, potassium: PotassiumHold) -> frozenset[str]:
    """Return what rows of effects may ask for beside conditions and medicines."""
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


_SHOWN_LETTERS, _COUNTED, _SPACED = 40, "COUNT_TOWARD_UL", "SEPARATE"
FAULT = "{fault} — {remedy}"


@dataclass(frozen=True, slots=True)
class Patient:
    """A person, and what was understood of conditions, medicines and kidneys.

    What nobody knows is in it at its worst, and ``check_understood`` asks about it at every door:
    before a plan, and before a supplement.

    Parameters
    ----------
    person
        Who it is, with body, life stage and figures of the blood.
    said, taken
        Each entry of the lists of conditions and of medicines, as it was read.
    conditions, medicines
        What the entries mean, each once; age, sex and weight bring conditions too.
    others
        Conditions and medicines that nobody knows, given as ``other: TEXT``.
    kidneys, potassium
        How well the kidneys work, and what holds potassium back.
    effects
        What all of it changes in targets and candidates.
    avoided
        What is left out by the person's own word, beside what conditions leave out.
    """

    person: Person
    said: tuple[ReadCondition, ...]
    taken: tuple[MedicineEntry, ...]
    conditions: tuple[Condition, ...]
    medicines: tuple[Medicine, ...]
    others: tuple[str, ...]
    kidneys: Kidneys
    potassium: PotassiumHold
    effects: tuple[Effect, ...]
    avoided: tuple[str, ...] = ()

    @property
    def most_per_week(self) -> Mapping[str, int]:
        """Name of a food or group → most servings a week."""
        found: dict[str, int] = {}
        for name, count in (row for effect in self.effects for row in effect.most_per_week.items()):
            found[name] = min(count, found.get(name, count))
        return found

    @property
    def nutrients_held(self) -> frozenset[str]:
        """Nutrients of which conditions, medicines or the clinic hold the most, or keep it even."""
        effects = self.effects
        bounds = {row.nutrient for one in effects for row in one.bounds if row.side == "upper"}
        even = {row.nutrient for effect in effects for row in effect.steady}
        return frozenset(bounds | even | {key for key, _figure in self.person.clinic})

    @property
    def magnesium_refused(self) -> tuple[str, ...]:
        """Names of antacids and laxatives with magnesium, where the kidneys may not clear it."""
        taken = self.medicines if self.kidneys.is_weak else ()
        return tuple(
            one.name for one in taken if any(_COUNTED in row.advice for row in one.interactions)
        )

    @property
    def names_left_out(self) -> tuple[str, ...]:
        """What conditions and allergies leave out, as ``--without`` would name it."""
        names = [name for effect in self.effects for name in effect.without]
        allergens = (word for named in self.said for word in named.allergens)
        return tuple(dict.fromkeys([*names, *allergens]))


def rows_told(patient: Patient, drug: Medicine) -> Iterator[tuple[Interaction, str]]:
    """Return what each row says of a medicine; amounts and hours of refused magnesium are unsaid.

    Rows that ask for hours alone are told by the day.
    """
    unsaid = {_COUNTED, _SPACED} if drug.name in patient.magnesium_refused else set()
    for row in (interaction for interaction in drug.interactions if not interaction.is_of_hours):
        if unsaid.issuperset(row.advice) and unsaid:
            continue
        if row.is_default:
            yield row, say("unknown_medicine", name=drug.name, hours=row.hours_before_mg or 0)
        else:
            yield row, f"{drug.name}: {row.told}"


def read_patient(person: Person, without: Iterable[str] = ()) -> Patient:
    """Understand what a person said of conditions and medicines; nothing of it is dropped.

    Parameters
    ----------
    person
        Who it is.
    without
        What is left out of the plan, as ``--without`` names it.

    Raises
    ------
    ConfigError
        When what stands behind the colon of a medicine is no number of doses.
    """
    entries = tuple(map(read_condition, person.conditions))
    taken = tuple(read_entries(person.medicines))
    medicines = medicines_of(taken)
    ingredients = (part for medicine in medicines for part in medicine.ingredients)
    conditions = conditions_of(person, entries, ingredients)
    unnamed = (one.name for entry in taken for one in entry.medicines if not one.is_named)
    others = (*(entry.text for entry in entries if entry.is_other), *unnamed)
    kidneys = kidneys_of(person, conditions, medicines)
    potassium = potassium_hold(person, conditions, medicines, kidneys)
    ids = {condition.condition_id for condition in conditions}
    ids |= {row.interaction_id for medicine in medicines for row in medicine.interactions}
    several = [medicine for medicine in medicines if medicine.per_day > 1]
    marks = {"others": others, "any_medicine": medicines, "several_doses": several}
    ids |= {mark for mark, held in marks.items() if held}
    effects = effects_for(person, kidneys, potassium, ids)
    patient = Patient(
        person, entries, taken, conditions, medicines, others, kidneys, potassium, effects
    )
    own = (name for name in without if name not in patient.names_left_out)
    return replace(patient, avoided=tuple(own))


@dataclass(frozen=True, slots=True)
class Reading:
    """How one entry was understood.

    Parameters
    ----------
    said, understood
        The entry as written, and what this program takes it for.
    is_note
        Whether it is a sentence by itself, about no one entry.
    """

    said: str
    understood: str
    is_note: bool = False

    @property
    def text(self) -> str:
        """Both, as one line; the entry alone where it is what it was taken for."""
        if self.said.casefold() == self.understood.casefold():
            return self.said
        return f"{self.said}: {self.understood}"

    @property
    def sentence(self) -> str:
        """The line with a period behind it; a note has one."""
        return self.text if self.is_note else f"{self.text}."


def check_understood(patient: Patient, alarms: Iterable[str] = ()) -> None:
    """Refuse conditions and medicines of which a word is not understood, all in one go.

    ``alarms`` are said before any question.

    Raises
    ------
    ConfigError
        With each entry, the words that nobody knows, the nearest names, and how to say that it is
        something else.
    """
    faults = [
        *(_fault("condition", condition) for condition in patient.said if condition.left),
        *(_fault("medicine", entry) for entry in patient.taken if entry.left),
        *(
            FAULT.format(fault=repr(entry.text), remedy=condition.which)
            for entry in patient.said
            for condition in entry.conditions
            if condition.which
        ),
        *(entry.question for entry in patient.taken if entry.question and not entry.left),
    ]
    asked = [*alarms, *faults] if faults else []
    raise_collected(ConfigError, asked, "conditions and medicines")


def check_allergies_named(patient: Patient) -> None:
    """Refuse an allergy that does not say to what: nothing could be left out for it.

    Raises
    ------
    ConfigError
        When there is one.
    """
    allergy = known_conditions()[ALLERGY]
    for said in patient.said:
        if allergy in said.conditions and not said.allergens:
            raise fault(ConfigError, "allergy_to_what", "conditions", text=said.text)
    told = any(one.allergens for one in patient.said) or patient.names_left_out or patient.avoided
    pens = [one.name for one in patient.medicines if ALLERGY in given_for(one.ingredients)]
    if pens and not told and known_conditions()["other_allergy"] not in patient.conditions:
        raise fault(ConfigError, "pen_for_what", "medicines", text=pens[0])


def readings_of(patient: Patient) -> tuple[Reading, ...]:
    """Return how each condition and medicine was understood, and the band of the kidneys."""
    return (*_condition_readings(patient), *_medicine_readings(patient))


def _fault(kind: str, entry: ReadCondition | MedicineEntry) -> str:
    if is_too_long(entry.text):
        shown = f"{entry.text[:_SHOWN_LETTERS]}…"
        fault = say("entry_too_long", kind=kind, text=shown)
        return FAULT.format(fault=fault, remedy=say("one_entry", kind=kind))
    if figure := blood_figure(entry.text):
        return FAULT.format(fault=say(figure[0], text=entry.text), remedy=figure[1])
    names = {"condition": condition_names, "medicine": medicine_names}
    found = () if _absent(entry) else near_names(entry.text, entry.left, names[kind]())
    near = " (did you mean {names}?)".format(names=", ".join(found)) if found else ""
    words = " ".join(entry.left)
    fault = say("not_understood", kind=kind, text=entry.text, words=words, near=near)
    return FAULT.format(fault=fault, remedy=_remedy(kind, entry))


def _remedy(kind: str, entry: ReadCondition | MedicineEntry) -> str:
    """Describe how to mend an entry: leave it out, name it elsewhere, or give it as ``other:``."""
    words = set(entry.left)
    if _absent(entry):
        return say("nothing_there")
    remedy = say("not_understood_remedy", kind=kind, flag=kind, text=entry.text)
    if kind == "condition":
        remedy = say("not_understood_condition", text=entry.text)
        if any(map(str.isdigit, words)):
            return "; ".join((remedy, say("figures")))
        is_medicine = words & medicine_names() and not is_blood_level(entry.text)
        return say("other_list", kind="medicine", flag="medicine") if is_medicine else remedy
    if words & condition_names() or is_blood_level(entry.text):
        return say("other_list", kind="condition", flag="condition")
    return "; ".join((remedy, say("how_often")))


def _absent(entry: ReadCondition | MedicineEntry) -> bool:
    """Whether an entry says that something is not there."""
    return bool(set(entry.left) & set(read_safety_settings("words")["absent"]["words"]))


def _condition_readings(patient: Patient) -> Iterator[Reading]:
    is_pregnant = patient.person.state == "pregnant"  # what holds after a birth is not said before
    for said in patient.said:
        told = [condition.name for condition in said.conditions if not _changes_nothing(condition)]
        quiet = [condition.name for condition in said.conditions if _changes_nothing(condition)]
        words = [*told, *([say("changes_nothing", name=", ".join(quiet))] if quiet else [])]
        words += [f"allergy to {named(allergen)}" for allergen in said.allergens]
        entry = f"other: {said.text}" if said.is_other else said.text
        text = _listed(words, _other_reading(patient) if said.is_other else None)
        if said.unused:
            text = say("not_used", text=text, words=", ".join(said.unused))
        yield Reading(entry, text)
        asked = [one for one in said.conditions if one.asks and not (is_pregnant and one.instead)]
        yield from (Reading(condition.name, condition.asks) for condition in asked)
    band = patient.kidneys.rule
    if band is not None and any(condition.is_kidney for condition in patient.conditions):
        is_half, stage = patient.kidneys.is_stricter_half, band.condition
        yield Reading("kidneys", say("stricter_half", stage=stage) if is_half else stage)


def _changes_nothing(condition: Condition) -> bool:
    """Whether no rule speaks of a condition, so that it is said to change nothing."""
    known = (condition.rules, condition.is_kidney, condition.instead, condition.silences)
    return not (any(known) or condition.is_whole or has_effect(condition.condition_id))


def _medicine_readings(patient: Patient) -> Iterator[Reading]:
    if patient.medicines:
        yield Reading(say("not_checked"), say("not_checked"), is_note=True)
    for entry in patient.taken:
        if entry.unused:
            yield Reading(entry.text, say("words_unused", words=", ".join(entry.unused)))
        if not entry.medicines and not entry.left:
            yield Reading(entry.text, say("no_medicine"))
    for one in (medicine for entry in patient.taken for medicine in entry.medicines):
        if hours := clock_hours(one.moments):
            yield Reading(one.name, say("at_hours", hours=", ".join(hours)))
        if told := food_told([row.interaction_id for row in one.interactions], one.food):
            yield Reading(one.name, say(told))
        classes = [row.drug_class for row in one.interactions if not row.is_default]
        words = [part for part in map(_usual_name, one.ingredients) if part != one.name.casefold()]
        text, kinds = ", ".join(words), "; ".join(classes)
        text = f"{text} ({kinds})" if words and classes else text
        if given := given_for(one.ingredients):
            name = known_conditions()[given[0]].name
            text = say("given_for", medicine=text or kinds or one.name, condition=name)
        if one.is_named:
            yield Reading(one.name, text or kinds or say("medicine_without_rule"))
        else:
            yield Reading(f"other: {one.name}", _listed(classes, say("other_reading")))


def _usual_name(ingredient: str) -> str:
    """Return what people call an ingredient: a compound by its common name."""
    compound = read_supplements().get(ingredient)
    return (compound.sold_as or ingredient).casefold() if compound else ingredient.casefold()


def _other_reading(patient: Patient) -> str:
    """Describe what becomes of a condition that nobody knows."""
    if patient.avoided:
        return say("other_left_out", names=", ".join(patient.avoided))
    return say("other_agreed" if patient.person.clinic_agreed else "other_reading")


def _listed(words: Iterable[str], other: str | None) -> str:
    text = ", ".join(dict.fromkeys(words))
    if other is None:
        return text
    return f"{other}; counted as {text} too" if text else other
