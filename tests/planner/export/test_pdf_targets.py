"""Targets in plain words, with the works behind them."""

from planner.export.bands import Citations, aims
from planner.export.documents import WeekDocument
from planner.settings import names_in, read_rows, read_settings
from tests.reports import FOODS, make_report
from tests.told import texts

TOLD = read_settings("documents/documents.toml")["kinds"]


def told(days=2, **flags):
    report = make_report(days=days, **flags)
    citations = Citations()
    week = WeekDocument(report.plan, report.request, report.check, FOODS, ())
    return list(aims(week, citations)), citations


def planned_kinds():
    """Give the kinds of reference values that bands are made of, without the side of a range."""
    kinds = read_settings("targets.toml")["kinds"]
    groups = ("floors", "range_lower", "range_upper", "guideline_limits", "upper_levels",
              "reduction_levels", "guidance_levels")  # fmt: skip
    named = {kind for group in groups for kind in kinds[group]}
    return {kind.removesuffix("_low").removesuffix("_high") for kind in named}


def test_each_kind_of_a_band_is_told_in_plain_words_and_no_other():
    assert set(TOLD) == planned_kinds() | {"ratio band", "energy band"}


def test_no_standard_has_a_kind_that_nobody_tells():
    rows = [
        row for name in names_in("standards", ".csv") for row in read_rows(f"standards/{name}.csv")
    ]
    shown = read_settings("targets.toml")["kinds"]
    silent = {*shown["shown_only"], *shown["increments"], *shown["average_requirements"]}
    kinds = {row["kind"].removesuffix("_low").removesuffix("_high") for row in rows}
    assert kinds - silent <= set(TOLD)


def test_magnesium_is_told_in_full():
    found, citations = told()
    # 377.5 mg a day: oats 120 / 377.5 = 32 %, beans 210 / 377.5 = 56 %, milk 38.5 / 377.5 = 10 %
    first = found[0]
    assert first.title == "Magnesium"
    aim, why, brings = texts(first.blocks)
    assert aim.startswith(
        "Aim: at least 320.0 mg a day (a wish, not a must). The plan brings 319.6"
    )
    assert "(short)" in aim
    assert brings == "Beans 56 %, Oats 32 %, Milk 10 %."
    assert why == TOLD["RDA"]
    number = int(aim.rpartition("[")[2].strip("]"))
    assert "National Academies" in citations.texts()[number - 1]




def test_no_day_goes_above_an_upper_level_and_that_is_said():
    found, _ = told()
    assert found[-1].label == "On no day above"
    assert "Magnesium from supplements 350 mg" in found[-1].text
    assert "Calcium 2000 mg" in found[-1].text
    assert "Energy" not in found[-1].text
