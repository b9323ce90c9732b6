from dataclasses import replace
from datetime import date

import pytest

from planner.document.terminal import as_plain
from planner.errors import ExportError
from planner.explain.table_report import TableReport
from planner.export.printed import report_blocks
from planner.safety.often import WEEKDAYS
from tests.one_eater import as_text
from tests.reports import make_outcome, make_refusal, make_report
from tests.told import WIDTH, screen

MOST_LINES = 48  # of a week whose names take up to three lines each


def test_the_first_screen_is_the_beginning_of_the_answer():
    report = make_report()
    assert as_text(report).startswith(screen(report))
    assert len(screen(report).splitlines()) <= MOST_LINES


def test_the_first_screen_names_person_dishes_figures_cost_and_trust():
    text = screen(make_report())
    flat = " ".join(text.split())
    assert "Planned for a sample person: woman, 55, 165 cm, 65 kg, low active, US." in flat
    assert "Yours: magplan plan --sex m --age 40" in flat
    assert "Oats with milk" in text
    assert "West African bean stew" in flat
    # calcium 678.3 and magnesium 377.5 mg, so 1.797; energy 914 kcal
    assert "Day 7 378 678 1.80" in flat
    assert "at checkout" in flat
    assert "All figures were checked a second time by a separate calculation" in flat


def test_the_first_screen_has_no_words_of_the_solver():
    text = screen(make_report()).casefold()
    assert not [word for word in ("feasible", "points", "gap", "till") if word in text]


def test_someone_else_is_told_what_was_assumed():
    report = make_report(sex="m", age=40, diet="vegan", without=("peanut",))
    lines = screen(report).splitlines()
    assert lines[0].startswith("Planned for: man, 40, ")
    assert lines[1] == "Vegan; assumed: height, weight, activity."
    assert " ".join(lines[2:4]) == (
        "Without peanut: peanuts (that rules out 0 foods); tree nuts are still allowed (leave out "
        "with --without nuts)."
    )


@pytest.mark.parametrize("day", [None, 1])
def test_no_line_is_wider_than_the_page_or_ends_with_a_space(day):
    for line in as_text(make_report(), day).splitlines():
        assert len(line) <= WIDTH
        assert line == line.rstrip()


def test_a_gap_that_was_asked_for_is_told_in_points_and_per_cent():
    plain = make_report()
    request = replace(plain.request, solve=replace(plain.request.solve, gap=0.1))
    text = " ".join(as_text(replace(plain, request=request)).split())
    # objective 4 and bound 3: 1 point, a quarter
    assert "at most 1.00 points (25.0 %) from the best possible" in text
    assert "points" not in as_text(plain)


def test_of_how_many_dishes_and_of_which_sources_a_week_is_told():
    text = " ".join(as_text(make_report()).split())
    assert "312 dishes and foods" in text
    assert "5 % of the magnesium" in text


def test_a_time_limit_is_said():
    report = replace(make_report(), outcome=make_outcome(cut_by_clock=True))
    text = " ".join(as_text(report).split())
    assert "Time limit reached: this may differ on another machine." in text


def test_a_dish_is_followed_by_its_ingredients_with_household_words_and_grams():
    lines = as_text(make_report()).splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("  Oats with milk"))
    assert lines[place].split()[-4:] == ["1", "serving", "300", "g"]
    assert lines[place + 1].split() == ["Oats", "1", "cup", "100", "g"]
    assert lines[place + 2].split() == ["Milk", "2", "cups", "200", "g"]


def test_the_week_against_its_targets_never_rounds_up_to_all():
    lines = as_text(make_report()).splitlines()
    magnesium = next(line for line in lines if line.startswith("Magnesium, mg"))
    # 319.6 of 320 prints a decimal more, so that it does not look met
    assert magnesium.split()[2:] == [
        "319.6",
        "at",
        "least",
        "320.0",
        "99",
        "%",
        "short,",
        "soft",
    ]


def test_the_week_says_the_magnesium_that_calcium_implies():
    text = " ".join(as_text(make_report()).split())
    assert "together ask for 600 mg magnesium a day" in text
    assert text.count("Ask your clinic.") == 1


def test_days_with_dates_are_named():
    text = as_text(make_report(start=date(2026, 3, 2)))
    assert "\nMon 2 Mar  " in text
    assert "Day 7, Sunday 8 March 2026" in text


def test_one_day_comes_alone():
    text = as_text(make_report(), 2)
    assert text.startswith("Day 2\n")
    assert "Day 1" not in text


def test_a_day_that_is_not_there_is_refused():
    with pytest.raises(ExportError, match="the plan has no day 9 — days go from 1 to 7"):
        as_text(make_report(), 9)


def test_no_plan_names_what_collides_and_the_smallest_concessions():
    text = as_text(make_refusal())
    assert text.startswith("No plan fits everything you asked for; the conflicts are listed below.")
    assert "- Calcium: at least 1,200 mg a day over the week" in text
    assert '1. calcium at least 900 mg: add --target "calcium_mg>=900"' in text
    assert "infeasible" not in text.lower()


def test_none_found_in_time_is_not_called_impossible():
    report = make_refusal(outcome=make_outcome("no_plan_in_time", cut_by_clock=True))
    text = as_text(report)
    assert text.startswith("No plan was found within the search limit; there may still be one.")
    assert "Time limit reached: this may differ on another machine." in " ".join(text.split())


def test_a_plan_that_fails_its_check_is_not_shown():
    text = as_text(make_report(passed=False))
    assert text.startswith("No plan: the one that was put together does not pass the check")
    assert "Day 1: no lunch." in text
    assert "Oats" not in text


def test_below_the_recipes_of_a_full_print_stands_what_a_cook_uses_and_where_the_rest_is():
    report = TableReport.of_one(make_report())
    blocks = report_blocks(report, full=True, kept_as="week/plan.json")
    text = " ".join(as_plain(blocks).split())
    solvers = (
        "What the plan gives up", "close to", "How that is estimated", "HiGHS", "points",
        "without the solver", "magplan check", "magplan explain",
    )  # fmt: skip
    assert not [words for words in solvers if words in text]
    assert "US values; sources differ for 5 % of the magnesium." in text
    assert "Ask your clinic." in text[text.index("Please read") :]


@pytest.mark.parametrize(("days", "free"), [(7, ", days 6-7 as the weekend"), (2, "")])
def test_a_week_without_dates_says_as_which_weekdays_it_was_planned_and_when_to_shop(days, free):
    text = " ".join(screen(make_report(days)).split())
    menu = text[: text.index("Mg mg")]
    assert [name for name in WEEKDAYS if f" {name[:3]} " in menu] == list(WEEKDAYS[:days])
    assert f"Day 1 counts as Monday{free}." in text
    assert "Shop on the day before day 1." in text


def test_a_week_with_dates_says_on_which_date_to_shop_and_assumes_no_weekday():
    text = " ".join(screen(make_report(start=date(2026, 3, 2))).split())
    assert "Shop on Sunday 1 March 2026." in text
    assert "counts as" not in text
