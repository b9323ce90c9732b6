"""Sweeps over a wish: a plan for each value, its place on the curve, and where the curve bends."""

import csv
import json
from dataclasses import replace

import pytest

from planner.check.judge import check_plan
from planner.document.page import as_page
from planner.document.terminal import as_plain, document_blocks
from planner.errors import ConfigError
from planner.request.override import TargetOverride
from planner.request.request import NAMELESS, PlanRequest, SolveOptions, WeekOptions, Weights
from planner.sweep import run
from planner.sweep.run import FIGURES, find_knee, run_sweep
from planner.sweep.told import sweep_answer, sweep_csv, sweep_picture, sweep_sheet
from planner.sweep.way import Axis, SweepWay, Vary, ways_of
from tests.planner.sweep.sweeps import made_sweep
from tests.rows import rows

DAY = PlanRequest(week=WeekOptions(days=1), solve=SolveOptions(effort="quick"))
KEY = "magnesium_mg"


def with_magnesium(request, value):
    return replace(request, overrides=(TargetOverride(KEY, value, None),))


def test_each_plan_passes_the_judge_and_a_looser_one_is_never_worse():
    axis = Axis(f"{KEY}>=", (400.0, 700.0, 9000.0))  # far more than any day has
    ways = [SweepWay((value,), with_magnesium(DAY, value)) for value in axis.values]
    swept = run_sweep(DAY, [axis], ways)
    loose, tight, none = swept.points
    for point in (loose, tight):
        own = point.report.reports[NAMELESS]
        assert check_plan(own.plan.days, own.targets.targets, own.foods, own.request).passed
        assert own.request.overrides == point.way.request.overrides
        assert own.plan.means[KEY] >= point.way.at[0]
    assert loose.points <= tight.points + 1e-9
    assert (none.way.at, none.status) == ((9000.0,), "infeasible")  # it keeps its place
    assert swept.stretches()[-1][-1] is none
    assert swept.to_frame()["status"].iloc[-1] == "infeasible"


def stopped(*_):
    raise KeyboardInterrupt


def test_ctrl_c_keeps_what_is_finished(monkeypatch):
    answers = iter([run.plan_weeks])  # of the first
    monkeypatch.setattr(run, "plan_weeks", lambda *asked: next(answers, stopped)(*asked))
    axes, ways = ways_of(DAY, [Vary(KEY, 400.0, 600.0, with_magnesium)], 3)
    sweep = run_sweep(DAY, axes, ways)
    assert sweep.is_stopped
    assert [point.status for point in sweep.points] == ["feasible", "stopped", "stopped"]
    assert sweep.points[0].has_plan


@rows(__file__, "a_knee_lies_furthest_below")
def test_a_knee_lies_furthest_below_the_straight_line(values, knee):
    assert find_knee([float(x) for x in range(7)], values) == knee


def test_neighbours_without_a_plan_are_one_stretch_where_the_reason_is_the_same():
    lacks = ["infeasible", "infeasible", "no_plan_in_time", 5.0, "infeasible"]
    runs = made_sweep(lacks).stretches()
    assert [(stretch[0].way.at, stretch[-1].way.at) for stretch in runs] == [
        ((1.0,), (2.0,)), ((3.0,), (3.0,)), ((5.0,), (5.0,)),
    ]  # fmt: skip


POINTS = [None, "refused", 9.0, 5.0, 2.0, 1.5, 1.0, 0.5]
HOSTILE = "=cmd()|<script>alert(1)</script>"


def test_the_table_has_a_row_for_each_value_and_says_what_is_missing():
    shown = as_plain(document_blocks(sweep_sheet(made_sweep(POINTS))), 120).splitlines()
    rows = [line.split() for line in shown if line[:1].isdigit()]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert rows[0][-3:] == ["no", "plan", "exists"]
    assert rows[4][1] == "300"  # 2.0 points, and 0.5 are the fewest
    assert rows[4][-2:] == ["turning", "point"]
    assert "- ratio_max 1: no plan exists" in shown
    assert "- ratio_max 2: refused (too little energy)" in shown
    assert any(line.startswith("- Turning point at ratio_max 5: ") for line in shown)


def test_csv_is_read_again_and_holds_no_formula_and_json_has_every_point_and_stretch():
    rows = list(csv.DictReader(sweep_csv(made_sweep(POINTS)).splitlines()))
    assert [row["points"] for row in rows[:4]] == ["", "", "9.0", "5.0"]
    assert [row["knee"] for row in rows].count("True") == 1
    head = sweep_csv(made_sweep(POINTS, name=HOSTILE)).splitlines()[0]
    assert head.startswith("'=cmd()")
    answer = json.loads(json.dumps(sweep_answer(made_sweep(POINTS)).json_values(), allow_nan=False))
    assert [point["passed"] for point in answer["points"]] == [False, False, *[True] * 6]
    assert answer["points"][1]["told"] == "too little energy"
    assert answer["stretches"][0] == {"from": [1.0], "to": [1.0], "status": "infeasible"}
    known = made_sweep([4.0]).points[0]
    assert set(known.figures) == set(FIGURES)
    assert known.figures["magnesium_mg"] == pytest.approx(377.5)  # tests/reports.py
    assert known.figures["kitchen_usd"] == known.report.shopping.going_usd  # a budget counts it
    assert set(made_sweep([None]).points[0].figures.values()) == {None}


def test_a_page_asks_for_nothing_and_escapes_what_it_is_given():
    page = as_page(sweep_sheet(made_sweep(POINTS, name=HOSTILE)))
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "default-src 'none'" in page
    assert page.count("<svg") == 1
    assert 'lang="en"' in page


def test_where_a_weight_is_varied_nothing_is_said_of_how_well_a_week_fits():
    first = sweep_picture(made_sweep([9.0, 5.0], weighted=True)).panels[0]
    assert first.title == "Stocked kitchen, USD"


def vary(low, high, name="cost", whole=False):
    """Vary the weight on money, which takes whole numbers only where it is asked to."""

    def change(request, value):
        if value < 0 or (whole and not value.is_integer()):
            raise ConfigError("no such weight")
        return replace(request, weights=replace(request.weights, cost=value))

    return Vary(name, low, high, change)


def test_values_are_spread_from_end_to_end_and_two_wishes_are_varied_in_every_pair():
    (axis,), ways = ways_of(PlanRequest(), [vary(1.0, 2.0)], 4)
    assert axis.values == (1.0, 1.333, 1.667, 2.0)
    assert [way.request.weights.cost for way in ways] == list(axis.values)
    taste = Vary("taste", 0.0, 1.0, lambda one, value: replace(one, weights=Weights(taste=value)))
    axes, ways = ways_of(PlanRequest(), [taste, vary(1.0, 2.0)], 2)
    assert [axis.name for axis in axes] == ["taste", "cost"]
    assert [way.at for way in ways] == [(0.0, 1.0), (0.0, 2.0), (1.0, 1.0), (1.0, 2.0)]
    assert (ways[2].request.weights.taste, ways[2].request.weights.cost) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("varied", "points", "said"),
    [
        ([vary(-1.0, 2.0)], 3, "no such weight"),
        ([vary(0.0, 1.0)], 1000, "too many for one sweep"),
        ([vary(0.0, 1.0)] * 3, 2, "vary one or two"),
        ([vary(0.0, 1.0)] * 2, 6, "cannot be told apart"),
    ],
)
def test_what_cannot_be_swept_is_said(varied, points, said):
    with pytest.raises(ConfigError) as refused:
        ways_of(PlanRequest(), varied, points)
    assert said in str(refused.value)
