"""The faults that readers of weeks name are seen in weeks that have them, and in no others."""

from planner.plan.plan import Day, Item, Meal, Plan
from tests.bench.faults import faults_of
from tests.bench.habits import DISHES, WEEKEND

FREE = tuple(number in WEEKEND for number in range(1, 8))
MASSES = {
    "chickpeas_cauliflower_tomato_masala": {"chickpeas_cooked": 300.0},
    "trout_almonds_green_beans": {"trout_cooked": 140.0},
    "house_salad_vinaigrette": {"green_leaf_lettuce": 50.0},
    "peanut_butter_banana_toast": {"peanut_butter_unsalted": 24.0},
    "homemade_beans_on_toast": {"white_beans_cooked": 120.0},
    "edamame_lime_chili": {"edamame_cooked": 80.0},
}


def item(dish_id, servings=1.0, leftover_of=None):
    parts = tuple((food, servings * mass) for food, mass in MASSES[dish_id].items())
    mass, work = sum(mass for _, mass in parts), DISHES[dish_id].active_minutes
    return Item("dish", dish_id, DISHES[dish_id].name, servings, "", mass, parts, {}, 0.0, work,
                leftover_of=leftover_of, active_minutes=work)  # fmt: skip


def counted(number=1, days=1, energy_kcal=2000.0, **meals):
    """Count the faults of so many days of these meals, from a day on."""
    served = tuple(Meal(slot, tuple(things)) for slot, things in meals.items())
    same = tuple(Day(day, None, served, {}, None, 0.0) for day in range(number, number + days))
    plan = Plan(same, {}, {}, None, 0.0, 1)
    return faults_of(plan, FREE, energy_kcal, eats_meat=True)


CURRY, TROUT = item("chickpeas_cauliflower_tomato_masala"), item("trout_almonds_green_beans")
SALAD = item("house_salad_vinaigrette")


def test_a_curry_and_a_day_without_anything_raw_are_seen():
    assert counted(dinner=[CURRY])["pots and curries, nothing raw"] == 1
    assert counted(dinner=[CURRY])["days with nothing raw"] == 1
    beside = counted(dinner=[CURRY, SALAD])
    assert not beside["pots and curries, nothing raw"] + beside["days with nothing raw"]


def test_a_second_meal_and_a_plate_alone_are_faults_of_a_free_dinner():
    again = item("chickpeas_cauliflower_tomato_masala", leftover_of=5)
    free, workday = counted(6, dinner=[again]), counted(4, dinner=[again])
    for fault in ("free dinners, warmed up", "free dinners, one plate alone"):
        assert (free[fault], workday[fault]) == (1, 0)
    assert counted(6, dinner=[CURRY, SALAD])["free dinners, one plate alone"] == 0


def test_plates_follow_the_appetite_and_hold_protein_enough():
    fault = "meals, main dish not as the appetite"
    assert [counted(energy_kcal=need, dinner=[TROUT])[fault] for need in (2000.0, 3000.0)] == [0, 1]
    assert counted(dinner=[item("trout_almonds_green_beans", 0.5)])["meals, protein as a garnish"]
    assert counted(dinner=[item("trout_almonds_green_beans", 2.0)])["meals, too much protein"]


def test_what_comes_too_often_in_a_week_is_seen():
    toast = item("peanut_butter_banana_toast")
    faults = {
        "weeks, one nut butter most mornings": 4,
        "weeks, one breakfast most mornings": 4,
        "weeks, one side above a quarter of days": 3,
        "weeks, fish on three days in a row": 3,
    }
    for days in range(1, 5):
        found = counted(days=days, breakfast=[toast], dinner=[TROUT, SALAD])
        assert {name: found[name] for name in faults} == {
            name: int(days >= least) for name, least in faults.items()
        }
