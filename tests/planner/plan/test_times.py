"""The hours of a planned day, with its meals, pills at meals and medicines around them."""

from dataclasses import replace
from datetime import date

import pytest

from planner.plan.plan import SUPPLEMENT, DayFacts, Item, Meal, Share
from planner.plan.shares import own_plan
from planner.plan.times import times_by_day, times_of_plan
from planner.request.profile import Profile
from planner.request.request import PlanRequest, Water
from planner.safety.intake import SupplementIntake
from tests.plates import food, table
from tests.reports import FOODS, make_day, make_item, make_plan

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
    return {one.item: one for one in schedule(day, request).lines}


def test_a_pill_keeps_the_hour_of_its_meal_where_the_medicine_allows():
    day = lines(with_pill(make_day(1), "dinner", pill("magnesium_oxide", "magnesium_mg", 200.0)))
    # breakfast holds 300 mg of calcium, so the tablet is taken at bedtime, 4 h after the pill
    assert (day["levothyroxine"].earliest, day["levothyroxine"].best) == ("23:00", "23:00")
    assert day["Magnesium oxide"].best == "19:00"
    assert day["Magnesium oxide"].hours_apart_from == {"levothyroxine": 4}


def test_a_plain_breakfast_keeps_the_morning_and_moves_a_pill_that_is_too_early():
    plain = with_meal(make_day(1), "breakfast", APPLES)
    day = lines(with_pill(plain, "breakfast", pill("ferrous_fumarate", "iron_mg", 27.0)))
    assert (day["levothyroxine"].best, day["Ferrous fumarate"].best) == ("07:00", "11:00")
    assert day["levothyroxine"].hours_apart_from["breakfast"] == 1


@pytest.mark.parametrize(
    ("content", "hours"),
    [
        ({"calcium_mg": 199.0, "fibre_g": 9.9, "iron_mg": 9.9}, 1),
        ({"calcium_mg": 200.0}, 4),
        ({"fibre_g": 10.0}, 4),
        ({"iron_mg": 10.0}, 4),
        ({"words": ("allergen:soy",)}, 4),
        ({"group": "soy"}, 4),
        ({"words": ("flag:ca_fortified",)}, 4),
        ({"words": ("allergen:milk",)}, 1),  # milk counts by its calcium here
    ],
)
def test_a_meal_counts_by_what_the_food_table_says_of_it(content, hours):
    foods = table(*FOODS, food("flakes", **content))
    flakes = replace(APPLES, ingredients=(("flakes", 100.0),))
    day = replace(make_day(1), meals=(Meal("breakfast", (flakes,)),))
    (tablet,) = [one for one in schedule(day, foods=foods).lines if one.item == "levothyroxine"]
    assert tablet.hours_apart_from.get("breakfast") in (None if hours > 1 else 1, hours)
    assert (tablet.earliest < "08:00") is (hours == 1)


@pytest.mark.parametrize(("beside", "hours"), [("cup", 4), ("drunk", 1)])
def test_a_cup_counts_in_its_meal_and_water_through_the_day_in_none(beside, hours):
    foods = table(*FOODS, food("cocoa", calcium_mg=120.0))  # 240 mg in 200 g
    cup = replace(APPLES, ingredients=(("cocoa", 200.0),), beside=beside)
    day = replace(make_day(1), meals=(Meal("breakfast", (APPLES, cup)),))
    (tablet,) = [one for one in schedule(day, foods=foods).lines if one.item == "levothyroxine"]
    assert (tablet.earliest < "08:00") is (hours == 1)


def test_dairy_is_milk_by_group_allergen_or_origin():
    for content in ({"group": "cheese"}, {"words": ("allergen:milk",)},
                    {"words": ("origin:dairy",)}):  # fmt: skip
        foods = table(*FOODS, food("it", **content))
        day = with_meal(make_day(1), "lunch", replace(APPLES, ingredients=(("it", 5.0),)))
        request = asking("eltrombopag:1")
        (tablet,) = [o for o in schedule(day, request, foods).lines if o.item == "eltrombopag"]
        assert not "08:30" < tablet.earliest < "17:00"


def test_a_meal_eaten_out_may_hold_anything_and_one_not_eaten_holds_nothing():
    day = with_meal(make_day(1), "breakfast", APPLES)
    gone = replace(day, meals=day.meals[1:])
    out = replace(gone, facts=DayFacts((("breakfast", "out"),)))
    nothing = replace(gone, facts=DayFacts((("breakfast", "nothing"),)))
    assert lines(out)["levothyroxine"].best == "23:00"
    assert lines(nothing)["levothyroxine"].hours_apart_from.get("breakfast") is None


def test_mineral_water_of_the_request_has_its_hours_and_tap_water_none():
    hepar = asking("alendronate:1", water=Water(drink="hepar"))
    assert lines(make_day(1), hepar)["hepar (mineral water)"].hours_apart_from["alendronate"] == 2
    assert len(lines(make_day(1), asking("alendronate:1", water=Water(drink="tap")))) == 2


def test_days_with_the_same_hours_are_told_together():
    plan = make_plan(3)
    other = with_pill(plan.days[1], "dinner", pill("magnesium_oxide", "magnesium_mg", 200.0))
    mixed = replace(plan, days=(plan.days[0], other, plan.days[2]))
    assert [one.days for one in times_of_plan(mixed, LEVOTHYROXINE, FOODS)] == [(1, 3), (2,)]


def test_a_medicine_has_one_hour_on_all_days_where_one_day_asks_for_it():
    plan = make_plan(3)
    plain = with_meal(plan.days[1], "breakfast", APPLES)
    mixed = replace(plan, days=(plan.days[0], plain, plan.days[2]))
    (only,) = times_of_plan(mixed, LEVOTHYROXINE, FOODS)
    assert only.days == (1, 2, 3)
    assert "23:00" in {line.best for line in only.schedule.lines}


def test_where_no_hour_does_for_all_days_each_has_its_own():
    # every meal of days 1 and 2 holds milk, and on day 3 the snack does not
    plan, request = make_plan(3), asking("doxycycline:2")
    milky = [with_meal(day, "snack", day.meals[1].items[0]) for day in plan.days[:2]]
    told = times_by_day(replace(plan, days=(*milky, plan.days[2])), request, FOODS)
    assert told[1].with_water == ("doxycycline",)  # the milk of the meal is moved, not the dose
    assert len([line for line in told[1].lines if line.item == "doxycycline"]) == 2
    assert told[3].with_water == ()
    first, second = (line.best for line in told[3].lines if line.item == "doxycycline")
    assert (first, second) == ("06:00", "17:00")  # 2 h before breakfast and dinner


def test_a_named_day_has_the_weekly_medicine_and_no_other_day_its_hours():
    plan = make_plan(8, MONDAY)
    told = times_by_day(plan, asking("alendronate:1/week@sun", "levothyroxine:1"), FOODS)
    taken = [day for day, one in told.items() for own in one.lines if own.item == "alendronate"]
    assert taken == [7]
    assert told[1] == told[8]
    assert {own.item for own in told[1].lines} == {"levothyroxine", "magnesium"}


def test_two_days_a_week_are_two():
    told = times_by_day(make_plan(14, MONDAY), asking("methotrexate:2/week@mon,thu"), FOODS)
    taken = [day for day, one in told.items() for own in one.lines if own.item == "methotrexate"]
    assert taken == [1, 4, 8, 11]


@pytest.mark.parametrize(
    ("medicine", "start", "on"),
    [
        ("alendronate:1/week", MONDAY, "On the day of alendronate"),
        ("alendronate:1/week@sun", None, "On Sunday"),
    ],
)
def test_a_day_without_number_is_told_apart(medicine, start, on):
    usual, own = times_of_plan(make_plan(2, start), asking(medicine, "levothyroxine:1"), FOODS)
    assert (usual.days, own.days, own.on) == ((1, 2), (), on)
    assert {own.item for own in usual.schedule.lines} == {"levothyroxine", "magnesium"}
    assert "alendronate" in {own.item for own in own.schedule.lines}
    tablets = [
        line for one in (usual, own) for line in one.schedule.lines if line.item == "levothyroxine"
    ]
    assert {line.best for line in tablets} == {"23:00"}  # on that day too


def test_a_tablet_is_told_as_it_was_declared():
    tablet = SupplementIntake("magnesium oxide", 400, "compound")
    amount = tablet.nutrient_per_day
    held = Item(SUPPLEMENT, "magnesium_oxide", "Magnesium oxide, taken already", 1.0,
                "1 dose of 241.2 mg", 0.0, (), {"magnesium_mg": amount}, 0, 0,
                beside="taken")  # fmt: skip
    request = asking("levothyroxine:1", supplements=(tablet,))
    day = lines(with_pill(make_day(1), "dinner", held), request)
    assert day["Magnesium oxide"].amount == "241.2 mg of magnesium (400 mg of magnesium oxide)"


def test_each_eater_of_a_table_has_the_hours_of_ones_own_meals():
    shares = tuple(
        Share(name, 1.0, "1 serving", 180.0, lines, {}, 0.0)
        for name, lines in (("Ann", (("milk", 250.0),)), ("Ben", (("apple", 180.0),)))
    )
    shared = replace(APPLES, ingredients=(("milk", 250.0), ("apple", 180.0)), shares=shares)
    plan = replace(
        make_plan(1), days=(replace(make_day(1), meals=(Meal("breakfast", (shared,)),)),)
    )
    best = {
        name: {
            line.item: line.best
            for line in times_by_day(own_plan(plan, name), LEVOTHYROXINE, FOODS)[1].lines
        }["levothyroxine"]
        for name in ("Ann", "Ben")
    }
    # Ann's milk holds 312 mg of calcium: 4 h; Ben's apple asks for an hour before food
    assert best == {"Ann": "23:00", "Ben": "07:00"}
