"""Each rule of the model against its golden rows, over the tiny kitchen of ``tests/kitchen.py``.

To change a golden on purpose: ``MAGPLAN_GOLDEN=write python -m pytest tests/planner/model``, and
say in the commit why the rows moved.
"""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from planner.candidates.used_up import UsedUp
from planner.explain.offers import row_in_words
from planner.model.arrays import read_arrays
from planner.model.build import build_average_day, build_compact_week
from planner.model.clinical import Elsewhere
from planner.model.days import PutDish
from planner.model.keys import RULES
from planner.model.table import build_table
from tests.kitchen import minding_fish, plates_input, tiny_input

GOLDEN = Path(__file__).parents[2] / "golden" / "rules"
OF_PLATES = {"served", "pulses", "fresh", "milk", "sides_week"}
SENSES = {1: ">=", -1: "<=", 0: "="}


def in_a_month():
    """The tiny kitchen, with days of another week, and something put on a meal and to use up."""
    others = {"daily_spread.magnesium_mg": (280.0, 400.0), "meal_carbohydrate.lunch": (60.0, 90.0)}
    portions = {"shared": {"beans": 100.0, "chard": 200.0}}
    own = {"meal_carbohydrate_times": 2.0, "meal_portions": portions}
    clinical = replace(tiny_input().clinical, **own)
    uses = (UsedUp("beans, dry", {"beans": 0.5}, 150.0),)
    rules = minding_fish(tiny_input().rules)
    running = {"breakfast": 1, "main": 1}
    return tiny_input(
        rules=replace(rules, rules={**rules.rules, "running": running}),
        elsewhere=Elsewhere(others),
        clinical=clinical,
        puts=((PutDish("dinner", "fish"),), ()),
        wishes=replace(tiny_input().wishes, uses=uses),
    )


@pytest.fixture(scope="module")
def model():
    return build_compact_week(in_a_month())


@pytest.fixture(scope="module")
def household():
    sources = {"Ann": tiny_input(sharers=2), "Ben": tiny_input(sharers=2)}
    return build_table(sources, {"dinner.main": ("Ann", "Ben")}, build_compact_week)


def rows_of(model, rule: str) -> str:
    """Write the rows of ``rule``, those of the second day left out, one term a line."""
    lines = []
    for row in model.problem.constraints():
        key = model.keys.get(row.name)
        if key is None or key.rule != rule or key.day > 1:
            continue
        lines.append(f"{row.name}:")
        for variable, value in sorted(row.items(), key=lambda pair: pair[0].name):
            lines.append(f"  {value:+.6g} {variable.name}")
        lines.append(f"  {SENSES[row.sense]} {-row.constant + 0.0:.6g}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def plates():
    return build_compact_week(plates_input())


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_writes_its_golden_rows(model, household, plates, rule):
    file = GOLDEN / f"{rule}.lp"
    usual = household if rule == "shared" else model
    written = rows_of(plates if rule in OF_PLATES else usual, rule)
    assert written.strip(), f"the tiny kitchen gives rule {rule} no row"
    if os.environ.get("MAGPLAN_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


def test_every_golden_belongs_to_a_rule():
    assert {file.stem for file in GOLDEN.glob("*.lp")} == set(RULES)


def test_every_row_has_a_sentence_and_a_name_that_pulp_keeps(household):
    keys = dict(household.keys)
    for week in household.each.values():
        keys |= week.keys
    for row in household.problem.constraints():
        assert re.fullmatch(r"[a-z0-9_.]+", row.name)
        what, _value, sentence = row_in_words(keys[row.name], -row.constant, 2)
        assert what
        assert len(sentence) > 8


def test_the_objective_has_no_constant_term(model):
    assert model.problem.objective.constant == 0.0
    assert all(value >= 0 for value in model.problem.objective.values())


def test_the_golden_objective_prices_taste_cost_effort_and_portions(model):
    # chard pie on a weekday: taste 0.45, disliked 1.0, $1 × 0.04, 40 min × 0.008, 25 of them more
    # than a workday lunch has × 0.12; together 4.81
    prices = {variable.name: value for variable, value in model.problem.objective.items()}
    assert prices["x.lunch.main.chard_pie.100.d1"] == pytest.approx(4.81)
    # at the weekend: 0.45 + 1.0 + 0.04 + 40 × 0.004 = 1.65
    assert prices["x.lunch.main.chard_pie.100.d2"] == pytest.approx(1.65)


def test_a_week_does_not_begin_with_the_breakfast_that_the_day_before_it_had():
    rules = tiny_input().rules
    one_day = replace(rules, rules={**rules.rules, "running": {"breakfast": 1, "main": 7}})
    model = build_average_day(tiny_input(rules=one_day, around={"porridge": (1, None)}))
    porridge = [c.index for c in model.table.columns if c.candidate.source_id == "porridge"]
    closed = read_arrays(model).closed[:, porridge]
    assert closed[0].all()
    assert not closed[1].any()
