"""What a "no plan" answer may offer, and rules and locks in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from foods.errors import UserFacingError
from planner.candidates.candidate import CandidateSet
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.readings import left_out_alone
from planner.explain.report import Collision, Concession, Refusal
from planner.plan.locks import Lock
from planner.plan.plan import Item, Plan
from planner.request.diets import find_diet
from planner.request.eater import Eater
from planner.request.override import TargetOverride
from planner.request.preferences import EATEN
from planner.request.put import on_days
from planner.request.request import PlanRequest, WeekOptions
from planner.safety.patient import POTASSIUM, Patient
from planner.safety.sentences import say
from planner.safety.stops import why_not_less
from planner.settings import read_settings
from planner.shops import named
from planner.standards.amounts import Intake, amount_of, key_of
from planner.standards.read import read_standard
from planner.targets.derive import targets_of
from planner.targets.reference import match_all
from planner.targets.target import said_on, said_unit, said_within
from planner.wording import capital, listed


def amount_said(nutrient: str, amount: float) -> str:
    """Describe an amount of a nutrient, share or ratio with its unit, if it has one."""
    unit = said_unit(nutrient)
    if not unit:
        return f"{amount:,.4g}"
    return f"{amount:,.4g} {unit}"


def names_in_words(names: Sequence[str]) -> str:
    """Name several people or meals: ``"Ann, Ben and Tom"``."""
    return listed(names)


ACCEPT, OF_EATER = "--accept", "--eater"
WITHOUT_ON = "without_on"
ALONE = "{wish}: {count} of {dishes} dishes are left out for that alone"
NOT_OFFERED = "Not offered is {offer}: {why}."
LESS_OF = "less {name} is not offered {who}"
BELOW_AVERAGE = "the average requirement is {average} a day"
ACCEPTED = "Planned with suggested change {number}, because no plan was found as asked: {offer}."
ACCEPTED_FOR = (
    "Planned with suggested change {number}, because no plan was found as asked: {offer} instead "
    "of {now}."
)
BUDGET = "a budget of {price} a week"
ALLOW_SUPPLEMENTS, COUNT_EATEN = "--allow-supplements", "--budget-counts eaten"


def accepted_notes(notes: Iterable[str]) -> list[str]:
    """Return the notes that say with which way out it was planned, as they stand."""
    known = (ACCEPTED, ACCEPTED_FOR)
    begins = tuple(pattern.partition("{")[0] for pattern in known)
    return [note for note in notes if note.startswith(begins)]


def accepted_again(notes: Iterable[str]) -> list[str]:
    """Return these notes as a file keeps them."""
    return [_again(note, (ACCEPTED_FOR, ACCEPTED)) for note in accepted_notes(notes)]


def _again(text: str, patterns: Iterable[str]) -> str:
    for pattern in patterns:
        reader = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(pattern))
        if found := re.fullmatch(reader, text):
            return pattern.format(
                **{key: _again(value, (BUDGET,)) for key, value in found.groupdict().items()}
            )
    return text


def with_allowed_offers(refusal: Refusal, request: PlanRequest) -> Refusal:
    """Leave out the offers that a safety rule, or the need of this person, forbids.

    Parameters
    ----------
    refusal
        What collides, and what would open a way.
    request
        Who asked for what.
    """
    why = [(one, why_forbidden(one.band, request)) for one in refusal.relaxations]
    kept = tuple(concession for concession, reason in why if reason is None)
    told = [NOT_OFFERED.format(offer=one.text, why=reason) for one, reason in why if reason]
    withheld = tuple(dict.fromkeys((*refusal.withheld, *told)))
    conflict = (*_figure_missing(refusal, request.patient), *_days_without(refusal, request))
    conflict += refusal.conflict
    return replace(refusal, conflict=conflict, relaxations=kept, withheld=withheld)


def _figure_missing(refusal: Refusal, patient: Patient) -> Iterator[Collision]:
    """Yield that a kidney figure would open a way, where potassium is capped for lack of it."""
    name = said_on(POTASSIUM).lower()
    is_in_the_way = not refusal.is_proven or any(clash.what == name for clash in refusal.conflict)
    if is_in_the_way and patient.potassium.is_capped and patient.kidneys.rule is None:
        yield Collision(name, "", say("potassium_egfr"))


def _days_without(refusal: Refusal, request: PlanRequest) -> Iterator[Collision]:
    """Name what is left out on some days, where that may be in the way."""
    if not refusal.is_proven:
        asked, dishes = request.preferences.without_on, len(read_embedded_dishes())
        for name, count in left_out_alone(asked).items():
            text = ALONE.format(wish=on_days(name, asked[name]), count=count, dishes=dishes)
            yield Collision(name, ", ".join(asked[name]), text)


def is_allowed(offer: TargetOverride | None, request: PlanRequest) -> bool:
    """Whether a band may be offered to one who eats; what is about something else may."""
    return why_forbidden(offer, request) is None


def why_forbidden(offer: TargetOverride | None, request: PlanRequest) -> str | None:
    """Name the rule, or the need, that forbids to offer a band; ``None`` where nothing does."""
    if offer is None:
        return None
    if offer.lower is not None and (need := _why_not_so_little(offer, offer.lower, request)):
        return need
    try:
        targets_of(replace(request, overrides=_laid_over(request.overrides, offer)))
    except UserFacingError as error:
        return error.what
    return None


def parts_of(offer: Concession) -> list[Concession]:
    """Return the single things that give way at once."""
    return [part for concession in offer.parts for part in parts_of(concession)] or [offer]


def asked_with(request: PlanRequest, offer: Concession) -> PlanRequest:
    """Return a request as an offer's flag would change it: for all, or for whom it is about."""
    if offer.parts:  # the flag of the whole is that of all its parts, whoever they are about
        for part in offer.parts:
            request = asked_with(request, part)
        return request
    for concession in offer.also:
        request = asked_with(request, concession)
    if offer.whose:
        own = replace(offer, whose="", also=())
        eaters = (_of_eater(one, own) if one.name == offer.whose else one for one in request.eaters)
        return replace(request, eaters=tuple(eaters))
    wanted = request.preferences
    if offer.band is not None:
        request = replace(request, overrides=_laid_over(request.overrides, offer.band))
    if offer.budget_usd is not None:
        wanted = wanted.with_budget(offer.budget_usd)
    if COUNT_EATEN in offer.flag:
        wanted = replace(wanted, budget_counts=EATEN)
    if offer.rule is not None:
        rules = {(rule.name, rule.sense): rule for rule in (*wanted.per_week, offer.rule)}
        wanted = replace(wanted, per_week=tuple(rules.values()))
    if offer.preference is not None:
        key, value = offer.preference
        kept = {name: on for name, on in wanted.without_on.items() if name != value}
        wanted = replace(wanted, **{key: kept if key == WITHOUT_ON else value})  # type: ignore[arg-type]
    habits = request.habits if offer.habit is None else {**request.habits, **dict([offer.habit])}
    supplements = request.allow_supplements or ALLOW_SUPPLEMENTS in offer.flag
    return replace(
        request,
        preferences=wanted,
        habits=habits,
        allow_supplements=supplements,
        week=_week_with(request.week, offer),
        eaters=tuple(_eater_with(eater, offer) for eater in request.eaters),
    )


def _of_eater(eater: Eater, offer: Concession) -> Eater:
    """Return an eater whose own wishes an offer changes."""
    own = PlanRequest(
        eater.profile,
        preferences=eater.preferences,
        overrides=eater.overrides,
        habits=eater.habits,
        allow_supplements=eater.allow_supplements,
    )
    asked = asked_with(own, offer)
    return replace(
        eater,
        preferences=asked.preferences,
        overrides=asked.overrides,
        habits=asked.habits,
        allow_supplements=asked.allow_supplements,
    )


def _week_with(week: WeekOptions, offer: Concession) -> WeekOptions:
    """Return the week without what is put, and with the meals planned that an offer names."""
    put = tuple(asked_put for asked_put in week.put if asked_put != offer.put)
    none = {meal for meal in week.not_eaten if meal[0] in offer.eaten}
    skip = tuple(meal for meal in week.skip if meal not in none and meal[1] not in offer.at_home)
    if offer.put is not None and offer.put.is_out and isinstance(offer.put.day, int):
        skip += ((offer.put.day, offer.put.slot),)  # eaten out all the same
    rest = tuple(meal for meal in week.not_eaten if meal not in none)
    return replace(week, put=put, skip=skip, not_eaten=rest)


def _eater_with(eater: Eater, offer: Concession) -> Eater:
    """Return an eater who does not share the meals that an offer names."""
    name, slots = offer.apart or ("", ())
    if name != eater.name:
        return eater
    return replace(eater, slots=tuple(slot for slot in eater.slots if slot not in slots))


def _why_not_so_little(offer: TargetOverride, lower: float, request: PlanRequest) -> str | None:
    """Explain why a lower floor is less than needed, as one below the average requirement is."""
    key = offer.nutrient
    who = why_not_less(request.patient, key)
    if who is not None:
        return LESS_OF.format(name=said_within(key), who=who)
    average = _average_requirement(key, request)
    if average is None or lower >= average:
        return None
    return BELOW_AVERAGE.format(average=amount_said(key, average))


def _average_requirement(key: str, request: PlanRequest) -> float | None:
    standard, diet = read_standard(request.standard), find_diet(request.preferences.diet)
    intake = Intake(request.profile.weight_kg, 0.0)  # none is published per unit of energy
    kinds = read_settings("targets.toml")["kinds"]["average_requirements"]
    found = [
        amount_of(match.value, key, intake)
        for match in match_all(standard, request.profile, diet).values()
        if match.value.kind in kinds and key_of(match.value) == key
    ]
    return max(found, default=None)


def _laid_over(
    asked: Iterable[TargetOverride], offer: TargetOverride
) -> tuple[TargetOverride, ...]:
    """Return the bounds asked for by hand as the flag of an offer would change them."""
    bands = {band.nutrient: band for band in asked}
    if offer.hard is False:  # no wish any more: what is derived holds, never less
        return tuple(band for band in bands.values() if band.nutrient != offer.nutrient)
    known = bands.get(offer.nutrient, TargetOverride(offer.nutrient, None, None))
    lower = known.lower if offer.lower is None else offer.lower
    upper = known.upper if offer.upper is None else offer.upper
    return tuple((bands | {offer.nutrient: replace(known, lower=lower, upper=upper)}).values())


NO_ROOM = "{locks} cannot stay: {why}"
NOT_BESIDE_PAST = "What days that are past have leaves no room for all that follows."
NO_ROOM_FOR_ALL = "{locks} cannot all stay: {why}"


def lock_words(plan: Plan, lock: Lock) -> str:
    """Name what is locked: ``"day 3 dinner: Baked salmon"``."""
    if lock.day >= len(plan.days):
        return f"day {lock.day + 1}"
    day = plan.days[lock.day]
    place = "day {number}" if lock.slot is None else "day {number} {slot}"
    where = place.format(number=day.day, slot=lock.slot or "")
    names = [
        named(item.name)
        for meal, item in day.served()
        if lock.slot == meal.slot and lock.source_id in (None, item.item_id)
    ]
    return "{where}: {names}".format(where=where, names=", ".join(names)) if names else where


def explain_gone(plan: Plan, locks: Sequence[Lock], candidates: CandidateSet, days: int) -> Refusal:
    """Explain for each lock why what it holds may not be planned any more; ``days`` are planned."""
    out = (one for one in candidates.left_out if one.code != "alone")  # as a side it may stand
    reasons = {left_out.candidate_id: left_out.told for left_out in out}
    conflict = []
    for lock in locks:
        reason: str = "it is no longer offered in that portion size"
        if lock.day >= days:
            reason = "the new plan has no such day"
        for item in _held(plan, lock):
            reason = reasons.get(item.item_id, reason)
        words = lock_words(plan, lock)
        text = f"{capital(words)} cannot stay: {reason}"
        conflict.append(Collision(words, "locked", text))
    return Refusal(tuple(conflict), _let_go(plan, locks))


def _let_go(plan: Plan, locks: Sequence[Lock]) -> tuple[Concession, ...]:
    return tuple(Concession(f"let go of {lock_words(plan, lock)}", let_go=lock) for lock in locks)


def _held(plan: Plan, lock: Lock) -> list[Item]:
    if lock.day >= len(plan.days):
        return []
    return [
        item
        for meal in plan.days[lock.day].meals
        for item in meal.items
        if lock.slot in (None, meal.slot) and lock.source_id in (None, item.item_id)
    ]
