"""The workbook, read back with openpyxl."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from string import ascii_uppercase

import pytest
from openpyxl import load_workbook

from planner.check.judge import CheckResult, Finding
from planner.check.table import TableCheck
from planner.document.workbook import cell_text
from planner.export.shopping import name_text
from planner.export.spreadsheets import as_xlsx
from planner.request.request import NAMELESS
from planner.shops import named
from tests.documents import golden_week, make_pair, make_week, renamed

SHEETS = ["Plan", "Meals", "Nutrients", "Shopping", "Targets", "About"]
MONDAY = date(2026, 3, 2)
FORMULAS = ["=cmd()", "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a.b")']


def read(week):
    return load_workbook(BytesIO(as_xlsx(week)))


@cache
def golden():
    return read(golden_week(MONDAY))


def rows(page):
    """Give each row of a sheet as head → value."""
    heads, *found = page.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in found]


def test_the_sheets_have_heads_in_sight_filters_and_print_areas():
    book = golden()
    assert book.sheetnames == SHEETS
    assert book.properties.title == "A week of meals"
    for page in book:
        assert page.freeze_panes[-1] == "2"  # the head stays
        assert page.auto_filter.ref.startswith("A1:")
        assert page.print_title_rows == "$1:$1"
        assert "$A$1:$" in page.print_area
        assert page.page_setup.fitToHeight == 0
        assert page.page_setup.paperSize == 1  # Letter, as she cooks in cups
        widths = [page.column_dimensions[cell.column_letter].width for cell in page[1]]
        assert all(7 <= width <= 110 for width in widths)


def test_every_item_has_its_row_and_figures_are_numbers():
    week = golden_week(MONDAY)
    items = [item for day in week.plan.days for item in day.items()]
    found = rows(golden()["Plan"])
    assert [row["Dish or food"] for row in found] == [named(item.name) for item in items]
    assert sum(row["Magnesium, mg"] for row in found) == pytest.approx(
        week.plan.totals["magnesium_mg"]
    )
    assert found[0]["Date"] == datetime(2026, 3, 2)  # noqa: DTZ001 - a day has no zone
    assert {type(row["Mass, g"]) for row in found} <= {int, float}
    held = rows(golden()["Meals"])
    assert len(held) == sum(len(day.meals) for day in week.plan.days)
    for head, key in (("Magnesium, mg", "magnesium_mg"), ("Sodium, mg", "sodium_mg")):
        assert sum(row[head] or 0 for row in held) == pytest.approx(week.plan.totals[key])


def test_eaters_and_guests_of_a_table_have_rows_of_their_own():
    found = rows(read(make_pair())["Plan"])
    stew = [row for row in found if row["Day"] == 1 and row["Meal"] == "dinner"]
    assert [(row["Who"], row["Mass, g"]) for row in stew] == [
        ("Ann", 250), ("Ben", 500), ("guests", 500),
    ]  # fmt: skip
    assert stew[2]["Magnesium, mg"] is None  # guests count in no total
    assert "Who" not in rows(read(make_week())["Plan"])[0]
    targets = [row for row in rows(read(make_pair())["Targets"]) if row["Nutrient"]]
    assert {row["Who"] for row in targets} == {"Ann", "Ben"}


def bands(*findings):
    """Give the sheet of nutrients where these are the findings."""
    check = TableCheck({NAMELESS: CheckResult(True, findings, ())}, ())
    return read(replace(make_week(), check=check))["Nutrients"]


def finding(day, value, lower, upper, holds, hard=True):
    period = "week" if day is None else "day"
    return Finding("zinc_mg", period, day, value, lower, upper, holds, 1.0, hard, "total")


def test_nutrients_stand_by_day_beside_their_bands_with_marks():
    page = bands(
        finding(1, 7.5, 8.0, 40.0, False),
        finding(2, 41.0, 8.0, 40.0, False),
        finding(None, 8.25, 11.0, None, False, hard=False),
    )
    (row,) = [row for row in rows(page) if row["Nutrient"] == "Zinc, mg"]
    assert (row["A day: at least"], row["A day: at most"]) == (8, 40)
    assert (row["Day 1"], row["Day 2"], row["Mean"]) == (7.5, 41, 8.25)
    assert (row["Mean: at least"], row["Mean: at most"]) == (11, None)
    assert row["Against the bands"] == "Day 1 short, day 2 over, mean short (soft)"
    found = {
        str(area.sqref): [(rule.formula[0], rule.dxf.font.b) for rule in area.rules]
        for area in page.conditional_formatting
    }
    last = page.auto_filter.ref.split(":")[1].lstrip(ascii_uppercase)
    heads = [cell.value for cell in page[1]]
    assert heads[:5] == ["Nutrient", "A day: at least", "A day: at most", "Day 1", "Day 2"]
    assert found[f"D2:D{last}"] == [
        ("AND(ISNUMBER(D2),ISNUMBER($B2),D2<$B2*(1-1e-09))", True),
        ("AND(ISNUMBER(D2),ISNUMBER($C2),D2>$C2*(1+1e-09))", True),
    ]
    assert f"E2:E{last}" in found


def test_the_list_is_that_of_the_shop_and_sums_to_the_till():
    week = golden_week(MONDAY)
    shopping = week.table.shopping
    found = [row for row in rows(golden()["Shopping"]) if row["Food"]]
    assert [row["Food"] for row in found] == [name_text(line) for line in shopping.lines]
    assert sum(row["Price, USD"] for row in found) == pytest.approx(shopping.total_usd)
    page = golden()["Shopping"]
    assert any("At checkout" in str(cell.value) for cell in page["A"])


def test_what_a_clinic_must_see_stands_first():
    week = make_week()
    profile = replace(week.request.profile, conditions=("heart failure",))
    book = read(replace(week, request=replace(week.request, profile=profile)))
    assert book.sheetnames == ["About", *SHEETS[:-1]]
    assert book.active.title == "About"
    first = rows(book["About"])[0]["Please read"]
    assert first.startswith("SHOW THIS PLAN TO YOUR CLINIC")


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_never_becomes_a_formula_and_stays_what_it_is(name):
    week = make_week()
    book = read(replace(week, plan=renamed(week.plan, name)))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    named = [cell for cell in cells if cell.value == name]
    assert {cell.data_type for cell in named} == {"s"}
    assert all(cell.quotePrefix for cell in named)  # nor when somebody edits the cell


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x07b\x00", "a\ufffdb\ufffd"),
        ("a\ufffeb\uffff", "a\ufffdb\ufffd"),
        ("_x0041_ a_x_", "_x005F_x0041_ a_x_"),
        ("<b>&amp;\"'", "<b>&amp;\"'"),
        ("two\nlines", "two\nlines"),
        ("🥦 שלום", "🥦 שלום"),
    ],
)
def test_strange_names_are_shown_or_have_a_visible_substitute(name, shown):
    assert cell_text(name) == shown
    week = make_week()
    found = rows(read(replace(week, plan=renamed(week.plan, name)))["Plan"])
    assert found[0]["Dish or food"] == shown
