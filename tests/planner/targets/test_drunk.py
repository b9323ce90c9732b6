"""Cups that are asked for: to which meals they go, and what of them is refused."""

from dataclasses import replace

import pytest

from foods.errors import FoodNotFoundError
from planner.errors import ConfigError, RefusedError
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest, WeekOptions
from planner.targets.derive import targets_of
from planner.targets.drunk import check_drinks_allowed, cups_by_meal, drinks_asked
from tests.plates import food, table

# cups of 100 g: 40 mg of caffeine in one of coffee, 20 mg in one of tea
COFFEE = food("coffee", group="drink", words=("flag:caffeine",), caffeine_mg=40.0)
TEA = food("black_tea", group="drink", words=("flag:caffeine",), caffeine_mg=20.0)
COCOA = food("hot_cocoa", group="drink", words=("origin:dairy",), caffeine_mg=2.0)
MATE = food("mate", group="drink")  # nobody knows its caffeine
FOODS = table(COFFEE, TEA, COCOA, MATE, food("juice", group="fruit_juice"))
PREGNANT = Profile(sex="f", age_y=30, state="pregnant")
DAY = ("breakfast", "lunch", "dinner", "snack")
ADULT, WEEK = Profile(), WeekOptions()


def asked(profile=ADULT, diet="omnivore", week=WEEK, **drinks):
    wanted = Preferences(diet=diet, drinks=drinks)
    return PlanRequest(profile=profile, preferences=wanted, week=week)


def check(request):
    check_drinks_allowed(request, targets_of(request).targets, FOODS)


def at(*slots):
    return replace(COFFEE, serving=replace(COFFEE.serving, slots=frozenset(slots)))


@pytest.mark.parametrize(
    ("cups", "shared"),
    [
        (1, {"breakfast": 1}),
        (2, {"breakfast": 1, "snack": 1}),
        (3, {"breakfast": 2, "snack": 1}),
        (4, {"breakfast": 2, "snack": 2}),
    ],
)
def test_cups_go_one_by_one_to_the_meals_of_a_drink(cups, shared):
    assert cups_by_meal(at("snack", "breakfast"), cups, DAY) == shared


def test_without_its_usual_meals_a_drink_goes_to_the_first_there_is():
    assert cups_by_meal(at("snack"), 2, ("lunch", "dinner")) == {"lunch": 2}


def test_what_is_said_last_of_a_drink_counts_and_none_is_none():
    wanted = Preferences(drinks={"coffee": 3, "black tea": 1, "Coffee": 0})
    assert drinks_asked(wanted, FOODS) == ((TEA, 1),)


def test_a_juice_is_food_and_no_drink_by_the_cup():
    with pytest.raises(FoodNotFoundError, match="'juice' is no drink"):
        check(asked(juice=1))


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        # 200 / 40 = 5 cups, 400 / 40 = 10
        (
            asked(PREGNANT, coffee=6),
            r"240 mg .* most allowed is 200 mg \(EFSA.*at most 5 cups of coffee a",
        ),
        (asked(coffee=11), r"440 mg .* most allowed is 400 mg .*at most 10 cups of coffee a day\."),
        (asked(coffee=8, tea=5), "at most 10 cups of coffee or 20 cups of black tea a day, each"),
        (asked(mate=1), "caffeine is in mate is not known"),
        (asked(Profile(age_y=17), black_tea=1), "black tea .* not planned for children"),
        (asked(Profile(age_y=8), coffee=1), "coffee is not planned for children"),
    ],
)
def test_what_a_person_may_not_have_is_refused_with_what_would_fit(request_, said):
    with pytest.raises(RefusedError, match=said) as caught:
        check(request_)
    assert caught.value.exit_code == 3


def test_up_to_the_most_is_no_fault():
    check(asked(PREGNANT, coffee=5))
    check(asked(coffee=10))
    check(asked(Profile(age_y=8, height_cm=128, weight_kg=26), hot_cocoa=1))


def test_what_is_eaten_out_is_left_its_share_of_the_most():
    week = WeekOptions(days=2, skip=((2, "lunch"),))
    with pytest.raises(RefusedError, match=r"mg are left on day 2 beside what is eaten out"):
        check(asked(PREGNANT, week=week, coffee=5))
    check(asked(PREGNANT, week=replace(week, not_eaten=((2, "lunch"),)), coffee=5))


def test_a_drink_that_the_diet_has_not_is_refused():
    with pytest.raises(ConfigError, match="Hot cocoa is not vegan"):
        check(asked(diet="vegan", hot_cocoa=1))
