import pytest

from planner.errors import ExportError
from tests.one_eater import as_text
from tests.reports import make_report
from tests.told import WIDTH, screen

MOST_LINES = 48  # of a week whose names take up to three lines each


def test_the_first_screen_is_the_beginning_of_the_answer():
    report = make_report()
    assert as_text(report).startswith(screen(report))
    assert len(screen(report).splitlines()) <= MOST_LINES


def test_the_first_screen_has_no_words_of_the_solver():
    text = screen(make_report()).casefold()
    assert not [word for word in ("feasible", "points", "gap", "till") if word in text]


@pytest.mark.parametrize("day", [None, 1])
def test_no_line_is_wider_than_the_page_or_ends_with_a_space(day):
    for line in as_text(make_report(), day).splitlines():
        assert len(line) <= WIDTH
        assert line == line.rstrip()


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


def test_a_day_that_is_not_there_is_refused():
    with pytest.raises(ExportError, match="the plan has no day 9 — days go from 1 to 7"):
        as_text(make_report(), 9)




