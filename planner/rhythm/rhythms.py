"""Rhythms of a week: which recipes it is made of, when each is cooked and eaten."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from planner.errors import ConfigError
from planner.model.input import ModelInput
from planner.request.days import DAYS_PER_WEEK
from planner.request.next_week import minutes_on
from planner.request.request import PlanRequest
from planner.settings import names_in, read_settings

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SETTINGS = "rhythm.toml"
MAIN, BREAKFAST, LUNCH, DINNER = "main", "breakfast", "lunch", "dinner"


@dataclass(frozen=True, slots=True, order=True)
class Occasion:
    """A meal at which a role is eaten: day of the plan from 0, and place of the meal pattern."""

    day: int
    place: str

    @property
    def slot(self) -> str:
        """The meal."""
        return self.place.split(".")[0]


@dataclass(frozen=True, slots=True)
class Role:
    """One choice of a week.

    Parameters
    ----------
    name, kind
        What it is called; ``breakfast``, ``main``, or what stands beside: ``fruit``, ``snack``,
        ``milk``, ``extra``.
    occasions
        The meals at which it is eaten, in their order.
    active, minutes
        Most time with hands on it, and until it is on the table [min].
    box
        Whether it travels.
    anew
        Whether it is made for each of its meals rather than warmed up.
    must
        Whether something stands there in any case.
    """

    name: str
    kind: str
    occasions: tuple[Occasion, ...]
    active: int = 0
    minutes: int = 0
    box: bool = False
    anew: bool = False
    must: bool = True

    @property
    def span(self) -> int:
        """Days from its first meal to its last."""
        return self.occasions[-1].day - self.occasions[0].day


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The roles of a week, a sentence about them, and the rhythm to try where it has no week."""

    name: str
    sentence: str
    freer: str
    roles: tuple[Role, ...]

    def parted(self, meals: Mapping[str, Collection[Occasion]]) -> Rhythm:
        """Return the rhythm with some meals of roles, by their names, in roles of their own."""
        roles: list[Role] = []
        for role in self.roles:
            apart = set(meals.get(role.name, ()))
            own = tuple(occasion for occasion in role.occasions if occasion not in apart)
            other = tuple(occasion for occasion in role.occasions if occasion in apart)
            if own and other:
                first, later = sorted((own, other))
                roles.append(replace(role, occasions=first))
                roles.append(replace(role, name=f"{role.name}, later", occasions=later))
            else:
                roles.append(role)
        return replace(self, roles=tuple(roles))


def rhythm_names() -> tuple[str, ...]:
    """Return the names of the shipped rhythms."""
    return names_in("rhythms", ".toml")


def read_rhythm(
    name: str,
    days: int = 7,
    first_weekday: int = 0,
    missed: Sequence[Sequence[str]] = (),
    places: Sequence[str] = (),
) -> Rhythm:
    """Read a shipped rhythm for the days of a plan.

    Parameters
    ----------
    name
        Name of the rhythm.
    days, first_weekday
        Days planned, 7 at most, and the weekday of the first, Monday being 0.
    missed
        For each day the meals that are not planned; empty: none is missed.
    places
        Places that the meals have; empty: all.

    Raises
    ------
    ConfigError
        When there is no such rhythm, or it says a meal twice.
    """
    if name not in rhythm_names():
        raise ConfigError(f"no rhythm is called {name}", "--rhythm", ", ".join(rhythm_names()))
    table, out = read_settings(f"rhythms/{name}.toml"), [set(absence) for absence in missed]

    def here(weekday: str, place: str) -> Occasion | None:
        day = (WEEKDAYS.index(weekday) - first_weekday) % len(WEEKDAYS)
        is_there = day < days and (not places or place in places)
        is_missed = is_there and bool(out) and place.split(".")[0] in out[day]
        return Occasion(day, place) if is_there and not is_missed else None

    def seated(role: Role, at: Sequence[Occasion | None]) -> Iterator[Role]:
        known = tuple(sorted(occasion for occasion in at if occasion is not None))
        if known:
            yield from _pieces(replace(role, occasions=known))

    roles: list[Role] = []
    for row in table["role"]:
        at = [here(day, f"{slot}.main") for day, slot in (meal.split() for meal in row["meals"])]
        told = {key: row[key] for key in ("active", "minutes", "box", "anew") if key in row}
        roles += seated(Role(row["name"], row["kind"], (), **told), at)
    for row in (*read_settings(SETTINGS)["beside"], *table.get("beside", ())):
        for number, block in enumerate(row["blocks"], start=1):
            at = [here(day, row["place"]) for day in block]
            made = Role(f"{row['place']} {number}", row["kind"], (), must=row.get("must", False))
            roles += seated(made, at)
    _check_once(name, roles)
    return Rhythm(name, table["sentence"], table.get("freer", ""), tuple(roles))


def rhythm_of(request: PlanRequest) -> str:
    """Return the rhythm that is asked for, or the first of the settings that suits a household."""
    if request.week.rhythm is not None:
        return request.week.rhythm
    rule = read_settings(SETTINGS)["chosen"]
    youngest = min(eater.profile.age_y for eater in request.eaters or (request,))
    if request.eaters and youngest < rule["child_until_y"]:
        return str(rule["children"])
    return str(rule["lunch"].get(request.preferences.lunch or "", rule["others"]))


def rhythm_for(request: PlanRequest, source: ModelInput, name: str, week: int) -> Rhythm:
    """Read a rhythm for the days of week ``week``, from 0, of a request."""
    start = request.week.start
    first = 0 if start is None else (start.weekday() + week * DAYS_PER_WEEK) % DAYS_PER_WEEK
    missed = [absence.slots for absence in source.absences]
    places = [place.place_id for place in source.rules.places]
    rhythm = read_rhythm(name, len(source.weekend), first, missed, places)
    idle = set[int]()
    for day in range(len(source.weekend)):
        minutes = minutes_on(request.preferences, request.week, week * DAYS_PER_WEEK + day + 1)
        if minutes.get(LUNCH) == minutes.get(DINNER) == 0:
            idle.add(day)
    return cooked_ahead(rhythm, idle)


def cooked_ahead(rhythm: Rhythm, idle: Collection[int]) -> Rhythm:
    """Return a rhythm in which days without time, from 0, eat what was cooked before, or cold.

    The two pots of a day with time are the dinners after it in turn, and the next lunch where they
    are few. What else is eaten is made without cooking; so it is before the first day with time.
    """
    mains = sorted(at for role in rhythm.roles if role.kind == MAIN for at in role.occasions)
    if not any(at.day in idle for at in mains):
        return rhythm
    rule = read_settings(SETTINGS)["cook_ahead"]
    pots: list[list[Occasion]] = []
    here: list[list[Occasion]] = []
    cold: dict[str, list[Occasion]] = {LUNCH: [], DINNER: []}
    for at in mains:
        if at.day not in idle:
            here = [one for one in here if one[0].day == at.day] + [[at]]
            pots.append(here[-1])
        elif at.slot == DINNER and here:
            here[-1].append(at)
            here.insert(0, here.pop())
        else:
            cold[at.slot].append(at)
    for pot in pots:
        later = Occasion(pot[0].day + 1, f"{LUNCH}.{MAIN}")
        if pot[0].slot == DINNER and len(pot) < rule["meals"] and later in cold[LUNCH]:
            cold[LUNCH].remove(later)
            pot.insert(1, later)
    roles = [role for role in rhythm.roles if role.kind != MAIN]
    for number, pot in enumerate(pots, start=1):
        roles.append(Role(f"pot {number}", MAIN, tuple(pot), **rule["pot"]))
    for slot, meals in cold.items():
        many = -(-len(meals) // rule["cold_meals"][slot])
        for number in range(many):
            own, told = tuple(meals[number::many]), {**rule["cold"], "box": slot == LUNCH}
            roles.append(Role(f"cold {slot} {number + 1}", MAIN, own, anew=True, **told))
    return replace(rhythm, roles=tuple(roles))


def _pieces(role: Role) -> Iterator[Role]:
    """Cut a role where the week begins in the middle of it: what was cooked would be long gone."""
    gaps = [later.day - earlier.day for earlier, later in pairwise(role.occasions)]
    widest = max(gaps, default=0)
    if role.anew or role.kind != MAIN or widest <= len(WEEKDAYS) // 2:
        yield role
        return
    at = gaps.index(widest) + 1
    yield replace(role, occasions=role.occasions[:at])
    yield replace(role, name=f"{role.name}, again", occasions=role.occasions[at:])


def _check_once(name: str, roles: Sequence[Role]) -> None:
    known = [occasion for role in roles for occasion in role.occasions]
    if len(set(known)) != len(known):
        raise ConfigError("a meal stands in two roles", f"configs/rhythms/{name}.toml")
