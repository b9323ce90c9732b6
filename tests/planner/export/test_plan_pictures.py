from dataclasses import replace

import pytest

from planner.check.judge import CheckResult, Finding
from planner.check.table import TableCheck
from planner.export.documents import TableDocument, WeekDocument
from planner.export.formats import FORMATS
from planner.export.plan_pictures import eater_pictures, pictures_of, png_files, svg_files
from planner.pictures.saved import as_png, as_svg
from planner.plan.plan import Item, Meal
from planner.request.request import NAMELESS
from tests.reports import FOODS, make_report

PILL = Item("supplement", "magnesium_oxide", "Magnesium oxide, taken", 1.0, "1 dose", 0.0, (),
            {"magnesium_mg": 60.0}, 0.0, 0, beside="taken")  # fmt: skip


def found(key, value, lower, upper, day=None, basis="total", holds=True):
    period = "week" if day is None else "day"
    return Finding(key, period, day, value, lower, upper, holds, 1.0, True, basis)


FINDINGS = (
    *(found("magnesium_mg", value, 320.0, None, day) for day, value in ((1, 400.0), (2, 440.0))),
    found("magnesium_mg", 420.0, 320.0, None),
    *(found("calcium_mg", value, 960.0, 2000.0, day) for day, value in ((1, 1000.0), (2, 1500.0))),
    found("calcium_mg", 1250.0, 1200.0, None),
    found("magnesium_mg", 0.0, None, 350.0, 1, "supplement"),
    found("magnesium_mg", 60.0, None, 350.0, 2, "supplement"),
    found("vitamin_d_ug", 3.0, 15.0, None, holds=False),
    found("saturated_fat_pct_energy", 8.0, None, 10.0),
)  # fmt: skip


def week(findings=FINDINGS, **flags):
    """Two days, with a pill of 60 mg on the second."""
    report = make_report(days=2, **flags)
    (*meals, snack) = report.plan.days[1].meals
    second = replace(
        report.plan.days[1],
        meals=(*meals, Meal("snack", (*snack.items, PILL))),
        supplement_totals={"magnesium_mg": 60.0},
    )
    plan = replace(report.plan, days=(report.plan.days[0], second))
    check = CheckResult(True, tuple(findings), ())
    return WeekDocument(plan, report.request, check, FOODS, ())


def pictures(own=None):
    return {picture.name: picture for picture in eater_pictures(own or week())}


def test_the_week_at_a_glance_has_the_days_their_mean_and_what_each_is_held_to():
    calcium = pictures()["week"].panels[1]
    assert calcium.places == ("Day\n1", "Day\n2", "Mean")
    assert calcium.labels == ("1,000", "1,500", "1,250")
    assert calcium.bands[0].lower == (960.0, 960.0, 1200.0)
    assert calcium.bands[0].upper == (2000.0, 2000.0, None)
    assert calcium.bounds == "wanted: a day 960 to 2,000, mean at least 1,200"


def test_what_food_and_what_supplements_bring_are_drawn_apart():
    # 440 mg on day 2, 60 of them from the pill; 420 - 60 / 2 from food in the mean
    food, pills = pictures()["week"].panels[0].series
    assert food.values == (400.0, 380.0, 390.0)
    assert pills.values == (0.0, 60.0, 30.0)


def test_the_upper_level_of_magnesium_is_held_against_supplements_alone():
    (panel,) = pictures()["limits"].panels
    at = panel.places.index("Magnesium from supplements")
    food, pills = panel.series
    assert food.values[at] == 0.0
    assert pills.values[at] == pytest.approx(100 * 60 / 350)
    assert panel.labels[at] == "60 of 350 mg"
    calcium = panel.places.index("Calcium")
    assert panel.labels[calcium] == "1,500 of 2,000 mg"  # the higher day


def test_magnesium_by_food_is_a_day_s_mean_with_pills_among_the_sources():
    # a day: beans 210, oats 120, milk 38.5, apple 9; the pill 60 on one of two days
    (panel,) = pictures()["magnesium"].panels
    assert panel.places == ("Beans", "Oats", "Milk", "Magnesium oxide, taken", "Apple")
    assert panel.labels[:2] == ("210 mg, 52 %", "120 mg, 29 %")
    assert panel.series[1].values == (0.0, 0.0, 0.0, 30.0, 0.0)


def test_an_unknown_figure_is_a_question_mark_and_no_column():
    own = week([found("magnesium_mg", None, 320.0, None, day=1, holds=False)])
    panel = pictures(own)["week"].panels[0]
    assert panel.labels == ("?",)
    assert panel.tops == (None,)


def test_one_eater_has_pictures_without_a_name_and_several_have_each_their_own():
    one = week()
    check = TableCheck({NAMELESS: one.check}, ())
    table = TableDocument(one.plan, one.request, check, FOODS, ())
    names = [made.name for made in pictures_of(table)]
    assert names == ["week", "nutrients", "limits", "magnesium"]
    assert list(svg_files(table)) == [f"{name}.svg" for name in names]
    assert list(png_files(table)) == [f"{name}.png" for name in names]
    title = next(eater_pictures(one, "Ann", "_ann")).title
    assert title == "Ann: The week at a glance"


@pytest.mark.parametrize(("name", "draw"), [("svg", as_svg), ("png", as_png)])
def test_a_picture_is_known_again_as_this_program_s_and_no_other(name, draw):
    drawn = draw(pictures()["magnesium"])
    head = drawn if isinstance(drawn, str) else drawn[:200].decode("utf-8", errors="replace")
    assert FORMATS[name].is_own(head)
    assert not FORMATS[name].is_own(head.replace("magplan", "another"))
