"""A figure that is not confirmed at its source is marked where it holds a plan."""

from dataclasses import replace

from planner.check.judge import CheckResult, Finding
from planner.export.bands import UNSURE_LEGEND, day_bands, week_bands
from tests.reports import make_report
from tests.told import printed, week_of


def week(nutrient, lower=None, upper=None):
    return Finding(nutrient, "week", None, 9.0, lower, upper, True, 1.0, True, "total")


def told(bands, *findings):
    report = make_report(1, sex="f", age=40, standard="eu")
    return printed(bands(week_of(replace(report, check=CheckResult(True, findings, ()))).table))


def test_iron_of_efsa_is_marked_and_its_magnesium_is_not():
    # drv overview 2017: iron read in a secondary copy; magnesium 2015 in its abstract
    lines = told(week_bands, week("iron_mg", 8.0), week("magnesium_mg", 8.0))
    iron, magnesium, legend = lines.splitlines()[1:]
    assert "at least 8.0*" in iron
    assert "*" not in magnesium
    assert legend == UNSURE_LEGEND


def test_each_bound_of_a_day_is_marked_and_the_line_stays_on_the_page():
    one = Finding("selenium_ug", "day", 1, 60.0, 49.0, 255.0, True, 1.0, True, "total")
    text = told(day_bands, one)
    assert "49*" in text
    assert "255*" in text
    assert max(map(len, text.splitlines())) <= 80


def test_without_an_unsure_figure_there_is_no_legend():
    assert UNSURE_LEGEND not in told(week_bands, week("magnesium_mg", 8.0))
