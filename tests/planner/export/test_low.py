"""What a week is low in: the lowest first, and each nutrient once, over several weeks too."""

from planner.check.judge import Finding
from planner.export.trust import low_words


def finding(nutrient, value, week, *, hard=False):
    return Finding(nutrient, "week", None, value, 10.0, None, False, 1.0, hard, "total", week)


def test_the_lowest_week_of_a_nutrient_counts_and_stands_first():
    findings = [
        finding("vitamin_d_ug", 4.0, 1),
        finding("vitamin_c_mg", 3.5, 1),
        finding("vitamin_d_ug", 3.2, 2),
        finding("zinc_mg", 1.0, 2, hard=True),
        finding("iron_mg", 9.0, 2),
    ]
    assert low_words(findings) == (
        "low, though not required: vitamin D 32 %, vitamin C 35 % of the target"
    )
