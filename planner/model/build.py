"""The model of a week: reads like the formulation in README.md, one adder per rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pulp

from planner.candidates.candidate import CandidateSet
from planner.candidates.names import Meaning
from planner.meals.rules import MealRules
from planner.model.board import Board, ColumnTable, Plate, Vector, Week
from planner.model.clinical import (
    ALONE,
    Elsewhere,
    Spread,
    add_even_meals,
    add_meal_limits,
    add_spreads,
    spreads_of,
)
from planner.model.conservative import add_conservative_day, add_conservative_week
from planner.model.days import PRESENT, Absence, DayKind
from planner.model.keys import RowKey
from planner.model.meals import (
    add_breakfast_fruit,
    add_cautions,
    add_counts,
    add_coverage,
    add_cuisine,
    add_dairy,
    add_families,
    add_foods_of_day,
    add_foods_of_meal,
    add_fruit,
    add_lines,
    add_meal_energy,
    add_places,
    add_sides,
    add_starch,
    add_usual_nuts,
    add_vegetables,
)
from planner.model.nutrients import add_day_targets, add_week_targets
from planner.model.objective import add_points, column_points
from planner.model.packages import (
    PackageRules,
    Packages,
    Shares,
    add_packages,
    packages_of,
)
from planner.model.taste import history_points, pattern_points, season_points
from planner.model.variety import (
    Frequency,
    Order,
    Spacing,
    add_bases,
    add_budget,
    add_colours,
    add_frequencies,
    add_greens,
    add_kinds,
    add_leftovers,
    add_likes,
    add_orders,
    add_repeats,
    add_rotation,
    add_spacings,
    everyday_bases,
    kinds_of,
    most_per_candidate,
    orders_of,
    plain_word,
    serves,
)
from planner.model.weekdays import add_weekday_minutes, too_long
from planner.request.request import Weights
from planner.safety.limits import FoodCap
from planner.targets.clinical import ClinicalRules
from planner.targets.target import Target


@dataclass(frozen=True, slots=True)
class Wishes:
    """Preferences of the eater, each name resolved to what it means.

    Parameters
    ----------
    frequencies
        Servings per week asked for.
    likes, dislikes
        (what, grade 1–3).
    min_days_between
        (what, least days from one serving to the next).
    budget_usd
        Most per seven days [USD]; ``None``: no limit.
    max_minutes_weekday
        Longest preparation of a dish on weekdays [min]; ``None``: no limit.
    """

    frequencies: tuple[Frequency, ...] = ()
    likes: tuple[tuple[Meaning, int], ...] = ()
    dislikes: tuple[tuple[Meaning, int], ...] = ()
    min_days_between: tuple[tuple[Meaning, int], ...] = ()
    budget_usd: float | None = None
    max_minutes_weekday: int | None = None


@dataclass(frozen=True, slots=True)
class ModelInput:
    """Everything the model is built from.

    Parameters
    ----------
    targets
        Bands of nutrients, shares and the ratio.
    candidates
        What may be eaten.
    rules
        How meals are built, and what is better.
    caps
        Cap id → cap of ``configs/safety/caps.toml``.
    wishes
        Preferences.
    weights
        Multipliers of the terms of the objective.
    weekend
        For each day whether it is one of the weekend.
    groups
        Base → food group.
    constrained, least_coverage
        Nutrients of hard targets, and the share of each day's food that must have a figure [0–1].
    clinical
        What conditions and medicines ask of meals and days.
    conservative
        Nutrient → food id → content that a cautious plan counts [per 100 g]; empty: no such plan.
    history
        Dishes of earlier plans, the latest plan first.
    out_of_season
        Foods that are not in season on these dates; empty without dates.
    absences
        For each day the meals that it misses; empty: none does.
    around
        For each of ``wishes.min_days_between`` the days from its last serving before the first
        day to that day, and from the last day to its next serving; ``None`` where there is none.
    elsewhere
        What is known of the other weeks of the plan, where a condition or medicine asks for little
        change from day to day.
    packages
        Food id → what is bought for it in packages that spoil once opened, and packages per gram
        [1/g].
    keeps_opened
        Packaged food → days after the day of opening on which it is still good [days]; what is not
        named keeps for the week.
    sharers
        How many eaters buy and open packages together.
    """

    targets: tuple[Target, ...]
    candidates: CandidateSet
    rules: MealRules
    caps: Mapping[str, FoodCap]
    wishes: Wishes
    weights: Weights
    weekend: tuple[bool, ...]
    groups: Mapping[str, str]
    constrained: tuple[str, ...] = ()
    least_coverage: float = 0.0
    clinical: ClinicalRules = field(default_factory=ClinicalRules)
    conservative: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    history: tuple[frozenset[str], ...] = ()
    out_of_season: frozenset[str] = frozenset()
    absences: tuple[Absence, ...] = ()
    around: tuple[tuple[int | None, int | None], ...] = ()
    elsewhere: Elsewhere = ALONE
    packages: Shares = field(default_factory=dict)
    keeps_opened: Mapping[str, int] = field(default_factory=dict)
    sharers: int = 1

    @property
    def kinds(self) -> tuple[DayKind, ...]:
        """For each day what its rows depend on."""
        absences = self.absences or (PRESENT,) * len(self.weekend)
        return tuple(DayKind(*one) for one in zip(self.weekend, absences, strict=True))


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
    too_long
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
    kinds: Mapping[str, Vector]
    kind_points: float
    most_kinds: int
    packages: Packages
    too_long: Vector
    source: ModelInput

    @property
    def problem(self) -> pulp.LpProblem:
        """The PuLP problem with all rows and the objective."""
        return self.board.problem


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
    classes = sorted(set(source.kinds))
    counts = [float(source.kinds.count(kind)) for kind in classes]
    # the average day of a class is numbered as class, so that names stay apart
    days = [
        (number + 1, kind, n) for number, (kind, n) in enumerate(zip(classes, counts, strict=True))
    ]
    board = board or Board("week")
    return _build(board, source, days, integer=False, with_spacings=False, with_packages=True)


def build_average_day(source: ModelInput) -> WeekModel:
    """Build one average day and the links, for reading the rows off: not a bound by itself.

    Days that miss other meals have a day of their own. Points are those of the first of each;
    whoever solves it writes the day for each class.
    """
    kinds, absences = source.kinds, [kind.absence for kind in source.kinds]
    days = [
        (number, kinds[absences.index(one)], float(absences.count(one)))
        for number, one in enumerate(dict.fromkeys(sorted(absences)), start=1)
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
    days = [(number, kind, 1.0) for number, kind in enumerate(source.kinds, start=1)]
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
    places = [place.place_id for place in source.rules.places]
    table = ColumnTable.from_candidates(source.candidates, places)
    terms = points_by_term(table, source)
    long = too_long(table, source.wishes.max_minutes_weekday)
    plates = []
    for day, kind, weight in days:
        plate = Plate(board, table, day, weight, integer=integer, absence=kind.absence)
        add_day_block(plate, source)
        if not kind.weekend:
            add_weekday_minutes(plate, long)
        add_points(plate, terms[kind.weekend])
        plates.append(plate)
    week = Week(plates, len(source.weekend))
    orders = orders_of(table, source.rules.rules)
    kinds = kinds_of(table, source.rules.rules, source.groups)
    add_link_block(week, source, orders, kinds)
    spacings = _spacings(table, source)
    spreads = spreads_of(table, source.clinical, source.absences, source.elsewhere)
    if with_spacings:
        add_spacings(week, spacings)
        add_orders(week, orders)
        add_spreads(week, spreads)
    packages = packages_of_columns(table, source, orders)
    if with_packages:
        add_packages(week, packages, integer=integer)
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
        long,
        source,
    )


def most_kinds(source: ModelInput) -> int:
    """Give the number of kinds to be bought and finished from which on each costs points."""
    return int(source.rules.rules["kinds"]["most"])


def kind_points(source: ModelInput) -> float:
    """Give the points of each kind beyond ``most_kinds``."""
    return float(source.rules.points["waste"]["per_kind"]) * source.weights.waste


def packages_of_columns(
    table: ColumnTable, source: ModelInput, orders: Sequence[Order]
) -> Packages:
    """Gather the packages that columns use, with the points of what is left of them."""
    points = float(source.rules.points["waste"]["per_package"]) * source.weights.waste
    most = most_per_candidate(table, source.rules.rules, len(source.weekend))
    sharers = source.sharers  # each is taken for all: as much of a package, its points among them
    shares = {food: (name, per_g * sharers) for food, (name, per_g) in source.packages.items()}
    rules = PackageRules(shares, source.keeps_opened, most, points / sharers)
    return packages_of(table, rules, orders)


def add_day_block(plate: Plate, source: ModelInput) -> None:
    """Add every rule of a single day."""
    rules, points = source.rules.rules, source.rules.points
    add_places(plate, source.rules)
    add_starch(plate, rules)
    add_sides(plate, rules)
    add_meal_energy(plate, rules)
    add_vegetables(plate, rules)
    add_fruit(plate, rules)
    add_dairy(plate, rules, points["variety"]["dairy_missing"] * source.weights.variety)
    add_counts(plate, rules)
    variety = {key: value * source.weights.variety for key, value in points["variety"].items()}
    add_breakfast_fruit(plate, rules, variety["breakfast_fruit_missing"])
    add_lines(plate, rules, source.groups, variety["line_extra"])
    add_usual_nuts(plate, rules, variety)
    add_families(plate, variety["same_family_day"])
    everyday = everyday_bases(rules, source.groups)
    add_foods_of_day(plate, rules, everyday, variety["food_day_extra"])
    add_foods_of_meal(plate, rules, everyday)
    add_cuisine(plate, rules)
    add_cautions(plate, source.caps)
    add_coverage(plate, source.constrained, source.least_coverage)
    add_meal_limits(plate, source.clinical)
    add_even_meals(plate, source.clinical)
    add_conservative_day(plate, source.targets, source.conservative)
    add_day_targets(plate, source.targets, points["soft_targets"], source.weights.soft_targets)


def add_link_block(
    week: Week, source: ModelInput, orders: Iterable[Order], kinds: Mapping[str, Vector]
) -> None:
    """Add every rule that links the days, those between single days apart."""
    rules, points = source.rules.rules, source.rules.points
    line_g = rules["line"]["lower"]
    variety = {key: value * source.weights.variety for key, value in points["variety"].items()}
    add_repeats(week, rules, variety["repeat_extra"])
    add_bases(week, rules, everyday_bases(rules, source.groups), variety["base_extra"])
    add_leftovers(week, orders, rules)
    add_conservative_week(week, source.targets, source.conservative)
    add_rotation(week, rules, variety)
    add_greens(week, source.caps, line_g)
    add_colours(week, rules["colours"], variety["colour_missing"])
    add_kinds(week, kinds, most_kinds(source), kind_points(source))
    add_week_targets(week, source.targets, points["soft_targets"], source.weights.soft_targets)
    add_frequencies(week, source.wishes.frequencies, line_g)
    missing, weight = points["taste"]["like_missing"], source.weights.taste
    likes = [(what, missing[grade - 1] * weight) for what, grade in source.wishes.likes]
    add_likes(week, likes, line_g)
    add_budget(week, source.wishes.budget_usd)


def points_by_term(table: ColumnTable, source: ModelInput) -> dict[bool, dict[str, Vector]]:
    """Give, for days of the weekend and others, the points of each column by term."""
    fitting = _fitting_terms(table, source)
    kinds = sorted(set(source.weekend))
    return {kind: _own_terms(table, source, kind) | fitting for kind in kinds}


def _own_terms(table: ColumnTable, source: ModelInput, weekend: bool) -> dict[str, Vector]:
    points = source.rules.points
    dislikes = [
        (what, points["taste"]["dislike"][grade - 1]) for what, grade in source.wishes.dislikes
    ]
    return column_points(
        table.columns,
        points,
        source.weights,
        dislikes,
        [what for what, _ in source.wishes.likes],
        source.rules.rules["line"]["lower"],
        weekend=weekend,
    )


def _fitting_terms(table: ColumnTable, source: ModelInput) -> dict[str, Vector]:
    """Points of what was eaten lately, is out of season, or not of the pattern."""
    points, columns = source.rules.points, table.columns
    least_g = source.rules.rules["season"]["lower_mass_g"]
    price = points["taste"]["out_of_season"]
    terms = {
        "history": history_points(columns, source.history, points["history"]),
        "season": season_points(columns, source.out_of_season, least_g, price),
        "pattern": pattern_points(columns, source.rules.pattern, points["taste"]),
    }
    return {name: source.weights.taste * term for name, term in terms.items() if term.any()}


def _spacings(table: ColumnTable, source: ModelInput) -> tuple[Spacing, ...]:
    """Days between servings: as asked for, and no protein at dinner two days running, priced."""
    line_g = source.rules.rules["line"]["lower"]
    asked = [
        Spacing(f"{n}.{plain_word(what.name)}",
                table.vector(serves(table.columns, what, line_g)), days, None)
        for n, (what, days) in enumerate(source.wishes.min_days_between, start=1)
    ]  # fmt: skip
    price = source.rules.points["variety"]["consecutive"] * source.weights.variety
    dinners = [
        (c.candidate.traits.protein if c.place == "dinner.main" else "none") for c in table.columns
    ]
    families = sorted(set(dinners) - {"none", "legume"}) if price > 0 else []
    usual = [
        Spacing(family, table.vector([float(d == family) for d in dinners]), 2, price)
        for family in families
    ]
    return tuple(asked + usual)
