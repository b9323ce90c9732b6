"""The week after a week: what was liked of it, what was not eaten, and what is still at home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.responses import Response

from foods.errors import UserFacingError
from planner.candidates.called import asked_name
from planner.export.figures import mass_text
from planner.export.who import number_label
from planner.kitchen.carried import home_after
from planner.kitchen.not_eaten import home_besides
from planner.kitchen.pantry import pantry_of
from planner.kitchen.sold import shelves_for
from planner.request.next_week import NEVER, let_go, rated, request_after
from planner.request.request import AtHome, PlanRequest
from planner.request.use_phrases import frozen_name
from planner.shops import NEUTRAL, named, shopping_in
from planner.table.faults import check_request
from planner.web.asking import answers_of, names_in
from planner.web.bench import NOT_UNDERSTOOD, Pages, WeekChange, path_to
from planner.web.changes import WeekStep, planned
from planner.web.labels import FieldFault, in_labels
from planner.web.shelf import OpenWeek
from planner.wire.document import eaten_lately

AFTER = "Planning the week after …"
NTH = "{name}, week {number}"
GONE = "Not asked for again: {names}."
GRADES = {
    "3": "liked very much", "2": "liked", "1": "liked a little",
    str(NEVER): "not again",
}  # fmt: skip
_MORE = "more"


@dataclass(frozen=True, slots=True)
class EatenDish:
    """A dish of a week: its id and name, and on which days it was."""

    dish_id: str
    name: str
    days: str


@dataclass(frozen=True, slots=True)
class Rest:
    """What a week leaves at home: its number among these, name, amount and days that it keeps."""

    number: int
    name: str
    amount: str
    days: int | None


class NextPages(Pages):
    """The page that asks for the week after, and what it does."""

    shown: ClassVar = {"/next": "ask"}
    posted: ClassVar = {"/next": "plan"}

    def ask(self, week: OpenWeek, _query: Mapping[str, str]) -> Response:
        """Ask what was liked, what was not eaten, and what is still there."""
        step = week.shown_step()
        there = {f"home.{number}": "on" for number, _rest in enumerate(_at_home(step))}
        return self._page(week, step, there)

    def plan(self, week: OpenWeek, form: Mapping[str, str]) -> Response:
        """Open the week after and plan it; the week before stays open."""
        step = week.shown_step()
        try:
            with shopping_in(NEUTRAL):
                request = _after(step, form)
                check_request(request)
            answers = dict(answers_of(request))
            number, called = week.number + 1, names_in(answers) or week.called
            name = NTH.format(name=called, number=number)
            later = self.bench.shelf.open(name, request, answers)
        except UserFacingError as error:
            lines = error.faults or (str(error),)
            faults = [FieldFault(_MORE, in_labels(line)) for line in lines]
            return self._page(week, step, form, faults)
        later.number, later.called = number, called
        gone = "; ".join(let_go(step.report.request, request))
        later.readings = (GONE.format(names=gone),) if gone else ()
        again = partial(planned, request, None)
        return self.bench.change(later, WeekChange(AFTER, again, answers, later.readings))

    def _page(
        self,
        week: OpenWeek,
        step: WeekStep,
        values: Mapping[str, str],
        faults: Sequence[FieldFault] = (),
    ) -> Response:
        with shopping_in(step.report.request.shops):
            return self.bench.page(
                "next.html",
                422 if faults else 200,
                week=week,
                dishes=[replace(one, name=named(one.name)) for one in _dishes(step)],
                rest=list(_rest(step)),
                grades=list(GRADES.items()),
                values=values,
                faults=faults,
                action=path_to(week, "/next"),
            )


def _dishes(step: WeekStep) -> Iterator[EatenDish]:
    """Yield each dish of a week once, in the order in which they come."""
    plan = step.standing.plan
    found: dict[str, tuple[str, list[str]]] = {}
    dates = {day.day: day.date for day in plan.days if day.date is not None}
    for day in plan.days:
        for item in day.items():
            if item.kind == "dish" and not item.is_beside:
                _name, days = found.setdefault(item.item_id, (item.name, []))
                days += [label] if (label := number_label(day.day, dates)) not in days else []
    for dish_id, (name, days) in found.items():
        yield EatenDish(dish_id, name, ", ".join(days))


def _at_home(step: WeekStep) -> tuple[AtHome, ...]:
    """Give what a week leaves at home, as ``magplan next`` takes it to."""
    report = step.report
    with shopping_in(report.request.shops), shopping_in(NEUTRAL):
        entries = pantry_of(report.request, report.foods).entries
        days = step.standing.plan.days
        return home_after(entries, report.shopping, range(days[0].day, days[-1].day + 1))


def _rest(step: WeekStep) -> Iterator[Rest]:
    for number, one in enumerate(_at_home(step)):
        amount = mass_text(one.amount) if one.unit == "g" else f"{one.amount:g} {one.unit}"
        frozen = frozen_name(one.food)
        name = named(step.report.foods[frozen or one.food].name)
        yield Rest(number, name + (", in the freezer" if frozen else ""), amount, one.days)


def _after(step: WeekStep, form: Mapping[str, str]) -> PlanRequest:
    """Give the request of the week after.

    Raises
    ------
    ConfigError
        When what is at home besides cannot be read.
    HTTPException
        When no page asks so.
    """
    request, plan = step.report.request, step.standing.plan
    uneaten = {one.dish_id for one in _dishes(step) if f"uneaten.{one.dish_id}" in form}
    home = [one for number, one in enumerate(_at_home(step)) if f"home.{number}" in form]
    foods = step.report.foods
    home += home_besides(form.get(_MORE, ""), foods, shelves_for(request, foods))
    wanted = request.preferences
    for dish in _dishes(step):
        grade = form.get(f"grade.{dish.dish_id}", "")
        if grade and grade not in GRADES:
            raise HTTPException(400, NOT_UNDERSTOOD)
        if grade:
            wanted = rated(wanted, asked_name(dish.dish_id, dish.name), int(grade))
    last = plan.days[-1].date
    asked = replace(request, preferences=wanted)
    return request_after(asked, last, eaten_lately(plan, uneaten), home)
