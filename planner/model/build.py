"""The model of a week: reads like the formulation in README.md, one adder per rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pulp

from planner.model.asked import add_puts, add_uses, spacings_of
from planner.model.board import Board, ColumnTable, HardBoard, Plate, Vector, Week
from planner.model.bought import add_kinds, kind_points, kinds_of, most_kinds
from planner.model.clinical import Spread, add_even_meals, add_meal_limits, add_spreads, spreads_of
from planner.model.conservative import add_conservative_day, add_conservative_week
from planner.model.cookings import Cookings, add_cookings, cooking_on, cookings_of
from planner.model.days import DayKind, targets_on
from planner.model.input import ModelInput
from planner.model.keys import RowKey
from planner.model.meals import (
    add_cautions,
    add_components,
    add_counts,
    add_coverage,
    add_cuisine,
    add_dairy,
    add_families,
    add_foods_of_day,
    add_foods_of_meal,
    add_fruit,
    add_meal_energy,
    add_meal_mass,
    add_places,
    add_usual_nuts,
    add_vegetables,
)
from planner.model.nutrients import add_day_targets, add_week_targets
from planner.model.objective import add_points
from planner.model.packages import Packages, add_packages, packages_of
from planner.model.plates import add_plate_habits, add_served, add_sides_week
from planner.model.points import points_by_term
from planner.model.sold import PackageRules
from planner.model.sums import Sum
from planner.model.variety import (
    Order,
    Spacing,
    add_bases,
    add_budget,
    add_frequencies,
    add_greens,
    add_leftovers,
    add_likes,
    add_orders,
    add_repeats,
    add_rotation,
    add_spacings,
    add_starches,
    everyday_bases,
    most_per_candidate,
    orders_of,
)
from planner.model.weekdays import (
    add_day_minutes,
    add_weekday,
    add_weekday_work,
    add_work,
    closed_on,
    off_weekdays,
    ruled_as,
)


@dataclass(frozen=True, slots=True)
class WeekModel:
    """A built problem and what it was built from.

    Parameters
    ----------
    board
        The PuLP problem with named rows.
    keys
        Row name → its key.
    table
        The columns of a day.
    plates
        The days of the problem: of the aggregated week one per class of days.
    terms
        Is weekend → term → points per column.
    spacings, orders, spreads
        Rules between days, which the aggregated week leaves out.
    kinds, kind_points, most_kinds
        Kind of food to be bought → 1 for the columns that use it, points per kind beyond the most.
    packages
        What the columns use of packages that spoil once opened.
    cookings
        The dishes that are cooked once and eaten while they keep.
    off_weekdays
        1 for the columns that a weekday has no time for.
    source
        The input.
    """

    board: Board
    keys: Mapping[str, RowKey]
    table: ColumnTable
    plates: tuple[Plate, ...]
    terms: Mapping[bool, Mapping[str, Vector]]
    spacings: tuple[Spacing, ...]
    orders: tuple[Order, ...]
    spreads: tuple[Spread, ...]
    kinds: Mapping[str, Sequence[int]]
    kind_points: float
    most_kinds: int
    packages: Packages
    cookings: Cookings
    off_weekdays: Vector
    source: ModelInput

    @property
    def problem(self) -> pulp.LpProblem:
        """The PuLP problem with all rows and the objective."""
        return self.board.problem


@dataclass(frozen=True, slots=True)
class HardWeek:
    """Rows that must hold.

    Parameters
    ----------
    board, keys, table, plates
        As of ``WeekModel``.
    """

    board: Board
    keys: Mapping[str, RowKey]
    table: ColumnTable
    plates: tuple[Plate, ...]


def build_aggregated_week(source: ModelInput, board: Board | None = None) -> WeekModel:
    """Build the aggregated week: one average day per class of days, and the links.

    Its optimum is a valid lower bound of every week: the mean of the days of a week satisfies the
    rows of a day, since these are linear, and their sum satisfies the links. Rules between single
    days are left out, which only lowers the bound.

    Parameters
    ----------
    source, board
        As of ``build_compact_week``.
    """
    board, days = board or Board("week"), _average_days(source)
    return _build(board, source, days, integer=False, with_spacings=False, with_packages=True)


def build_hard_week(source: ModelInput, board: Board | None = None) -> HardWeek:
    """Build the rows of the aggregated week that must hold: for what cannot hold together.

    It has a solution where the aggregated week has one: a priced row always holds, a package may
    always be opened, and what keeps be cooked.

    Parameters
    ----------
    source, board
        As of ``build_compact_week``.
    """
    board = board or HardBoard("hard")
    table, plates = _table_of(source), []
    long = off_weekdays(table, source)
    for day, kind, weight in _average_days(source):
        plate = Plate(board, table, day, weight, kind, integer=False)
        _add_day(plate, source, long, Sum())
        plates.append(plate)
    week = Week(plates, len(source.weekend))
    add_link_block(week, source, orders_of(table, source.rules.rules))
    return HardWeek(board, board.keys, table, tuple(plates))


def _average_days(source: ModelInput) -> list[tuple[int, DayKind, float]]:
    """Return the classes of days, numbered so that names stay apart, each with its days."""
    classes = enumerate(sorted(set(source.day_kinds)), start=1)
    return [(number, kind, float(source.day_kinds.count(kind))) for number, kind in classes]


def build_average_day(source: ModelInput) -> WeekModel:
    """Build one average day and the links, for reading the rows off: not a bound by itself.

    Days that miss other meals, or have other dishes put on them, have a day of their own. Points
    are those of the first of each; whoever solves it writes the day for each class.
    """
    day_kinds = source.day_kinds
    alike = [ruled_as(one, source) for one in day_kinds]
    days = [
        (number, day_kinds[alike.index(one)], float(alike.count(one)))
        for number, one in enumerate(dict.fromkeys(sorted(alike)), start=1)
    ]
    return _build(
        Board("day"), source, days, integer=False, with_spacings=False, with_packages=False
    )


def build_compact_week(source: ModelInput, board: Board | None = None) -> WeekModel:
    """Build the whole week with days of their own: exact, and only for small instances.

    Parameters
    ----------
    source
        What it is built from.
    board
        Where it is written, beside what stands there; a problem of its own when left out.
    """
    days = [(number, kind, 1.0) for number, kind in enumerate(source.day_kinds, start=1)]
    board = board or Board("compact")
    return _build(board, source, days, integer=True, with_spacings=True, with_packages=True)


def _build(
    board: Board,
    source: ModelInput,
    days: Sequence[tuple[int, DayKind, float]],
    *,
    integer: bool,
    with_spacings: bool,
    with_packages: bool,
) -> WeekModel:
    table = _table_of(source)
    terms = points_by_term(table, source)
    long = off_weekdays(table, source)
    cookings, cooked = cookings_of(table, source), []
    plates = []
    for day, kind, weight in days:
        plate = Plate(board, table, day, weight, kind, integer=integer)
        own = cookings.points[source.weekend.index(kind.weekend)]
        of_day = cooking_on(plate, cookings, own, integer=integer) if with_packages else []
        cooked.append(of_day)
        _add_day(plate, source, long, cookings.work_of(of_day))
        add_points(plate, terms[kind.weekend])
        plates.append(plate)
    week = Week(plates, len(source.weekend))
    orders = orders_of(table, source.rules.rules)
    kinds = kinds_of(table, source)
    add_link_block(week, source, orders)
    spacings = spacings_of(table, source)
    spreads = spreads_of(table, source.clinical, source.absences, source.elsewhere)
    if with_spacings:
        add_kinds(week, kinds, most_kinds(source), kind_points(source))
        add_spacings(week, spacings)
        add_orders(week, orders)
        add_spreads(week, spreads)
    packages = packages_of_columns(table, source, orders)
    if with_packages:
        add_packages(week, packages, integer=integer)
        add_cookings(week, cookings, cooked, integer=integer)
    board.close()
    return WeekModel(
        board,
        board.keys,
        table,
        tuple(plates),
        terms,
        spacings,
        orders,
        spreads,
        kinds,
        kind_points(source),
        most_kinds(source),
        packages,
        cookings,
        long,
        source,
    )


def _table_of(source: ModelInput) -> ColumnTable:
    """Return the columns of a day."""
    places = [place.place_id for place in source.rules.places]
    return ColumnTable.from_candidates(source.candidates, places)


def _add_day(plate: Plate, source: ModelInput, long: Vector, cooked: Sum) -> None:
    """Add every rule of a day of its kind; ``long`` are the columns that a weekday has no time for.

    ``cooked`` is as of ``add_day_block``.
    """
    add_day_block(plate, source, cooked)
    here = [one for one in plate.kind.puts if one.slot not in plate.absence.slots]
    add_puts(plate, source.own_puts(here))
    add_weekday(plate, closed_on(plate.table, source, plate.kind, long))
    add_weekday_work(plate, source.wishes.max_minutes_weekday)
    add_day_minutes(plate, source)


def packages_of_columns(
    table: ColumnTable, source: ModelInput, orders: Sequence[Order]
) -> Packages:
    """Gather the packages that columns use, with the points of what is left of them.

    What is left costs points for being left, and its price: what the till says is more than what
    is eaten. The price of what spoils counts once more, and that of what keeps not at all where
    later weeks pay for it.
    """
    waste, usd = source.rules.points["waste"], source.rules.points["cost"]["per_usd"]
    days, put = len(source.weekend), source.times_asked()
    most = most_per_candidate(table, source.rules.rules, days, put)
    sharers = source.sharers  # each is taken for all: as much of a package, its points among them
    shares = {food: (name, per_g * sharers) for food, (name, per_g) in source.packages.items()}
    weights = source.weights
    points = {
        name: (
            (waste["per_package"][one.rest] + waste["spoiled_usd"] * one.usd * one.spoils)
            * weights.waste
            + usd * one.usd * weights.cost * (one.spoils if source.wishes.rest_is_free else 1.0)
        )
        / sharers
        for name, one in source.sold.items()
    }
    rules = PackageRules(shares, source.sold, most, points)
    return packages_of(table, rules, orders)


def add_day_block(plate: Plate, source: ModelInput, cooked: Sum) -> None:
    """Add every rule of a single day; ``cooked`` is its work for what keeps [min].

    The food of a day that is past is a fact: of it only what is safe is asked.
    """
    points, is_eaten = source.rules.points, plate.absence.is_eaten
    add_places(plate, source.rules)
    if not is_eaten:
        _add_planned_block(plate, source, cooked)
    add_cautions(plate, source.caps)
    add_coverage(plate, source.constrained, source.least_coverage)
    add_meal_limits(plate, source.clinical, [one.place_id for one in source.rules.places])
    add_even_meals(plate, source.clinical)
    targets = targets_on(plate.absence, source.targets)
    add_conservative_day(plate, targets, source.conservative)
    add_day_targets(plate, targets, points["soft_targets"], source.weights.soft_targets)


def _add_planned_block(plate: Plate, source: ModelInput, cooked: Sum) -> None:
    """Add what makes the food of a day a good one."""
    rules, points = source.rules.rules, source.rules.points
    add_served(plate, rules["plate"])
    variety = _variety(source)
    add_components(plate, rules, variety["component_extra"])
    add_plate_habits(plate, rules, variety)
    extra = points["effort"]["work_extra"] * source.weights.effort
    add_work(plate, rules["work"]["upper"], extra, cooked)
    add_meal_energy(plate, rules)
    add_meal_mass(plate, rules, variety["meal_mass"])
    add_vegetables(plate, rules)
    add_fruit(plate, rules)
    add_dairy(plate, rules, variety["dairy_missing"])
    add_counts(plate, rules)
    add_usual_nuts(plate, rules, variety["nuts_mass"])
    add_families(plate, variety["same_family_day"])
    everyday = everyday_bases(rules, source.groups)
    add_foods_of_day(plate, rules, source.groups, everyday, variety["kind_day_extra"])
    add_foods_of_meal(plate, rules, everyday_bases(rules, source.groups, "base_meal"))
    add_cuisine(plate, rules)


def _variety(source: ModelInput) -> dict[str, float]:
    """Return the points of variety at the weight that was asked for."""
    points = source.rules.points["variety"].items()
    return {key: value * source.weights.variety for key, value in points if key != "source"}


def add_link_block(week: Week, source: ModelInput, orders: Iterable[Order]) -> None:
    """Add every rule that links the days, those between single days apart."""
    rules, points = source.rules.rules, source.rules.points
    line_g = rules["line"]["lower"]
    variety = _variety(source)
    add_repeats(week, rules, variety["repeat_extra"], source.times_asked())
    add_bases(week, rules, everyday_bases(rules, source.groups), variety)
    add_leftovers(week, orders, rules)
    add_conservative_week(week, source.targets, source.conservative)
    add_rotation(week, rules, variety)
    add_starches(week, rules["starch_week"], variety["starch_extra"])
    add_greens(week, source.caps, line_g)
    add_sides_week(week, rules, variety["side_missing"])
    add_week_targets(week, source.targets, points["soft_targets"], source.weights.soft_targets)
    add_frequencies(week, source.wishes.frequencies, line_g)
    missing, weight = points["taste"]["like_missing"], source.weights.taste
    likes = [(what, missing[grade - 1] * weight) for what, grade in source.wishes.likes]
    add_likes(week, likes, line_g)
    add_budget(week, source.wishes.budget_usd)
    add_uses(week, source.wishes.uses, points["waste"])
