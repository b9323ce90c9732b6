"""What is said to be drunk with a meal."""

import pytest

from planner.meals.drinks import drink_beside_own, drinks_at
from planner.request.profile import Profile

MAN, CHILD = Profile(sex="m", age_y=40), Profile(age_y=9)
PREGNANT = Profile(sex="f", age_y=30, state="pregnant")
COFFEE, ADULT = "2 cups of coffee", "water (coffee or tea between meals)"


@pytest.mark.parametrize(
    ("people", "own", "text"),
    [
        ([MAN], {}, ADULT),
        ([CHILD], {}, "water"),
        ([MAN, CHILD], {}, f"{ADULT}; children water"),
        ([], {COFFEE: [""]}, COFFEE),
        ([CHILD], {COFFEE: ["Tom"]}, "Tom 2 cups of coffee; others water"),
        ([CHILD], {COFFEE: ["Tom"], "water": ["Ann"]}, "Tom 2 cups of coffee; others water"),
        ([CHILD], {"water": ["Tom"]}, "water"),
        ([], {COFFEE: ["Tom", "Ann"], "water": ["Mia"]}, "Tom and Ann 2 cups of coffee; Mia water"),
        (
            [MAN, CHILD],
            {COFFEE: ["Tom"]},
            f"Tom 2 cups of coffee; others {ADULT}; children water",
        ),
    ],
)
def test_who_asked_for_drinks_is_named_beside_the_others(people, own, text):
    assert drinks_at("breakfast", people, own) == text


def test_the_limit_in_pregnancy_is_said():
    assert "two cups a day at most" in drinks_at("breakfast", [PREGNANT])


def test_beside_cups_asked_for_there_is_water():
    assert drink_beside_own("breakfast") == "water"
