"""A table: who shares which meal, and whether what its eaters ask for goes together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from shlex import quote

from foods.errors import raise_collected
from planner.errors import ConfigError
from planner.faults import fault, fault_said
from planner.meals.patterns import read_pattern
from planner.request.days import absent_days
from planner.request.diets import find_diet
from planner.request.eater import SHARED_SLOTS, Eater
from planner.request.meal_phrases import cooks_within
from planner.request.measures import known_ranges
from planner.request.profile import Profile
from planner.request.profile_table import ProfileTable
from planner.request.request import BODY_FIELDS, PlanRequest
from planner.request.wish import SaidWish, wishes_in

Shared = Mapping[str, Sequence[str]]
"""Place → names of the eaters who have the same dish there."""
MAIN, _TOGETHER = "main", ("breakfast", "lunch")


def shared_places(request: PlanRequest) -> dict[str, tuple[str, ...]]:
    """Return place → names of those who take the same dish there, two at least.

    Who has so many minutes for all meals of a day cooks each of them once, if nobody says else.
    """
    found = {}
    is_short = any(cooks_within(eater.max_minutes_on) for eater in request.everybody)
    for slot in request.week.slots:
        names = tuple(
            eater.name
            for eater in request.eaters
            if slot in eater.slots
            or (is_short and eater.slots == SHARED_SLOTS and slot in _TOGETHER)
        )
        if len(names) > 1:
            found[f"{slot}.{MAIN}"] = names
    return found


def refuse_eaters(request: PlanRequest) -> None:
    """Refuse a request of several eaters where one is asked for.

    Raises
    ------
    ConfigError
        When the request has eaters.
    """
    if request.eaters:
        names = ", ".join(eater.name for eater in request.eaters)
        raise fault(ConfigError, "for_one_eater", names=names)


def check_table(request: PlanRequest, where: str) -> None:
    """Make sure that the eaters of a request go together; nothing to say without any.

    Raises
    ------
    ConfigError
        All faults in one error.
    """
    faults = [
        *_guest_faults(request),
        *_put_faults(request),
        *(_eater_faults(request) if request.eaters else ()),
    ]
    raise_collected(ConfigError, faults, where)


def _guest_faults(request: PlanRequest) -> Iterator[str]:
    week = request.week
    meals = [(guest.day, guest.slot) for guest in week.guests]
    for day, slot in dict.fromkeys(meals):
        if day > week.days:
            yield fault_said("guests_beyond", days=week.days, day=day)
        elif slot not in week.slots or (day, slot) in week.skip:
            yield fault_said("guests_no_meal", slot=slot, day=day)
        elif meals.count((day, slot)) > 1:
            yield fault_said("guests_twice", day=day, slot=slot)


def _put_faults(request: PlanRequest) -> Iterator[str]:
    known = [eater.name for eater in request.eaters]
    for put in request.week.put:
        if put.eater and put.eater.casefold() not in map(str.casefold, known):
            whose = "one of {names}".format(names=", ".join(known))
            whose = whose if known else "leave the name out: one eats"
            told = {"where": put.where, "dish": put.dish, "eater": put.eater}
            yield fault_said("put_for_nobody", **told, whose=whose)


def _eater_faults(request: PlanRequest) -> Iterator[str]:
    yield from _name_faults(request.eaters)
    yield from _day_faults(request)
    own = [*_own_keys(request)]
    for key in own:
        yield f"{key}: with [[eaters]] it belongs to one of them — move it there"
    whose = [*_body_flags(request, own)]
    for name, flags in whose:
        if len(whose) > 1:
            told = "if that is {name}, at the command line write: {flags}"
            yield told.format(name=name, flags=flags)
        else:
            yield f"at the command line write: {flags}"
    places = {place.place_id for place in read_pattern(request.week.pattern).places}
    for eater in request.eaters:
        for slot in eater.slots:
            if f"{slot}.{MAIN}" not in places:
                yield fault_said("no_main_to_share", name=eater.name, slot=slot)
        try:
            common_diet(request.preferences.diet, eater)
        except ConfigError as error:
            yield str(error)


def _day_faults(request: PlanRequest) -> Iterator[str]:
    """Describe what does not go with eaters who are at the table on some days."""
    away, common = dict[str, set[int]](), request.preferences
    beside = request.allow_supplements or request.water.is_drunk or any(common.drinks.values())
    for eater in request.eaters:
        try:
            away[eater.name] = {*absent_days(request.week, eater.days)}
        except ConfigError as error:
            yield f"{eater.name}, days: {error!s}"
            continue
        own = eater.supplements or eater.allow_supplements or any(eater.preferences.drinks.values())
        if away[eater.name] and (beside or own):
            yield fault_said("eater_days_beside", name=eater.name)
    nobody = set.intersection(*away.values()) if len(away) == len(request.eaters) else set()
    if nobody:
        yield fault_said("nobody_at_table", day=min(nobody))


def _name_faults(eaters: Sequence[Eater]) -> Iterator[str]:
    people, letters = (known_ranges()[name] for name in ("eaters", "eater_name"))
    if len(eaters) not in people:
        yield fault_said("too_many_eaters", count=len(eaters), people=people)
    names = [eater.name.casefold() for eater in eaters]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield fault_said("eater_twice", name=name)
        if len(name) not in letters:
            yield fault_said("eater_name_length", name=name, letters=letters)


def _own_keys(request: PlanRequest) -> Iterator[str]:
    """Name the keys of the top that say who eats, which eaters say by themselves."""
    sample = Profile()
    named = {"age_y": "age"}
    for key in sample.__dataclass_fields__:
        given = getattr(request.profile, key) != getattr(sample, key)
        if key in BODY_FIELDS or named.get(key) in BODY_FIELDS:
            given = named.get(key, key) not in request.assumed
        if given:
            yield f"[profile] {named.get(key, key)}"
    if request.supplements:
        yield "[[supplements]]"


def _body_flags(request: PlanRequest, own: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return whose a body may be among several eaters, and the flag by which it is said.

    None where there is no such flag, or not all that is said could be said so.
    """
    body, told = request.profile, list[str]()
    wishes = {f"[profile] {wish.key}": wish for wish in wishes_in("profile", ProfileTable)}
    if not own or not wishes.keys() >= {*own}:
        return
    said_of = [wishes[key] for key in own]
    for wish in said_of:
        value = getattr(body, "age_y" if wish.key == "age" else wish.key)
        for part in value if isinstance(value, tuple) else (value,):
            text = f"{part:g}" if isinstance(part, int | float) else str(part)
            if not _is_read_back(wish, text, part):
                return
            told.append(f"{wish.name}={text}")
    for eater in _likest(request, {wish.key for wish in said_of}):
        yield eater.name, f"--eater {quote(','.join((f'name={eater.name}', *told)))}"


def _likest(request: PlanRequest, keys: Set[str]) -> list[Eater]:
    """Return the eaters whose body it may be of which ``keys`` are said: by an age the likest."""
    body = request.profile
    of_sex = [one for one in request.eaters if one.profile.sex == body.sex or "sex" not in keys]
    alike = min(of_sex or request.eaters, key=lambda one: abs(one.profile.age_y - body.age_y))
    unsaid = [eater for eater in of_sex if not (keys & {*BODY_FIELDS}) - {"sex", *eater.assumed}]
    return [alike] if "age" in keys else unsaid or [alike]


def _is_read_back(wish: SaidWish, text: str, value: object) -> bool:
    """Whether what is said of an eater is read in a phrase as it was meant."""
    try:
        return "," not in text and bool(wish.flag.phrase and wish.flag.phrase(text) == value)
    except ConfigError:
        return False


def common_diet(common: str, eater: Eater) -> str:
    """Return the diet that leaves out what both leave out."""
    both = {name: find_diet(name) for name in (eater.preferences.diet, common)}
    out = {name: diet.without_origin.union(diet.without) for name, diet in both.items()}
    every = frozenset[str]().union(*out.values())
    for name, own in out.items():
        if own == every:
            return name
    named = " and ".join(diet.name.lower() for diet in both.values())
    raise fault(ConfigError, "diets_apart", name=eater.name, named=named)
