"""The judge reads names and recipes as the planner does, and finds what is left out."""

from types import SimpleNamespace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import with_exchanges
from planner.candidates.names import find_left_out, find_meaning
from planner.candidates.servings import mass_per_food
from planner.check.judge import check_plan
from planner.check.lines import KnownFood
from planner.check.names import find_excluded, find_named, read_dish_notes
from planner.check.recipes import recipe_faults
from planner.errors import CandidatesError
from planner.request.read import request_from_dict
from planner.targets.left_out import read_readings
from tests.exchanged import AVOIDED, those_without
from tests.plates import day
from tests.rows import rows


def served(item_id, name, kind="dish"):
    return SimpleNamespace(item_id=item_id, name=name, kind=kind, minutes=10)


def test_a_dish_of_ones_own_is_known_once_it_is_served():
    item = served("own_bean_bowl", "Bean bowl")
    assert find_named("bean bowl", ()) is None
    named = find_named("bean bowl", (), [item])
    assert named.dish_ids == {"own_bean_bowl"}
    assert named.is_dish(item)


def test_a_shipped_dish_is_known_served_or_not():
    assert find_named("chana masala with kale", ()).dish_ids == {"chana_masala_kale"}


OWN = """
[[dish]]
id = "own_tartare"
name = "My tartare"
keeps_days = 1
tags = ["raw_fish"]
[[question]]
dish = "own_tartare"
key = "minutes"
answer = 20
"""


def test_the_judge_reads_what_own_files_say_of_a_dish(tmp_path):
    (tmp_path / "a.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "b.toml").write_text("not toml", encoding="utf-8")
    notes = read_dish_notes([str(tmp_path), str(tmp_path / "gone")])
    assert (notes["own_tartare"].minutes, notes["own_tartare"].keeps_days) == (20, 1)
    assert notes["own_tartare"].tags == {"raw_fish"}
    assert "chana_masala_kale" in notes


def test_the_judge_reads_lines_that_were_answered_and_minutes_are_all_of_them_work(tmp_path):
    lines = (
        'servings = 2\ningredients = [{food = "cod_raw", mass_g = 200, measure = "200 g"}]\n'
        '[[question]]\ndish = "own_tartare"\nline = "some oil"\nwhy = ""\nnearest = []\n'
        'food = "olive_oil"\nmass_g = 10\nmeasure = ""\n'
        '[[question]]\ndish = "own_tartare"\nline = "a flower"\nwhy = ""\nnearest = []\n'
        'food = "none"\nmass_g = 5\nmeasure = ""\n'
    )
    text = OWN.replace("[[question]]", lines + "[[question]]", 1)
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    note = read_dish_notes([str(tmp_path)])["own_tartare"]
    assert (note.minutes, note.active_minutes) == (20, 20)
    assert note.per_serving_g == {"cod_raw": 100.0, "olive_oil": 5.0}


def test_an_own_dish_that_is_left_out_is_known_by_its_folder(tmp_path):
    (tmp_path / "a.toml").write_text(OWN, encoding="utf-8")
    assert find_excluded("my tartare", ()) is None
    notes = read_dish_notes([str(tmp_path)])
    assert find_excluded("my tartare", (), notes).dish_ids == {"own_tartare"}


FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
KNOWN = [KnownFood(food.food_id, food.name, food.group, food.per_100g, food) for food in FOODS]
SOUNDS_LIKE = ["unsalted almonds", "brown rice", "pumpkin seeds, roasted", "canned tuna"]


@pytest.mark.parametrize(
    "name",
    [*sorted(read_readings()), "Nuts", "walnuts", "fishes", "lupins", *SOUNDS_LIKE],
)
def test_the_judge_reads_what_is_left_out_as_the_planner_does(name):
    meaning = find_left_out(name, FOODS, DISHES)
    assert find_excluded(name, KNOWN).food_ids == meaning.food_ids


@rows(__file__, "the_judge_reads_as_the_planner")
def test_the_judge_reads_one_and_many_and_words_of_printed_names_as_the_planner_does(name):
    planned, judged = find_meaning(name, FOODS, DISHES), find_named(name, KNOWN)
    assert (planned.food_ids, planned.dish_ids) == (judged.food_ids, judged.dish_ids)
    assert planned.food_ids or planned.dish_ids


def test_who_leaves_out_unsalted_almonds_means_almonds_and_a_slip_is_asked_about():
    assert "almonds" in find_left_out("unsalted almonds", FOODS, DISHES).food_ids
    for name in ("grean beans", "peanutbutter", "Zorblax tahini"):
        with pytest.raises(CandidatesError):
            find_left_out(name, FOODS, DISHES)


def test_the_judge_knows_other_words_for_foods_as_the_planner_does():
    """What the judge misses is never more than what the planner leaves out; none is unknown."""
    for name in ("red pepper", "soy milk", "oat milk", "minced beef", "garbanzos", "prawns"):
        planned, judged = find_left_out(name, FOODS, DISHES), find_excluded(name, KNOWN)
        assert judged.food_ids
        assert judged.food_ids <= planned.food_ids, name
    assert "red_pepper_raw" in find_left_out("red pepper", FOODS, DISHES).food_ids


def faults(served, profile=None, **preferences):
    """Judge days on which one food each is served: day → food id."""
    days = [day(number, FOODS, dinner={food_id: 60.0}) for number, food_id in served.items()]
    asked = {"profile": profile or {}, "preferences": preferences}
    return " ".join(check_plan(days, [], FOODS, request_from_dict(asked)).faults)


@rows(__file__, "what_is_left_out_is_found")
def test_what_is_left_out_is_found_in_every_state_and_in_what_contains_it(name, food_id):
    assert f"without {name}" in faults({1: food_id}, without=[name])
    assert f"without {name}" in faults({1: food_id}, per_week=[f"{name} <= 0"])


@rows(__file__, "what_an_allergy_leaves_out_is")
def test_what_an_allergy_leaves_out_is_found(allergy, food_id):
    assert f"without {allergy}" in faults({1: food_id}, {"conditions": [f"{allergy} allergy"]})


def test_a_food_counts_in_every_state_where_it_may_stand_so_often():
    served = dict.fromkeys((1, 3, 5), "peanut_butter_unsalted")
    assert "at most 1" in faults(served, per_week=["peanut butter <= 1"])
    assert faults({1: "peanut_butter_unsalted"}, per_week=["peanut butter <= 1"]).count("most") == 0


def test_days_between_count_every_state():
    apart = {"min_days_between": {"ground turkey": 5}}
    forged = {1: "ground_turkey_raw", 3: "ground_turkey_cooked"}
    assert "5 days between" in faults(forged, **apart)
    assert "days between" not in faults(
        {1: "ground_turkey_raw", 6: "ground_turkey_cooked"}, **apart
    )


@pytest.mark.parametrize(
    ("name", "kept"), [("fresh coriander", True), ("cilantro", True), ("coriander", False)]
)
def test_who_leaves_out_the_leaf_keeps_the_seeds_but_for_an_allergy(name, kept):
    seeds = {"coriander_seed", "curry_powder"}
    held = find_left_out(name, FOODS, ()).food_ids
    assert {"cilantro_fresh", "salsa", "guacamole"} <= held
    assert seeds.isdisjoint(held) == kept
    assert seeds < find_left_out(name, FOODS, (), is_allergy=True).food_ids
    assert (f"without {name}" in faults({1: "curry_powder"}, without=[name])) != kept
    assert f"without {name}" in faults({1: "salsa"}, without=[name])
    allergic = {"conditions": [f"{name} allergy"]}
    assert f"without {name}" in faults({1: "curry_powder"}, allergic)


NOTES = read_dish_notes()


def faults_of_recipes(dish, name="", changed=None):
    """Judge a whole recipe as it would be printed; ``changed`` are other masses [g]."""
    masses = {**mass_per_food(dish), **(changed or {})}
    held = tuple((food_id, mass_g) for food_id, mass_g in masses.items() if mass_g)
    item = SimpleNamespace(
        item_id=dish.dish_id,
        name=name or dish.name,
        servings=dish.servings,
        shares=(),
        ingredients=held,
    )
    return list(recipe_faults(SimpleNamespace(item=item), NOTES[dish.dish_id]))


def of(name, dish_id):
    return next(dish for dish in those_without(name) if dish.dish_id == dish_id)


@pytest.mark.parametrize("name", AVOIDED)
def test_every_dish_that_is_exchanged_is_true(name):
    both = with_exchanges(read_embedded_dishes(), [AVOIDED[name] | AVOIDED["vegan"]])
    assert not [one for dish in (*those_without(name), *both) for one in faults_of_recipes(dish)]


@pytest.mark.parametrize("name", ["", *AVOIDED])
def test_every_dish_that_is_made_mild_is_true(name):
    avoided = AVOIDED.get(name, frozenset())
    made = with_exchanges(read_embedded_dishes(), [avoided], [True])
    assert any(dish.name.endswith(", mild") for dish in made)
    assert not [fault for dish in made for fault in faults_of_recipes(dish)]


def test_what_is_mild_is_called_so_and_nothing_else_is():
    dishes = with_exchanges(read_embedded_dishes(), [frozenset()], [True])
    mild = next(dish for dish in dishes if dish.dish_id == "chana_masala_kale")
    (fault,) = faults_of_recipes(mild, "Chana masala with kale")
    assert "is called 'Chana masala with kale, mild'" in fault
    hot = next(dish for dish in read_embedded_dishes() if dish.dish_id == mild.dish_id)
    assert "is called 'Chana masala with kale'" in faults_of_recipes(hot, mild.name)[0]


def test_a_dish_that_does_not_say_what_stands_in_it_is_called_otherwise():
    bolognese = of("gluten", "spaghetti_bolognese_beef")
    (fault,) = faults_of_recipes(bolognese, "Spaghetti bolognese")
    assert "is called 'Spaghetti bolognese, with gluten-free pasta'" in fault
    written = next(dish for dish in read_embedded_dishes() if dish.dish_id == bolognese.dish_id)
    assert faults_of_recipes(written, bolognese.name)


def test_what_stands_for_another_has_the_mass_of_the_table():
    # 0.8 g of oil for a gram of butter
    potatoes = of("milk", "boiled_potatoes_butter")
    oil_g = mass_per_food(potatoes)["olive_oil"]
    assert "olive_oil" in faults_of_recipes(potatoes, changed={"olive_oil": oil_g + 5})[0]


def test_what_no_row_exchanges_is_another_dish():
    bolognese = of("gluten", "spaghetti_bolognese_beef")
    beef_g = mass_per_food(bolognese)["ground_beef_lean_cooked"]
    changed = {"ground_beef_lean_cooked": 0.0, "lentils_cooked": beef_g}
    assert any("than the recipe" in one for one in faults_of_recipes(bolognese, changed=changed))
