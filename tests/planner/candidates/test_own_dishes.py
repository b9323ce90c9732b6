import pytest

from foods.embedded import read_embedded_foods
from foods.errors import FoodDataError
from foods.importers.own_recipe import OwnRecipe
from foods.own_dishes import as_dish_toml
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.own_dishes import (
    dishes_with_own,
    draft_own_dish,
    facts_of,
    parse_own_dishes,
    read_own_dishes,
)

FOODS = read_embedded_foods()
VEGAN_BY_NAME = OwnRecipe(
    name="Vegan bean bowl",
    lines=("1 (15 oz) can black beans", "300 g cooked brown rice", "100 g feta"),
    steps=("Warm beans and rice, crumble the cheese over them.",),
    servings=2,
    minutes=10,
    words=("dinner",),
)


def text_of(recipe=VEGAN_BY_NAME):
    return as_dish_toml(draft_own_dish(recipe, FOODS))


def test_allergens_and_diets_come_from_the_ingredients_and_not_from_the_title():
    allergens, diets = facts_of(draft_own_dish(VEGAN_BY_NAME, FOODS), FOODS)
    assert allergens == ["milk"]
    assert "vegan" not in diets


def test_protein_starch_and_yield_follow_from_the_ingredients():
    (dish,) = parse_own_dishes({"bowl": text_of()}, FOODS)
    # 255.15 g beans, 300 g rice, 100 g cheese; the beans bring more protein than 100 g feta
    assert (dish.protein, dish.starch, dish.yield_g) == ("legume", "rice", 655)


def test_what_the_file_says_stands():
    text = text_of().replace('name = "', 'protein = "cheese"\nyield_g = 600\nname = "', 1)
    (dish,) = parse_own_dishes({"bowl": text}, FOODS)
    assert (dish.protein, dish.yield_g) == ("cheese", 600)


def test_own_dishes_stand_beside_the_shipped_ones(tmp_path):
    (tmp_path / "bowl.toml").write_text(text_of(), encoding="utf-8")
    found = {dish.dish_id for dish in dishes_with_own([tmp_path], FOODS)}
    assert found == {dish.dish_id for dish in read_embedded_dishes()} | {"own_vegan_bean_bowl"}


def test_the_id_of_a_shipped_dish_is_taken(tmp_path):
    shipped = read_embedded_dishes()[0].dish_id
    text = text_of().replace("own_vegan_bean_bowl", shipped)
    (tmp_path / "bowl.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FoodDataError, match="a shipped dish has this id"):
        dishes_with_own([tmp_path], FOODS)


def test_a_folder_without_dishes_is_told(tmp_path):
    with pytest.raises(FoodDataError, match="holds no dish files"):
        read_own_dishes([tmp_path], FOODS)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"feta"', '"fetta"', r"no food 'fetta'; the nearest: feta"),
        ("mass_g = 100,", "mass_g = 'much',", "mass_g must be a number"),
        ("servings = 2", "servings = 'two'", "servings must be a number"),
        ("ingredients = [", "parts = [", "missing key 'ingredients'"),
    ],
)
def test_faults_of_a_file_are_told_as_for_shipped_dishes(before, after, message):
    with pytest.raises(FoodDataError, match=message):
        parse_own_dishes({"bowl": text_of().replace(before, after)}, FOODS)


def test_a_folder_that_is_gone_is_said_with_what_to_do(tmp_path):
    with pytest.raises(FoodDataError, match=r"no folder with dishes.*--dishes DIR"):
        read_own_dishes([tmp_path / "gone"], FOODS)


def test_a_folder_that_is_named_twice_is_read_once(tmp_path):
    (tmp_path / "bowl.toml").write_text(text_of(), encoding="utf-8")
    assert len(read_own_dishes([tmp_path, str(tmp_path)], FOODS)) == 1
