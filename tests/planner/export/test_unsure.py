"""A figure that is not confirmed at its source is marked where it holds a plan."""

from planner.check.judge import Finding
from planner.export.page import as_plain
from planner.export.week_text import UNSURE_LEGEND, day_table, unsure_bands, week_table
from planner.request.profile import Profile
from planner.targets.derive import derive_targets


def week(nutrient, lower=None, upper=None):
    return Finding(nutrient, "week", None, 9.0, lower, upper, True, 1.0, True, "total")


UNSURE = unsure_bands(derive_targets(Profile(age_y=40), "eu").targets)


def test_iron_of_efsa_is_marked_and_its_magnesium_is_not():
    # drv overview 2017: iron read in a secondary copy; magnesium 2015 in its abstract
    lines = as_plain(week_table([week("iron_mg", 8.0), week("magnesium_mg", 8.0)], UNSURE))
    iron, magnesium, legend = lines.splitlines()[1:]
    assert "at least 8.0*" in iron
    assert "*" not in magnesium
    assert legend == UNSURE_LEGEND


def test_each_bound_of_a_day_is_marked_and_the_line_stays_on_the_page():
    one = Finding("selenium_ug", "day", 1, 60.0, 49.0, 255.0, True, 1.0, True, "total")
    text = as_plain(day_table([one], UNSURE))
    assert "49*" in text
    assert "255*" in text
    assert max(map(len, text.splitlines())) <= 80


def test_without_an_unsure_figure_there_is_no_legend():
    assert UNSURE_LEGEND not in as_plain(week_table([week("magnesium_mg", 8.0)], UNSURE))
