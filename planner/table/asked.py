"""What is asked for by name at a table: dishes that are put on meals, and foods to be used up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from foods.errors import raise_collected
from foods.table import FoodTable
from planner.candidates.candidate import Candidate, CandidateSet
from planner.candidates.dish import Dish
from planner.candidates.equipment import NEEDS
from planner.candidates.names import Meaning, find_left_out
from planner.candidates.put_names import portion_of, served_by
from planner.candidates.select import ALONE, LACKS
from planner.candidates.servings import put_id
from planner.candidates.used_up import UsedUp
from planner.errors import CandidatesError
from planner.kitchen.leftovers import asked_uses
from planner.model.days import PutDish
from planner.request.days import absent_days, meal_planned, menu_day, menu_days, puts_by_day
from planner.request.diets import find_diet
from planner.request.eater import Guests
from planner.request.equipment import missing_equipment
from planner.request.next_week import days_before
from planner.request.put import Put, beside_said, days_without, is_beside
from planner.request.request import NAMELESS, PlanRequest
from planner.request.table import MAIN, Shared
from planner.table.day_limits import day_limits
from planner.table.put_instead import at_meal, elsewhere_said, nearest_said, slots_of, without_said
from planner.table.since import left_out_since
from planner.targets.eaters import eater_requests, energy_shares

Choices = Mapping[str, CandidateSet]
"""Name → what that eater may have."""
_MOST_REASONS = 3  # why none of several dishes can be
_LACKED = "put a dish there that your kitchen can make: magplan dishes list --without {lacks!r}"


PutsMeant = Mapping[Put, Sequence[str]]
"""What is put → ids of what may stand there: one of them is meant."""


def name_puts(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> PutsMeant:
    """Return the ids of the dishes or foods that each put may mean.

    Raises
    ------
    CandidatesError
        Names that mean nothing, all in one error.
    """
    found, faults = dict[Put, tuple[str, ...]](), list[str]()
    for put in request.week.put:
        try:
            found[put] = served_by(put, foods, dishes)
        except CandidatesError as error:
            told = f"{put.where}: {error!s}"
            faults.append(told)
    raise_collected(CandidatesError, faults, "--put")
    return found


def days_of_puts(
    request: PlanRequest,
    named: PutsMeant,
    choices: Choices,
    shared: Shared,
    amounts: Mapping[Put, str],
) -> tuple[tuple[PutDish, ...], ...]:
    """Return for each day with a menu of its own what is put on it; empty where nothing is.

    Parameters
    ----------
    request, named
        What was asked for, and what each put may mean.
    choices, shared
        What each eater may have, and who shares which places.
    amounts
        What is put → id of the candidate that is just so much of it, where that is said.

    Raises
    ------
    CandidatesError
        What somebody may not have, or does not belong to its meal; all faults in one error.
    """
    names = {name.casefold(): name for name in choices}
    meant, faults = dict[Put, PutDish](), list[str]()
    lacks = missing_equipment(request.preferences.without, request.preferences.kitchen)
    for put, ids in named.items():
        whose = names.get(put.eater.casefold())
        why = {dish_id: list(_put_faults(put, dish_id, whose, choices, shared)) for dish_id in ids}
        able = _able(put, why, whose, choices, shared)
        word, among = (put.dish, able) if len(able) > 1 else ("".join(able), ())
        meant[put] = PutDish(put.slot, word, whose or "", among, put.is_out, amounts.get(put, ""))
        faults += [] if able else _none_of(put, why, choices, lacks)
    raise_collected(CandidatesError, faults, ", ".join(dict.fromkeys(one.flag for one in named)))
    by_day = {day: {meant[put] for put in puts} for day, puts in puts_by_day(request.week).items()}
    faults = [
        fault
        for day, puts in by_day.items()
        for name in choices
        for fault in _crowded(day, puts, name, choices, shared)
    ]
    raise_collected(CandidatesError, list(dict.fromkeys(faults)), "--put")
    days = range(1, menu_days(request.week) + 1)
    return tuple(tuple(sorted(by_day.get(day, ()))) for day in days) if by_day else ()


def amounts_put(request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]) -> dict[Put, str]:
    """Return what is put in an amount of its own → id of the candidate that is just so much."""
    each = ((put, portion_of(put, foods, dishes)) for put in request.week.put)
    return {put: put_id(*found) for put, found in each if found is not None}


def guests_leave_out(
    request: PlanRequest, foods: FoodTable, dishes: Sequence[Dish]
) -> tuple[Meaning, ...]:
    """Return what guests leave out, each meaning by the name of a meal and its guests."""
    return tuple(
        Meaning(_guests_name(guests), *_left_out_by(guests, foods, dishes), slot=guests.slot)
        for guests in request.week.guests
        if _are_picky(guests)
    )


def _left_out_by(
    guests: Guests, foods: FoodTable, dishes: Sequence[Dish]
) -> tuple[frozenset[str], frozenset[str]]:
    out = find_diet(guests.diet).without_origin
    of_diet = frozenset(food.food_id for food in foods if food.origin & out)
    named = [find_left_out(left_out, foods, dishes, "--guests") for left_out in guests.leaves_out]
    food_ids = of_diet.union(*(meaning.food_ids for meaning in named))
    return food_ids, frozenset[str]().union(*(meaning.dish_ids for meaning in named))


def _are_picky(guests: Guests) -> bool:
    return bool(find_diet(guests.diet).without_origin or guests.leaves_out)


def _guests_name(guests: Guests) -> str:
    return f"guests.{guests.day}.{guests.slot}"


def days_off(
    request: PlanRequest, shared: Shared, names: Sequence[str]
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return for each day with a menu of its own who has nothing of what; empty where it is none.

    At the meal of guests who leave something out, so does the eater of ``names`` whose dishes they
    have. Days on which somebody needs more energy, or is away, are apart for everybody, by a name
    of nothing.

    Raises
    ------
    ConfigError
        When no day is called so.
    """
    count, start = menu_days(request.week), request.week.start
    found, each = list[tuple[str, str, frozenset[int]]](), eater_requests(request)
    for whose, own in each.items():
        off = own.preferences.without_on.items()
        found += [(whose, name, days_without(days, count, start)) for name, days in off]
        found += [(whose, limit.name, limit.days) for limit in day_limits(own)]
        for words, kcal in own.preferences.more_energy.items() if len(names) > 1 else ():
            found.append((whose, f"more.{kcal:g}", days_without(words.split(","), count, start)))
        found.append((whose, "away", frozenset(absent_days(own.week))))
        found += [(whose, since.name, since.days) for since in left_out_since(own)]
        for name in own.preferences.since:
            before = days_before(own.preferences.since, name, own.week)
            found.append((whose, f"before.{name}", frozenset(before)))
    for guests in filter(_are_picky, request.week.guests):
        sharers = shared.get(f"{guests.slot}.{MAIN}", tuple(names))
        day = menu_day(request.week, guests.day)
        host = next(sharer for sharer in sharers if day not in absent_days(each[sharer].week))
        found.append((host, _guests_name(guests), frozenset({day})))
    days = range(1, count + 1)
    named = (sorted((whose, name) for whose, name, on in found if day in on) for day in days)
    return tuple(map(tuple, named)) if any(on for _, _, on in found) else ()


def _able(
    put: Put, why: Mapping[str, Sequence[str]], whose: str | None, choices: Choices, shared: Shared
) -> tuple[str, ...]:
    """Return those of several dishes that may stand where one is put; empty where none may.

    They are those without a fault in ``why``; where everybody's dish is one's own and no dish is
    for all, those that somebody may have, if everybody has one.
    """
    able = tuple(dish_id for dish_id, faults in why.items() if not faults)
    if able or whose is not None or shared.get(f"{put.slot}.{MAIN}"):
        return able
    each = [{one for one in why if not _why_not(put, one, own)} for own in choices.values()]
    return tuple(sorted(set().union(*each))) if all(each) else ()


def _none_of(put: Put, why: Mapping[str, Sequence[str]], choices: Choices, lacks: str) -> list[str]:
    """List why what is put cannot be; of several dishes, why each cannot, at once if all alike.

    For what a kitchen lacks it is said what can be done.
    """
    reasons = list(dict.fromkeys(fault for faults in why.values() for fault in faults))
    left_out = [one for own in choices.values() for one in own.left_out if one.candidate_id in why]
    each = dict.fromkeys(candidate.told for candidate in left_out)
    if len(left_out) == len(why) * len(choices) and len(each) == 1 and len(why) > 1:
        told = "each of the {count} dishes called {name!r} is {told}"
        named = {"count": len(why), "name": put.dish, "told": next(iter(each))}
        reasons = [f"{put.where}: {told.format(**named)}"]
    if len(why) > 1 < len(reasons):
        none = "none of the {count} dishes called {name!r} can be used"
        told = none.format(count=len(why), name=put.dish)
        reasons = [f"{put.where}: {told}", *reasons[:_MOST_REASONS]]
    if lacks and any(NEEDS.format(names="") in text for text in each):
        reasons.append(f"{put.where}: {_LACKED.format(lacks=lacks)}")
    unknown = [candidate.candidate_id for candidate in left_out if candidate.code == LACKS]
    near = nearest_said(put, unknown, list(choices.values()))
    return [*reasons, f"{put.where}: {near}"] if near else reasons


def _put_faults(
    put: Put, own_id: str, whose: str | None, choices: Choices, shared: Shared
) -> Iterator[str]:
    """Yield who may not have what is put: those whose meal it is, and those who share its place."""
    eaters = list(choices) if whose is None else [whose]
    for name in eaters:
        fault = _why_not(put, own_id, choices[name])
        if fault:
            yield ": ".join((put.where, f"{name}: {fault}" if name else fault))
    place = f"{put.slot}.{MAIN}"
    for name in shared.get(place, ()) if set(eaters) & set(shared.get(place, ())) else ():
        is_main = any(place in one.places for one in _called(own_id, choices[eaters[0]]))
        fault = _why_not(put, own_id, choices[name]) if is_main and name not in eaters else ""
        if fault:
            told = "{where}: {name} shares this {slot}: {fault}"
            yield told.format(where=put.where, name=name, slot=put.slot, fault=fault)


def _crowded(
    day: int, puts: Set[PutDish], eater: str, choices: Choices, shared: Shared
) -> Iterator[str]:
    """Describe where different dishes are put on the one place that each of them has at a meal."""
    on_place: dict[str, list[PutDish]] = {}
    for put in sorted(puts):
        found = [own for own_id in put.ids for own in _called(own_id, choices[put.whose or eater])]
        places = {place for own in found for place in own.places if place.startswith(put.slot)}
        place = places.pop() if len(places) == 1 else ""
        if place and (put.whose in ("", eater) or {put.whose, eater} <= set(shared.get(place, ()))):
            on_place.setdefault(place, []).append(put)
    for place, own_puts in on_place.items():
        if not set.intersection(*(set(put.ids) for put in own_puts)):
            names = {
                put.name if put.among else _called(put.name, choices[put.whose or eater])[0].name
                for put in own_puts
            }
            both = " and ".join(sorted(names))
            told = "day {day}, {split}: {both} are for the same place — keep one"
            yield told.format(day=day, split=place.split(".")[0], both=both)


def _why_not(put: Put, own_id: str, choice: CandidateSet) -> str:
    """Describe why an eater cannot have at a meal what is put there; empty where it can be."""
    slots = [slot for candidate in _called(own_id, choice) for slot in slots_of(candidate)]
    if put.slot in slots:
        return ""
    for left_out in choice.left_out:
        if left_out.candidate_id == own_id and not slots:
            told = at_meal(put, left_out.told) if left_out.code == ALONE else left_out.told
            return f"{left_out.name} is {told}{without_said(put, told)}"
    return elsewhere_said(put, slots)


def _called(own_id: str, choice: CandidateSet) -> list[Candidate]:
    return [candidate for candidate in choice.candidates if candidate.source_id == own_id]


def uses_of(
    request: PlanRequest, choices: Choices, foods: FoodTable, dishes: Sequence[Dish]
) -> dict[str, tuple[UsedUp, ...]]:
    """Return for each eater the foods to be used up.

    What the whole table is to use up is shared, by need of energy, among those who may have it.

    Raises
    ------
    CandidatesError
        What no food is called, or nobody may have; all faults in one error.
    """
    found: dict[str, list[UsedUp]] = {name: [] for name in choices}
    faults = list[str]()
    shares = energy_shares(request) if request.eaters else {NAMELESS: 1.0}
    rounds = request.week.days / menu_days(request.week)
    for whose, use in asked_uses(request, foods, dishes):
        able = [name for name in choices if whose in ("", name) and _has(use, choices[name])]
        whole = sum(shares[name] for name in able)
        for name in able:
            mass_g = use.mass_g * shares[name] / whole / rounds
            found[name].append(replace(use, mass_g=mass_g))
        if not able and not use.is_stock:
            faults.append(_not_used(use, choices, whose, meal_planned(request.week, "lunch")))
    raise_collected(CandidatesError, faults, "--use")
    return {name: tuple(own) for name, own in found.items()}


def leftovers_off(
    uses: Mapping[str, Sequence[UsedUp]], puts: Sequence[Sequence[PutDish]], days: int
) -> tuple[tuple[tuple[tuple[str, str], ...], ...], tuple[Meaning, ...]]:
    """Return for each of the first ``days`` who has nothing of what for what is cooked already.

    While it is good no dish cooks it anew in its own pot; after that, in these days, no dish has
    more of it; and it is warmed up once, so a dish that takes it has no second meal. A day on which
    a dish is put is left as it is asked for.

    Parameters
    ----------
    uses, puts, days
        As of ``uses_of`` and ``days_of_puts``, and how many days a first week has.
    """
    off, meanings = [list[tuple[str, str]]() for _ in range(days)], list[Meaning]()
    for whose, own in uses.items():
        for number, use in enumerate(used_up for used_up in own if used_up.is_leftover):
            anew, late, again = (f"{kind}.{number}.{whose}" for kind in ("anew", "late", "again"))
            of_it = frozenset(key for key, g in use.per_g.items() if g)
            meanings.append(Meaning(anew, frozenset(), use.anew))
            meanings.append(Meaning(late, of_it))
            meanings.append(Meaning(again, of_it, is_again=True))
            for at in range(days):
                if not (puts and puts[at]):
                    is_good = at < (use.days or days)
                    off[at] += [(whose, again), (whose, anew)] if is_good else [(whose, late)]
    return tuple(map(tuple, off)) if meanings else (), tuple(meanings)


def _has(use: UsedUp, choice: CandidateSet) -> bool:
    return any(
        use.taken_by(candidate.source_id, candidate.servings[0].portion.ingredients) > 0.0
        for candidate in choice.candidates
    )


def _not_used(use: UsedUp, choices: Choices, whose: str, noon: str) -> str:
    """Explain why no plan may have a food, and where to eat it if only its figures are missing."""
    left_out = [
        candidate
        for name, choice in choices.items()
        for candidate in choice.left_out
        if whose in ("", name) and candidate.candidate_id in use.per_g and candidate.code != ALONE
    ]
    is_open = all(candidate.code == LACKS for candidate in left_out)
    if is_open and all(map(is_beside, use.names)):
        return beside_said(use.name)
    reasons = "; ".join(sorted({candidate.told for candidate in left_out}))
    why = f": {reasons}" if left_out else ""
    told = f"{use.name}: nothing with it may be planned{why}"
    if not (left_out and is_open):
        return told
    told_where = "{told} — eat it at a meal that is not planned: --eat-out {meal}"
    return told_where.format(told=told, meal=noon)
