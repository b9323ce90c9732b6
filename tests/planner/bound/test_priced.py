from dataclasses import replace

import numpy as np
import pytest

from planner.bound.priced import MovedRow, price_day, price_week
from planner.bound.solver import solve_problem
from planner.model.build import build_aggregated_week, build_compact_week
from planner.solve.parts import build_week
from tests.kitchen import TARGETS, band, tiny_input

SMALL = 1e-4  # of a limit: so little that a basis seldom changes
INSTANCES = {
    "one weekday and one of the weekend": {},
    "weekdays": {"weekend": (False, False)},
    "a weekend": {"weekend": (True, True)},
    "much magnesium": {"targets": (*TARGETS[:2], band("magnesium_mg", 480), *TARGETS[3:])},
    "much calcium": {
        "targets": (*TARGETS[:3], band("calcium_mg", 1050, period="week"), *TARGETS[4:])
    },
    "a narrow ratio": {"targets": (*TARGETS[:4], band("ca_mg_ratio", 1.0, 1.9))},
    "much energy": {"targets": (band("energy_kcal", 1750, 2300), *TARGETS[1:])},
}


def program_of(instance):
    parts = build_week(tiny_input(**INSTANCES[instance]))
    return parts, price_week(parts.model.source, parts.arrays)[0]


def slopes(program, placed, row):
    """Points per unit of a limit, from below and from above, found by solving again."""
    limit = program.placed[placed].rows.limits[row]
    step = SMALL * max(1.0, abs(limit))
    found = [program.moved([MovedRow(placed, row, limit + one)]) for one in (-step, step)]
    return [
        (mix.points - program.best.points) / by if mix else None
        for mix, by in zip(found, (-step, step), strict=True)
    ]


@pytest.mark.parametrize("instance", INSTANCES)
def test_prices_are_finite_differences(instance):
    _, program = program_of(instance)
    held = 0
    for placed in range(len(program.placed)):
        for row, price in enumerate(program.prices_of(program.best, placed)):
            if not np.isfinite(program.placed[placed].rows.limits[row]):
                continue
            below, above = slopes(program, placed, row)
            # points are convex in a limit: where it has a corner, its price is any slope between
            assert below is None or price >= below - 0.01 * abs(below) - 1e-6
            assert above is None or price <= above + 0.01 * abs(above) + 1e-6
            if below is not None and above is not None and abs(below - above) <= 1e-6:
                assert price == pytest.approx(above, rel=0.01, abs=1e-6)
                held += price < -1e-6
    assert held >= 5  # prices that are no zeros, to both sides


@pytest.mark.parametrize("instance", INSTANCES)
def test_a_bound_moved_is_the_model_with_another_target(instance):
    parts, program = program_of(instance)
    link = len(program.placed) - 1
    row = parts.arrays.link.names.index("nutrient_week.calcium_mg.min")
    source = parts.model.source
    target = next(t for t in source.targets if (t.nutrient, t.period) == ("calcium_mg", "week"))
    more = replace(target, lower=target.lower + 20)
    other = tuple(more if one is target else one for one in source.targets)
    moved = program.moved([MovedRow(link, row, -more.lower * len(source.weekend))])
    built = solve_problem(build_aggregated_week(replace(source, targets=other)).problem)
    assert (moved and moved.points) == pytest.approx(built.objective)


def test_a_ratio_moved_is_the_model_with_another_ratio_and_is_put_back():
    parts, program = program_of("one weekday and one of the weekend")
    before, source = program.best.points, parts.model.source
    name = "ratio_week.ca_mg_ratio.max"
    row, link = parts.arrays.link.names.index(name), len(program.placed) - 1
    own = parts.arrays.link.coefficients[row] + 0.5 * parts.model.table.content("magnesium_mg")
    moved = program.moved([MovedRow(link, row, 0.0, own)])
    target = next(t for t in source.targets if (t.nutrient, t.period) == ("ca_mg_ratio", "week"))
    less = replace(target, upper=target.upper - 0.5)
    other = tuple(less if one is target else one for one in source.targets)
    built = solve_problem(build_aggregated_week(replace(source, targets=other)).problem)
    assert (moved and moved.points) == pytest.approx(built.objective)
    assert program.moved([]).points == pytest.approx(before)


def test_what_cannot_hold_has_no_answer_and_spoils_none():
    parts, program = program_of("weekdays")
    link = len(program.placed) - 1
    row = parts.arrays.link.names.index("nutrient_week.calcium_mg.min")
    assert program.moved([MovedRow(link, row, -1e6)]) is None
    assert program.moved([]).points == pytest.approx(program.best.points)


def test_prices_of_a_day_are_finite_differences_with_its_dishes_as_they_stand():
    source = tiny_input((False, True))
    compact = build_compact_week(source)
    chosen = solve_problem(compact.problem).values
    days = [
        tuple(at for at, one in enumerate(plate.variables) if chosen[one.name] > 0.5)
        for plate in compact.plates
    ]
    parts, columns = build_week(source), compact.table.columns
    stands = {(columns[at].place, columns[at].candidate.candidate_id) for at in days[0]}
    own = [c.index for c in columns if (c.place, c.candidate.candidate_id) in stands]
    assert len(own) > len(days[0])  # porridge comes in two portions
    program = price_day(source, parts.arrays, days, 0, np.array(own))
    assert program.best is not None
    held = 0
    for placed in range(2):
        for row, price in enumerate(program.prices_of(program.best, placed)):
            below, above = slopes(program, placed, row)
            if below is not None and above is not None and abs(below - above) <= 1e-6:
                assert price == pytest.approx(above, rel=0.01, abs=1e-6)
                held += price < -1e-6
    assert held
