"""The flags of a request, the same for every command that takes them.

What a flag reads, what it is for and how it joins a request stands with its key in the tables of
``planner.request``; here click's options are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from foods.embedded import read_embedded_foods
from foods.errors import raise_collected
from foods.own_file import read_own_text
from foods.table import plain_key
from planner.cli.help import adding
from planner.cli.phrase_type import FiniteRange, WholeRange, WordChoice
from planner.cli.phrase_type import PhraseType as PhraseType
from planner.errors import ConfigError
from planner.faults import fault
from planner.plan.plan import Plan
from planner.request.days import date_of, first_cooking, menu_day, menu_days
from planner.request.eater_tables import read_eater_or_name
from planner.request.lay_over import lay_over, lay_over_eater
from planner.request.measures import known_ranges
from planner.request.next_week import let_go, on_other_days
from planner.request.phrases import read_name
from planner.request.put import days_without, read_days_off
from planner.request.read import (
    preset_names,
    read_preset,
    read_request,
    read_sound_part,
    request_from_dict,
    request_to_dict,
)
from planner.request.request import AtHome, PlanRequest, WeekOptions
from planner.request.tables import WISHES
from planner.request.wish import BODY, ONE, Number, OneOf, Reader, SaidWish, Typed
from planner.shops import named

preset_option = click.option(
    "--preset",
    type=click.Choice(preset_names()),
    help=f"Begin with a shipped request instead of a file: {', '.join(preset_names())}; other "
    "flags win over it. Where several eat in it, --sex and the like are each one's own: "
    "--eater name=Anna,sex=f,age=34.",
)


def preset_table(name: str | None, request_path: Path | None) -> Mapping[str, Any]:
    """Return a preset in the shape of a request file; empty without a name.

    Raises
    ------
    ConfigError
        When a file is given too: it would not be plain which of them wins.
    """
    if name is None:
        return {}
    if request_path is not None:
        raise fault(ConfigError, "preset_and_file")
    return read_preset(name)


NAME = PhraseType("NAME", read_name)
PANTRY_FILE = Path("pantry.csv")
"""What is at home, where no other file is named."""


def _type_of(reads: Reader) -> Any:
    """Return click's type for what reads the text of a flag."""
    if isinstance(reads, Typed):
        return None if reads.reads_all else PhraseType(reads.name, reads.read)
    if isinstance(reads, OneOf):
        return WordChoice(reads.words, reads.meant) if reads.meant else click.Choice(reads.words)
    if isinstance(reads, Number):
        return _range_of(reads)
    is_folder = reads is not None and reads.is_folder
    return click.Path(exists=is_folder, file_okay=not is_folder, path_type=Path)


def _range_of(number: Number) -> Any:
    if number.between:
        return FiniteRange(*number.between, min_open=True, max_open=True)
    likely = known_ranges()[number.name]
    measure = number.name if number.has_units else ""
    if number.is_whole:
        return WholeRange(int(likely.low), int(likely.high)).of(measure)
    return FiniteRange(likely.low, likely.high, min_open=number.above).of(measure)


def _option(wish: SaidWish) -> Callable[[Any], Any]:
    flag, word = wish.flag, f"--{wish.name.replace('_', '-')}"
    if flag.reads is None:
        return click.option(word, is_flag=True, help=flag.help)
    more: dict[str, Any] = {"metavar": getattr(flag.reads, "metavar", None)}
    if isinstance(flag.reads, Typed) and flag.reads.reads_all:
        more["callback"] = partial(_read_all, flag.reads.read, word)
    if wish.name == "diet":  # of two the first would be lost
        more |= {"callback": _diet_once, "multiple": True}
    return click.option(
        word,
        *([flag.shorter] if flag.shorter else []),
        type=_type_of(flag.reads),
        **{"multiple": flag.join.is_repeatable, **more},
        help=flag.help,
    )


def _diet_once(_: object, __: object, given: Sequence[str]) -> str | None:
    """Return the one diet that was given; several are one name, which is asked about."""
    return ", ".join(dict.fromkeys(given)) or None


def _read_all(read: Callable[..., Any], word: str, *told: Any) -> Any:
    """Read all texts of a flag at once; ``told`` ends in them."""
    return read(told[-1], word) if told[-1] else None


_OPTIONS = {wish.name: _option(wish) for wish in WISHES}
_ALL = [wish for wish in WISHES if wish.name != "dishes"]  # each command that takes it adds it
_EATER_OR_NAME = click.option(
    "--eater",
    type=PhraseType("NAME | name=NAME,…", read_eater_or_name),
    multiple=True,
    help="NAME: whose locks, bans and other flags these are, where several eat. "
    "name=NAME,KEY=VALUE: what an eater asks for now, slots=lunch+dinner the meals that are "
    "shared, or one more eater; repeatable.",
)

request_argument = click.argument(
    "request_path", metavar="[REQUEST.toml]", required=False, type=click.Path(path_type=Path)
)
dishes_option = _OPTIONS["dishes"]


who_options = adding(*(_OPTIONS[name] for name in ("sex", "age", "state", "standard")))
"""Adds the flags that say whose reference values are meant."""
profile_options = adding(*(_OPTIONS[wish.name] for wish in _ALL if not wish.flag.for_days))
"""Adds the flags of one who eats; pass them all on to ``build_request``."""
request_options = adding(*(_OPTIONS[wish.name] for wish in _ALL))
"""Adds the flags of one who eats and those that say which days and how long."""
change_options = adding(*({**_OPTIONS, "eater": _EATER_OR_NAME}[wish.name] for wish in _ALL))
"""Adds what ``request_options`` adds; ``--eater`` may name somebody who is at the table."""


def build_request(request_path: Path | None = None, **flags: Any) -> PlanRequest:
    """Return the request of a file, where there is one, with the flags laid over it.

    Parameters
    ----------
    request_path
        Request file, or ``None`` for the defaults.
    flags
        Values of the flags of ``request_options`` by parameter name; what was not given is
        ``None``, ``False`` or empty.

    Raises
    ------
    ConfigError, TargetsError
        When the file has faults, or file and flags do not go together.
    RefusedError
        When something is asked for that is not built, or must be refused.
    """
    given = given_flags(flags)
    if request_path is None and (begins := first_cooking(given)):
        given.setdefault("start", begins)
    week: dict[str, Any] = {key: given[key] for key in ("days", "start", "cycle") if key in given}
    preset = preset_table(given.pop("preset", None), request_path)
    table = request_to_dict(_read(request_path, week)) if request_path else preset
    where = f"{request_path} with these flags" if request_path else "command line"
    return with_pantry(request_from_dict(lay_over(table, given), where), given.get("pantry"))


def _read(path: Path, week: Mapping[str, Any]) -> PlanRequest:
    """Read a request; where days of a running week are planned, what it tells of days is let go."""
    own = read_sound_part(path).week if "start" in week else WeekOptions()
    dates = [date_of(own, day) for day in range(2, own.days + 1)]
    if own.start == week.get("start") or not (own.eaten or week.get("start") in dates):
        return read_request(path, week)
    asked = read_request(path)
    request = on_other_days(asked)
    tell_let_go(asked, request)
    return request


def tell_let_go(asked: PlanRequest, after: PlanRequest) -> None:
    """Describe what was asked for single days alone, and is let go."""
    if gone := "; ".join(text for text in let_go(asked, after)):
        click.echo(f"Not asked for again: {gone}.", err=True)


def change_request(request: PlanRequest, where: str, **flags: Any) -> PlanRequest:
    """Return ``request`` with flags laid over it; flags and errors as of ``build_request``."""
    given = given_flags(flags)
    changed = request_from_dict(lay_over(request_to_dict(request), given), where)
    return with_pantry(changed, given.get("pantry"))


def given_flags(flags: Mapping[str, Any]) -> dict[str, Any]:
    """Return the flags that were given."""
    # By identity: 0 is a value that was given, and equals False.
    given = {
        name: value
        for name, value in flags.items()
        if value is not None and value is not False and value != ()
    }
    if "packages" in given:
        given["packages"] = read_packages(given["packages"])
    from planner.candidates.called import in_english

    return in_english(given, partial(click.echo, err=True))


def read_packages(path: Path) -> list[dict[str, Any]]:
    """Read the packages of one's own shop, as a request file has them.

    Raises
    ------
    ConfigError
        With every faulty row of the file, or when it cannot be read.
    """
    from planner.kitchen.sold import read_own_packages

    text = read_own_text(path, "packages", ConfigError)
    return read_own_packages(text, str(path), read_embedded_foods())


def with_pantry(request: PlanRequest, path: Path | None) -> PlanRequest:
    """Return a request with what a file says is at home in place of what it said before.

    Raises
    ------
    ConfigError
        With every faulty row of the file, or when it cannot be read.
    """
    if path is None and (request.week.pantry or not request.week.from_pantry):
        return request
    path = path or PANTRY_FILE
    from planner.kitchen.pantry import parse_pantry
    from planner.kitchen.sold import shelves_for

    text = read_own_text(path, "pantry", ConfigError)
    foods = read_embedded_foods()
    entries = parse_pantry(text, str(path), foods, shelves_for(request, foods))
    pantry = tuple(AtHome(entry.food, entry.amount, entry.unit, entry.days) for entry in entries)
    return replace(request, week=replace(request.week, pantry=pantry))


_WHOSE = {wish.name: wish.flag.whose for wish in WISHES}


def change_table(
    request: PlanRequest, where: str, names: Sequence[str], flags: Mapping[str, Any]
) -> PlanRequest:
    """Return the request of several eaters with flags laid over it, or over some of its eaters.

    Parameters
    ----------
    request, where
        The request, and what it is called in messages.
    names
        Whose flags they are, as they stand at the table; empty: everybody's.
    flags
        As of ``planner.cli.options.build_request``.

    Raises
    ------
    UserFacingError
        When a flag is about a body and nobody is named; else as
        ``planner.cli.options.change_request``.
    """
    given = given_flags(flags)
    known = ", ".join(eater.name for eater in request.eaters)
    told = "{flag}: whose? — say it with --eater, one of {names}"
    of_body = [] if names else [key for key in given if _WHOSE.get(key) == BODY]
    faults = [told.format(flag=f"--{key.replace('_', '-')}", names=known) for key in of_body]
    raise_collected(ConfigError, faults, "command line")
    if names and "put" in given:
        puts = given["put"]
        given["put"] = tuple(
            put if put.eater else replace(put, eater=name) for put in puts for name in names
        )
    own = {key: value for key, value in given.items() if names and _WHOSE.get(key) in (BODY, ONE)}
    common = {key: value for key, value in given.items() if key not in own}
    table = lay_over(request_to_dict(request), common)
    table["eaters"] = [
        lay_over_eater(eater, own) if eater["name"] in names else eater for eater in table["eaters"]
    ]
    return with_pantry(request_from_dict(table, where), given.get("pantry"))


MONTH_NOTE = (
    "--not-again leaves a dish out of this plan and of those made from its request.toml: take it "
    "off `without` there when the month is over"
)
not_again_option = click.option(
    "--not-again",
    type=NAME,
    multiple=True,
    help="A dish of the plan, by words of its name, that is to go and not to come back this month; "
    "repeatable.",
)

anew_option = click.option(
    "--anew",
    type=PhraseType("DAYS", read_days_off),
    help="Days that get other dishes than theirs, thu-sun; the rest moves as little as possible.",
)


def dishes_of_days(
    plan: Plan, days: list[str], week: WeekOptions, past: Collection[int] = ()
) -> tuple[tuple[str, list[str]], ...]:
    """Return the dishes of some days, each left out on all of them; a box of a past day stays.

    Raises
    ------
    ConfigError
        When no day is called so, or some are ``past``.
    """
    from planner.candidates.called import asked_name

    numbers = days_without(days, menu_days(week), week.start)
    if gone := sorted(numbers.intersection(past)):
        later = (str(day.day) for day in plan.days if day.day not in past)
        told = {"days": ", ".join(map(str, gone)), "later": ",".join(later)}
        raise fault(ConfigError, "anew_past", **told)
    served = (
        asked_name(item.item_id, item.name)
        for day, _meal, item in plan.served()
        if menu_day(week, day.day) in numbers
        and item.kind == "dish"
        and item.leftover_of not in past  # a box that is cooked already
    )
    return tuple((name, [*map(str, sorted(numbers))]) for name in dict.fromkeys(served))


def names_of_dishes(plan: Plan, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the dish of the plan that each is about, as ``without`` has it; else the words.

    Raises
    ------
    ConfigError
        When the words are in the names of several dishes.
    """
    from planner.candidates.called import asked_name

    found = [(word, dish_called(plan, word)) for word in words]
    return tuple(one if dish is None or one in dish else asked_name(*dish) for one, dish in found)


def is_phrase_of(words: str, name: str) -> bool:
    """Whether a name holds some words as they stand, one behind the other."""
    return f"_{plain_key(words)}_" in f"_{plain_key(name)}_"


def dish_called(plan: Plan, words: str) -> tuple[str, str] | None:
    """Return id and name of the dish of the plan that some words are about; ``None``: of none.

    Raises
    ------
    ConfigError
        When the words are in the names of several dishes.
    """
    from planner.candidates.called import is_called

    served = {item.item_id: item.name for _, _, item in plan.served() if item.kind == "dish"}
    if (just := next((pair for pair in served.items() if words in pair), None)) is not None:
        return just
    found = {item_id: name for item_id, name in served.items() if is_called(words, name)}
    if len(found) > 1:
        found = {one: name for one, name in found.items() if is_phrase_of(words, name)} or found
    if len(found) > 1:
        names = "; ".join(map(named, found.values()))
        raise fault(ConfigError, "not_again_of_several", words=words, names=names)
    return next(iter(found.items()), None)
