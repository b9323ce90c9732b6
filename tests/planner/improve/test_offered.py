"""What may be changed into what in a day or a recipe: data, plates, roles and amounts."""

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.servings import food_portions
from planner.improve.change import (
    ADD,
    AMOUNT,
    BY_ENERGY,
    BY_MEASURE,
    SWAP,
    Choice,
    additions,
    families,
    offered_changes,
)
from planner.improve.next_meal import GivenRecipe, improve_recipe, read_recipe_changes
from tests.diaries import a_day, all_dishes, dash_days

FOODS = read_embedded_foods()


def choice(*may_come):
    ids = frozenset(may_come or FOODS.foods)
    return Choice(FOODS, {one.dish_id: one for one in all_dishes()}, ids)


def changes_of(diary, *may_come):
    return tuple(offered_changes(diary, choice(*may_come)))


def test_an_egg_breakfast_gets_no_lentils():
    day = a_day(breakfast=[("egg_scrambled", 2, "large"), ("bread_white", 1, "slice")])
    come = {one.come.item_id for one in changes_of(day) if one.come and one.slot == "breakfast"}
    assert come
    savory = {"legumes", "soy", "fish", "poultry", "red_meat", "vegetables"}
    assert not savory & {FOODS[one].group for one in come}
    beans = changes_of(day, "quinoa_cooked")
    assert {one.come.item_id for one in beans if one.action in (SWAP, ADD)} <= {"quinoa_cooked"}
    assert not any(one.action == SWAP and one.gone.item_id == "egg_scrambled"
                   for one in changes_of(day))  # fmt: skip


def test_a_glass_of_milk_becomes_a_drink_or_less_milk():
    day = a_day(breakfast=[("milk_whole", 1, "cup"), ("corn_flakes", 1, "cup")])
    of_milk = [one for one in changes_of(day) if one.gone and one.gone.item_id == "milk_whole"]
    assert {one.action for one in of_milk} == {SWAP, AMOUNT}
    assert {FOODS[one.come.item_id].group for one in of_milk} == {"milk", "plant_drink"}
    assert {one.come.amount for one in of_milk if one.action == AMOUNT} == {"1/2 cup"}


def test_what_comes_of_a_food_is_a_usual_amount_of_it():
    for diary in dash_days().values():
        for change in changes_of(diary):
            if change.action in (SWAP, ADD) and change.come.kind == "food":
                food = FOODS[change.come.item_id]
                step_g = food.serving.step * food.serving.measure.mass_g
                steps = change.come.mass_g / step_g
                assert abs(steps - round(steps)) * step_g <= 0.51, change.come
            if change.action == ADD:
                usual = {one.mass_g for one in food_portions(food)}
                assert change.come.mass_g in usual


def test_what_a_dish_is_made_around_stays():
    """Cheese with ham or beans, chickpeas with feta, applesauce with pork, potato with steak."""
    oz, cup = "oz", "cup"
    for slot, kept, beside in (
        ("lunch", ("swiss_cheese", 1, oz), ("ham", 2, oz)),
        ("lunch", ("monterey_jack", 1, oz), ("black_beans_cooked", 1, cup)),
        ("lunch", ("chickpeas_cooked", 1, cup), ("feta", 1, oz)),
        ("dinner", ("applesauce", 1, cup), ("pork_tenderloin_roasted", 3, oz)),
        ("dinner", ("potato_boiled", 1, cup), ("beef_sirloin_broiled", 3, oz)),
    ):
        other = {one.come.item_id for one in changes_of(a_day(**{slot: [kept, beside]}))
                 if one.action == SWAP and one.gone.item_id == kept[0]}  # fmt: skip
        assert other <= {"potato_baked", "sweet_potato_baked"}, kept


def test_taking_dairy_or_calcium_alone_is_the_last_resort_and_asks_more():
    day = a_day(
        breakfast=[("milk_lowfat", 1, "cup"), ("corn_flakes", 1, "cup")],
        lunch=[("bread_rye", 2, "slice"), ("swiss_cheese", 1, "oz")],
        snack=[("yogurt_lowfat", 1, "cup")],
    )
    found = {
        (one.action, one.gone.item_id, one.subject): one for one in changes_of(day) if one.gone
    }
    last = {key for key, one in found.items() if one.is_last_resort}
    assert last >= {
        ("amount", "milk_lowfat", "milk_lowfat"),
        ("swap", "milk_lowfat", "soy_drink_unsweetened"),
        ("remove", "swiss_cheese", "swiss_cheese"),
        ("swap", "yogurt_lowfat", "greek_yogurt_lowfat"),
    }
    assert ("swap", "bread_rye", "bread_whole_wheat") not in last
    assert min(found[key].points for key in last) > max(
        one.points for key, one in found.items() if key[0] == "swap" and key not in last
    )


def test_a_dish_stays_or_becomes_its_like():
    diary = dash_days()[7]
    dishes = {one.dish_id: one for one in all_dishes()}
    of_dish = [one for one in changes_of(diary) if one.gone and one.gone.kind == "dish"]
    assert of_dish
    for one in of_dish:
        assert one.action in (SWAP, AMOUNT)
        old, new = dishes[one.gone.item_id], dishes[one.come.item_id]
        assert (old.kind, old.role, old.protein) == (new.kind, new.role, new.protein)


SHUNNED = {"oxalate_green", "brazil_nut", "liver", "high_mercury", "raw_sprouts", "uncommon"}


def test_families_and_additions_are_of_usual_foods_of_the_catalogue():
    for family in families():
        assert {*family.come, *family.gone} <= {*FOODS.foods}
        assert family.by in (BY_MEASURE, BY_ENERGY)
        assert family.points >= 0
        assert not any(FOODS[one].flags & SHUNNED for one in family.come), family.name
    for row in additions():
        assert all(FOODS[one].serving.amounts()[0] <= row.most for one in row.foods)
        assert not any(FOODS[one].flags & SHUNNED for one in row.foods), row.says
        assert row.meals
        assert row.points >= 0
    for row in read_recipe_changes():
        assert all(one in FOODS for one in (*row.gone, *row.comes, *row.adds)), row


def test_a_drink_stands_for_a_drink_and_bread_for_bread():
    drinks = {"milk", "plant_drink", "drink", "fruit_juice"}
    for family in families():
        gone, come = ({FOODS[one].group for one in own} for own in (family.gone, family.come))
        if come & {"milk", "plant_drink"}:
            assert gone <= drinks, family.name
        if come & {"bread"}:
            assert gone <= {"bread", "snack"}, family.name
        if gone & {"egg", "fish", "poultry", "red_meat"}:
            assert come <= {"egg", "fish", "poultry", "red_meat"}, family.name


LASAGNE = GivenRecipe(
    "Lasagne",
    4,
    {"pasta_cooked": 400.0, "ground_beef_lean_cooked": 300.0, "mozzarella_part_skim": 200.0},
)


def test_a_recipe_stays_what_it_is_and_gains_magnesium():
    found = improve_recipe(LASAGNE, FOODS)
    assert "whole-wheat pasta" in found.changes[0][0].text
    # 100 g of pasta a serving: 54 mg instead of 18
    alone = found.changes[0][1]["magnesium_mg"] - found.before["magnesium_mg"]
    assert alone == pytest.approx(36, abs=1)
    assert found.together["magnesium_mg"] > found.before["magnesium_mg"] + 36
    assert 2 <= len(found.changes) <= 3


def test_a_share_of_the_meat_goes_and_as_much_comes():
    row = next(one for one in read_recipe_changes() if "lentils" in one.text)
    made = row.made(LASAGNE)
    assert made["lentils_cooked"] == pytest.approx(99.9)  # 0.333 of 300 g
    assert made["ground_beef_lean_cooked"] == pytest.approx(200.1)
    assert not row.fits(LASAGNE, FOODS, {"lentils_cooked"})  # nothing comes that is avoided
