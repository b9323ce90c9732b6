"""Packages of the tiny kitchen: a fish is 1.2 packages, beans 0.625 of one, chard 0.7."""

from dataclasses import replace

import numpy as np
import pytest

from planner.model.build import build_aggregated_week, build_compact_week
from planner.model.packages import PARTS
from planner.solve.solver import solve_problem
from tests.kitchen import tiny_input


def priced_input(points, **changes):
    """The tiny kitchen with these points for a package."""
    source = tiny_input(**changes)
    waste = {**source.rules.points["waste"], "per_package": points}
    rules = replace(source.rules, points={**source.rules.points, "waste": waste})
    return replace(source, rules=rules)


@pytest.fixture(scope="module")
def packages():
    return build_compact_week(tiny_input()).packages


def test_what_is_left_is_the_rest_of_the_last_package(packages):
    used = np.array([0.0, 0.625, 1.25, 1.0])
    left = [packages.left(np.array([int(share * PARTS)])) for share in used]
    assert left == [0.0, 0.375, 0.75, 0.0]


def test_a_third_of_a_package_three_times_leaves_nothing_to_speak_of(packages):
    third = int(PARTS / 3)
    assert packages.left(np.array([3 * third])) == pytest.approx(0.0, abs=3 / PARTS)


def test_each_dish_opens_its_packages_once_for_all_its_servings(packages):
    table = build_compact_week(tiny_input()).table
    fish = packages.opened[packages.opened_of == packages.names.index("fish")]
    columns = [column.index for column in table.columns if column.candidate.source_id == "fish"]
    # a fish opens two packages; two days allow it two times, so each time one at least
    assert fish[:, columns].tolist() == [[1.0, 1.0]]


@pytest.mark.parametrize("points", [0.1, 3.0])
def test_no_week_has_fewer_points_than_the_average_week_with_packages(points):
    source = priced_input(points)
    exact = solve_problem(build_compact_week(source).problem, gap=0.0)
    relaxed = solve_problem(build_aggregated_week(source).problem)
    assert relaxed.objective <= exact.objective + 1e-6


def test_packages_cost_points_only_where_they_are_priced():
    free, dear = (build_compact_week(priced_input(points)) for points in (0.0, 1.0))
    assert not any(key.rule == "packages" for key in free.keys.values())
    assert any(key.rule == "packages" for key in dear.keys.values())


def test_who_share_packages_pay_each_a_part_of_what_all_leave():
    alone, shared = (build_compact_week(tiny_input(sharers=n)).packages for n in (1, 2))
    assert shared.points == pytest.approx(alone.points / 2)
    # twice 0.625 packages of beans
    beans = alone.names.index("beans")
    assert alone.left(alone.parts[beans : beans + 1]).max() == pytest.approx(0.375)
    assert shared.left(shared.parts[beans : beans + 1]).max() == pytest.approx(0.75)


def test_the_exact_week_pays_for_what_is_left():
    source = priced_input(1.0)
    model = build_compact_week(source)
    answer = solve_problem(model.problem, gap=0.0)
    used = np.zeros(len(model.packages.names), dtype=np.int64)
    for plate in model.plates:
        chosen = [answer.values[one.name] > 0.5 for one in plate.variables]
        used += model.packages.parts[:, chosen].sum(axis=1)
    left = sum(answer.values[f"short.packages.{name}.soft"] for name in model.packages.names)
    assert used.any()
    assert left == pytest.approx(float(model.packages.left(used)), abs=1e-6)
