import json
from concurrent.futures import wait
from dataclasses import replace

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.export.trust import gap_text, progress_text
from planner.request.request import SolveOptions
from planner.search import search
from planner.search.evaluate import FoundWeek
from planner.search.search import anneal_once
from planner.solve.options import table_work
from tests.kitchen import searched, tiny_input
from tests.one_eater import solve_week
from tests.reports import make_outcome, make_report
from tests.told import screen

OPTIONS = searched(sweeps=300, rounds=1, hot=2.0, searches=6)


def interrupt_in_round(monkeypatch, number):
    """Let Ctrl-C come before a round of this number, from 1, has done anything."""
    rounds = []

    def interrupted(tasks):
        if len(rounds) == number:
            raise KeyboardInterrupt
        return wait(tasks)

    def counted(layout, state, *args):
        rounds.append(1)
        if len(rounds) < number:
            return anneal_once(layout, state, *args)
        return search.Ended(state, float("inf"))

    monkeypatch.setattr(search, "anneal_once", counted)
    monkeypatch.setattr(search, "wait", interrupted)


def test_an_interrupt_gives_the_best_week_so_far(monkeypatch):
    whole = solve_week(tiny_input(), replace(OPTIONS, searches=4))
    interrupt_in_round(monkeypatch, 5)
    stopped = solve_week(tiny_input(), OPTIONS)
    assert stopped.stopped
    assert not whole.stopped
    assert stopped.has_plan
    assert stopped.objective == whole.objective


def test_an_interrupt_before_a_first_week_is_no_plan(monkeypatch):
    interrupt_in_round(monkeypatch, 1)
    with pytest.raises(KeyboardInterrupt):
        solve_week(tiny_input(), OPTIONS)


def test_the_trust_line_says_that_the_search_was_stopped():
    report = make_report()
    assert "Stopped from the keyboard" not in screen(report)
    stopped = replace(report, outcome=make_outcome(stopped=True))
    assert "Stopped from the keyboard: the best so far." in " ".join(screen(stopped).split())


@pytest.mark.parametrize("args", [[], ["--json"]])
def test_a_plan_stopped_too_early_ends_with_130_and_says_so(monkeypatch, args):
    def stopped(request):
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.pipeline.plan_meals", stopped)
    result = CliRunner().invoke(cli, ["plan", *args])
    assert result.exit_code == 130
    assert "stopped before a first week was found" in result.stderr
    if args:
        assert json.loads(result.stdout)["status"] == "no_plan_in_time"


def test_progress_tells_best_bound_and_gap():
    found = FoundWeek((), 10.0, (), {})
    # (10 - 8) / 10
    assert progress_text(2, found, 8.0) == "Round 2: best 10.00 points, bound 8.00, gap 20.0 %"
    assert "no week yet" in progress_text(1, replace(found, broken=("fruit.d1@1",)), 8.0)


def test_each_round_is_told(monkeypatch):
    told = []
    solve_week(tiny_input(), OPTIONS, progress=lambda *one: told.append(one))
    assert [number for number, _, _ in told] == list(range(1, 7))
    assert all(found.objective >= bound - 1e-6 for _, found, bound in told)


def test_a_thorough_search_goes_on_until_2_per_cent_or_10_seconds():
    asked = SolveOptions(effort="thorough", seed=3)
    assert asked.with_limits() == SolveOptions(gap=0.02, time_limit_s=10.0, seed=3)
    assert asked.without_limits() == SolveOptions(seed=3)
    assert replace(asked, gap=0.1, time_limit_s=30.0).with_limits().time_limit_s == 30.0
    thorough = table_work(asked, 1)
    assert thorough == table_work(SolveOptions(gap=0.02, time_limit_s=10.0, seed=3), 1)
    assert table_work(SolveOptions(), 1).proof is None
    assert thorough.searches > 10 * table_work(SolveOptions(gap=0.02), 1).searches


def test_a_quick_search_takes_the_first_week_and_goes_on_as_usual_where_there_is_none():
    quick, usual = (table_work(SolveOptions(effort=effort), 1) for effort in ("quick", "usual"))
    assert replace(quick, short=()) == usual
    told = []
    solve_week(tiny_input(), quick, progress=lambda number, *_: told.append(number))
    assert 0 < len(told) <= sum(rounds for rounds, _ in quick.short) + usual.polish.rounds
    assert table_work(SolveOptions(effort="quick", time_limit_s=5.0), 1).short == ()


def test_a_time_limit_alone_lets_the_search_go_on_until_then():
    limited = table_work(SolveOptions(time_limit_s=30.0), 1)
    assert limited.searches > 100 * table_work(SolveOptions(), 1).searches
    assert limited.proof is None


@pytest.mark.parametrize(
    ("gap", "asked", "said"),
    [(0.1, 0.2, "The gap of 20 % that was asked for is reached."),
     (0.1, 0.02, "The search reached its work limit before a gap of 2 %")],
)  # fmt: skip
def test_what_ended_a_search_for_a_gap_is_said(gap, asked, said):
    outcome = make_outcome(objective=10.0, bound=10.0 * (1 - gap), status="feasible")
    assert said in gap_text(outcome, 3, asked)
    elsewhere = gap_text(replace(outcome, searched=0), 3, asked)
    assert "did not go on to reach a gap" in elsewhere
    cut = gap_text(replace(outcome, cut_by_clock=True), 3, asked)
    assert cut.endswith("Time limit reached: this may differ on another machine.")
