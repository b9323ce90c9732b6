"""Sweeps by hand: the report of ``tests/reports.py`` at each value, with points of its own."""

from dataclasses import replace

from planner.explain.table_report import TableReport
from planner.sweep.run import Sweep, SweepPoint
from planner.sweep.way import Axis, SweepWay
from tests.reports import make_outcome, make_report

NAME = "ratio_max"


def made_point(at, what):
    """Return a point of so many points, or without a plan for a reason."""
    report = make_report()
    way = SweepWay(at, report.request)
    if not isinstance(what, float):
        told = "too little energy" if what == "refused" else ""
        return SweepPoint(way, what or "infeasible", told=told)
    outcome = make_outcome(objective=what)
    own = TableReport.of_one(replace(report, outcome=outcome))
    return SweepPoint(way, "feasible", own)


def made_sweep(points, weighted=False, name=NAME):
    """Return a sweep over 1, 2, 3 …"""
    at = tuple(float(number) for number in range(1, len(points) + 1))
    made = tuple(made_point((x,), what) for x, what in zip(at, points, strict=True))
    return Sweep(made[0].way.request, (Axis(name, at),), made, not weighted)
