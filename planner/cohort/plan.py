"""Plan for everybody of a table of people, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING

from foods.errors import UserFacingError
from foods.table import FoodTable
from planner.candidates.dish import Dish
from planner.cohort.read import Asked, read_people
from planner.errors import OutOfTimeError, RefusedError
from planner.explain.table_report import PerPerson, PersonRow, TableReport, people_frame
from planner.pipeline import plan_meals
from planner.plan.stop import StoppedError, new_flag, stopped_by
from planner.request.request import PlanRequest
from planner.table.faults import faults_in

if TYPE_CHECKING:
    import pandas as pd

REFUSED, FAILED = "refused", "failed"
Told = Callable[[int, int], None]
"""Told how many people are planned for, and of how many."""


@dataclass(frozen=True)
class Member:
    """What came of one person's request.

    Parameters
    ----------
    name
        Whose it is.
    report
        The plan with its check, or why none is found; ``None`` with an error.
    error
        The rule that refuses, or what failed; ``None`` with a report.
    """

    name: str
    report: TableReport | None
    error: UserFacingError | None = None

    def rows(self) -> Iterator[PersonRow]:
        """Return what tables tell of it, of each eater of a household one."""
        if self.report is None:
            status = REFUSED if isinstance(self.error, RefusedError) else FAILED
            why = str(self.error) if self.error else ""
            yield PersonRow(self.name, status, why, None)
            return
        for own in self.report.people():
            yield replace(own, name=f"{self.name}: {own.name}" if own.name else self.name)


@dataclass(frozen=True)
class Cohort:
    """What came of a table of people, in the order of its rows.

    Parameters
    ----------
    people
        Each person who was planned for.
    missing
        Names of those who were not, since an interrupt from the keyboard ended the work before.
    """

    people: tuple[Member, ...]
    missing: tuple[str, ...] = ()

    @property
    def reports(self) -> Mapping[str, TableReport]:
        """Name → report of those with a plan, or with why none is found."""
        return {person.name: person.report for person in self.people if person.report is not None}

    @property
    def passed(self) -> bool:
        """Whether everybody has a plan, and each passes its check."""
        reports = [person.report for person in self.people]
        return not self.missing and all(report is not None and report.passed for report in reports)

    def to_frame(self, per: PerPerson = "person") -> pd.DataFrame:
        """Return a table of pandas; units stand in ``attrs["units"]``, unknown is NaN.

        Parameters
        ----------
        per
            ``"person"``: a row for everybody, with status, why there is no plan, points, cost a
            day [USD], Ca:Mg and means a day of all nutrients. ``"nutrient"``: a row for each
            nutrient of a plan: its mean a day and the band of all that is taken, of the week's mean
            or else of a day. ``"day"``, ``"item"``, ``"ingredient"``: those of ``Plan.to_frame``,
            with whose they are in ``person``. Who has no plan stands in the first alone.

        Raises
        ------
        ExportError
            When there is no such table.
        """
        return people_frame((row for person in self.people for row in person.rows()), per)


def plan_cohort(
    people: pd.DataFrame,
    request: PlanRequest | None = None,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    told: Told | None = None,
) -> Cohort:
    """Plan for everybody of a table of people, one after the other, as ``plan_meals`` does alone.

    Ctrl-C ends it with the week found so far for the person under way, as it ends ``plan_meals``;
    those after that person are named in ``Cohort.missing``.

    Parameters
    ----------
    people
        A row for each person. Columns are ``name``, ``sex``, ``age``, and what else is said: keys
        of ``[profile]`` and ``[preferences]`` of a request file, the plain ones of ``[week]``,
        ``supplements`` and ``targets``, each as its flag says it, lists with ``;`` between. What
        is blank is as in ``request``; a blank height, weight or activity is assumed, as for a plan.
    request
        What holds for everybody whose row says nothing else; its ``profile`` is nobody's. What it
        leaves out (``without``), its ``history`` and ``dishes`` hold beside those of a row, and of
        two diets the stricter one.
    foods, dishes
        As of ``plan_meals``.
    told
        Told how far it is.

    Raises
    ------
    ConfigError
        When the table has faults: unknown columns, blank or wrong cells, names twice or unknown.
        All are listed by row and column before anybody is planned for.
    KeyboardInterrupt
        When it comes before the first of them is planned for; later it ends the rest.
    """
    faults = partial(faults_in, foods=foods, dishes=dishes)
    asked = read_people(people, request or PlanRequest(), faults)
    members = list[Member]()
    for number, (name, own) in enumerate(asked.items(), start=1):
        try:
            members.append(plan_member(name, own, foods, dishes))
        except KeyboardInterrupt:
            if not members:
                raise
            break
        if told is not None:
            told(number, len(asked))
    return Cohort(tuple(members), tuple(asked)[len(members) :])


def plan_member(
    name: str,
    own: Asked,
    foods: FoodTable | None = None,
    dishes: Sequence[Dish] | None = None,
    most_s: float | None = None,
) -> Member:
    """Plan for one of them, or say why not; no error a person can mend comes out of it.

    ``most_s``: time after which its search ends with its next sweep, without a plan [s].
    """
    if isinstance(own, UserFacingError):
        return Member(name, None, own)
    try:
        with _within(most_s):
            return Member(name, plan_meals(own, foods, dishes))
    except UserFacingError as error:
        return Member(name, None, error)


@contextmanager
def _within(most_s: float | None) -> Iterator[None]:
    if most_s is None:
        yield
        return
    flag = new_flag()
    timer = Timer(most_s, flag.fill, (1,))
    timer.daemon = True
    timer.start()
    try:
        with stopped_by(flag):
            yield
    except StoppedError:
        text = f"no plan was ready after {most_s:g} s"
        raise OutOfTimeError(text, remedy="allow more with --time-each") from None
    finally:
        timer.cancel()
