"""The path from a diary to a plan: a step a week, the figures by another way, limits kept."""

import pytest

from foods.embedded import read_embedded_foods
from planner.diary.diary import FOOD, Diary, DiaryDay, DiaryEntry, DiaryMeal
from planner.meals.patterns import SLOTS
from planner.plan.plan import Day, Item, Meal, Plan
from planner.request.request import PlanRequest, WeekOptions
from planner.targets.target import Target
from planner.usual.meals import own_meals
from planner.usual.path import usual_path

FOODS = read_embedded_foods()
REQUEST = PlanRequest(week=WeekOptions(days=2))


def entry(food_id, mass_g):
    parts = ((food_id, float(mass_g)),)
    name = FOODS[food_id].name
    return DiaryEntry(1, food_id, f"{mass_g} g", FOOD, food_id, name, mass_g, parts, how="id")


def diary(*days):
    return Diary(
        tuple(
            DiaryDay(
                number,
                str(number),
                tuple(
                    DiaryMeal(
                        slot, slot if slot in SLOTS else "", tuple(entry(*one) for one in eaten)
                    )
                    for slot, eaten in meals.items()
                ),
            )
            for number, meals in enumerate(days, start=1)
        ),
        "diary",
    )


def food(food_id, mass_g):
    parts = ((food_id, float(mass_g)),)
    return Item("food", food_id, FOODS[food_id].name, 1.0, "", mass_g, parts, {}, 0.0, 0)


def plan(*days):
    made = tuple(
        Day(
            number,
            None,
            tuple(Meal(slot, tuple(food(*one) for one in items)) for slot, items in meals.items()),
            {},
            None,
            0.0,
        )
        for number, meals in enumerate(days, start=1)
    )
    return Plan(made, {}, {}, None, 0.0, 0)


def band(nutrient, lower=None, upper=None, unit="mg", period="day"):
    return Target(nutrient, unit, lower, upper, period, "total", True, "", "")


def path(eaten, goal, targets, step, request=REQUEST):
    return usual_path(goal, own_meals(eaten, FOODS), targets, FOODS, request, step)


def amount(key, *parts):
    return sum(FOODS[food_id].per_100g[key] * mass_g / 100 for food_id, mass_g in parts)


WHITE, DARK = ("bread_white", 60), ("bread_whole_wheat", 60)
RICE, LENTILS = ("white_rice_cooked", 150), ("lentils_cooked", 150)
EATEN = diary({"breakfast": [WHITE], "lunch": [RICE]}, {"breakfast": [WHITE], "lunch": [RICE]})
GOAL = plan({"breakfast": [DARK], "lunch": [LENTILS]}, {"breakfast": [DARK], "lunch": [LENTILS]})
MAGNESIUM = [band("magnesium_mg", lower=300)]


@pytest.mark.parametrize(("step", "counts"), [(1, [1] * 4), (2, [2, 2]), (3, [3, 1]), (9, [4])])
def test_each_week_changes_so_many_and_all_together_are_the_plan(step, counts):
    found = path(EATEN, GOAL, MAGNESIUM, step)
    assert [one.number for one in found.weeks] == [*range(len(counts) + 1)]
    assert [len(one.changes) for one in found.weeks] == [0, *counts]
    changed = [(one.day, one.slot) for week in found.weeks for one in week.changes]
    assert sorted(changed) == [(day, slot) for day in (1, 2) for slot in ("breakfast", "lunch")]
    last = found.weeks[-1].means
    assert last["magnesium_mg"] == pytest.approx(amount("magnesium_mg", DARK, LENTILS))
    calcium, magnesium = (amount(key, DARK, LENTILS) for key in ("calcium_mg", "magnesium_mg"))
    assert last["ca_mg_ratio"] == pytest.approx(calcium / magnesium)


def test_what_brings_most_changes_first_and_each_week_is_counted():
    found = path(EATEN, GOAL, MAGNESIUM, 2)
    lentils = amount("magnesium_mg", LENTILS) - amount("magnesium_mg", RICE)
    dark = amount("magnesium_mg", DARK) - amount("magnesium_mg", WHITE)
    assert lentils > dark > 0
    assert {one.slot for one in found.weeks[1].changes} == {"lunch"}
    first, second, _ = (week.means["magnesium_mg"] for week in found.weeks)
    assert first == pytest.approx(amount("magnesium_mg", WHITE, RICE))
    assert second - first == pytest.approx(lentils)
    assert [day["energy_kcal"] for day in found.weeks[1].days] == pytest.approx(
        [amount("energy_kcal", WHITE, LENTILS)] * 2
    )


def test_a_change_that_would_exceed_a_limit_waits_for_the_one_that_makes_room():
    eaten = diary({"breakfast": [("dill_pickles", 100)], "lunch": [RICE]})
    goal = plan({"breakfast": [DARK], "lunch": [("lentils_cooked", 150), ("dill_pickles", 100)]})
    salt = amount("sodium_mg", ("dill_pickles", 100))
    most = band("sodium_mg", upper=1.5 * salt)
    one = PlanRequest(week=WeekOptions(days=1))
    first = path(eaten, goal, MAGNESIUM, 1, one).weeks[1].changes[0].slot
    held = path(eaten, goal, [*MAGNESIUM, most], 1, one)
    assert (first, held.weeks[1].changes[0].slot) == ("lunch", "breakfast")
    assert [len(week.changes) for week in held.weeks] == [0, 1, 1]


def test_where_no_change_may_come_alone_a_week_has_more_than_were_asked_for():
    # the two meals change places: either alone doubles the salt or the fibre, both change nothing
    pickles, lentils = ("dill_pickles", 100), ("lentils_cooked", 150)
    eaten = diary({"breakfast": [pickles], "lunch": [lentils]})
    goal = plan({"breakfast": [lentils], "lunch": [pickles]})
    limits = [
        band("sodium_mg", upper=1.2 * amount("sodium_mg", pickles, lentils)),
        band("fibre_g", upper=1.2 * amount("fibre_g", pickles, lentils), unit="g"),
    ]
    one = PlanRequest(week=WeekOptions(days=1))
    both = path(eaten, goal, [*MAGNESIUM, *limits], 1, one)
    assert [len(week.changes) for week in both.weeks] == [0, 2]
    free = path(eaten, goal, MAGNESIUM, 1, one)
    assert [len(week.changes) for week in free.weeks] == [0, 1, 1]


def test_a_meal_on_another_day_is_no_change():
    eaten = diary({"lunch": [RICE]}, {"lunch": [LENTILS]})
    meals = {one.days: one for one in own_meals(eaten, FOODS).meals}

    def own(day, slot="lunch"):
        dish = meals[day,].dish
        parts = tuple((line.food_id, line.mass_g) for line in dish.ingredients)
        return Item("dish", dish.dish_id, dish.name, 1.0, "", 150.0, parts, {}, 0.0, 0)

    swapped = Plan(
        tuple(
            Day(number, None, (Meal("lunch", (own(other),)),), {}, None, 0.0)
            for number, other in ((1, 2), (2, 1))
        ),
        {}, {}, None, 0.0, 0,
    )  # fmt: skip
    found = path(eaten, swapped, MAGNESIUM, 1)
    assert len(found.weeks) == 1
    mean = (amount("magnesium_mg", RICE) + amount("magnesium_mg", LENTILS)) / 2
    assert found.weeks[0].means["magnesium_mg"] == pytest.approx(mean)


def test_a_shorter_diary_is_repeated_and_a_meal_more_or_less_is_a_change():
    eaten = diary({"breakfast": [WHITE], "brunch": [RICE]})
    goal = plan({"breakfast": [WHITE], "lunch": [LENTILS]}, {"breakfast": [WHITE]})
    found = path(eaten, goal, MAGNESIUM, 9)
    changes = {(one.day, one.slot): (one.before, one.after) for one in found.weeks[1].changes}
    rice, lentils = FOODS["white_rice_cooked"].name, FOODS["lentils_cooked"].name
    assert changes[1, "brunch"] == ((rice,), ())
    assert changes[2, "brunch"] == ((rice,), ())
    assert changes[1, "lunch"] == ((), (lentils,))
