"""What the bench reads and writes; nothing here is timed."""

import pytest

from tests.bench.edits import high
from tests.bench.week import Setup, compact_runs, known_profiles, run_child
from tests.bench.week_baselines import Baseline, baseline_of, read_baselines, write_baselines
from tests.bench.week_child import Judge, fingerprint
from tests.bench.week_runs import Run, at_time, read_cbc_log, time_to
from tests.bench.week_table import table
from tests.kitchen import tiny_input

LOG = """\
Continuous objective value is 7.5 - 0.04 seconds
Cbc0038I Mini branch and bound improved solution from 17.8 to 12.25 (4.99 seconds)
Cbc0010I After 0 nodes, 1 on tree, 1e+50 best solution, best possible 7.75 (2.00 seconds)
Cbc0012I Integer solution of 12.25 found by feasibility pump after 0 iterations (7.40 seconds)
Cbc0010I After 100 nodes, 37 on tree, 11 best solution, best possible 9 (13.5 seconds)
Lower bound:                    8.25
"""
PLACE = "dinner.main"
SHARED = {PLACE: ("Ann", "Ben")}
STEPS = [(1.0, None, 7.0), (2.0, 12.0, 7.0), (4.0, 9.5, 7.5)]


def test_the_log_of_cbc_gives_plans_and_bounds_with_their_seconds():
    read = [(one["t"], one.get("objective"), one.get("bound")) for one in read_cbc_log(LOG)]
    # the bound of a smaller problem, 9, is cut to what CBC states at its end
    assert read == [
        (0.04, None, 7.5),
        (2.0, None, 7.75),
        (7.4, 12.25, None),
        (13.5, 11.0, 8.25),
    ]


def test_a_constant_that_the_solver_does_not_know_is_added():
    assert next(iter(read_cbc_log(LOG, constant=2.0)))["bound"] == 9.5


@pytest.mark.parametrize(
    ("seconds", "known"), [(0.5, (None, None)), (3.0, (12.0, 7.0)), (120.0, (9.5, 7.5))]
)
def test_what_was_known_after_some_seconds(seconds, known):
    assert at_time(STEPS, seconds) == known


def test_the_time_to_an_objective_is_that_of_the_first_week_as_good():
    assert time_to(STEPS, 12.0) == 2.0
    assert time_to(STEPS, 10.0) == 4.0
    assert time_to(STEPS, 9.0) is None


def test_a_run_keeps_what_was_told_before_its_hard_stop():
    told = {"event": "step", "t": 2.0, "objective": 12.0, "bound": 7.0}
    worse = {"event": "step", "t": 3.0, "objective": 13.0, "bound": 6.0}
    run = Run({}, (told, worse), stopped=True)
    assert run.steps()[-1] == (3.0, 12.0, 7.0)
    assert run.reason == "ended by the hard stop"


def test_baselines_read_back_as_they_were_written(tmp_path):
    asked = {"profile": "default", "days": 7, "solver": "highs", "seed": 1, "limit_s": 30.0}
    steps = tuple(
        {"event": "step", "t": t, "objective": best, "bound": bound} for t, best, bound in STEPS
    )
    row = baseline_of(Run(asked, (*steps, {"event": "end", "status": "TimeLimit"}), False))
    assert (row.objective_3, row.bound_3, row.objective_30, row.objective_120) == (
        12.0,
        7.0,
        9.5,
        None,
    )
    write_baselines(tmp_path / "kept.csv", {row.key: row})
    assert read_baselines(tmp_path / "kept.csv") == {row.key: row}


def test_the_default_profile_has_the_long_baseline_and_others_a_short_one():
    setup = Setup(profiles=("default", "vegan"))
    long = [(one["solver"], one["limit_s"]) for one in compact_runs(setup, "default")]
    short = [(one["solver"], one["limit_s"]) for one in compact_runs(setup, "vegan")]
    assert long == [("highs", 120.0)] * 3 + [("cbc", 120.0)]
    assert short == [("highs", 30.0), ("cbc", 30.0)]


def test_each_request_of_the_bench_can_be_read():
    from tests.bench.week_child import read_profile

    assert known_profiles()[0] == "default"
    for name in known_profiles():
        assert read_profile(name, 14, seed=3).week.days == 14


def test_a_model_is_told_from_another_by_one_number():
    import pulp

    def problem(limit):
        made = pulp.LpProblem("made", pulp.LpMinimize)
        x = made.add_variable("x", 0)
        made.setObjective(2 * x)
        made.addConstraint(3 * x >= limit, "least")
        return made

    assert fingerprint(problem(1.0)) == fingerprint(problem(1.0))
    assert fingerprint(problem(1.0)) != fingerprint(problem(1.5))


def judged_household(shared, banned=()):
    """Judge the best weeks of two without some dinners of the first day: (eater, dish)."""
    from planner.bound.solver import solve_problem

    judge = Judge({"Ann": tiny_input(), "Ben": tiny_input()}, shared)
    for eater, dish in banned:
        judge.weeks[eater].plates[0].variables[column_of(judge.weeks[eater], dish)].upBound = 0.0
    answer = solve_problem(judge.problem, gap=0.0)
    judge.shared = SHARED
    values = {id(one): answer.values[one.name] for one in judge.problem.variables()}
    return answer.objective, judge.judge(values)


def column_of(week, dish):
    columns = week.table.columns
    return next(c.index for c in columns if (c.place, c.candidate.source_id) == (PLACE, dish))


def test_a_household_is_judged_by_the_points_of_each_week():
    objective, found = judged_household(SHARED)
    assert found["judged"] == pytest.approx(objective, abs=1e-6)
    assert found["broken"] == []


def test_a_household_with_dinners_of_their_own_is_told_from_one_that_shares_them():
    apart = [("Ann", "beans"), ("Ann", "fish"), ("Ben", "chard_pie")]
    objective, found = judged_household({}, apart)
    assert found["judged"] == pytest.approx(objective, abs=1e-6)
    assert "shared.dinner.main.d1" in found["broken"]


def test_a_measurement_that_cannot_be_made_gives_a_reason_and_a_row():
    run = run_child({"measure": "engine", "profile": "nobody", "days": 7, "limit_s": 1}, 60.0)
    assert run.reason
    assert Baseline("default", 7, "highs", 0, 30.0).objective_end is None


def test_the_high_value_is_one_of_the_slowest():
    assert high([float(n) for n in range(1, 101)]) == 96.0
    assert high([1.0]) == 1.0


def test_a_table_says_what_is_missing():
    from tests.bench.week import Measured

    found = Measured(Setup(profiles=("default",)))
    found.engine["default", 2.5] = [Run({}, ({"event": "refused", "reason": "no eaters"},), False)]
    found.baselines["default"] = [Baseline("default", 7, "cbc", 0, 120.0, model="old")]
    text = table(found)
    assert "not measured: no eaters" in text
    assert "of an older model" in text
