"""Whether a person may have a supplement of magnesium or another nutrient, how much, and when.

Fails closed: a supplement is allowed only when every rule that holds for the person allows it. What
no rule names is asked about, and an action that the program does not know refuses.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby, islice, permutations
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field

from foods.errors import FoodNotFoundError
from foods.supplement import find_supplement
from foods.table import FoodTable
from planner.safety.conditions import plain_words
from planner.safety.intake import (
    FAR_OVER_CHILD,
    SupplementIntake,
    UpperLevel,
    fewer_pills,
    judge_nutrients,
    magnesium_upper_level,
    over_said,
    pill_advice,
    pill_findings,
)
from planner.safety.medicines import Medicine, clock_hours, is_usually_weekly, moment_hours
from planner.safety.patient import (
    Patient,
    Reading,
    check_understood,
    notes_on_doubled,
    readings_of,
    rows_told,
)
from planner.safety.sentences import (
    ALLOWED,
    ASK,
    EMERGENCY,
    MAGNESIUM,
    REFUSED,
    VERDICTS,
    SafetyFinding,
    SafetyRule,
    cite_safety_sources,
    read_safety_settings,
    read_sentences,
    safety_rows_by,
    say,
    sentence_finding,
)
from planner.safety.stops import PREGNANT, alarms_of, effect_notes, rules_for, what_rule_says
from planner.settings import Figure, read_row
from planner.standards.ids import is_own_standard
from planner.wording import capital, joined

HOURS_A_DAY = 24.0
MEAL, WATER = "meal", "water"
ANYTHING, FOOD = "anything", "food"

_NEAR = 1e-9
_MINUTES = 60

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Apart:
    """What a medicine must be kept from.

    Parameters
    ----------
    kind
        A nutrient of pills, ``"water"`` for mineral water, ``"food"`` for any meal, ``"medicine"``
        for any other medicine, ``"anything"`` for all of these, or what a meal holds.
    before_h, after_h
        Hours from the medicine to it, and from it to the medicine.
    meal_from
        Amount in a meal from which the meal counts; ``None``: meals do not count.
    """

    kind: str
    before_h: Annotated[float, Field(validation_alias="hours_before")]
    after_h: Annotated[float, Field(validation_alias="hours_after")]
    meal_from: Figure = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing of a day: a medicine, a dose of a pill, mineral water or a meal.

    Parameters
    ----------
    item
        What to call it.
    kind
        Nutrient key of a mineral or vitamin, ``"water"``, ``"meal"``, or empty for a medicine that
        is none of these.
    amount
        Amount a day [the nutrient's unit]; ``None`` where nobody gave one.
    apart
        What a medicine must be kept from.
    is_medicine, is_timed
        Whether it is a medicine, and whether somebody said when it is taken.
    spans
        First and last hour of each time at which it is taken.
    holds
        Kind → amount of what a meal holds.
    dose_text
        How much one dose is, in words.
    """

    item: str
    kind: str = ""
    amount: float | None = None
    apart: tuple[Apart, ...] = ()
    is_medicine: bool = False
    is_timed: bool = False
    spans: tuple[Span, ...] = ()
    holds: tuple[tuple[str, float], ...] = ()
    dose_text: str = ""

    def at(self, hour: float) -> Taken:
        """Return the same at an hour of the day."""
        return replace(self, spans=((hour, hour),))


@cache
def hours_between(one: Taken, other: Taken) -> float:
    """Return the least hours from a dose of ``one`` to a later dose of ``other``."""
    hours = [0.0]
    hours += [rule.before_h for rule in one.apart if _is_meant(rule, other)]
    hours += [rule.after_h for rule in other.apart if _is_meant(rule, one)]
    settings = read_safety_settings("schedule")
    if one.kind not in ("", MEAL, WATER) and (one.item, one.kind) == (other.item, other.kind):
        hours.append(settings["same_item_h"])
    hours += [rule["hours"] for rule in settings["apart"] if _rule_fits(rule, one, other)]
    return float(max(hours))


def keeps_apart(one: Taken, other: Taken) -> bool:
    """Whether two things are far enough from each other, today and over the night."""
    if not (hours_between(one, other) or hours_between(other, one)):
        return True
    return all(_is_far(one, a, other, b) for a in one.spans for b in other.spans)


def _is_far(one: Taken, at: Span, other: Taken, other_at: Span) -> bool:
    if other_at < at:
        one, at, other, other_at = other, other_at, one, at
    today, tonight = other_at[0] - at[1], at[0] + HOURS_A_DAY - other_at[1]
    is_far = today >= hours_between(one, other) - _NEAR
    return today > 0 and is_far and tonight >= hours_between(other, one) - _NEAR


def as_clock(hours: float) -> str:
    """Write an hour of the day as ``HH:MM``."""
    minutes = round(hours * _MINUTES)
    return f"{minutes // _MINUTES:02d}:{minutes % _MINUTES:02d}"


def as_hour(clock: str) -> float:
    """Return the hour of the day that ``HH:MM`` writes."""
    hours, minutes = clock.split(":")
    return int(hours) + int(minutes) / _MINUTES


def _is_meant(rule: Apart, other: Taken) -> bool:
    """Whether a rule of a medicine speaks of another thing; of other medicines none is looked at.

    A medicine that is a mineral counts as that mineral.
    """
    if other.is_medicine and not other.kind:
        return False
    if rule.kind == ANYTHING or other.kind != MEAL:
        return rule.kind in (ANYTHING, other.kind)
    least = rule.meal_from
    held = (amount for kind, amount in other.holds if kind == rule.kind and amount > 0)
    return least is not None and (rule.kind == FOOD or any(amount >= least for amount in held))


def _rule_fits(rule: Mapping[str, Any], one: Taken, other: Taken) -> bool:
    if {one.kind, other.kind} != set(rule["nutrients"]):
        return False
    amounts = (taken.amount for taken in (one, other))
    return all(amount is None or amount > rule["above_per_day"] for amount in amounts)


_MINERALS = (MAGNESIUM, "calcium_mg", "iron_mg", "zinc_mg")
_PARTED = ";"


def drug_of_day(medicine: Medicine, meals: Iterable[Taken] = ()) -> Taken:
    """Return a medicine as a thing of the day, with all hours that it asks for.

    Of one whose time nobody said it is taken that its pills are to keep from the morning.
    """
    spans = [moment_span(moment, meals) for moment in medicine.moments]
    return Taken(
        medicine.name,
        mineral_of(medicine),
        apart=(
            *_from_magnesium(medicine),
            *(read_row(Apart, row) for row in _rows_of(medicine) if row["hours_before"]),
        ),
        is_medicine=True,
        is_timed=bool(spans),
        spans=tuple(spans or [tuple(read_safety_settings("schedule")["untimed_h"])]),
    )


def moment_span(moment: str, meals: Iterable[Taken] = ()) -> Span:
    """Return the first and last hour of a time of the day, of a meal those of the meal itself."""
    eaten = (meal.spans[0] for meal in meals if meal.item == moment)
    return next(eaten, moment_hours(moment))


def mineral_of(medicine: Medicine) -> str:
    """Return the mineral that a medicine itself is, by its row or its compound; empty for none."""
    rows = read_safety_settings("schedule")["mineral_medicine"]
    own = [rows[one.interaction_id] for one in medicine.interactions if one.interaction_id in rows]
    if own or medicine.is_known:
        return str(own[0]) if own else ""
    try:
        nutrient = find_supplement(medicine.name).nutrient
    except FoodNotFoundError:
        return ""
    return nutrient if nutrient in _MINERALS else ""


def _from_magnesium(medicine: Medicine) -> Iterator[Apart]:
    least_h = read_safety_settings("schedule")["together_h"]
    rows = [one for one in medicine.interactions if one.hours_before_mg is not None]
    if rows:
        before_h = max(row.hours_before_mg or 0.0 for row in rows)
        after_h = max(row.hours_after_mg or 0.0 for row in rows)
        yield Apart(MAGNESIUM, max(least_h, before_h), max(least_h, after_h))


def _rows_of(medicine: Medicine) -> Iterator[Mapping[str, str]]:
    """Return the rows of a medicine's classes that hold for all of the class, or name it."""
    names = {plain_words(ingredient) for ingredient in (medicine.name, *medicine.ingredients)}
    for interaction in medicine.interactions:
        for row in safety_rows_by("apart", "interaction_id").get(interaction.interaction_id, ()):
            if not row["names"] or names & set(row["names"].split(_PARTED)):
                yield row


Hours = Mapping[str, float]
"""Meal → hour of the day, of those that are not eaten at the usual one."""
AS_USUAL: Hours = MappingProxyType({})


def meal_hour(slot: str, hours: Hours = AS_USUAL) -> float:
    """Return the hour of a meal, the usual one where nobody said another."""
    return hours[slot] if slot in hours else float(read_safety_settings("schedule")["hour"][slot])


def unknown_meal(slot: str, hours: Hours = AS_USUAL) -> Taken:
    """Return a meal of which nobody knows what it holds."""
    usual = read_safety_settings("schedule")["meal"]["holds"]["usual"]
    return meal_at(slot, dict.fromkeys(usual, math.inf), hours)


def meal_at(slot: str, holds: Mapping[str, float], hours: Hours = AS_USUAL) -> Taken:
    """Return a meal at its hour; ``holds`` is kind of ``apart.csv`` → amount."""
    first_h, lasts_h = meal_hour(slot, hours), read_safety_settings("schedule")["meal"]["lasts_h"]
    held = tuple(sorted(holds.items()))
    return Taken(slot, MEAL, spans=((first_h, first_h + lasts_h),), holds=held)


def what_it_holds(
    ingredients: Iterable[tuple[str, float]], foods: FoodTable
) -> Mapping[str, float]:
    """Return kind of ``apart.csv`` → amount [mg or g] in foods, (food id, mass [g]) each.

    A food without a figure counts as none of it.
    """
    settings = read_safety_settings("schedule")["meal"]
    kinds = (*settings["amounts"], *settings["marks"])
    holds = dict.fromkeys(kinds, 0.0)
    for food_id, mass_g in ingredients:
        food = foods[food_id]
        for kind, nutrient in settings["amounts"].items():
            holds[kind] += (food.per_100g.get(nutrient) or 0.0) * mass_g / 100
        for kind, words in settings["marks"].items():
            if (
                food.group in words["groups"]
                or not food.allergens.isdisjoint(words["allergens"])
                or not food.origin.isdisjoint(words["origin"])
                or not food.flags.isdisjoint(words["flags"])
            ):
                holds[kind] += mass_g
    return holds


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """When one dose is taken.

    Parameters
    ----------
    item
        Supplement, mineral water, or a medicine at an hour that the person gave.
    best
        The time of the day, ``HH:MM``.
    hours_apart_from
        Other item → hours between the two.
    dose, doses
        Which dose of the day it is, and of how many.
    amount
        How much one dose of a pill is, as it is taken; empty for a medicine.
    """

    item: str
    best: str
    hours_apart_from: dict[str, float] = field(default_factory=dict)
    dose: int = 1
    doses: int = 1
    amount: str = ""

    @property
    def name(self) -> str:
        """Name with the number of the dose, where there are several."""
        return self.item if self.doses == 1 else f"{self.item}, dose {self.dose} of {self.doses}"

    @property
    def earliest(self) -> str:
        """The time again, as the first that may be."""
        return self.best

    @property
    def latest(self) -> str:
        """The time again, as the last that may be."""
        return self.best


@dataclass(frozen=True, slots=True)
class DaySchedule:
    """A day of pills and mineral water beside medicines.

    Parameters
    ----------
    lines
        Every dose that has an hour, by the clock.
    rules
        What each medicine must be kept from, in sentences.
    no_time_for
        Pills that no time of the day is left for.
    refused
        Pills that are taken though a rule refuses them: they get no hour.
    never_with
        (pill, medicine) pairs that no hour makes fit: the pill gets none.
    near_meals
        (medicine, meal) pairs of which the meal stands nearer than may be to the hour given.
    unnamed_days
        (medicine, days a week) of those whose days nobody named.
    daily_on_purpose
        Medicines taken every day that most people take once a week.
    answer
        What the safety rules say to a supplement of magnesium, which no hour changes.
    refused_nutrients
        Nutrients of which a rule refuses pills.
    """

    lines: tuple[ScheduleLine, ...] = ()
    rules: tuple[str, ...] = ()
    no_time_for: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    never_with: tuple[tuple[str, str], ...] = ()
    near_meals: tuple[tuple[str, str], ...] = ()
    unnamed_days: tuple[tuple[str, int], ...] = ()
    daily_on_purpose: tuple[str, ...] = ()
    answer: str = ALLOWED
    refused_nutrients: frozenset[str] = frozenset()

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say: hours, a rule, a pill that has no hour."""
        told = (*self.rules, *self.without_hour, *self.near_meals, *self.unnamed_days)
        apart = any(line.hours_apart_from for line in self.lines)
        return bool(told or self.daily_on_purpose or apart)

    @property
    def without_hour(self) -> tuple[str, ...]:
        """Every pill that is taken and has no hour here, each once."""
        return _unique((*self.no_time_for, *self.refused, *(pill for pill, _ in self.never_with)))


def build_schedule(
    medicines: Iterable[Medicine],
    supplements: Iterable[SupplementIntake | Taken] = (),
    waters: Iterable[str] = (),
    meals: Sequence[Taken] = (),
    refused: frozenset[str] = frozenset(),
    weekday: int | None = None,
) -> DaySchedule:
    """Return the hours of a day.

    Parameters
    ----------
    medicines
        Medicines with their interactions, those of some days of the week too: pills keep the same
        hours on all days.
    supplements, waters
        What is taken, each dose with the hour of its meal where it has one, and mineral waters.
    meals
        Meals with what they hold, see ``day_meals``.
    refused
        Nutrients of which a rule refuses pills.
    weekday
        Which day it is, from 0, Monday; ``None`` where nobody knows.
    """
    taken = tuple(medicines)
    drugs = [drug_of_day(medicine, meals) for medicine in taken if medicine.is_swallowed]
    every = [*_doses(supplements), *(Taken(water, WATER) for water in waters)]
    forbids = {
        row["kind"]: one.name for one in taken for row in _rows_of(one) if not row["hours_before"]
    }
    kept = [dose for dose in every if dose.kind not in refused]
    placed, left = _placed([dose for dose in kept if dose.kind not in forbids], drugs)
    timed = [drug for drug in drugs if drug.is_timed]
    near = ((one.item, meal.item) for one in timed for meal in meals if not keeps_apart(one, meal))
    due = [medicine for medicine in taken if not medicine.is_weekly or weekday in medicine.weekdays]
    hours = [(medicine, hour) for medicine in due for hour in clock_hours(medicine.moments)]
    return DaySchedule(
        tuple(_lines(placed, drugs, hours)),
        tuple(_rules(drugs)),
        _unique(left),
        _unique(dose.item for dose in every if dose.kind in refused),
        tuple(dict.fromkeys((one.item, forbids[one.kind]) for one in kept if one.kind in forbids)),
        tuple(near),
        tuple((one.name, one.per_week) for one in taken if one.is_weekly and not one.weekdays),
        tuple(one.name for one in taken if is_usually_weekly(one.name) and not one.is_weekly),
        refused_nutrients=refused,
    )


def keeps_hours(medicines: Iterable[Medicine], intakes: Sequence[Taken]) -> bool:
    """Whether pills at their hours are far enough from each other and from medicines."""
    every = [*(drug_of_day(medicine) for medicine in medicines if medicine.is_swallowed), *intakes]
    pairs = ((taken, other) for n, taken in enumerate(every) for other in every[n + 1 :])
    return all(keeps_apart(taken, other) for taken, other in pairs if not other.is_medicine)


def _doses(supplements: Iterable[SupplementIntake | Taken]) -> list[Taken]:
    """Return each dose of what is taken, with its nutrient's amount of the day."""
    found: list[Taken] = []
    for one in supplements:
        if isinstance(one, Taken):
            found.append(one)
            continue
        doses = max(1, math.ceil(one.per_day))
        part = Taken(one.name, one.nutrient, one.nutrient_per_day / doses, dose_text=one.dose_text)
        found += [part] * doses
    of_the_day: dict[str, float] = {}
    for dose in found:
        of_the_day[dose.kind] = of_the_day.get(dose.kind, 0.0) + (dose.amount or 0.0)
    return [replace(taken, amount=of_the_day[taken.kind]) for taken in found]


def _placed(doses: Sequence[Taken], drugs: Sequence[Taken]) -> tuple[list[Taken], list[str]]:
    """Return the doses at hours that keep all rules, in the order that leaves fewest without."""
    best: tuple[list[Taken], list[str]] | None = None
    for order in islice(permutations(doses), read_safety_settings("schedule")["most_tries"]):
        placed, left = list[Taken](), list[str]()
        for dose in order:
            others = [*drugs, *placed]
            at = (dose.at(hour) for hour in _hours_liked(dose))
            free = (taken for taken in at if all(keeps_apart(taken, other) for other in others))
            if (found := next(free, None)) is not None:
                placed.append(found)
            else:
                left.append(dose.item)
        if best is None or len(left) < len(best[1]):
            best = placed, left
        if not left:
            break
    return best or ([], [])


def _hours_liked(dose: Taken) -> Iterator[float]:
    """Return the hours of a dose, that of its meal first and then those that suit its kind."""
    day = read_safety_settings("schedule")
    own = [span[0] for span in dose.spans]
    liked = [*own, *day["prefer"].get(dose.kind, ())]
    step, first_h = day["step_h"], day["mineral_h"]
    every = [first_h + n * step for n in range(round((day["sleep_h"] - first_h) / step) + 1)]
    near = own[0] if own else liked[0] if liked else first_h
    yield from dict.fromkeys([*liked, *sorted(every, key=lambda hour: abs(hour - near))])


def _lines(
    placed: Sequence[Taken], drugs: Sequence[Taken], hours: Iterable[tuple[Medicine, str]]
) -> list[ScheduleLine]:
    """Return a line for every dose of a pill, and for medicines where the person says the hour."""
    lines = [ScheduleLine(medicine.name, hour) for medicine, hour in hours]
    for one in placed:
        others = ((other.item, _hours_kept(one, other)) for other in (*drugs, *placed))
        apart = {item: least for item, least in others if least and item != one.item}
        lines.append(ScheduleLine(one.item, as_clock(one.spans[0][0]), apart, amount=one.dose_text))
    lines.sort(key=lambda line: (line.best, line.item))
    counts = [line.item for line in lines]
    return [
        replace(line, dose=counts[:n].count(line.item) + 1, doses=counts.count(line.item))
        for n, line in enumerate(lines)
    ]


def _hours_kept(dose: Taken, other: Taken) -> float:
    """Return the least hours from the earlier of two to the later, the more where nobody knows."""
    both = hours_between(dose, other), hours_between(other, dose)
    return max(both[span < dose.spans[0]] for span in other.spans) if other.is_timed else max(both)


def _rules(drugs: Sequence[Taken]) -> Iterator[str]:
    """Describe what each medicine is kept from: magnesium first, then what has the same hours."""
    named = read_safety_settings("schedule")["told"]
    for drug in drugs:
        rows = {rule.kind: rule for rule in drug.apart if rule.kind in named}.values()
        for (_, *hours), group in groupby(sorted(rows, key=_magnesium_first), _magnesium_first):
            yield _rule(", ".join(named[rule.kind] for rule in group), drug.item, *hours)
        for other in (taken for taken in drugs if taken.kind and taken is not drug and drug.apart):
            if hours_h := max(hours_between(drug, other), hours_between(other, drug)):
                yield _rule(other.item, drug.item, hours_h, hours_h)


def _magnesium_first(rule: Apart) -> tuple[bool, float, float]:
    return rule.kind != MAGNESIUM, rule.before_h, rule.after_h


def _rule(things: str, name: str, before_h: float, after_h: float) -> str:
    sentence = "hours_away" if before_h == after_h else "hours_after_or_before"
    return say(sentence, things=things, name=name, before=before_h, after=after_h)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


OWN_STANDARD_CAPPED = "own_standard_capped"
ASK_ANTACIDS, QUESTION = "ask_antacids", "question"

_LEVEL_SOURCES = ("dri_ul_elem",)
_STABLE_VITAMIN_K = "KEEP_VITAMIN_K_STABLE"
_FULL, _TOLD = "above_upper_level", "told"
_PHARMACIST = "ask your pharmacist or doctor"
_STOP = "{taken:.0f} mg a day. {why} Stop, and ask a doctor today."
_STOP_CHILD = (
    "{taken:.0f} mg a day. {why} Stop, and call a poison center or the emergency number now."
)


@dataclass(frozen=True, slots=True)
class SafetyVerdict:
    """What the safety rules say to one person.

    Parameters
    ----------
    allowed
        ``"allowed"``, ``"refused"``, or ``"ask"``: none until somebody has been asked.
    most_elemental_mg
        Most of supplemental magnesium that may be added to what is taken [mg/day]; 0 unless
        allowed.
    taken_elemental_mg
        Magnesium that supplements, antacids and laxatives hold already [mg/day].
    upper_level
        The upper level that counts; ``None`` where there is none.
    findings
        Everything that a rule says: what is urgent or refuses, what a plan has on top, the rest.
    schedule
        A day that keeps pills apart from medicines, and what no time is left for.
    forbidden_nutrients
        Nutrients of which no supplement may be taken, magnesium aside.
    avoided_words
        Words in the name of a compound that is to be avoided.
    nutrients
        Nutrient key → what the rules say to a supplement of it; ``allowed`` is that of magnesium.
    readings
        How each condition and medicine was understood.
    """

    allowed: str
    most_elemental_mg: float
    taken_elemental_mg: float
    upper_level: UpperLevel | None
    findings: tuple[SafetyFinding, ...]
    schedule: DaySchedule
    forbidden_nutrients: frozenset[str]
    avoided_words: frozenset[str]
    nutrients: Mapping[str, str]
    readings: tuple[Reading, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Whether a supplement of magnesium may be planned."""
        return self.allowed == ALLOWED

    def allows_nutrient(self, nutrient: str) -> bool:
        """Whether a supplement of a nutrient may be planned; of one that is not judged, none."""
        return self.nutrients.get(nutrient) == ALLOWED

    def allows_compound(self, name: str) -> bool:
        """Whether a compound, by any of its names, may be planned."""
        return self.allows_nutrient(find_supplement(name).nutrient) and not self.avoids(name)

    def avoids(self, name: str) -> bool:
        """Whether a compound, by any of its names, is one to avoid."""
        compound = find_supplement(name).name.casefold()
        return any(word in compound for word in self.avoided_words)


def judge_supplements(
    patient: Patient,
    supplements: Sequence[SupplementIntake] = (),
    standard_id: str = "us",
    waters: Sequence[str] = (),
) -> SafetyVerdict:
    """Return whether ``patient`` may have a supplement of magnesium, how much, and when.

    Parameters
    ----------
    patient
        Who asks.
    supplements
        What is taken already, antacids and laxatives too.
    standard_id
        Whose upper level counts.
    waters
        Mineral waters that are drunk; some medicines are kept apart from them.

    Returns
    -------
    SafetyVerdict
        Allowed only when every rule allows it.

    Raises
    ------
    ConfigError
        When a word of a condition or medicine is not understood.
    """
    check_understood(patient, alarms_of(patient))
    person, drugs, rules = patient.person, patient.medicines, rules_for(patient)
    actions = [action for rule in rules for action in rule.actions]
    upper = magnesium_level_of(patient, standard_id)
    own_level = magnesium_upper_level(person, standard_id)
    taken_mg = sum(one.elemental_mg_per_day for one in supplements if one.nutrient == MAGNESIUM)
    avoided, forbidden = (_words_of(key, actions) for key in ("avoided", "forbidden"))
    schedule = build_schedule(drugs, supplements, waters)
    findings = [
        *(_rule_finding(rule) for rule in rules),
        *_condition_findings(patient),
        *(finding for drug in drugs for finding in _drug_findings(patient, drug)),
        *_own_standard_findings(standard_id, own_level, upper),
        *_told_findings(patient),
        *_potassium_findings(patient),
        *_amount_findings(patient, taken_mg, upper, standard_id),
        *_compound_findings(supplements, avoided, forbidden),
        *_weak_kidney_findings(patient, supplements),
        *pill_findings(person, standard_id, supplements),
        *_schedule_findings(schedule, drugs),
    ]
    if upper and _codes(findings) == {_FULL}:
        findings += fewer_pills(supplements, upper.value)
    verdict = max((finding.verdict for finding in findings), key=VERDICTS.index, default=ASK)
    most_mg = upper.value - taken_mg if upper and verdict == ALLOWED else 0.0
    findings.sort(
        key=lambda one: (
            not one.is_emergency,
            one.verdict != REFUSED,
            one.level != _TOLD,
            one.verdict != ASK,
        )
    )
    nutrients = judge_nutrients(person, findings, forbidden)
    refused = _refused(nutrients, findings, forbidden, upper, taken_mg)
    schedule = build_schedule(drugs, supplements, waters, refused=refused)
    return SafetyVerdict(
        verdict,
        most_mg,
        taken_mg,
        upper,
        (*findings, *_general_findings(patient), *pill_advice(supplements, nutrients)),
        replace(schedule, answer=verdict),
        forbidden,
        avoided,
        nutrients,
        readings_of(patient),
    )


@cache
def verdict_of(action: str) -> str:
    """Return what an action or advice means for a supplement; an unknown one refuses."""
    known = read_safety_settings("actions")
    return next((verdict for verdict in (ALLOWED, ASK) if action in known[verdict]), REFUSED)


def _strictest(actions: Iterable[str]) -> str:
    return max((verdict_of(action) for action in actions), key=VERDICTS.index, default=REFUSED)


def magnesium_level_of(patient: Patient, standard_id: str) -> UpperLevel | None:
    """Return the one limit of supplemental magnesium: the standard's, lowered by the rules.

    A standard of a person's own is held to the rules of every age, and they stand in for a level
    that it does not give; a shipped one is its authority's word on adults.
    """
    actions = [action for rule in rules_for(patient) for action in rule.actions]
    upper = magnesium_upper_level(patient.person, standard_id)
    settings, is_shipped = read_safety_settings("actions"), not is_own_standard(standard_id)
    limits = settings["upper_mg"] | ({} if is_shipped else settings["own_standard_upper_mg"])
    lower = [float(limits[action]) for action in actions if action in limits]
    if not lower or (upper is None and is_shipped):
        return upper
    if upper is not None and min(lower) >= upper.value:
        return upper
    return UpperLevel(min(lower), "safety rule", cite_safety_sources(_LEVEL_SOURCES))


def _rule_finding(rule: SafetyRule) -> SafetyFinding:
    verdict = _strictest(rule.actions)
    return SafetyFinding(
        rule.rule_id,
        rule.level or ("info" if verdict == ALLOWED else verdict),
        what_rule_says(rule.rule_id).sentence,
        cite_safety_sources(rule.sources),
        rule.confidence,
        verdict,
        rule.actions,
    )


def _condition_findings(patient: Patient) -> Iterator[SafetyFinding]:
    for condition in patient.conditions:
        if text := condition.ask:
            code = condition.condition_id
            yield sentence_finding("asked_condition", ASK, code=code, text=text)
    yield from (_asked("other_condition", name=name) for name in patient.others)
    doubled = notes_on_doubled([medicine.ingredients for medicine in patient.medicines])
    yield from (sentence_finding(note, ASK) for note in doubled)


def _drug_findings(patient: Patient, drug: Medicine) -> Iterator[SafetyFinding]:
    for row, text in rows_told(patient, drug):
        verdict = ASK if row.is_default else _strictest(row.advice)
        if verdict != ALLOWED and not row.is_default:
            text = _asking(text)
        yield SafetyFinding(
            row.interaction_id, row.severity, text, row.source, row.confidence, verdict, row.advice
        )


def _own_standard_findings(
    standard_id: str, own: UpperLevel | None, upper: UpperLevel | None
) -> Iterator[SafetyFinding]:
    """State that a standard of a person's own is held to the level of the safety rules."""
    if not is_own_standard(standard_id) or upper is None or own == upper:
        return
    level = "no upper level"
    if own is not None:
        level = f"{float(own.value):g} mg a day"
    finding = _asked(OWN_STANDARD_CAPPED, ALLOWED, level=level, upper_mg=upper.value)
    yield replace(finding, source=upper.source)


def _amount_findings(
    patient: Patient, taken_mg: float, upper: UpperLevel | None, standard_id: str
) -> Iterator[SafetyFinding]:
    toxic, age_y = read_sentences()["toxic_dose"], patient.person.age_y
    if taken_mg > toxic.figures["above_mg"]:
        is_child = age_y < read_sentences()["pills_far_over_child"].figures["below_age_y"]
        text = (_STOP_CHILD if is_child else _STOP).format(
            taken=float(taken_mg), why=toxic.text.format(**toxic.figures)
        )
        finding = SafetyFinding("S06", "emergency", text, toxic.source, toxic.confidence, REFUSED)
        yield replace(finding, actions=(EMERGENCY,) * is_child)
    if upper is None:
        yield _asked("no_upper_level", REFUSED, standard=standard_id.upper())
    elif taken_mg >= upper.value and not (taken_mg and patient.kidneys.is_weak):
        code, text = over_said(MAGNESIUM, taken_mg, upper.value, age_y)
        if code == FAR_OVER_CHILD:
            finding = sentence_finding(code, REFUSED, level="emergency", text=text)
            yield replace(finding, actions=(EMERGENCY,))
        else:
            finding = _asked(_FULL, REFUSED, taken_mg=taken_mg, upper_mg=upper.value)
            yield replace(finding, source=upper.source)


def _compound_findings(
    supplements: Iterable[SupplementIntake], avoided: frozenset[str], forbidden: frozenset[str]
) -> Iterator[SafetyFinding]:
    for supplement in supplements:
        if any(word in supplement.compound.casefold() for word in avoided):
            yield _asked("avoided_compound", name=supplement.name)
        if supplement.nutrient in forbidden:
            yield _asked("forbidden_nutrient", name=supplement.name)


def _told_findings(patient: Patient) -> Iterator[SafetyFinding]:
    """Describe what an effect is about that stands in the banner of every plan."""
    for effect in patient.effects:
        if effect.banner and effect.notes:
            text = joined(effect_notes(patient, effect))
            yield SafetyFinding(effect.effect_id, _TOLD, text, effect.source, effect.confidence)


def _weak_kidney_findings(
    patient: Patient, supplements: Iterable[SupplementIntake]
) -> Iterator[SafetyFinding]:
    """Refuse magnesium that is taken already where the kidneys may not clear it."""
    names = [supplement.name for supplement in supplements if supplement.nutrient == MAGNESIUM]
    names += patient.magnesium_refused
    if names and patient.kidneys.is_weak:
        text = say("weak_kidneys_taken", names=", ".join(dict.fromkeys(names)))
        yield sentence_finding("weak_kidneys_taken", REFUSED, text=text)


def _schedule_findings(schedule: DaySchedule, drugs: Sequence[Medicine]) -> Iterator[SafetyFinding]:
    """Ask where no hour may be left for magnesium; refuse it beside what it never goes with."""
    taken = [drug for drug in drugs if drug.is_swallowed]
    untimed = [drug for drug in taken if not (drug.moments or drug.is_weekly)]
    rules = ((drug.per_day, rule) for drug in untimed for rule in _from_magnesium(drug))
    is_full = sum(doses * (rule.before_h + rule.after_h) for doses, rule in rules) > HOURS_A_DAY
    if items := schedule.no_time_for or ("magnesium",) * is_full:
        yield _asked("no_time_of_day", items=", ".join(items))
    rows = [(row, drug) for drug in taken for row in _rows_of(drug) if not row["hours_before"]]
    never = [("magnesium", drug.name) for row, drug in rows if row["kind"] == MAGNESIUM]
    for pill, medicine in schedule.never_with or never:
        yield _asked("never_with", REFUSED, pill=pill, medicine=medicine)


def _refused(
    nutrients: Mapping[str, str],
    findings: Iterable[SafetyFinding],
    forbidden: frozenset[str],
    upper: UpperLevel | None,
    taken_mg: float,
) -> frozenset[str]:
    """Return the nutrients of which what is taken already gets no hour.

    Magnesium that reaches the upper level, without exceeding it, is refused more of it alone.
    """
    is_full = upper is not None and taken_mg <= upper.value and _codes(findings) == {_FULL}
    refused = {key for key, answer in nutrients.items() if answer == REFUSED}
    return forbidden | (refused - {MAGNESIUM} if is_full else refused)


def _codes(findings: Iterable[SafetyFinding]) -> set[str]:
    """Return the codes of what refuses."""
    return {finding.code for finding in findings if finding.verdict == REFUSED}


def _potassium_findings(patient: Patient) -> Iterator[SafetyFinding]:
    """Ask for the clinic's figure where no plan is made without it."""
    is_alarm = any(what_rule_says(rule.rule_id).plan_refused for rule in rules_for(patient))
    if (needs := patient.potassium.needs_clinic) and not is_alarm:
        parts = [*needs, say("potassium_no_plan"), say("potassium_clinic")]
        text = capital("{text}.".format(text=" ".join(parts)))
        yield sentence_finding("potassium_clinic", ASK, level=QUESTION, text=text)


def _general_findings(patient: Patient) -> Iterator[SafetyFinding]:
    yield sentence_finding(ASK_ANTACIDS, ALLOWED, level=QUESTION)
    rows = (row for drug in patient.medicines for row in drug.interactions)
    advice = {advice for row in rows for advice in row.advice}
    if _STABLE_VITAMIN_K in advice and patient.person.vitamin_k_before_ug is None:
        yield sentence_finding("warfarin_before", ALLOWED, level=QUESTION)
    if patient.person.state == PREGNANT:
        yield sentence_finding("folic_acid_pregnancy", ALLOWED)
    for sentence in read_sentences().values():
        if sentence.is_general:
            yield sentence_finding(sentence.sentence_id, ALLOWED)


def _asked(sentence_id: str, verdict: str = ASK, **figures: Any) -> SafetyFinding:
    return sentence_finding(sentence_id, verdict, text=_asking(say(sentence_id, **figures)))


def _asking(text: str) -> str:
    """Put behind a sentence who is to be asked."""
    return joined([text, f"{capital(_PHARMACIST)}."])


def _words_of(table: str, actions: Iterable[str]) -> frozenset[str]:
    """Return what actions name in the table ``avoided`` or ``forbidden``."""
    known = read_safety_settings("actions")[table]
    return frozenset(word for action in actions for word in known.get(action, ()))
