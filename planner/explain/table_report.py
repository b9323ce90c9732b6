"""The report of a table: one for each eater, what they share, and both as tables of pandas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

from foods.frame import OF_ROW, WORDS, as_frame, nutrient_units
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.explain.offers import names_in_words
from planner.explain.reasons import is_near
from planner.explain.report import SHARED, Concession, Refusal, Report, Why
from planner.kitchen.batch import BatchPlan
from planner.kitchen.errand import ShoppingList
from planner.kitchen.shopping import list_asked
from planner.plan.outcome import Outcome
from planner.plan.plan import Per, Plan, check_per, plan_rows, plan_units
from planner.request.days import menu_days, missed_slots
from planner.request.diets import find_diet
from planner.request.eater import Guests
from planner.request.request import NAMELESS, PlanRequest
from planner.targets.eaters import eater_requests
from planner.targets.left_out import find_reading

if TYPE_CHECKING:
    import pandas as pd

    from planner.check.judge import Finding


PerPerson = Literal["person", "nutrient", "day", "item", "ingredient"]
SEPARATOR = "; "
PEOPLE_TABLES: tuple[PerPerson, ...] = get_args(PerPerson)
HELD = ("short", "over", "at_least", "at_most")
"""Columns that name targets: those that are missed, and bounds that bind, with ``;`` between."""
_PERSON: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("person", "status", "why", "passed", "days", "distinct_foods"), WORDS),
        **{"points": "points"},
        **{"ca_mg_ratio": "ratio", "cost": "USD"},
        **{"way": WORDS, "gives_way": WORDS},
        **dict.fromkeys(HELD, WORDS),
    }
)
_NUTRIENT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("person", "nutrient", "unit", "period", "hard"), WORDS),
        **dict.fromkeys(("mean", "lower", "upper"), OF_ROW),
    }
)
_PERIODS = ("week", "day")  # whose band is told: that of the mean, where there is one


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What is told of one person.

    Parameters
    ----------
    name
        Whose it is; empty for the only eater of a request that names none.
    status
        As of ``Outcome``; ``"refused"`` where a rule refuses, ``"failed"`` where planning did.
    why
        Why there is no plan; empty with one.
    report
        The report on this person's own plan, where there is one.
    ways
        Changes that a plan was found with, the smallest first; empty with a plan.
    """

    name: str
    status: str
    why: str
    report: Report | None
    ways: Sequence[Concession] = ()


def people_frame(people: Iterable[PersonRow], per: PerPerson) -> pd.DataFrame:
    """Return the table that ``Cohort.to_frame`` tells of.

    Raises
    ------
    ExportError
        When there is no such table.
    """
    check_per(per, PEOPLE_TABLES)
    if per == "person":
        return as_frame(map(person_row, people), person_units(), per=per)
    if per == "nutrient":
        rows = (row for person in people for row in nutrient_rows(person))
        return as_frame(rows, target_units(), per=per)
    units = {"person": WORDS, **plan_units(per)}
    return as_frame((row for person in people for row in _of_plan(person, per)), units, per=per)


def person_units() -> Mapping[str, str]:
    """Return the columns of a table of people → unit."""
    return {**_PERSON, **nutrient_units()}


def target_units() -> Mapping[str, str]:
    """Return the columns of a table of people's nutrients → unit."""
    return _NUTRIENT


def person_row(one: PersonRow) -> dict[str, Any]:
    """Return the row of one person: column → value; what is not known is left out."""
    row: dict[str, Any] = {"person": one.name, "status": one.status, "why": one.why}
    if one.report is None or one.report.plan is None:
        ways = {"way": one.ways[0].text, "gives_way": _gives_way(one.ways[0])} if one.ways else {}
        return row | {"passed": False} | ways
    report, plan = one.report, one.report.plan
    days = len(plan.days)
    return row | {
        "passed": report.check is not None and report.check.passed,
        "days": days,
        "distinct_foods": plan.distinct_foods,
        "points": report.outcome.objective,
        "ca_mg_ratio": plan.ca_mg_ratio,
        "cost": plan.cost / days,
        **_held(report.check.findings if report.check is not None else ()),
        **plan.means,
    }


def _gives_way(way: Concession) -> str:
    """Name what a change is about: nutrients by their keys, what else by its kind."""
    return SEPARATOR.join(dict.fromkeys(map(_kind_of, way.parts or (way,))))


def _kind_of(way: Concession) -> str:
    if way.band is not None:
        return way.band.nutrient
    if way.preference is not None:
        return way.preference[0]
    return "budget" if way.budget_usd is not None else "per_week" if way.rule else "others"


def _held(findings: Iterable[Finding]) -> dict[str, str]:
    """Name the targets that are missed, and the bounds of weeks that bind; see ``HELD``."""
    found: dict[str, dict[str, None]] = {name: {} for name in HELD}
    for one in findings:
        key = one.nutrient if one.basis == "total" else f"{one.nutrient} {one.basis}"
        sides = zip((one.lower, one.upper), HELD[:2], HELD[2:], (1, -1), strict=True)
        for bound, missed, near, sign in sides:
            if bound is None or one.value is None:
                continue
            if not one.holds and sign * one.value < sign * bound:
                found[missed][key] = None
            elif one.hard and one.period == "week" and is_near(one.value, bound):
                found[near][key] = None
    return {name: SEPARATOR.join(keys) for name, keys in found.items()}


def nutrient_rows(one: PersonRow) -> Iterator[dict[str, Any]]:
    """Return a row for each nutrient of one person's plan; none without a plan."""
    if one.report is None or one.report.plan is None:
        return
    plan, targets = one.report.plan, one.report.targets
    for nutrient, unit in nutrient_units().items():
        row: dict[str, Any] = {"person": one.name, "nutrient": nutrient, "unit": unit}
        row["mean"] = plan.means.get(nutrient)
        bands = [targets.find(nutrient, period) for period in _PERIODS]
        band = next((target for target in bands if target is not None), None)
        if band is not None:
            row |= {name: getattr(band, name) for name in ("period", "hard", "lower", "upper")}
        yield row


def _of_plan(one: PersonRow, per: Per) -> Iterator[Mapping[str, Any]]:
    if one.report is not None and one.report.plan is not None:
        for row in plan_rows(one.report.plan, per):
            yield {"person": one.name, **row}


NONE_FOUND = "No plan was found within the search limit; there may still be one."
NONE_HOLDS = "No plan: the rules cannot all hold together."
CHANGED = "Changed from an earlier plan; planning from its request alone may give a different plan."
CHANGED_BUT = "{changed} What was asked to stay: {stays}."
OTHER_MEALS = (
    "Breakfasts, lunches and sides are the same for everyone where that works for all: each "
    "additional dish or side at a meal is more work."
)
SHARED_KNIVES = (
    "Traces harm {names}: other dishes may hold what is left out there, so clean knives, boards, "
    "pans and hands between dishes, make that dish first, and use no spread or toaster in common."
)
TABLE_BUDGET = "The budget is the whole table's: each eater has a share by need of energy."
GUESTS_GET = (
    "Guests get one standard serving of each dish of their meal, or the part of one that was asked "
    "for; it is bought and cooked, and counts in no eater's totals, cost or budget."
)
GUESTS_EAT = (
    "Guests on day {day}, {slot}: {eaten}. All of that day fits them, for the eater whose dishes "
    "they have."
)
SAME_MAIN = (
    "{slot}: {names} have the same main dish each day, each in a portion of one's own; other meals "
    "and sides may differ."
)
ADD_MEAT = (
    "{names} can add meat at the table, such as chicken or bacon fried apart: it is neither "
    "counted nor on the list. For meat in the plan, leave {slot} out of that eater's shared meals "
    "({flag}): it is cooked apart then."
)
_MEAT = "meat"


@dataclass(frozen=True)
class TableReport:
    """What the pipeline answers: each eater's own report, and the table they have in common.

    Parameters
    ----------
    request
        What was asked for.
    shared
        Place → names of those who have the same dish there.
    reports
        Name → report on that eater's own plan, each checked by itself; without a plan, of those
        whose rules are in the way.
    outcome
        What came of all together: points are sums.
    foods
        The food table used.
    plan, why, batch
        The common table with everybody's shares, its main sources and points, and what to cook
        double; ``None`` without a plan.
    notes
        Sentences about the table that go with the plan.
    refusal
        What is in the way of the table as a whole; ``None`` where it is in the way of eaters alone.
    best_effort
        The nearest plan that was found, judged by what was asked for; ``None`` beside a plan, and
        where none was found.
    """

    request: PlanRequest
    shared: Mapping[str, Sequence[str]]
    reports: Mapping[str, Report]
    outcome: Outcome
    foods: FoodTable
    plan: Plan | None = None
    why: Why | None = None
    batch: BatchPlan | None = None
    notes: tuple[str, ...] = ()
    refusal: Refusal | None = None
    best_effort: TableReport | None = None

    @classmethod
    def of_one(cls, report: Report, best_effort: TableReport | None = None) -> TableReport:
        """Lay the table of a nameless eater: what is common is what that eater has."""
        return cls(
            request=report.request,
            shared={},
            reports={NAMELESS: report},
            outcome=report.outcome,
            foods=report.foods,
            plan=report.plan,
            why=report.why,
            batch=report.batch,
            best_effort=best_effort,
        )

    @property
    def alone(self) -> Report | None:
        """The only report of a request that names no eaters; ``None`` where it names some."""
        return self.reports.get(NAMELESS)

    @cached_property
    def shopping(self) -> ShoppingList:
        """The list of everybody's plan, as it was asked for, in one trip."""
        if self.alone is not None:
            return self.alone.shopping
        assert self.plan is not None
        return list_asked(self.plan, self.request, self.foods, self.dishes, self.batch)

    @property
    def offers(self) -> tuple[Concession, ...]:
        """The ways out that a refusal offers, in their order; none beside a plan."""
        refusal = self.refusal if self.alone is None else self.alone.refusal
        return () if refusal is None else refusal.relaxations

    @property
    def dishes(self) -> tuple[Dish, ...]:
        """The dishes that everybody is planned from."""
        return next(iter(self.reports.values())).dishes

    @property
    def passed(self) -> bool:
        """Whether there is a plan, and each eater's own check passes."""
        checks = [report.check for report in self.reports.values()]
        return self.plan is not None and all(check is not None and check.passed for check in checks)

    @property
    def why_none(self) -> str:
        """What cannot hold together, each eater's behind the name, in sentences; empty with a plan.

        Where no rules are named, it says whether there is none or none was found.
        """
        if self.plan is not None:
            return ""
        told = [each.text for each in self.refusal.conflict] if self.refusal is not None else []
        for name, report in self.reports.items():
            for each in report.refusal.conflict if report.refusal is not None else ():
                is_named = name == NAMELESS or each.value == SHARED
                told.append(each.text if is_named else f"{name}: {each.text}")
        if told:
            return "; ".join(list(dict.fromkeys(told)))
        return NONE_HOLDS if self.outcome.status == "infeasible" else NONE_FOUND

    def people(self) -> Iterator[PersonRow]:
        """Return what is told of each eater, in the order of the request."""
        status, why = self.outcome.status, self.why_none
        for name in [eater.name for eater in self.request.eaters] or [NAMELESS]:
            report = self.reports.get(name)
            of_one = status if report is None or self.plan is None else report.outcome.status
            refusals = [answer.refusal for answer in (report, self) if answer is not None]
            ways = [way for one in refusals if one for way in one.relaxations if way.is_tried]
            yield PersonRow(name, of_one, why, report, ways)

    def to_frame(self, per: PerPerson = "person") -> pd.DataFrame:
        """Return what each eater has as a table of pandas: those of ``Cohort.to_frame``."""
        return people_frame(self.people(), per)


def with_change_note(report: TableReport, kept: Sequence[str]) -> TableReport:
    """Return a plan's report with a note that it was changed, and what was asked to stay."""
    if not kept:
        return with_notes(report, CHANGED)
    stays = "; ".join(kept)
    return with_notes(report, CHANGED_BUT.format(changed=CHANGED, stays=stays))


def with_notes(report: TableReport, *notes: str) -> TableReport:
    """Return a report with notes beside its plan: on the table, or for the only eater."""
    if report.alone is None:
        return replace(report, notes=(*report.notes, *notes))
    own = replace(report.alone, notes=(*report.alone.notes, *notes))
    return TableReport.of_one(own, report.best_effort)


def notes_on_table(request: PlanRequest, shared: Mapping[str, Sequence[str]]) -> list[str]:
    """Describe what is common: dishes, the budget, guests."""
    notes: list[str] = [
        SAME_MAIN.format(slot=place.split(".")[0].capitalize(), names=names_in_words(names))
        for place, names in shared.items()
        if any(
            place.split(".")[0] not in missed_slots(request.week, day)
            for day in range(1, menu_days(request.week) + 1)
        )
    ]
    notes += _meat_added(request, shared)
    if len(request.eaters) > 1:
        notes.append(OTHER_MEALS)
    if request.preferences.budget_per_week is not None:
        notes.append(TABLE_BUDGET)
    if request.week.guests:
        notes.append(GUESTS_GET)
    notes += [
        GUESTS_EAT.format(day=guest.day, slot=guest.slot, eaten=", ".join(eaten))
        for guest in request.week.guests
        if (eaten := _eaten_by(guest))
    ]
    return notes


def knives_told(request: PlanRequest) -> Iterator[str]:
    """Describe what keeps traces from who has an allergy or coeliac disease at a common table."""
    people = {name: own.patient for name, own in eater_requests(request).items()}
    names = [
        name or "you"
        for name, person in people.items()
        if any(said.allergens for said in person.said) or "gluten" in person.names_left_out
    ]
    out = {word for guests in request.week.guests for word in guests.without}
    if any(found.allergens for found in map(find_reading, out) if found):
        names.append("guests")
    if names and (len(people) > 1 or request.week.guests):
        yield SHARED_KNIVES.format(names=names_in_words(names))


def _meat_added(request: PlanRequest, shared: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Describe what those do who eat meat where their dish is that of somebody who does not."""
    out = {eater.name: find_diet(eater.preferences.diet).without_origin for eater in request.eaters}
    all_out = find_diet(request.preferences.diet).without_origin
    for place, names in shared.items():
        slot = place.split(".")[0]
        eat = [name for name in names if _MEAT not in out[name] and _MEAT not in all_out]
        if eat and len(eat) < len(names):
            flag = f"--eater name={eat[0]},slots={'lunch' if slot == 'dinner' else 'dinner'}"
            yield ADD_MEAT.format(names=names_in_words(eat), slot=slot, flag=flag)


def _eaten_by(guests: Guests) -> list[str]:
    diet = find_diet(guests.diet)
    told = [diet.name.lower()] if diet.without_origin else []
    return told + [f"without {name}" for name in guests.without]
