"""The hours of a planned day, with its meals, pills at meals and medicines around them."""

from dataclasses import replace
from datetime import date

from planner.plan.plan import SUPPLEMENT, DayFacts, Item, Meal, Share
from planner.plan.shares import own_plan
from planner.plan.times import times_by_day
from planner.request.profile import Profile
from planner.request.request import PlanRequest, Water
from planner.safety.intake import SupplementIntake
from tests.plates import food, table
from tests.reports import FOODS, make_day, make_item, make_plan
from tests.rows import rows

LEVOTHYROXINE = PlanRequest(Profile(medicines=("levothyroxine:1",)))
MONDAY = date(2026, 3, 2)
APPLES = make_item("Apple", "food", {"apple": 180.0})  # 11 mg of calcium, no milk


def pill(name, nutrient, amount):
    words = f"{name}, added"
    return Item(SUPPLEMENT, name, words, 1.0, f"1 dose of {amount:g} mg", 0.0, (),
                {nutrient: amount}, 0, 0, beside="added")  # fmt: skip


def with_pill(day, slot, item):
    """Give the day with a pill at one meal."""
    meals = [replace(m, items=(*m.items, item)) if m.slot == slot else m for m in day.meals]
    return replace(day, meals=tuple(meals))


def with_meal(day, slot, *items):
    """Give the day with other food at one meal."""
    return replace(day, meals=tuple(Meal(slot, items) if m.slot == slot else m for m in day.meals))


def asking(*medicines, **traits):
    return PlanRequest(Profile(medicines=medicines), **traits)


def schedule(day, request=LEVOTHYROXINE, foods=FOODS):
    return times_by_day(replace(make_plan(1), days=(day,)), request, foods)[day.day]


def lines(day, request=LEVOTHYROXINE):
    return {line.item: line for line in schedule(day, request).lines}


def test_a_tablet_is_told_as_it_was_declared():
    tablet = SupplementIntake("magnesium oxide", 400, "compound")
    amount = tablet.nutrient_per_day
    held = Item(SUPPLEMENT, "magnesium_oxide", "Magnesium oxide, taken already", 1.0,
                "1 dose of 241.2 mg", 0.0, (), {"magnesium_mg": amount}, 0, 0,
                beside="taken")  # fmt: skip
    request = asking("levothyroxine:1", supplements=(tablet,))
    day = lines(with_pill(make_day(1), "dinner", held), request)
    assert day["Magnesium oxide"].amount == "241.2 mg of magnesium (400 mg of magnesium oxide)"


def near(day, medicine, foods=FOODS):
    """Give the meals that stand too near to a medicine at its hour."""
    return [meal for _, meal in schedule(day, asking(medicine), foods).near_meals]


def test_a_pill_keeps_the_hour_of_its_meal_where_the_medicine_allows():
    dinner = with_pill(make_day(1), "dinner", pill("magnesium_oxide", "magnesium_mg", 200.0))
    assert lines(dinner)["Magnesium oxide"].best == "19:00"
    assert lines(dinner)["Magnesium oxide"].hours_apart_from == {"levothyroxine": 4}
    late = lines(dinner, asking("levothyroxine@22:00"))
    assert late["Magnesium oxide"].best == "16:00"


def test_no_medicine_has_an_hour_that_nobody_gave():
    day = with_pill(make_day(1), "breakfast", pill("ferrous_fumarate", "iron_mg", 27.0))
    assert set(lines(day)) == {"Ferrous fumarate"}
    assert lines(day)["Ferrous fumarate"].best == "12:30"  # 4 h after the morning


@rows(__file__, "a_meal_counts_by_what")
def test_a_meal_counts_by_what_the_food_table_says_of_it(content, is_near):
    foods = table(*FOODS, food("flakes", **content))
    flakes = replace(APPLES, ingredients=(("flakes", 100.0),))
    day = replace(make_day(1), meals=(Meal("breakfast", (flakes,)),))
    assert near(day, "levothyroxine@06:30", foods) == ["breakfast"] * is_near


def test_dairy_is_milk_by_group_allergen_or_origin():
    for content in ({"group": "cheese"}, {"words": ("allergen:milk",)},
                    {"words": ("origin:dairy",)}):  # fmt: skip
        foods = table(*FOODS, food("it", **content))
        day = with_meal(make_day(1), "lunch", replace(APPLES, ingredients=(("it", 5.0),)))
        assert "lunch" in near(day, "eltrombopag@14:00", foods)


def test_a_meal_eaten_out_may_hold_anything_and_one_not_eaten_holds_nothing():
    gone = replace(make_day(1), meals=make_day(1).meals[1:])
    for how, meals in (("out", ["breakfast"]), ("nothing", [])):
        day = replace(gone, facts=DayFacts((("breakfast", how),)))
        assert near(day, "levothyroxine@06:30")[: len(meals)] == meals
        assert ("breakfast" in near(day, "levothyroxine@06:30")) is bool(meals)


def test_mineral_water_of_the_request_has_its_hours_and_tap_water_none():
    hepar = asking("alendronate:1", water=Water(drink="hepar"))
    told = lines(make_day(1), hepar)["hepar (mineral water)"]
    assert told.hours_apart_from == {"alendronate": 4}
    assert not lines(make_day(1), asking("alendronate:1", water=Water(drink="tap")))


def test_a_weekly_medicine_stands_on_its_days_alone():
    told = times_by_day(make_plan(8, MONDAY), asking("alendronate:1/week@sun 06:30"), FOODS)
    assert [day for day, one in told.items() if one.lines] == [7]
    twice = asking("methotrexate:2/week@mon,thu 20:00")
    told = times_by_day(make_plan(14, MONDAY), twice, FOODS)
    assert [day for day, one in told.items() if one.lines] == [1, 4, 8, 11]


def test_each_eater_of_a_table_has_the_hours_of_ones_own_meals():
    shares = tuple(
        Share(name, 1.0, "1 serving", 180.0, lines, {}, 0.0)
        for name, lines in (("Ann", (("milk", 250.0),)), ("Ben", (("apple", 180.0),)))
    )
    shared = replace(APPLES, ingredients=(("milk", 250.0), ("apple", 180.0)), shares=shares)
    days = (replace(make_day(1), meals=(Meal("breakfast", (shared,)),)),)
    plan = replace(make_plan(1), days=days)
    found = {
        name: near(own_plan(plan, name).days[0], "levothyroxine@06:30") for name in ("Ann", "Ben")
    }
    # Ann's milk holds 312 mg of calcium: 4 h; Ben's apple asks for an hour before food
    assert found == {"Ann": ["breakfast"], "Ben": []}
