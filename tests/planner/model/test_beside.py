"""Pills in the model: in which rows they stand, what they cost, and what never counts them."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.model.build import build_compact_week
from tests.kitchen import band
from tests.planner.model.pills import CHOICE, TAKEN_PILL, input_with_pills

GOLDEN = Path(__file__).parents[2] / "golden" / "beside.lp"
SENSES = {1: ">=", -1: "<=", 0: "="}


@pytest.fixture(scope="module")
def model():
    return build_compact_week(input_with_pills(TAKEN_PILL, CHOICE))


def rows_with_pills(model) -> str:
    """Write the terms of pills in each row of the first day and of the week that has any."""
    lines = []
    for row in model.problem.constraints():
        terms = {v.name: value for v, value in row.items() if v.name.startswith("x.supplement")}
        if terms and model.keys[row.name].day <= 1:
            lines.append(f"{row.name}:")
            lines += [f"  {value:+.6g} {name}" for name, value in sorted(terms.items())]
            lines.append(f"  … {SENSES[row.sense]} {-row.constant + 0.0:.6g}")
    return "\n".join(lines) + "\n"


def test_pills_stand_in_their_golden_rows(model):
    written = rows_with_pills(model)
    if os.environ.get("MAGPLAN_GOLDEN") == "write":
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


def row_of(model, name):
    return next(one for one in model.problem.constraints() if one.name == name)


def names_in(row):
    return {variable.name for variable, _ in row.items()}


def test_the_upper_level_of_supplements_never_counts_food(model):
    row = row_of(model, "nutrient_day.magnesium_mg.supplement.max.d1")
    steps = (100, 150, 200)
    assert names_in(row) == {f"x.supplement.magnesium.citrate.{one}.d1" for one in steps}


def test_a_band_on_food_does_not_count_pills():
    from_food = replace(band("magnesium_mg", 300), basis="food")
    built = build_compact_week(input_with_pills(CHOICE, targets=(from_food,)))
    row = row_of(built, "nutrient_day.magnesium_mg.food.min.d1")
    assert not any("supplement" in name for name in names_in(row))


def test_the_share_of_calcium_from_greens_leaves_calcium_pills_out(model):
    row = row_of(model, "greens_calcium.d1")
    assert not any("supplement" in name for name in names_in(row))


def test_supplements_and_fortified_food_count_together_where_the_level_says_so(model):
    table = model.table
    pills = table.counted("magnesium_mg", "supplement")
    assert np.array_equal(table.counted("magnesium_mg", "supplement_and_fortified"), pills)
    assert table.counted("magnesium_mg", "total").sum() > pills.sum() == 450.0
