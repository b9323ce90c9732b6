from dataclasses import replace
from datetime import date

from foods.embedded import read_embedded_foods
from planner.document.terminal import as_plain
from planner.export.diff import other_people, summary_blocks, vegetables_in
from planner.plan.diff import compare_plans
from planner.plan.plan import Meal
from planner.request.profile import Profile
from planner.request.request import PlanRequest, SolveOptions
from tests.one_eater import difference_as_json, difference_blocks
from tests.reports import make_item, make_plan

BEFORE = make_plan(2)
OATS = make_item("Oats", "food", {"oats": 50.0})


def changed():
    """Give the plan with oats for the apple of day 2, at 6 instead of 5 USD."""
    first, second = BEFORE.days
    meals = tuple(Meal(m.slot, (OATS,)) if m.slot == "snack" else m for m in second.meals)
    return replace(BEFORE, days=(first, replace(second, meals=meals, cost=6.0)), cost=11.0)


def test_what_moved_stands_above_the_figures_of_its_day():
    text = as_plain(difference_blocks(compare_plans(BEFORE, changed()), 4.0, 4.25))
    assert text.startswith("1 thing differs.\nDay 2  snack: Apple (1 serving) → Oats (1 serving)\n")
    assert "5.00 → 6.00" in text  # day 2
    assert "5.00 → 5.50" in text  # the mean of 5 and 6
    assert "Day 1" not in text
    assert text.endswith("Points (fewer are better): 4.00 → 4.25.")


def test_the_same_portion_of_a_dish_says_what_is_other_in_it():
    def differs(old, new):
        days = [
            replace(BEFORE, days=(replace(BEFORE.days[0], meals=(Meal("snack", (item,)),)),))
            for item in (old, new)
        ]
        return as_plain(difference_blocks(compare_plans(*days)))

    milk = make_item("Banana milk", "dish", {"milk": 200.0})
    soy = replace(milk, name="Banana soy drink", ingredients=(("oats", 200.0),))
    assert "Banana milk (1 serving) → Banana soy milk (1 serving)" in differs(milk, soy)
    more = replace(milk, ingredients=(("milk", 250.0),))
    assert "Banana milk: 1 serving, with other amounts in it" in differs(milk, more)


def test_json_tells_changes_days_and_points():
    told = difference_as_json(compare_plans(BEFORE, changed()), 4.0, 4.25)
    change = told["changes"][0]
    assert (change["action"], change["from"]["id"], change["to"]["id"]) == ("swap", "apple", "oats")
    assert told["cost"] == {"before": 10.0, "after": 11.0}
    assert told["objective"] == {"before": 4.0, "after": 4.25}
    assert [one["day"] for one in told["days"]] == [1, 2]


def test_a_day_that_is_on_two_dates_keeps_its_number():
    before, after = make_plan(2, date(2026, 3, 2)), make_plan(2, date(2026, 3, 9))
    assert compare_plans(before, after).dates == {}
    assert compare_plans(before, make_plan(2)).dates == {}
    assert compare_plans(before, make_plan(3, date(2026, 3, 2))).dates[3] == date(2026, 3, 4)


def test_guests_who_come_are_told_where_no_dish_differs():
    same = compare_plans(BEFORE, BEFORE)
    told = as_plain(difference_blocks(replace(same, guests_after=4)))
    assert told == "The dishes are the same. Plates for guests: 0 → 4."


def test_plans_of_other_people_say_so():
    woman, man = PlanRequest(), PlanRequest(Profile(sex="m", age_y=40))
    assert other_people(woman, replace(woman, solve=SolveOptions(seed=3))) == []
    first, second = other_people(woman, man)
    assert first.startswith("These are plans of other people")
    assert "woman, 55" in second.partition("→")[0]
    assert "man, 40" in second.partition("→")[2]


def test_a_difference_is_summed_up_first():
    foods = read_embedded_foods()
    squash = replace(
        OATS, item_id="squash", name="Squash", ingredients=(("acorn_squash_raw", 80.0),)
    )
    first, second = BEFORE.days
    dinner = tuple(Meal(m.slot, (squash,)) if m.slot == "dinner" else m for m in second.meals)
    days = (first, replace(second, meals=dinner, cost=6.0))
    after = replace(BEFORE, days=days, cost=11.0)
    text = " ".join(as_plain(summary_blocks(BEFORE, after, foods)).split())
    assert text.startswith("B against A, a day: as much magnesium as before, Ca:Mg")
    assert "$0.50 dearer; 1 of 2 dinners differ; different vegetables: " in text
    assert len(vegetables_in(after, foods)) == len(vegetables_in(BEFORE, foods)) + 1
