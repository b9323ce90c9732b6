"""When no plan is made at all, whatever is asked for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from planner.errors import RefusedError
from planner.safety.conditions import Person, body_mass_index, is_about, known_conditions
from planner.safety.medicines import taken_for
from planner.safety.patient import FAULT, POTASSIUM, Effect, Patient, check_understood
from planner.safety.sentences import Cited, SafetyRule, read_safety_rules, read_safety_settings, say
from planner.settings import read_row, read_settings
from planner.wording import joined

AGE_AND_KIDNEYS_UNKNOWN = "R08"

PREGNANT = "pregnant"

_BY_STATE = {PREGNANT: "P01", "lactating": "P08"}
_AGE_CATEGORIES = ("child", "adult")
_CHOKING = "choking"


@dataclass(frozen=True, slots=True)
class RuleSays:
    """What a rule says to a person.

    Parameters
    ----------
    text, who
        What it means, and who is to be asked; empty where nobody is.
    plan_refused
        Whether no plan is made.
    beside
        Interactions of which a medicine must have one; empty where it holds without.
    banner
        What the first lines of a plan say of it; empty for most.
    """

    text: str
    who: str = ""
    plan_refused: bool = False
    beside: tuple[str, ...] = ()
    banner: str = ""

    @property
    def sentence(self) -> str:
        """Text and who to ask, as one text."""
        if not self.who:
            return self.text
        return joined([self.text, f"{self.who}."])


def rules_for(patient: Patient) -> tuple[SafetyRule, ...]:
    """Return the rules that hold for ``patient``, by id and without repeats."""
    rules, person = read_safety_rules(), patient.person
    found = {
        *(rule_id for condition in patient.conditions for rule_id in condition.rules),
        *_rules_by_figures(person),
        *_kidney_rules(patient),
    }
    if person.state in _BY_STATE:
        found.add(_BY_STATE[person.state])
    taken = {row.interaction_id for medicine in patient.medicines for row in medicine.interactions}
    named = {one.condition_id for one in patient.conditions}  # such as "hypokalaemia with digoxin"
    beside = {rule_id: set(what_rule_says(rule_id).beside) for rule_id in found - named}
    left_out = {rule_id for rule_id, needs in beside.items() if needs and not taken & needs}
    return tuple(rules[rule_id] for rule_id in sorted(found - left_out))


@cache
def what_rule_says(rule_id: str) -> RuleSays:
    """Return what a rule says; one without words of its own says its row."""
    row = read_safety_settings("findings").get(rule_id)
    if row is None:
        rule = read_safety_rules()[rule_id]
        return RuleSays(f"{rule.condition}: {rule.note}")
    return read_row(RuleSays, row)


def _rules_by_figures(person: Person) -> Iterator[str]:
    """Return the bands of age and of figures of the blood."""
    figures = {"serum_mg": person.serum_mg_mg_dl, "serum_k": person.serum_k_mmol_l}
    figures |= dict.fromkeys(_AGE_CATEGORIES, person.age_y)
    for rule in read_safety_rules().values():
        figure = figures.get(rule.category)
        if figure is not None and rule.level != _CHOKING and rule.holds(figure):
            yield rule.rule_id


def _kidney_rules(patient: Patient) -> list[str]:
    """Return the band of the kidneys; an age at which it must be known asks for it.

    A stage of words alone, such as ``CKD stage 2``, is known; the rule for the old still asks,
    since it wants a measured figure.
    """
    kidneys, person = patient.kidneys, patient.person
    found = [kidneys.rule.rule_id] if kidneys.rule else []
    if person.egfr is None and read_safety_rules()[AGE_AND_KIDNEYS_UNKNOWN].holds(person.age_y):
        found.append(AGE_AND_KIDNEYS_UNKNOWN)
    return found


def banner_of(patient: Patient) -> str:
    """Return the banner: what is special, and to show the plan first; empty for most people."""
    subjects = list(dict.fromkeys(_subjects(patient)))
    return say("banner", subjects="; ".join(subjects)) if subjects else ""


def effect_notes(patient: Patient, effect: Effect) -> tuple[str, ...]:
    """Return the sentences of ``effect``; ``{by}`` stands for the medicines that bring it."""
    by = ", ".join(taken_for(patient.medicines, effect.medicines))
    return tuple(say(note, by=by) for note in effect.notes)


def _subjects(patient: Patient) -> Iterator[str]:
    """Name what is special, by the ``banner`` of each effect that holds."""
    words = {
        "kidneys": _kidneys(patient),
        "raisers": ", ".join(patient.potassium.raisers) or say("banner_potassium"),
        "potassium": _potassium(patient),
        "others": ", ".join(patient.others),
    }
    told = (what_rule_says(rule.rule_id).banner for rule in rules_for(patient))
    yield from filter(None, told)
    for effect in patient.effects:
        if effect.banner:
            by = ", ".join(taken_for(patient.medicines, effect.medicines))
            yield effect.banner.format(by=by or effect.name.lower(), **words)


def _kidneys(patient: Patient) -> str:
    band, egfr = patient.kidneys.rule, patient.person.egfr
    kidneys = band.condition if band else "kidney disease"
    if egfr is None:
        return kidneys
    return f"{kidneys}, eGFR {float(egfr):g}"


def _potassium(patient: Patient) -> str:
    """Describe how potassium is held."""
    figure = dict(patient.person.clinic).get(POTASSIUM)
    if figure is not None:
        return say("banner_potassium_clinic", value=figure)
    if patient.potassium.is_capped:
        return say("banner_potassium_capped")
    sound = patient.potassium.is_capped_though_sound
    return say("banner_potassium_sound_kidneys" if sound else "banner_potassium_not_held")


_THIN = "underweight"
_STATES = {"pregnant": "in pregnancy", "lactating": "while breastfeeding"}


def check_age_allowed(person: Person, *, is_at_table: bool = False) -> None:
    """Refuse children who are too young for any plan; at a table it says how to share dinners.

    Raises
    ------
    RefusedError
        When the person is younger than ``configs/safety/stops.toml`` allows.
    """
    rule, infant = (read_safety_settings("stops")[key] for key in ("age", "infant"))
    if person.age_y < rule["least_y"]:
        asks = [*([infant["ask"]] if person.age_y < infant["below_y"] else []), rule["ask"]]
        if is_at_table and person.age_y >= rule["plate_from_y"]:
            asks.append(rule["plate"])
        where = f"age {person.age_y}"
        raise RefusedError(rule["text"], where, "; ".join(asks))


def check_plan_allowed(patient: Patient) -> None:
    """Refuse a person for whom a safety rule allows no plan of meals.

    Raises
    ------
    RefusedError
        When serum magnesium is an emergency, or raised with kidneys that nobody knows, the kidneys
        need a dietitian's plan, or a condition forbids one; says who to ask.
    """
    check_understood(patient, alarms_of(patient))
    for refusal in _refusals(patient):
        raise refusal
    person, stops = patient.person, read_safety_settings("stops")
    weak, pregnant = patient.kidneys.is_weak, person.state == PREGNANT
    for name, where, holds in (
        ("child_kidneys", "kidneys", weak),
        ("young_pregnancy", f"age {person.age_y}", pregnant),
    ):
        if holds and person.age_y < stops[name]["below_age_y"]:
            raise RefusedError(_no_plan(stops[name]["text"]), where, stops[name]["ask"])
    ids = {condition.condition_id for condition in patient.conditions}
    for row in (stop for stop in stops.values() if "bodies" in stop):
        is_body = any(is_about(body, person) for body in row["bodies"])
        if ids.intersection(row["conditions"]) and (is_body or ids.intersection(row["beside"])):
            raise RefusedError(_no_plan(row["text"]), row["about"], row["ask"])
    _check_serum_with_egfr(patient)
    _check_clinic_figure(patient)
    _check_others(patient)


def alarms_of(patient: Patient) -> list[str]:
    """Describe what is urgent by figures alone, before anything is asked about words."""
    for refusal in _refusals(patient, least=1):
        return [FAULT.format(fault=refusal.what, remedy=refusal.remedy)]
    return []


def _refusals(patient: Patient, least: int = 0) -> Iterator[RefusedError]:
    """Yield why rules refuse a plan, the most urgent first."""
    for rule in sorted(rules_for(patient), key=_urgency, reverse=True):
        says = what_rule_says(rule.rule_id)
        if says.plan_refused and _urgency(rule)[0] >= least:
            where = f"safety rule {rule.rule_id}"
            yield RefusedError(_no_plan(says.text), where, says.who)


def _check_others(patient: Patient) -> None:
    """Refuse a condition that nobody knows, until what to leave out is named or a clinic agreed."""
    names = [condition.text for condition in patient.said if condition.is_other]
    if names and not (patient.avoided or patient.person.clinic_agreed):
        reason = say("other_stop", names=", ".join(names))
        raise RefusedError(reason, where="conditions", remedy=say("other_stop_remedy"))


def _urgency(rule: SafetyRule) -> tuple[int, str]:
    """Return how soon help is needed: the most urgent of the rules that refuse is said."""
    urgent: list[str] = ["", *read_safety_settings("actions")["urgent"]]
    return max(urgent.index(one) if one in urgent else 0 for one in rule.actions), rule.rule_id


def _check_clinic_figure(patient: Patient) -> None:
    """Refuse where potassium is held back and no, or no such, figure of the clinic is given."""
    reasons = list(patient.potassium.needs_clinic)
    rule = read_safety_settings("potassium")["needs_clinic"]
    is_weak = patient.kidneys.is_below(rule["egfr_below"])
    least_mg, most_mg = rule["least_mg"], rule["most_weak_mg" if is_weak else "most_mg"]
    figure_mg = dict(patient.person.clinic).get(POTASSIUM, least_mg)
    if not least_mg <= figure_mg <= most_mg:
        reasons.append(say("potassium_figure", figure=figure_mg, least=least_mg, most=most_mg))
    if reasons:
        serum = (one for one in rules_for(patient) if one.category == "serum_k")
        who = [what_rule_says(safety_rule.rule_id).who for safety_rule in serum]
        remedy = "; ".join([*who, say("potassium_clinic")])
        raise RefusedError(_no_plan(" ".join(reasons)), "potassium", remedy)


def _check_serum_with_egfr(patient: Patient) -> None:
    rule = read_safety_settings("stops")["serum_without_egfr"]
    serum = patient.person.serum_mg_mg_dl
    if serum is not None and serum >= rule["from_mg_dl"] and not patient.kidneys.is_known:
        where = "safety rule {rules}".format(rules=", ".join(rule["rules"]))
        raise RefusedError(_no_plan(rule["text"].format(serum=float(serum))), where, rule["ask"])
    needs = read_safety_settings("stops")["needs_figure"]
    for row in (needs[one.condition_id] for one in patient.conditions if one.condition_id in needs):
        if getattr(patient.person, row["figure"]) is None:
            raise RefusedError(_no_plan(row["text"]), "conditions", row["ask"])


def _no_plan(reason: str) -> str:
    return f"no plan. {reason}"


def check_profile_allowed(patient: Patient, need_kcal: float) -> None:
    """Refuse a person, or an amount of energy, that no plan may be made for.

    Parameters
    ----------
    patient
        Who eats.
    need_kcal
        Energy need by equation [kcal/day].

    Raises
    ------
    RefusedError
        When the person is too young, or asks for energy below the floor, below the need where a
        deficit is forbidden, or far below it; or wants to gain weight where that may harm.
    """
    check_age_allowed(patient.person)
    asked_kcal = patient.person.energy_kcal
    energy_kcal = energy_by_goal(patient.person, need_kcal) if asked_kcal is None else asked_kcal
    if asked_kcal is not None or energy_kcal < need_kcal:
        check_energy_allowed(patient, energy_kcal, need_kcal)
    elif energy_kcal > need_kcal and asked_kcal is None:
        _check_gain_allowed(patient, energy_kcal, need_kcal)


def energy_by_goal(person: Person, need_kcal: float) -> float:
    """Return the energy of a goal [kcal/day]: the need less or plus a part, at least the floor."""
    less_kcal: float = read_settings("energy.toml")["goals"]["less_kcal"][person.goal]
    floor_kcal = energy_floor_kcal(person)
    return max(need_kcal - less_kcal, min(need_kcal, floor_kcal or 0.0))


def check_energy_allowed(patient: Patient, energy_kcal: float, need_kcal: float) -> None:
    """Refuse so little energy as harms.

    Raises
    ------
    RefusedError
        When ``energy_kcal`` [kcal/day] is below the floor, below ``need_kcal`` where a deficit is
        forbidden, or further below it than any plan cuts.
    """
    rule = read_safety_settings("stops")["no_deficit"]
    who = _who(patient)
    if who is not None and energy_kcal < need_kcal - rule["slack_kcal"]:
        pattern = "no plans below the need of {need:.0f} kcal a day {who}"
        reason = pattern.format(need=float(need_kcal), who=who)
        is_thin = known_conditions()[_THIN] in patient.conditions
        raise _too_little(energy_kcal, reason, _THIN if is_thin else "no_deficit")
    floor_kcal = energy_floor_kcal(patient.person)
    if floor_kcal is not None and energy_kcal < floor_kcal:
        reason = f"no plans below {float(floor_kcal):.0f} kcal a day"
        raise _too_little(energy_kcal, reason, "energy_floor")
    most_kcal = read_safety_settings("stops")["large_deficit"]["above_kcal"]
    least_kcal = need_kcal - most_kcal
    if energy_kcal < least_kcal:
        reason = (
            "no plans more than {most} kcal a day below the need of {need:.0f} kcal: at least "
            "{least} kcal is planned (--energy-kcal {least} in place of bounds on energy; other "
            "bounds may stay beside it)"
        ).format(most=most_kcal, need=float(need_kcal), least=math.ceil(least_kcal))
        raise _too_little(energy_kcal, reason, "large_deficit")


def check_more_allowed(patient: Patient, energy_kcal: float, need_kcal: float) -> None:
    """Refuse days with more energy than needed where how much more is a clinic's to plan.

    Who is heavy may eat what training uses up.

    Raises
    ------
    RefusedError
        When ``energy_kcal`` [kcal/day] is above ``need_kcal``, and may harm.
    """
    if energy_kcal > need_kcal:
        _check_gain_allowed(patient, energy_kcal, need_kcal, is_used_up=True)


def _check_gain_allowed(
    patient: Patient, energy_kcal: float, need_kcal: float, *, is_used_up: bool = False
) -> None:
    """Refuse more energy than needed where to gain weight may harm, or is a clinic's to plan."""
    rule = read_safety_settings("stops")["no_surplus"]
    bmi, found = rule["from_bmi"], set(rule["conditions"])
    names = [one.name.lower() for one in patient.conditions if one.condition_id in found]
    who = _of_body(patient.person, rule)
    if body_mass_index(patient.person) >= bmi and not is_used_up:
        who = f"with a body mass index from {float(bmi):g} on"
    if patient.kidneys.is_below(rule["egfr_below"]):
        who = "with an eGFR under {egfr:g}".format(egfr=float(rule["egfr_below"]))
    if names:
        who = "with {names}".format(names=" and ".join(names))
    if who is not None:
        pattern = "no plans above the need of {need:.0f} kcal a day {who}"
        raise _too_little(energy_kcal, pattern.format(need=float(need_kcal), who=who), "no_surplus")


def _too_little(energy_kcal: float, reason: str, rule: str) -> RefusedError:
    where = f"energy {float(energy_kcal):.0f} kcal"
    return RefusedError(reason, where, read_safety_settings("stops")[rule]["ask"])


def energy_floor_kcal(person: Person) -> float | None:
    """Return the least energy ever planned [kcal/day]; ``None`` where the need is the floor."""
    rule = read_safety_settings("stops")["energy_floor"]
    if person.age_y < rule["from_age_y"]:
        return None
    return float(rule["f_kcal"] if person.sex == "f" else rule["m_kcal"])


def needs_all_energy(patient: Patient) -> bool:
    """Whether no week of this person lies below the need: a condition forbids it, and says so."""
    return any(effect.no_deficit for effect in patient.effects)


def why_not_less(patient: Patient, nutrient: str) -> str | None:
    """Return for whom less of a nutrient is never offered as a way to a plan; else ``None``."""
    rule = read_safety_settings("stops")["never_offered"]
    names = [effect.within for effect in patient.effects if nutrient in effect.not_lowered]
    is_held, ids = nutrient in rule["less_of"], rule["conditions"]
    names += [one.name.lower() for one in patient.conditions if is_held and one.condition_id in ids]
    who = _of_body(patient.person, rule) if is_held else None
    return "with {names}".format(names=" and ".join(dict.fromkeys(names))) if names else who


def _who(patient: Patient) -> str | None:
    """Describe who may not be planned less energy than needed; ``None`` for everybody else."""
    of_body = _of_body(patient.person, read_safety_settings("stops")["no_deficit"])
    names = [effect.within for effect in patient.effects if effect.no_deficit]
    return of_body or ("with {names}".format(names=" and ".join(names)) if names else None)


def _of_body(person: Person, rule: Mapping[str, Any]) -> str | None:
    """Describe what of a body a rule is about, its state, age or low weight; ``None`` for none."""
    if person.state in rule["states"]:
        return _STATES[person.state]
    if person.age_y < rule["below_age_y"]:
        return "under {age}".format(age=rule["below_age_y"])
    if (bmi := body_mass_index(person)) < (least := rule.get("below_bmi", 0.0)):
        return f"with a body mass index under {float(least):g} (yours: {bmi:.1f})"
    return None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Foods that a person may not have.

    Parameters
    ----------
    reason
        Why, as a sentence goes on after "left out:".
    rules
        Ids of ``configs/safety/rules.csv``.
    source, confidence
        Citation, and how sure it is.
    flag, base
        Flag of the food catalogue, and base or id of a food, that marks them.
    unless_base
        Base of those among them that whoever the rule does not name may have.
    served
        Ids of dishes, and of foods where they are served by themselves, that are meant.
    is_for_all
        Whether it names nobody: who must not have it is not known by it.
    """

    reason: str
    rules: tuple[str, ...]
    source: Cited
    confidence: str
    flag: str = ""
    base: str = ""
    unless_base: str = ""
    served: frozenset[str] = frozenset()
    is_for_all: bool = False

    def covers(self, flags: frozenset[str], base: str, own_id: str = "") -> bool:
        """Whether a food with these flags, this base and this id is meant."""
        is_flagged = self.flag in flags and (not base or base != self.unless_base)
        return is_flagged or (bool(self.base) and self.base in {base, own_id})


@dataclass(frozen=True, slots=True)
class FoodCap:
    """Most of the foods with one flag.

    Parameters
    ----------
    cap_id, flag, name
        Id, flag of the food catalogue, and what to call the foods together.
    portions_per_week, pieces_per_day
        Most servings in seven days and most pieces a day; ``None`` sets no such cap.
    share_of_day
        Nutrient key → greatest share of a day's total that may come from them.
    reason, source, confidence
        Why, citation, and how sure it is.
    """

    cap_id: Annotated[str, Field(validation_alias="id")]
    flag: str
    name: str
    reason: str
    source: Cited
    confidence: str
    portions_per_week: int | None = None
    pieces_per_day: int | None = None
    share_of_day: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DrinkCap:
    """Most cups a day of the drinks with one base, and why."""

    base: str
    cups_per_day: int
    reason: str
    source: Cited
    confidence: str


@dataclass(frozen=True, slots=True)
class NutrientCap:
    """Most of a nutrient a day, for reasons of safety.

    Parameters
    ----------
    nutrient
        Nutrient key.
    upper
        Most a day, in the nutrient's unit.
    source, confidence
        Short citation, and how sure it is.
    """

    nutrient: str
    upper: float
    source: str
    confidence: str


def exclusions_for(patient: Patient, alcohol_wanted: bool = False) -> tuple[Exclusion, ...]:
    """Return the foods that ``patient`` may not have, each with its reason.

    Parameters
    ----------
    patient
        Who eats.
    alcohol_wanted
        Whether drinks with alcohol were asked for; it moves nobody whom a rule names.
    """
    wishes = {"alcohol"} if alcohol_wanted else set()
    found: list[Exclusion] = []
    by_effect, is_any = tuple(_exclusions_by_effect(patient)), False
    for row in read_safety_settings("exclusions")["exclusion"]:
        is_any |= _names(row, patient.person)
        is_named = _names(row, patient.person) or (row.get("with_others") and (is_any or by_effect))
        if is_named or (row.get("everyone") and row.get("unless_wanted") not in wishes):
            own = {"unless_base": ""} if is_named else {"is_for_all": True}
            found.append(read_row(Exclusion, {**row, **own}))
    return (*found, *by_effect)


@cache
def food_caps() -> tuple[FoodCap, ...]:
    """Return the caps on foods that hold for everyone."""
    return tuple(read_row(FoodCap, row) for row in read_safety_settings("caps")["cap"])


def drink_caps_for(person: Person) -> tuple[DrinkCap, ...]:
    """Return the drinks of which ``person`` has a most by the cup."""
    rows = read_safety_settings("caps")["drink_cap"]
    return tuple(read_row(DrinkCap, row) for row in rows if _names(row, person))


def nutrient_caps_for(person: Person, with_drinks: bool = False) -> tuple[NutrientCap, ...]:
    """Return the nutrients of which ``person`` has a most for reasons of safety.

    ``with_drinks``: whether coffee, tea and the like were asked for; some hold for these alone.
    """
    rows = read_safety_settings("caps")["nutrient_cap"]
    return tuple(
        _nutrient_cap(row, person)
        for row in rows
        if _names(row, person)
        and is_about(row, person)
        and (with_drinks or not row.get("with_drinks"))
    )


@cache
def safety_sentence(name: str) -> str:
    """Return the sentence ``"kidney"`` or ``"not_medical_advice"`` that is said once per plan."""
    return str(read_safety_settings("caps")["sentences"][name])


def _names(row: Mapping[str, Any], person: Person) -> bool:
    """Whether a rule is for somebody of this state or age."""
    is_young = person.age_y < row.get("below_age_y", 0)
    is_old = person.age_y >= row.get("also_from_age_y", math.inf)
    return is_young or is_old or person.state in row.get("states", ())


def _exclusions_by_effect(patient: Patient) -> Iterator[Exclusion]:
    """Yield what conditions and medicines leave out; a word is a flag or a catalogue base."""
    for effect in patient.effects:
        told = effect.left_out_reason, (effect.effect_id,), effect.source, effect.confidence
        for word in effect.left_out:
            yield Exclusion(*told, word, word)
        if effect.served_left_out:
            yield Exclusion(*told, served=effect.served_left_out)


def _nutrient_cap(row: Mapping[str, Any], person: Person) -> NutrientCap:
    upper = row.get("upper_per_day", 0)
    upper += row.get("upper_per_day_per_kg", 0) * person.weight_kg
    if "upper_per_day_above_age" in row:
        upper = max(upper, person.age_y + row["upper_per_day_above_age"])
    return NutrientCap(row["nutrient"], float(upper), row["short"], row["confidence"])
