"""What may stand for what in a recipe, and for whom it does."""

import itertools
import re
from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import Dish, Ingredient, allergens_of, read_embedded_dishes
from planner.candidates.exchanges import (
    Exchange,
    exchanges_for,
    foods_better_without,
    hot_foods,
    read_exchanges,
    reworded,
    standing_for,
    with_exchanges,
)
from planner.candidates.names import find_left_out
from planner.candidates.servings import mass_per_food, odd_pieces
from planner.request.diets import find_diet
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.request import PlanRequest, WeekOptions
from planner.settings import read_settings
from planner.table.choice import cooked_for
from tests.exchanged import AVOIDED, foods_in, those_without
from tests.one_eater import plan_meals

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
BY_ID = {one.dish_id: one for one in DISHES}
FOODS_OF_A_KIND = {food for row in read_exchanges() if row.is_one_of_a_kind for food in row.foods}
WORDS_OF = {  # words of steps that name what is left out, and words before which they do not
    "milk": (
        r"milk|butter|yogurt|cream|parmesan|cheddar",
        "soy|oat|rice|coconut|peanut|almond|seed|cashew|ice|tofu",
    ),
    "gluten": (
        r"flour|soy sauce|worcestershire sauce|crispbreads?|crackers|egg noodles",
        "rice|corn|chickpea|buckwheat",
    ),
    "nuts": (r"walnuts?|almonds?|cashews?|peanuts?|pecans?|hazelnuts?|pistachios?|pine nuts", ""),
    "sesame": (r"sesame|tahini", ""),
    "fish": (r"fish sauce|worcestershire sauce|anchov\w+", ""),
}


def exchanged(name):
    """Give the dishes in which another food stands for who leaves that out."""
    out = AVOIDED[name]
    held = [one for one in those_without(name) if foods_in(BY_ID[one.dish_id]) & out]
    return [one for one in held if not foods_in(one) & out]


@pytest.mark.parametrize("name", AVOIDED)
def test_a_dish_is_exchanged_wholly_or_stays_as_it_is_written(name):
    rows = (row for row in read_exchanges() if row.is_usual or row.is_one_of_a_kind)
    usual = {row.instead for row in rows}
    assert exchanged(name)
    for one in those_without(name):
        came = foods_in(one) - foods_in(BY_ID[one.dish_id]) - usual
        assert not came or not foods_in(one) & AVOIDED[name]


@pytest.mark.parametrize("pair", [*itertools.combinations(AVOIDED, 2)], ids=" ".join)
def test_allergens_are_those_of_what_is_in_it_for_two_wishes_at_once_too(pair):
    avoided = AVOIDED[pair[0]] | AVOIDED[pair[1]]
    for one in with_exchanges(DISHES, [avoided]):
        held = frozenset().union(*(FOODS[line.food_id].allergens for line in one.ingredients))
        assert allergens_of(one, FOODS) == held
        is_written = foods_in(one) == foods_in(BY_ID[one.dish_id])
        assert is_written or not foods_in(one) & avoided or exchanges_for(one, avoided) is None


@pytest.mark.parametrize("name", WORDS_OF)
def test_no_step_names_what_is_no_longer_there(name):
    words, before = WORDS_OF[name]
    apart = "".join(rf"(?<!{one} )" for one in before.split("|") if one)
    wrong = re.compile(rf"(?<!-){apart}\b(?:{words})\b(?! beans| seed| shell)", re.IGNORECASE)
    said = [
        (one.dish_id, found[0])
        for one in exchanged(name)
        for text in (one.name, *one.steps)
        for found in wrong.finditer(text)
        if not names_what_is_held(found[0], one)
    ]
    assert not said


def names_what_is_held(word, dish):
    """Whether a food of the dish has the word in its name: sesame oil where the seeds went."""
    return any(word.lower().rstrip("s") in FOODS[one].name.lower() for one in foods_in(dish))


def test_who_avoids_nothing_has_every_dish_as_it_was():
    usual = with_exchanges(DISHES, [frozenset()])
    alcohol = frozenset({"beer", "red_wine", "white_wine"})
    assert with_exchanges(DISHES, [alcohol]) == usual
    assert not any("gluten-free" in one.name for one in usual)


def test_the_name_says_what_stands_there():
    free, vegan = those_without("gluten"), those_without("vegan")
    names = {one.dish_id: one.name for one in (*vegan, *free)}
    assert names["spaghetti_bolognese_beef"] == "Spaghetti bolognese, with gluten-free pasta"
    assert names["rye_bread_dill_butter"] == "Gluten-free bread with butter and dill"
    names = {one.dish_id: one.name for one in vegan}
    wanted = "Corn flakes with soy drink, banana and strawberries"
    assert names["corn_flakes_milk_banana"] == wanted


@pytest.mark.parametrize(
    ("name", "dish_id", "went", "came", "called"),
    [
        ("whole-wheat pasta", "chicken_spinach_tomato_penne", "whole_wheat_pasta_cooked",
         "pasta_cooked", "Penne with chicken, tomato and spinach"),
        ("white pasta", "spaghetti_puttanesca", "pasta_cooked", "whole_wheat_pasta_cooked",
         "Spaghetti puttanesca, with whole-wheat pasta"),
        ("brown rice", "beef_taco_rice_bowl", "brown_rice_cooked", "white_rice_cooked",
         "Beef taco bowl with white rice"),
        ("brown rice", "tofu_bibimbap", "brown_rice_cooked", "white_rice_cooked",
         "Tofu bibimbap with sesame vegetables"),
        ("white rice", "chicken_fried_rice", "white_rice_cooked", "brown_rice_cooked",
         "Chicken fried rice, with brown rice"),
        ("whole-wheat bread", "toast_chive_butter", "bread_whole_wheat", "bread_white",
         "Toast with chive butter"),
        ("white bread", "blt_sandwich", "bread_white", "bread_whole_wheat", "BLT sandwich"),
        ("whole-wheat pita", "shakshuka_whole_wheat_pita", "pita_whole_wheat", "pita_white",
         "Shakshuka with pita"),
        ("whole-wheat roll", "lentil_sloppy_joes", "roll_whole_wheat", "roll_white",
         "Lentil sloppy joes with carrot sticks"),
    ],
)  # fmt: skip
def test_white_and_whole_grain_stand_for_each_other(name, dish_id, went, came, called):
    made = next(one for one in those_without(name) if one.dish_id == dish_id)
    assert went not in foods_in(made)
    assert came in foods_in(made)
    assert made.name == called
    held = went.removesuffix("_cooked").replace("whole_wheat", "whole-wheat").replace("_", " ")
    assert held == "pasta" or not any(held in step.lower() for step in made.steps)


def test_who_avoids_gluten_or_wheat_has_no_white_pasta_for_whole_grain():
    wheatless = with_exchanges(DISHES, [find_left_out("wheat", FOODS, DISHES).food_ids])
    for cooked in (those_without("gluten"), wheatless):
        (penne,) = (one for one in cooked if one.dish_id == "chicken_spinach_tomato_penne")
        assert "corn_pasta_cooked" in foods_in(penne)


def test_rice_that_cooks_in_a_pot_with_others_stays_as_it_is():
    brown = {one.dish_id: one for one in those_without("brown rice")}
    white = {one.dish_id: one for one in those_without("white rice")}
    for dish_id in ("arroz_con_pollo_verde", "paella_butter_beans_artichokes"):
        assert "brown_rice_cooked" in foods_in(brown[dish_id])
    assert "white_rice_cooked" in foods_in(white["mushroom_risotto_parmesan"])


def test_what_makes_a_dish_is_not_exchanged():
    vegan = {one.dish_id: one for one in those_without("vegan")}
    free = {one.dish_id: one for one in those_without("gluten")}
    nutless = {one.dish_id: one for one in those_without("nuts")}
    assert "ground_beef_lean_cooked" in foods_in(vegan["spaghetti_bolognese_beef"])
    assert "flour_white" in foods_in(free["pizza_margherita"])
    assert "cashews" in foods_in(nutless["cashew_chicken_stir_fry_brown_rice"])
    mushrooms = {one.dish_id: one for one in those_without("mushrooms")}
    assert "mushrooms_cooked" in foods_in(mushrooms["mushroom_risotto_parmesan"])
    assert "zucchini_cooked" in foods_in(mushrooms["turkey_shepherds_pie"])


def test_a_slice_stands_for_a_slice():
    # two slices of whole-wheat bread of 32 g are two of 35 g
    for name, grams in (("bread_whole_wheat", 64.0), ("bread_rye", 64.0), ("bread_white", 58.0)):
        row = next(
            r for r in standing_for(name, sandwich(name, grams)) if "gluten_free" in r.instead
        )
        assert grams * row.foods[name] == pytest.approx(70.0, rel=0.001)


def sandwich(bread, mass_g):
    written = BY_ID["tuna_salad_sandwich"]
    lines = (Ingredient(bread, mass_g, "2 slices"),)
    return Dish(**{**{f: getattr(written, f) for f in written.__slots__}, "ingredients": lines})


COUNTED = re.compile(r"(\d+) (?:large |small )?(slice|roll|tortilla|pita|muffin|bagel|pot)s?\b")


@pytest.mark.parametrize("name", [*AVOIDED, ""])
def test_what_is_counted_stays_counted_whatever_stands_for_it(name):
    dishes = those_without(name) if name else with_exchanges(DISHES, [frozenset()])
    changed, counted = [one for one in dishes if one not in DISHES], 0
    assert changed
    for dish in changed:
        assert odd_pieces(dish, FOODS, 1.0) == (), dish.dish_id
        for line in set(dish.ingredients) - set(BY_ID[dish.dish_id].ingredients):
            if (said := COUNTED.match(line.measure)) is not None:
                pieces = [one.mass_g for one in FOODS[line.food_id].measures]
                pieces += [float(one) for one in re.findall(r"(\d+) g", line.measure)]
                piece_g = line.mass_g / int(said[1])
                assert piece_g in [pytest.approx(one, rel=0.05) for one in pieces], dish.dish_id
                counted += 1
    assert counted or name not in {"gluten", "whole-wheat bread"}


@pytest.mark.parametrize("name", sorted(AVOIDED))
def test_what_is_done_afresh_to_a_kept_portion_is_done_to_what_stands_in_its_place(name):
    for dish in those_without(name):
        usual = BY_ID[dish.dish_id]
        done = [(one.fresh, one.fresh_share, one.whole) for one in usual.ingredients]
        assert [(one.fresh, one.fresh_share, one.whole) for one in dish.ingredients] == done, dish


def test_every_row_is_used_and_names_foods_of_the_table():
    used = {
        row
        for dish in (*DISHES, *with_exchanges(DISHES, [frozenset()]))
        for food_id in foods_in(dish)
        for row in standing_for(food_id, dish)
    }
    for row in read_exchanges():
        assert row.is_usual or row in used, row.instead
        is_spice = set(row.foods) == {"garlic_powder"}  # whose place nothing takes
        assert row.instead in FOODS or (not row.instead and (row.is_mild or is_spice))
        assert set(row.foods) <= set(FOODS.foods)
        assert all(share > 0 for share in row.foods.values())


HOT_WORDS = re.compile(r"\b(?:chil(?:i|ies)|cayenne|jalapeños?|spicy|fiery)\b", re.IGNORECASE)
HOT_OR_NOTHING = {
    "berbere_lentils_teff_collards", "buffalo_tofu_wrap_celery", "edamame_lime_chili",
    "jerk_chicken_rice_pigeon_peas", "kung_pao_tofu_peanuts", "mapo_tofu_mushrooms",
    "pasta_white_beans_kale", "popcorn_chili_pumpkin_seeds",
}  # fmt: skip


def mild_dishes(*avoided):
    """Give (as others have it, for a child) of every dish that is hot."""
    usual = with_exchanges(DISHES, [frozenset()])
    mild = with_exchanges(DISHES, [frozenset(avoided)], [True])
    pairs = zip(usual, mild, strict=True)
    return [(one, made) for one, made in pairs if "spicy" in one.tags]


def test_what_is_hot_is_mild_for_a_child_but_for_what_is_hot_or_nothing():
    assert {one.dish_id for one, made in mild_dishes() if "spicy" in made.tags} == HOT_OR_NOTHING
    for one, made in mild_dishes():
        is_mild = one.dish_id not in HOT_OR_NOTHING
        assert made.name == (f"{one.name}, mild" if is_mild else one.name)
        assert is_mild or foods_in(BY_ID[one.dish_id]) & hot_foods() <= foods_in(made)


@pytest.mark.parametrize("avoided", [(), ("paprika",), ("red_pepper_raw",), ("green_pepper_raw",)])
def test_nothing_hot_is_left_in_list_steps_or_nutrients_of_a_mild_dish(avoided):
    heat = read_settings("dishes.toml")["heat"]
    for one, made in mild_dishes(*avoided):
        if "spicy" in made.tags:
            continue
        grams = mass_per_food(made)
        hot_g = sum(heat["foods"].get(food, 0.0) * mass for food, mass in grams.items())
        assert hot_g <= heat["most_mild_g"], one.dish_id
        assert not hot_foods() & grams.keys()
        went = hot_foods() & mass_per_food(one).keys()
        assert went, one.dish_id
        assert made.yield_g - one.yield_g == pytest.approx(
            sum(line.mass_g for line in made.ingredients)
            - sum(line.mass_g for line in one.ingredients)
        )
        # a chili stays one that is called so: the pot of beans, never the pod
        pot = re.compile(r"(?:the|For the) chili\b|chilis\b", re.IGNORECASE)
        is_pot = "chili" in one.name.lower().replace("mild", "")
        for step in made.steps:
            said = pot.sub("", step) if is_pot else step
            assert not HOT_WORDS.search(said), (one.dish_id, step)


def test_what_comes_into_a_mild_dish_is_named_by_its_steps_or_their_spices():
    for one, made in mild_dishes():
        came = foods_in(made) - foods_in(one)
        told = " ".join(made.steps).lower()
        for food_id in came & {"green_pepper_raw", "red_pepper_raw"}:
            assert food_id.removesuffix("_raw").replace("_", " ") in told, one.dish_id


def test_a_mild_dish_is_exchanged_for_other_wishes_too():
    free = {made.dish_id: made for _, made in mild_dishes(*AVOIDED["gluten"])}
    puttanesca = free["spaghetti_puttanesca"]
    assert puttanesca.name == "Spaghetti puttanesca, with gluten-free pasta, mild"
    assert not foods_in(puttanesca) & AVOIDED["gluten"]
    kuru = free["kuru_fasulye_bulgur"]  # nothing stands for its bulgur, so that it stays as it is
    assert "spicy" in kuru.tags
    other = {made.dish_id: made for _, made in mild_dishes("paprika", "red_pepper_raw")}
    assert "spicy" in other["tofu_pad_thai"].tags  # nothing may stand for the cayenne
    assert "green_pepper_raw" in foods_in(other["gado_gado_tofu_egg"])
    assert "spicy" not in other["chicken_larb_brown_rice"].tags


def test_a_table_with_a_child_has_one_mild_pot_and_bowls_of_each():
    both = [frozenset(), frozenset()]
    cooked = {one.dish_id: one for one in with_exchanges(DISHES, both, [False, True])}
    assert "spicy" not in cooked["chana_masala_kale"].tags
    assert "spicy" in cooked["chilaquiles_black_beans"].tags  # a breakfast
    assert "spicy" in cooked["tofu_banh_mi"].tags  # each fills his own
    assert with_exchanges(DISHES, both, [False, False]) == with_exchanges(DISHES, [frozenset()])


def test_who_leaves_out_one_of_two_hot_foods_has_no_mild_dish():
    out = {one.dish_id: one for one in with_exchanges(DISHES, [frozenset({"jalapeno"})])}
    shiro = out["shiro_wat_collards"]
    assert "jalapeno" not in foods_in(shiro)
    assert "spicy" in shiro.tags
    assert not shiro.name.endswith("mild")


def test_words_are_whole_and_the_longest_goes_first():
    row = Exchange("olive_oil", {}, {"butter": "oil", "peanut butter": "peanut butter"})
    said = "Butter and peanut butter, buttered: half of the butter."
    assert reworded(said, (row,)) == "Oil and peanut butter, buttered: half of the oil."


def test_a_pot_for_all_is_cooked_for_who_needs_it_and_a_bowl_is_his_own():
    both = [frozenset(), AVOIDED["gluten"]]
    cooked = {one.dish_id: one for one in with_exchanges(DISHES, both)}
    assert "corn_pasta_cooked" in foods_in(cooked["spaghetti_bolognese_beef"])
    assert "bread_whole_wheat" in foods_in(cooked["peanut_butter_banana_toast"])
    assert "bread_whole_wheat" in foods_in(cooked["tuna_salad_sandwich"])


def test_gluten_free_bread_is_not_for_who_avoids_egg_at_the_same_table():
    both = [AVOIDED["egg"], AVOIDED["gluten"]]
    cooked = {one.dish_id: one for one in with_exchanges(DISHES, both)}
    assert "bread_sourdough" in foods_in(cooked["caprese_sourdough"])


def test_who_does_not_bear_lactose_drinks_milk_without_it():
    who = PlanRequest(Profile("f", 41, conditions=("lactose intolerance",)))
    cooked = {one.dish_id: one for one in cooked_for({"": who}, FOODS, DISHES)}
    assert foods_better_without(["lactose_intolerance"])
    assert "milk_lactose_free" in foods_in(cooked["corn_flakes_milk_banana"])


def test_a_vegan_may_have_what_was_exchanged():
    out = find_diet("vegan").without_origin
    for one in exchanged("vegan"):
        assert not any(FOODS[food_id].origin & out for food_id in foods_in(one))


def foods_of(report):
    return {
        food for day in report.plan.days for item in day.items() for food, _ in item.ingredients
    }


def test_where_nobody_avoids_gluten_the_usual_food_stands_in_its_place():
    dishes = DISHES
    free = {"tamari", "rolled_oats_gluten_free", "oatmeal_gluten_free_cooked"}
    usual = with_exchanges(dishes, [frozenset()])
    assert free <= {line.food_id for dish in dishes for line in dish.ingredients}
    assert not free & {line.food_id for dish in usual for line in dish.ingredients}
    told = " ".join(step for dish in usual for step in dish.steps).lower()
    assert "tamari" not in told
    assert "gluten-free oats" not in told


def test_what_somebody_at_the_table_leaves_out_takes_no_ones_place():
    dishes = DISHES
    drinks = frozenset({"soy_sauce", "milk_lowfat", "yogurt_lowfat"})
    cooked = {one.dish_id: one for one in with_exchanges(dishes, [drinks])}
    held = {line.food_id for one in dishes for line in one.ingredients}
    assert {"tamari", "soy_yogurt", "soy_drink_unsweetened"} <= held
    for dish in dishes:
        free = foods_in(dish) & {"tamari", "soy_yogurt", "soy_drink_unsweetened"}
        assert free <= foods_in(cooked[dish.dish_id])


def test_who_drinks_milk_has_it_in_porridge_and_a_soup_of_soy_drink_stays_one():
    usual = {dish.dish_id: dish for dish in with_exchanges(DISHES, [frozenset()])}
    rings, kinds = usual["oat_rings_banana_soy"], ("breakfast", "snack", "dessert")
    assert rings.name == "Toasted oat rings with milk and banana"
    assert "milk_lowfat" in {line.food_id for line in rings.ingredients}
    assert not any("soy drink" in step for step in rings.steps)
    drinks = {"soy_drink", "soy_drink_unsweetened", "oat_drink", "rice_drink"}
    left = [one for one in usual.values() if drinks & {line.food_id for line in one.ingredients}]
    assert left
    assert not [one.dish_id for one in left if one.kind in kinds]


def test_a_vegan_at_the_table_keeps_soy_drink_in_the_porridge_of_all():
    bea = PlanRequest(Profile("f", 35), preferences=Preferences(diet="vegan"))
    asked = {"Ann": PlanRequest(Profile("f", 41)), "Bea": bea}
    dishes = {one.dish_id: one for one in cooked_for(asked, FOODS, DISHES)}
    held = {line.food_id for line in dishes["oat_rings_banana_soy"].ingredients}
    assert "soy_drink_unsweetened" in held


def test_days_without_gluten_hold_none_and_usual_ones_no_food_free_from_it():
    usual = PlanRequest(Profile("f", 41), week=WeekOptions(days=3))
    free = plan_meals(replace(usual, preferences=Preferences(without=("gluten",))))
    usual = plan_meals(usual)
    assert free.check.passed
    assert usual.check.passed
    assert not any("gluten" in FOODS[one].allergens for one in foods_of(free))
    assert not {"tamari", "rolled_oats_gluten_free"} & foods_of(usual)


def kept_of(asked=(), avoided=()):
    """Give the dishes of who asks for some foods and avoids others, by id."""
    made = with_exchanges(DISHES, [frozenset(avoided)], (), frozenset(asked))
    return {one.dish_id: one for one in made}


def test_what_is_one_of_its_kind_stands_in_every_dish_that_is_not_named_after_another():
    made = kept_of()
    wrap, salad = made["egg_avocado_breakfast_wrap"], made["arugula_parmesan_lemon"]
    assert "spinach_raw" in foods_in(wrap)
    assert "arugula" not in foods_in(wrap)
    assert "arugula" in foods_in(salad)
    gone = [food_id for one in made.values() for food_id in foods_in(one)]
    for food_id in ("milk_reduced_fat", "chicken_stock", "almonds_slivered", "shallot"):
        assert gone.count(food_id) < sum(food_id in foods_in(one) for one in DISHES) / 2


def test_no_name_changes_by_what_is_one_of_its_kind_and_no_text_names_what_went():
    usual = with_exchanges(DISHES, [frozenset()], (), frozenset(FOODS_OF_A_KIND))
    for before, after in zip(usual, kept_of().values(), strict=True):
        assert after.name == before.name
        went = foods_in(before) - foods_in(after)
        came = foods_in(after) - foods_in(before)
        rows = [row for row in read_exchanges() if went & set(row.foods) and row.instead in came]
        for step in after.steps:
            assert reworded(step, tuple(rows)) == step, before.dish_id
        for row in rows:  # its words are about all of it
            assert not foods_in(after) & set(row.foods), before.dish_id


def test_who_asks_for_another_of_a_kind_or_avoids_the_usual_one_keeps_what_is_written():
    for made in (kept_of(asked={"arugula"}), kept_of(avoided={"spinach_raw"})):
        assert "arugula" in foods_in(made["egg_avocado_breakfast_wrap"])
    liked = Preferences(like={"arugula": 2})
    eater = PlanRequest(profile=Profile(sex="f", age_y=40), preferences=liked)
    cooked = {one.dish_id: one for one in cooked_for({"": eater}, FOODS, DISHES)}
    assert "arugula" in foods_in(cooked["egg_avocado_breakfast_wrap"])


def test_nothing_is_said_twice_where_one_stands_for_the_other():
    usual = with_exchanges(read_embedded_dishes(), [frozenset()])
    twice = re.compile(r"\b(parsley|cilantro|milk|cheddar|feta|spinach)(?:,| and)(?: the)? \1\b")
    assert not [one.dish_id for one in usual for step in one.steps if twice.search(step)]


def test_what_is_used_up_stands_for_its_kind_in_dishes_named_after_another_too():
    chard, pasta = "chard_cooked", "whole_wheat_pasta_cooked"
    used = frozenset({chard, pasta})
    made = {one.dish_id: one for one in with_exchanges(DISHES, [frozenset()], (), used, used)}
    assert made["pasta_white_beans_kale"].name.endswith("with white beans, chard and chili")
    assert chard in foods_in(made["braised_chicken_lentils_spinach"])
    assert pasta in foods_in(made["creamy_tomato_spinach_pasta"])
    none = {one.dish_id: one for one in with_exchanges(DISHES, [used], (), used, used)}
    assert not used & foods_in(none["pasta_white_beans_kale"])  # who avoids it does not get it
