"""Three people whom the table of ``realism.md`` does not hold, in a test run."""

from statistics import median

import pytest

from tests.bench.realism import answer, costs

OTHER_SEED = 1
PEOPLE = 3
LEAST_MEDIAN = 5.0  # weeks without plates had 1; since round 18 of the panel 100 people have 7


@pytest.fixture(scope="module")
def found():
    return [answer(OTHER_SEED, number) for number in range(PEOPLE)]


def test_each_of_three_other_people_gets_a_checked_week_or_a_reason(found):
    assert sum(one.is_checked for one in found) >= PEOPLE - 1
    assert all(one.is_checked or one.reason for one in found)


def test_their_weeks_are_scored_as_readers_score_planned_days(found):
    # readers gave planned days 2 to 8.8, and a mean of 5.6; in rounds 15 to 18 5.1 to 8.3 and 6.8
    scores = [one.realism.score for one in found if one.is_checked]
    assert max(scores) < 9.9
    assert median(scores) >= LEAST_MEDIAN


def test_what_costs_their_weeks_most_is_named_with_its_commonest_faults(found):
    rows = costs([one.realism for one in found if one.is_checked])
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)
    assert all(0 < share <= 1 and "×" in often for _, _, share, often in rows)


def test_the_same_seed_and_number_give_the_same_person():
    from tests.bench.profiles import draw_request

    assert draw_request(0, 5) == draw_request(0, 5)
    assert draw_request(0, 5) != draw_request(1, 5)


def test_a_hundred_people_have_every_diet_allergen_and_standard():
    from planner.request.diets import read_allergens, read_diets
    from tests.bench.profiles import STANDARDS, draw_request

    asked = [draw_request(0, number) for number in range(100)]
    assert {one.preferences.diet for one in asked} == {
        name for name, one in read_diets().items() if not one.without
    }
    assert {name for one in asked for name in one.preferences.without} == set(read_allergens())
    assert {one.standard for one in asked} == set(STANDARDS)
