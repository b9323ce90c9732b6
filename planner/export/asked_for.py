"""What was asked for, wish by wish, and whether a plan keeps it: for people and for plan.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from planner.check.dish_notes import read_dish_notes
from planner.check.foods import least_in, most_in
from planner.check.judge import Finding, check_plan
from planner.check.lines import JudgedTable, read_table
from planner.check.names import counted, with_cooked
from planner.check.week import served_of
from planner.document.blocks import Block, bullets, section
from planner.explain.asked import HALF_G
from planner.explain.offers import accepted_notes
from planner.explain.report import Report
from planner.explain.table_report import TableReport
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import band_text, finding_texts, price_text, values_text
from planner.export.shopping import over_budget_usd
from planner.export.sums import budget_texts
from planner.export.week_notes import notes_of, once_each
from planner.export.wishes import wishes_text
from planner.kitchen.shopping import list_asked
from planner.kitchen.used_up import asked_uses, taken_g
from planner.meals.habits import known_habits
from planner.request.days import DAYS_PER_WEEK
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.request import NAMELESS, PlanRequest, WeekOptions
from planner.request.since import days_before
from planner.request.wish import words_of
from planner.shops import named
from planner.targets.adjust import ENERGY_KEY, basis_of, holds_each_day
from planner.wire.plan_file import PlanFile
from planner.wire.told import WrittenAsked
from planner.wording import capital, plural

TITLE = "What you asked for"
_KEPT = {True: "kept", False: "not kept", None: "as far as possible"}
_NOT_SO = "What you asked for: this is not so: {told}"
_TWICE = "What you asked for: this stands there twice: {told}"
_MISSING = "What you asked for: this is missing: {told}"
_BOUND, _BUDGET = ("", "targets"), ("preferences", "budget_per_week")
_USE = ("preferences", "use")
_OF_TABLE = (_BUDGET, ("week", "guests"))
_ENERGY = (("profile", "energy_kcal"), ("profile", "goal"))
_HABIT = ("", "habits")
_WHOLE, _TABLES = ("supplements", "water"), ("profile", "preferences", "week")
_DAYS = ("days", "start", "slots", "cycle")  # by which other wishes of a week are read
_SAID_WITH = {"skip": ("not_eaten",)}  # what is a part of another wish
_NO_WISH = {*_DAYS, *(part for parts in _SAID_WITH.values() for part in parts)}


@dataclass(frozen=True, slots=True)
class AskedWish:
    """Something that was asked for.

    Parameters
    ----------
    wish
        What, in words.
    kept
        Whether the plan keeps it; ``None`` where it is only weighed, and no judge asks.
    how
        What the plan has of it, or what is not so; may be empty.
    """

    wish: str
    kept: bool | None
    how: str

    @property
    def text(self) -> str:
        """Say it in a line."""
        behind = f" ({self.how.removesuffix('.')})" if self.how else ""
        return f"{capital(self.wish)}: {_KEPT[self.kept]}{behind}."


def asked_wishes(
    own: WeekDocument | Report,
    *,
    of_table: bool | None = None,
    planned: Mapping[str, PlanRequest] = MappingProxyType({}),
    name: str = NAMELESS,
) -> Iterator[AskedWish]:
    """Say of all that was asked for of a plan whether the plan keeps it.

    ``of_table``: of the budget and guests alone, or of all but these, which are the whole table's.
    ``planned``: name → the request that it was planned by, where it is another.
    """
    habits = planned.get(name, own.request).habits
    since = own.request.preferences.since
    week = WeekOptions(**{key: getattr(own.request.week, key) for key in _DAYS})
    plain = PlanRequest(week=week, preferences=Preferences(since=since))
    for place, only, without in _wishes(own.request, plain):
        text = wishes_text(only) if of_table in (None, place in _OF_TABLE) else ""
        if text:
            is_let_go = not only.habits.items() <= habits.items()
            told = (False, "") if is_let_go else _verdict(own, place, only, without)
            told = _used(own) if place == _USE and name == NAMELESS else told
            yield AskedWish(text, *told)


def asked_faults(week: TableDocument, stated: PlanFile) -> Iterator[tuple[str, str]]:
    """Name what a file states of its wishes that is not so, each with whose it is.

    A file that says nothing at all of them, as those written before it was said, states nothing.

    Parameters
    ----------
    week
        The plan, without what the file states of it.
    stated
        The file.
    """
    told = [one for one in (stated, *stated.eaters) if "asked_for" in one.model_fields_set]
    of_each: dict[str, Sequence[WrittenAsked]] = {one.name: one.asked_for for one in stated.eaters}
    named = dict(week.named())
    made = {name: [*asked_wishes(one, of_table=False)] for name, one in named.items() if name}
    made |= {NAMELESS: [*asked_wishes(week.table, of_table=True if of_each else None)]}
    for name, wishes in (of_each | {NAMELESS: stated.asked_for}).items() if told else ():
        written = Counter(AskedWish(one.wish, one.kept, one.how) for one in wishes)
        known = Counter(made.get(name, ()))
        for wrong, pattern in (
            (written.keys() - known.keys(), _NOT_SO),
            (known.keys() & (written - known).keys(), _TWICE),
            (known.keys() - written.keys(), _MISSING),
        ):
            for one in sorted(wrong, key=lambda one: one.text):
                yield name, pattern.format(told=one.text)


def asked_told(week: TableDocument, *, kept_too: bool = True) -> Iterator[Block]:
    """Return what of the wishes a plan keeps and what not; or, without ``kept_too``, the latter."""
    given_way = [] if week.report is None else accepted_notes(notes_of(week.report))
    told = [*_lines(dict(week.named()), kept_too), *_table_lines(week, week.table, kept_too)]
    yield from section(TITLE, bullets([*given_way, *told]), "asked-for")


def asked_of_closest(week: TableDocument, refused: TableReport) -> Iterator[Block]:
    """Return the same of the plan that is closest to what was asked for, and refused."""
    asked = {name: one.request for name, one in refused.reports.items()}
    own = {name: replace(one, request=asked.get(name, one.request)) for name, one in week.named()}
    of_table = _table_lines(week, replace(week.table, request=refused.request))
    planned = {name: one.request for name, one in week.named()}
    yield from section(TITLE, bullets([*_lines(own, planned=planned), *of_table]), "asked-for")


def _lines(
    eaters: Mapping[str, WeekDocument],
    kept_too: bool = True,
    planned: Mapping[str, PlanRequest] = MappingProxyType({}),
) -> list[str]:
    """Return lines on all wishes, once where they are everybody's."""
    return once_each(
        {
            name: [
                one.text
                for one in asked_wishes(
                    own, of_table=False if name else None, planned=planned, name=name
                )
                if kept_too or one.kept is False
            ]
            for name, own in eaters.items()
        }
    )


def _table_lines(week: TableDocument, table: WeekDocument, kept_too: bool = True) -> Iterator[str]:
    """Return lines on the budget and the guests of a table of several."""
    wishes = () if NAMELESS in week.eaters else asked_wishes(table, of_table=True)
    yield from (one.text for one in wishes if kept_too or one.kept is False)


def _wishes(
    request: PlanRequest, plain: PlanRequest
) -> Iterator[tuple[tuple[str, str], PlanRequest, PlanRequest]]:
    """Give each wish by table and key: a request that has it alone, and one that has all others."""
    for one in request.overrides:
        rest = tuple(each for each in request.overrides if each != one)
        yield _BOUND, replace(plain, overrides=(one,)), replace(request, overrides=rest)
    for name, figure in request.habits.items():
        others = {one: other for one, other in request.habits.items() if one != name}
        yield _HABIT, replace(plain, habits={name: figure}), replace(request, habits=others)
    for key in _WHOLE:
        if getattr(request, key) != getattr(plain, key):
            yield ("", key), *_parted(request, plain, key)
    for table in _TABLES:
        own, usual = getattr(request, table), getattr(plain, table)
        for key in (one.name for one in fields(own) if one.init and one.name not in _NO_WISH):
            if getattr(own, key) != getattr(usual, key):
                alone, rest = _parted(own, usual, key)
                only = replace(plain, **{table: alone})
                yield (table, key), only, replace(request, **{table: rest})


def _parted(own: Any, usual: Any, key: str) -> tuple[Any, Any]:
    """Give the usual with a key of one's own, and one's own with the usual key."""
    keys = key, *_SAID_WITH.get(key, ())
    mine, plain = ({one: getattr(each, one) for one in keys} for each in (own, usual))
    return replace(usual, **mine), replace(own, **plain)


def _verdict(
    own: WeekDocument | Report, place: tuple[str, str], only: PlanRequest, without: PlanRequest
) -> tuple[bool | None, str]:
    """Say whether a wish is kept, and what the plan has of it."""
    assert own.check is not None
    if place in (_BOUND, *_ENERGY):
        found = [*_findings(own.check.findings, only)]
        told = values_text(found)
        if place in _ENERGY and found:
            wanted = band_text(*finding_texts(found[-1])[1:])
            told = f"{told}, wanted {wanted}"
        return all(one.holds for one in found), told
    is_kept = place == _HABIT and all(known_habits()[one].is_kept for one in only.habits)
    if words_of(*place).get("is_weighed") and not is_kept:
        return None, _counts_text(own, only)
    broken, told = _broken(own, without), _counts_text(own, only)
    if place == _BUDGET:
        told = " ".join((*budget_texts(own.shopping), *_eaten_before(own)))
        return not broken and over_budget_usd(own) <= 0.0, told
    return not broken, " ".join(broken) or told


def _used(own: WeekDocument | Report) -> tuple[bool | None, str]:
    """Say how much of what is to be used up a plan takes, and whether that is all of it."""
    assert own.plan is not None
    texts, is_all = list[str](), True
    pattern = "{taken} of {mass} g of {name} used up"
    for _whose, use in asked_uses(own.request, own.foods, own.dishes):
        if not use.is_stock:
            taken, mass = taken_g(use, own.plan, own.foods), use.mass_g
            taken, mass = min(taken, mass) / use.per_said_g, mass / use.per_said_g
            is_all = is_all and mass - taken < HALF_G
            grams = {"taken": f"{taken:,.0f}", "mass": f"{mass:,.0f}"}
            texts.append(pattern.format(**grams, name=" + ".join(map(named, use.names))))
    return True if is_all else None, "; ".join(texts)


def _eaten_before(own: WeekDocument | Report) -> Iterator[str]:
    """Say for how much food was eaten on the days that were past when it was planned last."""
    assert own.plan is not None
    first = max(map(int, own.request.week.begun), default=0)
    when = next((one.date for one in own.plan.days if one.day == first), None)
    if when is not None:
        had = replace(own.plan, days=own.plan.days[: first - 1])
        usd = list_asked(had, own.request, own.foods, own.dishes, None).eaten_usd
        yield f"Before {when}, food for {price_text(usd)} was eaten."


def _findings(found: Iterable[Finding], only: PlanRequest) -> Iterator[Finding]:
    """Return what the judge found of a bound; of energy, where none was set, over the weeks.

    Days before it was asked for are left out.
    """
    since = only.preferences.since
    of_energy = {(ENERGY_KEY, "week")}
    periods = {
        (one.nutrient, "day" if holds_each_day(one, *side) else "week")
        for one in only.overrides
        for side in one.sides.items()
    }
    asked_of = (
        one
        for one in found
        if one.basis == basis_of(one.nutrient)
        and one.day not in days_before(since, one.nutrient, only.week)
    )
    return (one for one in asked_of if (one.nutrient, one.period) in (periods or of_energy))


def _broken(own: WeekDocument | Report, without: PlanRequest) -> list[str]:
    """Return the faults that the judge finds for one wish alone: none where the wish is none."""
    assert own.check is not None
    assert own.plan is not None
    if not own.check.faults:
        return []
    with_it, others = (
        check_plan(own.plan.days, (), own.foods, asked).faults for asked in (own.request, without)
    )
    return [one for one in with_it if one not in others]


def _counts_text(own: WeekDocument | Report, only: PlanRequest) -> str:
    """Say how often there is what was asked for by its name: ``"tofu 3 times"``."""
    assert own.plan is not None
    wanted = only.preferences
    names = dict.fromkeys((*wanted.like, *wanted.dislike, *(one.name for one in wanted.per_week)))
    if not names:
        return ""
    notes = read_dish_notes(own.request.preferences.dishes)
    table = read_table(own.plan.days, own.foods, own.request)
    most = {*wanted.dislike, *(one.name for one in wanted.per_week if one.sense == "<=")}
    served = {
        name: served_of(table, name, notes, counted if name in most else with_cooked)
        for name in names
    }
    before = {
        one.name: days_before(wanted.since, str(one), own.request.week) for one in wanted.per_week
    }
    in_days = _in_days(table, wanted.per_week)
    told = {
        name: plural(count, "{count} time", "{count} times").format(count=count)
        + in_days.get(name, "")
        for name, meals in served.items()
        if meals is not None
        for count in [sum(one.day not in before.get(name, ()) for one in meals)]
    }
    several = (f"{named(name)} {count}" for name, count in told.items())
    return ", ".join(several if len(names) > 1 else told.values())


def _in_days(table: JudgedTable, rules: Iterable[FrequencyRule]) -> dict[str, str]:
    """Say of each name how often that is in the days of a plan, where they are no week."""
    ways = {
        ">=": (least_in, "; at least {count} in {span}"),
        "<=": (most_in, "; at most {count} in {span}"),
    }
    told = dict[str, str]()
    for rule in rules if table.days != DAYS_PER_WEEK else ():
        times, pattern = ways[rule.sense]
        count = sum(times(week.days, rule.count) for week in table.weeks())
        told[rule.name] = told.get(rule.name, "") + pattern.format(count=count, span=table.span)
    return told
