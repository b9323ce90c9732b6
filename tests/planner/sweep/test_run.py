"""Real sweeps of single days, with little work: what holds of them holds of weeks."""

from concurrent.futures import wait
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from planner.check.judge import check_plan
from planner.document.markdown import as_markdown
from planner.document.page import as_page
from planner.errors import RefusedError
from planner.request.override import TargetOverride
from planner.request.profile import Profile
from planner.request.request import NAMELESS, PlanRequest, WeekOptions
from planner.solve.options import polish_work, sweep_work
from planner.sweep import run
from planner.sweep.compare import (
    comparison_answer,
    comparison_sheet,
    ways_of_ratios,
    ways_of_standards,
)
from planner.sweep.curve import Sweep
from planner.sweep.run import run_sweep
from planner.sweep.way import Axis, SweepWay, Vary, ways_of
from tests.browser import DESK, FAINT, NAMELESS_TABLES, PHONE, browser, served

DAY = PlanRequest(week=WeekOptions(days=1))
KEY = "magnesium_mg"


def with_magnesium(request, value):
    return replace(request, overrides=(TargetOverride(KEY, value, None),))


def little(work):
    """The same search with few sweeps."""
    return replace(work.shorter(0.1), repair=replace(work.repair, rounds=1))


@pytest.fixture(scope="module", autouse=True)
def _little_work():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "sweep_work", lambda *asked: little(sweep_work(*asked)))
        patch.setattr(run, "polish_work", lambda *asked: little(polish_work(*asked)))
        yield


@cache
def swept():
    """Magnesium of at least 400, 550, 700 mg, and of far more than any day has."""
    axis = Axis(f"{KEY}>=", (400.0, 550.0, 700.0, 9000.0))
    ways = [SweepWay((value,), with_magnesium(DAY, value)) for value in axis.values]
    return run_sweep(DAY, [axis], ways)


def test_each_plan_passes_the_judge_by_the_bound_that_was_varied():
    planned = [one for one in swept().points if one.has_plan]
    assert len(planned) == 3
    for point in planned:
        own = point.report.reports[NAMELESS]
        assert check_plan(own.plan.days, own.targets.targets, own.foods, own.request).passed
        assert own.request == point.way.request
        assert own.plan.means[KEY] >= point.way.at[0]


def test_a_looser_wish_never_has_a_worse_plan_nor_a_higher_bound():
    planned = [one for one in swept().points if one.has_plan]
    for loose, tight in pairwise(planned):
        assert loose.points <= tight.points + 1e-9
        assert loose.bound <= tight.bound + 1e-6


def test_no_plan_lies_below_its_bound():
    assert all(one.bound <= one.points + 1e-6 for one in swept().points if one.has_plan)


def test_what_cannot_be_planned_keeps_its_place_on_the_curve():
    last = swept().points[-1]
    assert (last.way.at, last.status) == ((9000.0,), "infeasible")
    assert swept().stretches()[-1][-1] is last
    assert swept().to_frame()["status"].iloc[-1] == "infeasible"


def test_a_value_that_a_rule_refuses_keeps_its_place_too():
    axis = Axis("energy_kcal", (900.0, 2000.0))
    ways = [
        SweepWay((value,), replace(DAY, profile=Profile(energy_kcal=value)))
        for value in axis.values
    ]
    first, last = run_sweep(DAY, [axis], ways).points
    assert first.status == "refused"
    assert "energy" in first.told
    assert last.has_plan
    with pytest.raises(RefusedError):
        run_sweep(DAY, [Axis("energy_kcal", (900.0,))], ways[:1])


def test_ctrl_c_keeps_what_is_finished(monkeypatch):
    calls = []

    def interrupted(tasks, **how):
        calls.append(wait(tasks, **how))
        if len(calls) == 1:
            raise KeyboardInterrupt
        return wait(tasks, **how)

    monkeypatch.setattr(run, "wait", interrupted)
    monkeypatch.setattr(run, "usable_cores", lambda: 1)
    axes, ways = ways_of(DAY, [Vary(KEY, 400.0, 600.0, with_magnesium)], 4)
    sweep = run_sweep(DAY, axes, ways)
    assert sweep.is_stopped
    assert sweep.points[0].has_plan
    assert [one.status for one in sweep.points][-1] == "stopped"
    assert len(sweep.points) == 4


def test_ctrl_c_amid_the_second_search_keeps_every_plan_and_is_told(monkeypatch):
    def interrupted(tasks, **how):
        if "searching on" in begun:
            begun.remove("searching on")
            raise KeyboardInterrupt
        return wait(tasks, **how)

    search_on, begun = run._search_on, []
    monkeypatch.setattr(run, "wait", interrupted)
    monkeypatch.setattr(
        run, "_search_on", lambda *asked: begun.append("searching on") or search_on(*asked)
    )
    monkeypatch.setattr(run, "usable_cores", lambda: 1)
    axes, ways = ways_of(DAY, [Vary(KEY, 400.0, 600.0, with_magnesium)], 2)
    sweep = run_sweep(DAY, axes, ways)
    assert sweep.is_stopped
    assert all(one.has_plan for one in sweep.points)


def test_the_same_sweep_gives_the_same_curve_however_many_run_at_a_time(monkeypatch):
    axes, ways = ways_of(DAY, [Vary(KEY, 400.0, 600.0, with_magnesium)], 2)
    found = []
    for cores in (1, 3):
        monkeypatch.setattr(run, "usable_cores", lambda cores=cores: cores)
        found.append([one.points for one in run_sweep(DAY, axes, ways).points])
    assert found[0] == found[1]


@cache
def compared() -> Sweep:
    axis, ways = ways_of_ratios(DAY)
    return run_sweep(DAY, [axis], ways)


def test_ratios_are_set_beside_none_at_all():
    assert compared().axes[0].values == (2.0, 2.3, 2.6, "none")
    assert [one.status for one in compared().points] == ["feasible"] * 4
    *held, free = compared().points
    assert [one.report.plan.ca_mg_ratio <= one.way.at[0] for one in held] == [True] * 3
    assert free.points <= held[-1].points
    assert free.report.reports[NAMELESS].targets.find("ca_mg_ratio", "week") is None


def test_the_page_has_foods_claims_and_what_was_found_of_them():
    shown = as_markdown(comparison_sheet(compared(), "ratios"))
    assert "for comparison only" in shown
    assert "Another group wants 2:1." in shown
    assert "Literature band 1.70 to 2.60" in shown
    assert "none: magnesium from" in shown
    assert "| Tap water |" not in shown
    answer = comparison_answer(compared(), "ratios").json_values()
    assert {one["topic"] for one in answer["evidence"]["facts"]} == {"ratio"}
    eaten = answer["points"][0]["foods_g"]
    plan = compared().points[0].report.plan
    assert sum(eaten.values()) == pytest.approx(
        sum(mass for day in plan.days for item in day.items() for _, mass in item.ingredients)
    )


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The page of four ratios, served and in a browser."""
    folder = tmp_path_factory.mktemp("compared")
    page = as_page(comparison_sheet(compared(), "ratios"))
    (folder / "sweep.html").write_text(page, encoding="utf-8")
    with served(folder) as (address, asked), browser(folder) as driver:
        yield driver, f"{address}/sweep.html", asked


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_page_opens_in_a_browser_without_a_request_or_anything_cut(opened, size):
    driver, address, asked = opened
    driver.open(address, size)
    assert driver.requests() == [address]
    assert driver.complaints() == []
    assert set(asked) == {"/sweep.html"}
    assert driver.run("document.documentElement.scrollWidth") <= size[0]
    assert driver.run("document.querySelectorAll('h1').length") == 1
    for scheme in ("light", "dark"):
        driver.open(address, size, scheme)
        assert driver.run(FAINT) == []
    assert driver.run(NAMELESS_TABLES) == 0


def test_each_standard_plans_by_its_own_targets_in_the_same_shops():
    axis, ways = ways_of_standards(replace(DAY, week=replace(DAY.week, units="metric")))
    assert [one.request.standard for one in ways] == list(axis.values)
    assert {(one.request.units, one.request.shops) for one in ways} == {("metric", "eu")}
    sweep = run_sweep(DAY, [Axis(axis.name, axis.values[:2])], ways[:2], compares_points=False)
    least = [one.report.reports[NAMELESS].targets.find(KEY, "week").lower for one in sweep.points]
    assert least[0] != least[1]
    shown = as_markdown(comparison_sheet(sweep, "standards"))
    assert "by its own standard alone" in shown
    assert all(f"{lower:.0f}" in shown for lower in least)
