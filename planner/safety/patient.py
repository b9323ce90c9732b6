"""What a person said of conditions and medicines, understood once: nobody else reads the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from foods.errors import raise_collected
from foods.supplement import read_supplements
from planner.errors import ConfigError
from planner.faults import fault
from planner.safety.conditions import (
    ALLERGY,
    Condition,
    Person,
    ReadCondition,
    condition_names,
    conditions_of,
    given_for,
    known_conditions,
    read_condition,
)
from planner.safety.dosage import clock_hours, food_told
from planner.safety.effects import Effect, effects_for, has_effect
from planner.safety.kidneys import Kidneys, PotassiumHold, kidneys_of, potassium_hold
from planner.safety.medicines import (
    Interaction,
    Medicine,
    MedicineEntry,
    medicine_names,
    medicines_of,
    read_entries,
)
from planner.safety.phrases import blood_figure, is_blood_level, is_too_long, near_names
from planner.safety.read import read_safety_settings
from planner.safety.sentences import say
from planner.shops import named

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
        for name, count in (row for one in self.effects for row in one.most_per_week.items()):
            found[name] = min(count, found.get(name, count))
        return found

    @property
    def nutrients_held(self) -> frozenset[str]:
        """Nutrients of which conditions, medicines or the clinic hold the most, or keep it even."""
        effects = self.effects
        bounds = {row.nutrient for one in effects for row in one.bounds if row.side == "upper"}
        even = {row.nutrient for one in effects for row in one.steady}
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
    """Give what each row says of a medicine; amounts and hours of refused magnesium are unsaid.

    Rows that ask for hours alone are told by the day.
    """
    unsaid = {_COUNTED, _SPACED} if drug.name in patient.magnesium_refused else set()
    for row in (one for one in drug.interactions if not one.is_of_hours):
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
    ingredients = (part for one in medicines for part in one.ingredients)
    conditions = conditions_of(person, entries, ingredients)
    unnamed = (one.name for entry in taken for one in entry.medicines if not one.is_named)
    others = (*(one.text for one in entries if one.is_other), *unnamed)
    kidneys = kidneys_of(person, conditions, medicines)
    potassium = potassium_hold(person, conditions, medicines, kidneys)
    ids = {one.condition_id for one in conditions}
    ids |= {row.interaction_id for one in medicines for row in one.interactions}
    several = [one for one in medicines if one.per_day > 1]
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
        *(_fault("condition", one) for one in patient.said if one.left),
        *(_fault("medicine", one) for one in patient.taken if one.left),
        *(
            FAULT.format(fault=repr(entry.text), remedy=one.which)
            for entry in patient.said
            for one in entry.conditions
            if one.which
        ),
        *(one.question for one in patient.taken if one.question and not one.left),
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
    """Give how each condition and medicine was understood, and the band of the kidneys."""
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
    """Say how to mend an entry: leave it out, name it elsewhere, or give it as ``other:``."""
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
    for said in patient.said:
        told = [one.name for one in said.conditions if not _changes_nothing(one)]
        quiet = [one.name for one in said.conditions if _changes_nothing(one)]
        words = [*told, *([say("changes_nothing", name=", ".join(quiet))] if quiet else [])]
        words += [f"allergy to {named(one)}" for one in said.allergens]
        entry = f"other: {said.text}" if said.is_other else said.text
        text = _listed(words, _other_reading(patient) if said.is_other else None)
        if said.unused:
            text = say("not_used", text=text, words=", ".join(said.unused))
        yield Reading(entry, text)
        yield from (Reading(one.name, one.asks) for one in said.conditions if one.asks)
    band = patient.kidneys.rule
    if band is not None and any(one.is_kidney for one in patient.conditions):
        stage = band.condition
        is_half = patient.kidneys.is_stricter_half
        yield Reading("kidneys", say("stricter_half", stage=stage) if is_half else stage)


def _changes_nothing(condition: Condition) -> bool:
    """Whether no rule speaks of a condition, so that it is said to change nothing."""
    speaks = condition.rules or condition.is_kidney or condition.instead
    names_nothing = condition.silences or condition.is_whole
    return not (speaks or names_nothing or has_effect(condition.condition_id))


def _medicine_readings(patient: Patient) -> Iterator[Reading]:
    if patient.medicines:
        yield Reading(say("not_checked"), say("not_checked"), is_note=True)
    for entry in patient.taken:
        if entry.unused:
            yield Reading(entry.text, say("words_unused", words=", ".join(entry.unused)))
        if not entry.medicines and not entry.left:
            yield Reading(entry.text, say("no_medicine"))
    for one in (one for entry in patient.taken for one in entry.medicines):
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
            text = say(
                "given_for",
                medicine=text or kinds or one.name,
                condition=name,
            )
        if one.is_named:
            yield Reading(one.name, text or kinds or say("medicine_without_rule"))
        else:
            yield Reading(f"other: {one.name}", _listed(classes, say("other_reading")))


def _usual_name(ingredient: str) -> str:
    """Return what people call an ingredient: a compound by its common name."""
    compound = read_supplements().get(ingredient)
    return (compound.sold_as or ingredient).casefold() if compound else ingredient.casefold()


def _other_reading(patient: Patient) -> str:
    """Say what becomes of a condition that nobody knows."""
    if patient.avoided:
        return say("other_left_out", names=", ".join(patient.avoided))
    return say("other_agreed" if patient.person.clinic_agreed else "other_reading")


def _listed(words: Iterable[str], other: str | None) -> str:
    text = ", ".join(dict.fromkeys(words))
    if other is None:
        return text
    return f"{other}; counted as {text} too" if text else other
