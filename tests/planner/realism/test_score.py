"""The realism score on plates made by hand; thresholds are those of ``configs/realism.toml``."""

from dataclasses import replace

import pytest

from foods.food import Measure
from planner.candidates.dish import Dish, Ingredient, read_embedded_dishes
from planner.errors import ConfigError
from planner.plan.plan import Day, Item, Meal, Plan
from planner.realism.score import measures, read_realism_rules, score_plan
from planner.settings import read_settings
from tests.plates import food, table

RULES = read_realism_rules()
OATS = food("oats", group="whole_grains", energy_kcal=380.0)
MILK = food("milk", group="milk", energy_kcal=50.0, protein_g=3.4)
APPLE = food("apple", group="fruit", energy_kcal=52.0)
RAISINS = food("raisins", group="dried_fruit", energy_kcal=300.0)
NUTS = food("almonds", group="nuts", energy_kcal=600.0)
BEANS = food("beans", group="legumes", energy_kcal=130.0, protein_g=8.0)
RICE = replace(food("rice", group="refined_grains", energy_kcal=130.0), roles=frozenset({"starch"}))
BREAD = replace(
    food("bread", group="bread", energy_kcal=250.0),
    roles=frozenset({"starch"}),
    measures=(Measure("slice", 30.0),),
)
KALE = replace(
    food("kale", group="leafy_greens", energy_kcal=30.0),
    measures=(Measure("bunch", 200.0), Measure("cup", 20.0)),
)
CARROT = food("carrot", energy_kcal=35.0)
OIL = food("oil", group="fat_oil", energy_kcal=884.0)
SALT = food("salt", group="herb_spice", energy_kcal=0.0)
JAM = replace(food("jam", group="sweet"), roles=frozenset({"spread"}))
COLA = food("cola", group="drink", words=("flag:added_sugar",))
RARE = replace(food("teff"), popularity=3)
FLAKES = food("flakes", group="breakfast_cereal", words=("flag:cold_cereal",))
FISH = food("cod", group="fish", words=("origin:fish",), protein_g=20.0)
BUTTER = replace(food("peanut_butter", group="nut_butters"), roles=frozenset({"spread"}))
OATMEAL = replace(
    food("oatmeal", group="whole_grains"), base="oats", bought_as="oats", bought_g_per_100g=15.0
)
FOODS = table(
    BUTTER, OATMEAL, OATS, MILK, APPLE,
    RAISINS, NUTS, BEANS, RICE, BREAD, KALE, CARROT, OIL, SALT, JAM, COLA,
    RARE, FLAKES, FISH,
)  # fmt: skip


def dish(dish_id, kind="main", **changes):
    usual = {
        "dish_id": dish_id, "name": dish_id.replace("_", " ").capitalize(), "kind": kind,
        "slots": ("lunch", "dinner"), "cuisine": "any", "role": "", "servings": 1,
        "yield_g": 300.0, "minutes": 10, "active_minutes": 10, "protein": "legume",
        "starch": "rice", "tags": frozenset(), "keeps_days": 2, "taste": 1, "portions": "half",
        "ingredients": (Ingredient("beans", 150.0, "3/4 cup"),), "steps": ("Cook.",),
    }  # fmt: skip
    return Dish(**(usual | changes))


def served(name, masses, kind="dish", **changes):
    """An item of masses [g] by food id; energy and protein follow from them."""
    sums = {
        key: sum(g * (FOODS[f].per_100g.get(key) or 0.0) / 100 for f, g in masses.items())
        for key in ("energy_kcal", "protein_g")
    }
    mass_g = sum(masses.values())
    item = Item(kind, name, name, 1.0, "1 serving", mass_g, tuple(masses.items()), sums, 1.0, 5)
    return replace(item, **changes)


def single(food_id, mass_g):
    return served(food_id, {food_id: mass_g}, kind="food")


def plan_of(*days):
    """A plan; each day gives its items by slot."""
    made = []
    for number, slots in enumerate(days, start=1):
        meals = tuple(Meal(slot, tuple(items)) for slot, items in slots.items())
        kcal = sum(i.nutrients["energy_kcal"] for meal in meals for i in meal.items)
        made.append(Day(number, None, meals, {"energy_kcal": kcal}, None, 1.0))
    return Plan(tuple(made), {}, {}, None, 1.0, 1)


def only(part_id):
    return replace(RULES, parts={part_id: RULES.parts[part_id]})


def part(part_id, plan, *dishes, eater=None):
    return score_plan(plan, FOODS, dishes, only(part_id), eater).parts[0]


def values(part_id, plan, *dishes):
    return [case.value for case in part(part_id, plan, *dishes).cases]


PORRIDGE = served("porridge", {"oats": 50.0, "milk": 200.0, "apple": 90.0, "salt": 9.0})
STEW = served("stew", {"beans": 150.0, "carrot": 90.0, "oil": 9.0, "rice": 150.0})


def test_a_line_is_five_grams_of_a_food_and_no_fat_or_spice():
    # oats, milk, apple count; 9 g of salt and 4 g of raisins do not
    breakfast = [PORRIDGE, single("raisins", 4.0)]
    assert values("breakfast_lines", plan_of({"breakfast": breakfast})) == [3]


def test_the_same_food_in_two_dishes_of_a_meal_is_one():
    lunch = [STEW, served("salad", {"carrot": 80.0, "kale": 40.0})]
    # beans, carrot, rice, kale; over the day the apple of the snack, and carrots once
    day = {"lunch": lunch, "snack": [single("apple", 100.0)]}
    assert values("lunch_lines", plan_of(day)) == [4]
    assert values("distinct_foods", plan_of(day)) == [5]


def test_a_breakfast_has_a_grain_and_a_fruit_or_juice():
    plan = plan_of({"breakfast": [PORRIDGE]}, {"breakfast": [single("milk", 200.0)]})
    assert [case.holds for case in part("breakfast_grain", plan).cases] == [True, False]
    # 90 g apple of 40 g are 2.25 portions
    assert values("breakfast_fruit", plan) == [2.25, 0.0]


def test_nuts_may_be_more_on_a_day_of_more_energy():
    # 45 g of nuts: too many on a small day; 50 % more are fine on one of 3,000 kcal
    small = plan_of({"snack": [single("almonds", 45.0)]})
    large = plan_of({"snack": [single("almonds", 45.0)], "lunch": [single("oats", 718.5)]})
    assert not part("nuts_amount", small).holds
    assert part("nuts_amount", large).holds


def test_the_third_time_of_a_food_in_a_day_is_one_too_many():
    thrice = {slot: [STEW] for slot in ("breakfast", "lunch", "dinner")}
    found = part("food_day", plan_of(thrice))
    assert {case.value for case in found.cases} == {3}
    assert "beans, day 1: 3" in found.sentence


@pytest.mark.parametrize(("mass_g", "holds"), [(200.0, True), (240.0, False)])
def test_cooked_grain_is_a_cup_at_most(mass_g, holds):
    assert part("largest_lines", plan_of({"dinner": [single("rice", mass_g)]})).holds is holds


@pytest.mark.parametrize(
    ("items", "fits"),
    [
        ((("apple", 100.0),), True),
        ((("apple", 100.0), ("almonds", 20.0)), True),
        ((("raisins", 30.0), ("almonds", 20.0)), True),
        ((("almonds", 20.0),), False),
        ((("milk", 200.0),), False),
        ((("bread", 30.0), ("almonds", 15.0)), True),
    ],
)
def test_a_snack_is_a_fruit_or_a_known_pair(items, fits):
    plan = plan_of({"snack": [single(*one) for one in items]})
    assert part("snack_template", plan).holds is fits


def test_a_meal_has_one_starch_and_bread_may_stand_beside_it():
    curry = dish("curry")
    item = served("curry", {"beans": 150.0})
    bread, rice = single("bread", 60.0), single("rice", 150.0)
    plan = plan_of({"lunch": [item, bread], "dinner": [item, rice]})
    assert values("one_starch", plan, curry) == [0, 1]
    bare = dish("curry", starch="none")
    assert values("one_starch", plan, bare) == [0, 0]


def test_a_dish_with_its_starch_takes_two_sides_and_a_drink():
    item = served("curry", {"beans": 150.0})
    sides = [single("kale", 80.0), single("carrot", 80.0), single("apple", 100.0)]
    plan = plan_of({"lunch": [item, *sides[:2], single("milk", 200.0)], "dinner": [item, *sides]})
    assert values("sides", plan, dish("curry")) == [2, 3]


def test_a_spread_needs_something_to_be_spread_on():
    alone = plan_of({"breakfast": [single("jam", 20.0)]})
    on_bread = plan_of({"breakfast": [single("jam", 20.0), single("bread", 30.0)]})
    assert not part("spread_carrier", alone).holds
    assert part("spread_carrier", on_bread).holds


def test_a_porridge_carries_nut_butter_and_no_jam():
    bowl = {"oats": 50.0, "milk": 200.0}
    plan = plan_of(
        {"breakfast": [served("nutty", {**bowl, "peanut_butter": 15.0})]},
        {"breakfast": [served("sweet", {**bowl, "jam": 15.0})]},
    )
    assert [case.holds for case in part("spread_carrier", plan).cases] == [True, False]


def test_peanut_butter_in_a_sauce_is_no_spread():
    sauce = served("satay", {"beans": 150.0, "peanut_butter": 30.0})
    assert score_plan(plan_of({"dinner": [sauce]}), FOODS, (), only("spread_carrier")).parts == ()


@pytest.mark.parametrize(("oats_g", "holds"), [(234.0, True), (110.0, False), (400.0, False)])
def test_a_bowl_of_hot_cereal_is_as_large_as_usual(oats_g, holds):
    bowl = served("bowl", {"oatmeal": oats_g, "apple": 90.0})
    found = part("windows", plan_of({"breakfast": [bowl]}), dish("bowl", kind="breakfast"))
    assert [case.holds for case in found.cases] == [holds]


def test_a_leafy_salad_has_its_dressing():
    salad = dish("salad", kind="side", role="salad")
    dry, dressed = served("salad", {"kale": 60.0}), served("salad", {"kale": 60.0, "oil": 5.0})
    found = part("dressing", plan_of({"lunch": [dry], "dinner": [dressed]}), salad)
    assert [case.holds for case in found.cases] == [False, True]


def test_sides_of_another_kitchen_do_not_fit():
    dal = dish("dal", cuisine="indian")
    miso = dish("miso", kind="side", role="soup", cuisine="japanese")
    meal = [served("dal", {"beans": 150.0}), served("miso", {"carrot": 80.0})]
    assert part("cuisine", plan_of({"lunch": meal}), dal, miso).cases[0].note == "miso"


def test_cold_cereal_wants_its_milk_and_porridge_its_fruit():
    flakes = served("flakes_with_milk", {"flakes": 40.0, "milk": 200.0})
    dry = served("flakes_alone", {"flakes": 40.0, "milk": 50.0})
    plain = served("porridge", {"oats": 50.0, "milk": 200.0})
    plan = plan_of({"breakfast": [flakes]}, {"breakfast": [dry]}, {"breakfast": [plain]})
    known = [dish(name, kind="breakfast") for name in ("flakes_with_milk", "porridge")]
    assert [c.holds for c in part("cereal_milk", plan, *known).cases] == [True, False, False]


def test_a_savoury_porridge_is_set_aside_for_its_cuisine():
    congee = dish("congee", kind="breakfast", cuisine="chinese")
    item = served("congee", {"oats": 50.0, "milk": 200.0})
    found = part("cereal_milk", plan_of({"breakfast": [item]}), congee)
    assert found.holds
    assert found.set_aside == 1
    assert "1 set aside: a savoury porridge" in found.sentence


@pytest.mark.parametrize(("mass_g", "holds"), [(30.0, True), (45.0, True), (40.0, False)])
def test_slices_come_whole_or_halved(mass_g, holds):
    plan = plan_of({"breakfast": [single("bread", mass_g)]})
    assert part("unit_foods", plan).holds is holds


def test_a_sweet_drink_is_never_the_snack():
    beside, alone = {"lunch": [single("cola", 240.0)]}, {"snack": [single("cola", 240.0)]}
    assert values("sweet_drinks", plan_of(beside, alone)) == [1, 2]


def test_uncommon_foods_are_counted_by_day():
    assert values("uncommon", plan_of({"lunch": [single("teff", 60.0)]})) == [1]


def test_lunch_and_dinner_differ_unless_one_is_a_leftover():
    item = served("curry", {"beans": 150.0})
    left = replace(item, leftover_of=1)
    plan = plan_of({"lunch": [item], "dinner": [item]}, {"lunch": [left], "dinner": [item]})
    found = part("lunch_dinner", plan, dish("curry"))
    # the beans and the rice; the second day is a planned leftover and no case
    assert [(case.value, case.note) for case in found.cases] == [(2, "beans, rice")]


def test_rice_twice_a_day_is_set_aside_where_it_is_usual():
    item = served("curry", {"beans": 150.0})
    plan = plan_of({"lunch": [item], "dinner": [item]})
    assert part("lunch_dinner", plan, dish("curry", cuisine="indian")).set_aside == 1


def test_the_same_breakfast_four_times_is_monotony():
    days = [{"breakfast": [PORRIDGE]}] * 4 + [{"breakfast": [STEW]}] * 3
    found = part("same_breakfast", plan_of(*days))
    assert {case.where: case.holds for case in found.cases} == {"porridge": False, "stew": True}


def test_a_main_dish_twice_is_monotony_and_a_leftover_is_not():
    item = served("curry", {"beans": 150.0})
    days = [{"dinner": [item]}, {"lunch": [replace(item, leftover_of=1)]}, {"dinner": [item]}]
    week = [*days, *({"snack": [single("apple", 100.0)]} for _ in range(4))]
    assert values("same_main", plan_of(*week), dish("curry")) == [2]


def test_a_dinner_like_the_one_before_is_noticed():
    item = served("curry", {"beans": 150.0})
    fish = served("fish", {"cod": 120.0})
    plan = plan_of({"dinner": [item]}, {"dinner": [item]}, {"dinner": [fish]})
    known = (dish("curry"), dish("fish", protein="fish"))
    assert values("running_protein", plan, *known) == [1.0, 0.0]


def test_an_amount_no_cup_comes_near_to_is_odd():
    # a cup of carrot is 100 g: half of it is 50 g, and 6 g is no amount of cups or spoons there
    plan = plan_of({"lunch": [single("carrot", 50.0), single("bread", 7.0)]})
    assert [case.holds for case in part("odd_amounts", plan).cases] == [True, False]


def test_a_bunch_for_one_meal_is_an_orphan_and_for_two_is_not():
    once, twice = [{"lunch": [single("kale", 20.0)]}], [{"lunch": [single("kale", 20.0)]}] * 2
    assert values("orphans", plan_of(*once)) == [0.1]
    assert part("orphans", plan_of(*twice)).holds


def test_a_part_counts_nothing_from_half_of_its_cases_missed():
    full, bare = {"breakfast": [PORRIDGE]}, {"breakfast": [single("apple", 100.0)]}
    rules = replace(RULES, parts={"breakfast_grain": RULES.parts["breakfast_grain"]})
    # one of four missed: 1 - 0.25 / 0.5 = one half, so 5 of 10; two of four: nothing
    assert score_plan(plan_of(full, full, full, bare), FOODS, (), rules).score == 5.0
    assert score_plan(plan_of(full, full, bare, bare), FOODS, (), rules).score == 0.0


def test_what_nobody_planned_is_no_part():
    found = score_plan(plan_of({"breakfast": [PORRIDGE]}), FOODS, ())
    assert "dinner_lines" not in {one.part_id for one in found.parts}


def test_the_dearest_miss_is_told_first():
    plan = plan_of({"breakfast": [PORRIDGE], "lunch": [STEW], "snack": [single("milk", 200.0)]})
    misses = score_plan(plan, FOODS, ()).misses()
    lost = [(1 - one.kept) * one.weight for one in misses]
    assert lost == sorted(lost, reverse=True)


def test_all_25_edible_rules_have_a_part_with_a_known_source():
    named = " ".join(str(rule["refs"]) for rule in RULES.parts.values())
    numbers = {int(word.strip(",")) for word in named.split() if word.strip(",").isdigit()}
    assert numbers == set(range(1, 26))
    sources = read_settings("realism.toml")["sources"]
    assert all(rule["source"] in sources for rule in RULES.parts.values())


def test_every_measure_judges_some_part():
    assert {rule["measure"] for rule in RULES.parts.values()} == set(measures())


def test_cuisines_set_aside_are_those_of_dishes_and_say_why():
    known = {one.cuisine for one in read_embedded_dishes()}
    for rule in RULES.parts.values():
        assert set(rule.get("set_aside", ())) <= known
        assert ("set_aside" in rule) == ("because" in rule)


def test_a_part_without_a_measure_is_a_clear_error(monkeypatch):
    broken = {**read_settings("realism.toml"), "part": {"odd": {"measure": "nothing"}}}
    monkeypatch.setattr("planner.realism.score.read_settings", lambda _: broken)
    with pytest.raises(ConfigError, match=r"part odd lacks per, refs"):
        read_realism_rules.__wrapped__()
