"""What a week is priced by: points of each column by term."""

from __future__ import annotations

from planner.model.board import ColumnTable, Vector
from planner.model.input import ModelInput
from planner.model.objective import column_points
from planner.model.taste import (
    draw_points,
    history_points,
    pattern_points,
    season_points,
)


def points_by_term(table: ColumnTable, source: ModelInput) -> dict[bool, dict[str, Vector]]:
    """Return, for days of the weekend and others, the points of each column by term."""
    fitting = _fitting_terms(table, source)
    return {one: _own_terms(table, source, one) | fitting for one in sorted(set(source.weekend))}


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
        source.rules.rules["servings"],
        kitchens=source.rules.pattern.kitchens,
        weekend=weekend,
        sharers=source.sharers,
    )


def _fitting_terms(table: ColumnTable, source: ModelInput) -> dict[str, Vector]:
    """Points of chance, of what was eaten lately, is out of season, not of the pattern."""
    points, columns = source.rules.points, table.columns
    least_g = source.rules.rules["season"]["lower_mass_g"]
    price = points["taste"]["out_of_season"]
    terms = {
        "history": history_points(columns, source.history, points["history"]),
        "draw": draw_points(columns, source.draw, points["taste"]),
        "season": season_points(columns, source.out_of_season, least_g, price),
        "pattern": pattern_points(columns, source.rules.pattern, points["taste"]),
    }
    weight = source.weights.taste
    return {name: weight * term for name, term in terms.items() if term.any()}
