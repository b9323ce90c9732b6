"""What of a request holds later: for days to come, for the week after; notes of one's own.

What was eaten before is a fact.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from planner.errors import ConfigError
from planner.request.days import DAYS_PER_WEEK, menu_days
from planner.request.meal_phrases import Told, weekly
from planner.request.measures import known_ranges
from planner.request.phrases import FrequencyRule, read_note
from planner.request.preferences import LATELY, Preferences
from planner.request.put import EVERY, days_without, is_weekly
from planner.request.request import EMPTY, USUAL, AtHome, PlanRequest, WeekOptions

MOST_HISTORY = 4
NEVER, MOST = 0, 3
"""Grades of a dish that is not to come again, and of one that was liked very much."""
ONCE_MORE = (">=", 1)


def request_after(
    request: PlanRequest, last: date | None, plan_path: str, home: Iterable[AtHome] | None
) -> PlanRequest:
    """Return the request of the days that follow a plan.

    Parameters
    ----------
    request
        What the plan was asked with.
    last
        Its last day; ``None``: its days have no dates.
    plan_path
        Where it lies, or its dishes as ``history`` has them: they are left for later.
    home
        What it leaves at home; ``None``: what the request says is there.
    """
    request = on_other_days(request)
    wanted = request.preferences
    start = None if last is None else last + timedelta(days=1)
    week = replace(request.week, start=start)
    if home is not None:
        week = home_of(week, home)
    history = (*wanted.history, plan_path)[-MOST_HISTORY:]
    return replace(request, preferences=replace(wanted, history=history), week=week)


def on_other_days(request: PlanRequest) -> PlanRequest:
    """Return what of a request holds on days of other dates."""
    out = [*_on_each_day(request.week, [(put.day, put.slot) for put in request.week.put])]
    week = replace(
        request.week,
        guests=(),
        holidays=(),
        skip=tuple(_on_each_day(request.week, request.week.skip)),
        not_eaten=tuple(_on_each_day(request.week, request.week.not_eaten)),
        put=tuple(
            put
            for put in request.week.put
            if str(put.day).startswith(EVERY) or (put.is_out and (put.day, put.slot) in out)
        ),
        meals_at=weekly(request.week.meals_at),
        amounts={},
        cooked_more={},
        begun={},
        eaten=(),
    )
    eaters = (replace(eater, preferences=_weekly(eater.preferences)) for eater in request.eaters)
    wanted = _weekly(request.preferences)
    return replace(request, preferences=wanted, week=week, eaters=tuple(eaters))


def over_days(request: PlanRequest, days: int | None) -> PlanRequest:
    """Return a request of ``request_after`` over so many days: meals missed every day stay so."""
    week, old = request.week, menu_days(request.week)
    if days is None:
        return request
    longer = replace(week, days=days)
    new = [(day, (day - 1) % old + 1) for day in range(1, menu_days(longer) + 1)]

    def on_new(missed: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
        return tuple((day, slot) for day, like in new for was, slot in missed if was == like)

    weekly_put = [own_put for own_put in week.put if not isinstance(own_put.day, int)]
    put = (replace(one, day=day) for day, like in new for one in week.put if one.day == like)
    skip, none = on_new(week.skip), on_new(week.not_eaten)
    longer = replace(longer, skip=skip, not_eaten=none, put=(*weekly_put, *put))
    return replace(request, week=longer)


def within_days(request: PlanRequest, days: int | None) -> PlanRequest:
    """Return a request without what is wished for weekdays that none of so many days is."""
    longer = request.week if days is None else replace(request.week, days=days)

    def are_there(words: Iterable[str]) -> bool:
        try:
            return bool(days_without([*words], menu_days(longer), longer.start))
        except ConfigError:
            return False

    def keyed(told: Mapping[str, Told], sep: str) -> Mapping[str, Told]:
        named = {key: (key.rpartition(sep)[0] if sep else key) for key in told}
        kept = (key for key, on in named.items() if not on or are_there(on.split(",")))
        return MappingProxyType({key: told[key] for key in kept})

    def fitting(wanted: Preferences) -> Preferences:
        each = wanted.without_on.items()
        kept = {name: tuple(word for word in on if are_there([word])) for name, on in each}
        return replace(
            wanted,
            without_on=MappingProxyType({name: on for name, on in kept.items() if on}),
            max_minutes_on=keyed(wanted.max_minutes_on, ":"),
            more_energy=keyed(wanted.more_energy, ""),
        )

    eaters = (replace(eater, preferences=fitting(eater.preferences)) for eater in request.eaters)
    week = replace(request.week, meals_at=keyed(request.week.meals_at, ":"))
    wanted = fitting(request.preferences)
    return replace(request, preferences=wanted, week=week, eaters=tuple(eaters))


def home_of(week: WeekOptions, home: Iterable[AtHome]) -> WeekOptions:
    """Return a week with this at home; what most kitchens have stays there, or not, as before."""
    return replace(week, pantry=tuple(home), cupboard=USUAL if week.has_usual else EMPTY)


def _weekly(wanted: Preferences) -> Preferences:
    """Return what is wished for without food to be used up, and of days the weekdays alone."""
    kept = {name: tuple(filter(is_weekly, days)) for name, days in wanted.without_on.items()}
    on = MappingProxyType({name: days for name, days in kept.items() if days})
    minutes = weekly(wanted.max_minutes_on)
    energy = wanted.more_energy.items()
    more = MappingProxyType(
        {days: kcal for days, kcal in energy if all(map(is_weekly, days.split(",")))}
    )
    none = MappingProxyType[str, Any]({})
    per_week = tuple(rule for rule in wanted.per_week if not _is_once_more(rule, wanted))
    return replace(
        wanted,
        use=none,
        without=(*wanted.without, *wanted.names_lasting),
        without_on=on,
        max_minutes_on=minutes,
        more_energy=more,
        since=none,
        per_week=per_week,
    )


def with_favorites(wanted: Preferences, dishes: Container[str]) -> Preferences:
    """Return wishes that ask once more for dishes liked very much; of many, the latest ones."""
    most = int(known_ranges()["favorites"].high)
    asked = {rule.name for rule in wanted.per_week}
    liked = [name for name, grade in wanted.like.items() if grade == MOST and name in dishes]
    more = (FrequencyRule(dish, *ONCE_MORE) for dish in liked[-most:] if dish not in asked)
    return replace(wanted, per_week=(*wanted.per_week, *more))


def _is_once_more(rule: FrequencyRule, wanted: Preferences) -> bool:
    return (rule.sense, rule.count) == ONCE_MORE and wanted.like.get(rule.name) == MOST


def without_files(request: PlanRequest) -> PlanRequest:
    """Forget earlier plans that are files, which may be elsewhere now; only a search reads them."""

    def forgetting(wanted: Preferences) -> Preferences:
        lately = (entry for entry in wanted.history if entry.startswith(LATELY))
        return replace(wanted, history=tuple(lately))

    eaters = tuple(replace(one, preferences=forgetting(one.preferences)) for one in request.eaters)
    return replace(request, preferences=forgetting(request.preferences), eaters=eaters)


def let_go(request: PlanRequest, after: PlanRequest) -> Iterator[str]:
    """Name what was asked for single days alone, so that the next days do not have it."""
    before, now = request.week, after.week
    is_gone = {
        "guests": bool(before.guests),
        "holidays": bool(before.holidays),
        "hours of meals on single days": before.meals_at != now.meals_at,
        "dishes put on single days": before.put != now.put,
        "single meals that were not planned": (before.skip, before.not_eaten)
        != (now.skip, now.not_eaten),
        "other wishes for single days": _on_days(request) != _on_days(after),
        "food to be used up": any(eater.use for eater in request.everybody),
        "dishes liked very much, once more": any(
            _is_once_more(rule, eater) for eater in request.everybody for rule in eater.per_week
        ),
    }
    yield from (text for text, is_so in is_gone.items() if is_so)


def _on_days(request: PlanRequest) -> list[tuple[Mapping[str, Any], ...]]:
    each = request.everybody
    return [(one.without_on, one.max_minutes_on, one.more_energy) for one in each]


def rated(wanted: Preferences, name: str, grade: int | None) -> Preferences:
    """Return wishes with a dish that was liked, from 1 to 3, or is not to come again, 0.

    Below 0 it was disliked so much; ``None``: neither.
    """
    each = (wanted.like, wanted.dislike)
    like, dislike = ({dish: n for dish, n in told.items() if dish != name} for told in each)
    without = tuple(left_out for left_out in wanted.without if left_out != name)
    if grade == NEVER:
        without = (*without, name)
    elif grade is not None:
        (like if grade > NEVER else dislike)[name] = abs(grade)
    return replace(
        wanted, like=MappingProxyType(like), dislike=MappingProxyType(dislike), without=without
    )


def grades_of(wanted: Preferences, dishes: Container[str]) -> dict[str, int]:
    """Return each rating: above 0 liked, below it disliked, 0 a dish that is not to come again."""
    never = {name: NEVER for name in wanted.without if name in dishes}
    disliked = {name: -grade for name, grade in wanted.dislike.items()}
    return {**never, **disliked, **wanted.like}


def with_grades(
    wanted: Preferences, others: Mapping[str, int], dishes: Container[str]
) -> tuple[Preferences, Mapping[str, int], Mapping[str, tuple[int, int]]]:
    """Return wishes with another person's ratings; where both rated, one's own stays.

    Returns also what was taken along, and name → (own, other) of what both see otherwise.
    """
    own = grades_of(wanted, dishes)
    more = {name: grade for name, grade in others.items() if name not in own}
    clashes = {
        name: (own[name], grade) for name, grade in others.items() if own.get(name, grade) != grade
    }
    for name, grade in more.items():
        wanted = rated(wanted, name, grade)
    return wanted, more, clashes


def _on_each_day(week: WeekOptions, missed: Sequence[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
    """Yield the meals that are missed on every day: no breakfast, lunch at work."""
    for day, slot in missed:
        if all((number, slot) in missed for number in range(1, menu_days(week) + 1)):
            yield day, slot


MINUTES_ON = "max_minutes_on"


def apart_key(name: str, days: int) -> str:
    """Name a wish for days between two servings, as it stands among what holds from a day on."""
    return f"{name} = {days}"


def days_before(since: Mapping[str, str], name: str, week: WeekOptions) -> range:
    """Return the days on which a wish does not hold yet, as it was asked for later."""
    begun = since.get(name, "")
    count = (date.fromisoformat(begun) - week.start).days if begun and week.start else 0
    return range(1, min(count, week.days) + 1)


def not_yet(since: Mapping[str, str], week: WeekOptions, day: int) -> tuple[str, ...]:
    """Name the wishes that do not hold yet on a day."""
    return tuple(sorted(name for name in since if day in days_before(since, name, week)))


def minutes_on(wanted: Preferences, week: WeekOptions, day: int) -> dict[str, int]:
    """Return the most minutes to make each meal of a day, of those that have a limit there.

    Raises
    ------
    ConfigError
        When a day that is named is none of the plan.
    """
    found: dict[str, int] = {}
    for key, most in wanted.max_minutes_on.items():
        days, _, slot = key.rpartition(":")
        if day in days_without(days.split(","), week.days, week.start):
            found[slot] = min(most, found.get(slot, most))
    return {} if day in days_before(wanted.since, MINUTES_ON, week) else found


def days_since(since: Mapping[str, str], name: str, week: WeekOptions) -> frozenset[int]:
    """Return the days of a week that had begun when a wish was asked for, on which it holds."""
    before = days_before(since, name, week)
    last = -(-len(before) // DAYS_PER_WEEK) * DAYS_PER_WEEK
    return frozenset(range(len(before) + 1, min(last, week.days) + 1))


WHOLE_PLAN = "plan"
"""What stands in the place of a dish where a note is on the whole plan."""


def note_on(notes: Mapping[str, str], *names: str) -> str:
    """Return the note on what has one of these names; empty where there is none."""
    wanted = {name.casefold() for name in names}
    return next((text for name, text in notes.items() if name.casefold() in wanted), "")


def with_note(request: PlanRequest, text: str, *names: str) -> PlanRequest:
    """Return a request with a note in place of those on what is called so; without it for no text.

    It is kept under the first of the names.

    Raises
    ------
    ConfigError
        As of ``read_note``.
    """
    wanted = {name.casefold() for name in names}
    notes = {one: note for one, note in request.week.notes.items() if one.casefold() not in wanted}
    if text.strip():
        notes[names[0]] = read_note(text)
    return replace(request, week=replace(request.week, notes=MappingProxyType(notes)))
