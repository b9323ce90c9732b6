"""Ten people whom the table of ``realism.md`` does not hold, in a test run."""

import pytest

from tests.bench.realism import MOST_OUTSIDE, answers, outside, values_of

OTHER_SEED = 1
PEOPLE = 10


@pytest.fixture(scope="module")
def found():
    return answers(PEOPLE, OTHER_SEED, processes=2)


def test_each_of_ten_other_people_gets_a_checked_week_or_a_reason(found):
    assert sum(one.is_checked for one in found) >= PEOPLE - 1
    assert all(one.is_checked or one.reason for one in found)


def test_their_days_have_as_many_foods_as_menus_have(found):
    real = [one.realism for one in found if one.is_checked]
    foods = sorted(values_of(real, "distinct_foods"))
    assert 17 <= foods[len(foods) // 2] <= 26
    for slot in ("breakfast", "lunch", "dinner"):
        lines = sorted(values_of(real, f"{slot}_lines"))
        assert 4 <= lines[len(lines) // 2] <= 9


def test_no_yardstick_is_missed_on_many_of_their_days(found):
    # ten weeks are 70 days; twice the share that 100 people are held to leaves room for chance
    real = [one.realism for one in found if one.is_checked]
    of_days = {name: days for name, (refs, days, _) in outside(real).items() if "menus" in refs}
    assert {name: days for name, days in of_days.items() if days > 2 * MOST_OUTSIDE} == {}


def test_their_weeks_score_like_weeks_of_people(found):
    scores = sorted(one.realism.score for one in found if one.is_checked)
    assert scores[0] >= 8.5
    assert scores[len(scores) // 2] >= 9.3


def test_the_same_seed_and_number_give_the_same_person():
    from tests.bench.profiles import draw_request

    assert draw_request(0, 5) == draw_request(0, 5)
    assert draw_request(0, 5) != draw_request(1, 5)


def test_a_hundred_people_have_every_diet_allergen_and_standard():
    from planner.request.diets import read_allergens, read_diets
    from tests.bench.profiles import STANDARDS, draw_request

    asked = [draw_request(0, number) for number in range(100)]
    assert {one.preferences.diet for one in asked} == set(read_diets())
    assert {name for one in asked for name in one.preferences.without} == set(read_allergens())
    assert {one.standard for one in asked} == set(STANDARDS)
