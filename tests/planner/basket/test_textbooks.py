"""Textbook diets asked for the impossible: the conflict, and each smallest change to the digit."""

from dataclasses import replace

import pulp
import pytest

from planner.basket.bands import NutrientBand, list_rows
from planner.basket.solve import solve_basket
from tests.planner.basket.test_solve import ampl_second, ozark, polly, winston


def with_band(table, name, lower, upper=None):
    """Give a table with another band of one nutrient."""
    bands = {one.nutrient: one for one in table.bands} | {name: NutrientBand(name, lower, upper)}
    return replace(table, bands=tuple(bands.values()))


IMPOSSIBLE = {
    # all that Polly may eat: 4 x 110 + 3 x 205 + 2 x 160 + 8 x 160 + 2 x 420 + 2 x 260 = 4015
    "Polly, 5000 kcal": (with_band(polly(), "energy", 5000), ("energy >= 5000", 4015)),
    # 4 x 2 + 3 x 12 + 2 x 54 + 8 x 285 + 2 x 22 + 2 x 80 = 2636
    "Polly, 3 g calcium": (with_band(polly(), "calcium", 3000), ("calcium >= 3000", 2636)),
    # 6 of chocolate: two brownies, 4 of fat and 4 of sugar; 6 more of sugar: 1.5 cola, 1.5 of fat
    "Winston, fat at most 4": (with_band(winston(), "fat", None, 4), ("fat <= 4", 5.5)),
    # fibre: 0.02 c + 0.06 s <= 40 with c + s = 800 leaves s <= 600: 0.09 x 200 + 0.6 x 600 = 378
    "Ozark, 600 lb": (with_band(ozark(), "protein", 600), ("protein >= 600", 378)),
    # the least sodium of the book's diet
    "AMPL, sodium at most 40 g": (ampl_second(40000), ("Na <= 40000", 48186)),
}
DIGITS = 1e-7  # that CBC writes
CBC = pulp.COIN_CMD(path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False)
each_table = pytest.mark.parametrize("name", IMPOSSIBLE)


def rows_of(table):
    """Give every row but "not less than nothing" as name → (contents, sign, bound)."""
    rows = {}
    for at, food in enumerate(table.foods):
        alone = [float(at == other) for other in range(len(table.foods))]
        rows |= sides(food.name, alone, food.least or None, food.most)
    for band in table.bands:
        column = table.content[:, table.nutrients.index(band.nutrient)]
        rows |= sides(band.nutrient, [float(one) for one in column], band.lower, band.upper)
    assert set(rows) == {row.text for row in list_rows(table)} - {
        f"{food.name} >= 0" for food in table.foods
    } - {f"{band.nutrient} >= 0" for band in table.bands}
    return rows


def sides(name, contents, lower, upper):
    if lower is not None and lower == upper:
        return {f"{name} = {lower:g}": (contents, "=", lower)}
    both = {">=": lower or None, "<=": upper}
    return {
        f"{name} {sign} {bound:g}": (contents, sign, bound)
        for sign, bound in both.items()
        if bound is not None
    }


def solved(rows, aim=None):
    """Give status and least sum of ``aim`` within ``rows``, by a solver that baskets do not use."""
    program = pulp.LpProblem("diet", pulp.LpMinimize)
    count = len(next(iter(rows.values()))[0])
    units = [program.add_variable(f"x{at}", 0) for at in range(count)]
    program += pulp.lpDot(aim, units) if aim else 0 * units[0]
    for contents, sign, bound in rows.values():
        total = pulp.lpDot(contents, units)
        program += {"=": total == bound, ">=": total >= bound, "<=": total <= bound}[sign]
    status = pulp.LpStatus[program.solve(CBC)]
    return status, pulp.value(program.objective)


def nearest(rows, row):
    """Give how near to its bound a row can come when all others hold; ``None``: they conflict."""
    contents, sign, _ = rows[row]
    turned = 1.0 if sign == "<=" else -1.0
    others = {text: one for text, one in rows.items() if text != row}
    status, least = solved(others, [turned * one for one in contents])
    return turned * least if status == "Optimal" else None


@each_table
def test_every_smallest_change_is_that_of_another_solver(name):
    table, by_hand = IMPOSSIBLE[name]
    answer, rows = solve_basket(table), rows_of(table)
    assert answer.status == "infeasible"
    changes = {change.row.text: change.to for change in answer.relaxations}
    for text in (row.text for row in answer.conflict):
        if " = " not in text:  # of which the nearer side gives way
            found = nearest(rows, text)
            assert changes.get(text) == (found and pytest.approx(found, rel=DIGITS)), text
    row, to = by_hand
    assert changes[row] == to


@each_table
def test_the_conflict_is_one_and_without_any_member_it_is_none(name):
    table, _ = IMPOSSIBLE[name]
    rows = rows_of(table)
    conflict = {row.text: rows[row.text] for row in solve_basket(table).conflict}
    assert solved(conflict)[0] == "Infeasible"
    for member in conflict:
        others = {text: one for text, one in conflict.items() if text != member}
        assert not others or solved(others)[0] == "Optimal", member
