import tomllib

import pytest

from foods.embedded import read_data_text, read_embedded_foods
from foods.errors import FoodDataError
from foods.importers.own_recipe import OwnRecipe
from foods.importers.recipes_text import read_plain
from foods.own_answers import OpenQuestionsError, settle_questions
from foods.own_dishes import as_dish_toml, as_toml, draft_dish
from foods.recipe_line import read_words
from planner.candidates.dish import CUISINES

FOODS = read_embedded_foods()
RECIPE = OwnRecipe(
    name="Beans \"al forno\"",
    lines=("400 g cooked quinoa", "1 cup milk", "2 tbsp olive oil", "1 tbsp olive oil"),
    steps=("Bake it.",),
    servings=4,
    minutes=40,
    words=("Dinner", "Mexican"),
)  # fmt: skip


def document(recipe=RECIPE):
    return tomllib.loads(as_dish_toml(draft_dish(recipe, FOODS, {"mexican"})))


def answered(**changes):
    """The file of ``RECIPE`` with the question about milk changed."""
    found = document()
    found["question"][0].update(changes)
    return as_toml(found)


def test_a_recipe_becomes_a_file_in_the_format_of_the_shipped_dishes():
    (dish,) = document()["dish"]
    assert (dish["id"], dish["name"]) == ("own_bean_al_forno", 'Beans "al forno"')
    assert (dish["kind"], dish["slots"], dish["cuisine"]) == (
        "main",
        ["lunch", "dinner"],
        "mexican",
    )
    assert (dish["servings"], dish["minutes"], dish["steps"]) == (4, 40, ["Bake it."])


KITCHENS = {"american", "french", "greek", "indian", "italian", "mexican", "thai"}


@pytest.mark.parametrize(
    ("name", "cuisine"),
    [
        ("Aunt Rose's lentil masala", "indian"),
        ("Red DAL of the house", "indian"),
        ("Thai red curry with tofu", "thai"),
        ("Bean tacos", "mexican"),
        ("Nana's lasagna", "italian"),
        ("Chicken gyros", "greek"),
        ("Salade niçoise", "french"),
        ("Tikka masala tacos", "any"),
        ("Tempura bowl", "any"),
        ("Dalmatian stew", "any"),
        ("Tabbouleh", "any"),
    ],
)
def test_a_recipe_that_says_no_kitchen_is_of_the_one_that_its_name_tells(name, cuisine):
    recipe = OwnRecipe(name, ("100 g carrots",), ("Cook it.",))
    assert draft_dish(recipe, FOODS, KITCHENS).entry["cuisine"] == cuisine
    said = OwnRecipe(name, ("100 g carrots",), ("Cook it.",), words=("Mexican",))
    assert draft_dish(said, FOODS, KITCHENS).entry["cuisine"] == "mexican"


def test_every_kitchen_of_a_word_is_one_that_a_dish_may_name():
    assert set(read_words()["kitchens"]) < set(CUISINES)


def test_braces_of_an_imported_recipe_are_no_amounts():
    found = document(OwnRecipe("Pot", ("100 g carrots",), ("Cook {gently} it.",)))
    assert found["dish"][0]["steps"] == ["Cook (gently) it."]


def test_lines_of_the_same_food_are_put_together():
    oil = [line for line in document()["dish"][0]["ingredients"] if line["food"] == "olive_oil"]
    (tbsp,) = [one.mass_g for one in FOODS["olive_oil"].measures if one.name == "tbsp"]
    assert [line["mass_g"] for line in oil] == [pytest.approx(3 * tbsp)]
    assert oil[0]["measure"] == "2 tbsp + 1 tbsp"


def test_a_doubtful_line_is_a_question_and_no_ingredient():
    found = document()
    assert [line["food"] for line in found["dish"][0]["ingredients"]] == [
        "quinoa_cooked",
        "olive_oil",
    ]
    (question,) = found["question"]
    assert (question["line"], question["food"]) == ("1 cup milk", "")
    assert "milk_whole" in question["nearest"]


def test_what_the_recipe_does_not_say_is_asked():
    bare = OwnRecipe("Quinoa", ("400 g cooked quinoa",), ())
    assert [question["key"] for question in document(bare)["question"]] == [
        "kind",
        "servings",
        "minutes",
        "steps",
    ]


def test_cooked_rice_holds_the_water_of_the_recipe():
    # 185 g dry brown rice takes up 185 × (100 / 34 - 1) = 359 g of 474 g water: 115 g are left
    recipe = OwnRecipe("Rice", ("1 cup brown rice", "2 cups water"), ("Boil.",))
    dry_g_per_100g = FOODS["brown_rice_cooked"].bought_g_per_100g
    (dry_g,) = [one.mass_g for one in FOODS["brown_rice_dry"].measures if one.name == "cup"]
    (cup_g,) = [one.mass_g for one in FOODS["tap_water"].measures if one.name == "cup"]
    rice, water = document(recipe)["dish"][0]["ingredients"]
    left_g = 2 * cup_g - dry_g * (100 / dry_g_per_100g - 1)
    assert (rice["food"], water["food"]) == ("brown_rice_cooked", "tap_water")
    assert water["mass_g"] == pytest.approx(left_g, abs=0.06)


def test_an_answer_becomes_an_ingredient():
    settled = settle_questions(answered(food="milk_whole", mass_g=244), "mine", FOODS)
    assert "question" not in settled
    assert settled["dish"][0]["ingredients"][-1] == {
        "food": "milk_whole",
        "mass_g": 244,
        "measure": "1 cup",
    }


def test_a_line_can_be_left_out():
    settled = settle_questions(answered(food="none"), "mine", FOODS)
    assert len(settled["dish"][0]["ingredients"]) == 2


def test_an_answered_fact_brings_what_follows_from_it():
    found = document(OwnRecipe("Quinoa", ("400 g cooked quinoa",), ("Boil.",), servings=2))
    for question, answer in zip(found["question"], ("snack", 10), strict=True):
        question["answer"] = answer
    dish = settle_questions(as_toml(found), "mine", FOODS)["dish"][0]
    assert (dish["kind"], dish["slots"]) == ("snack", ["snack"])
    assert (dish["minutes"], dish["active_minutes"]) == (10, 10)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, r"mine: open: '1 cup milk' \(several foods could be meant\) — give `food`: .*milk"),
        ({"food": "milk_whole", "line": "milk"}, "open: 'milk' — give `mass_g`"),
        ({"food": "unicorn", "mass_g": 9}, "no food 'unicorn'"),
        ({"dish": "other"}, "question for 'other', which is no dish of this file"),
        ({"colour": "red"}, "damaged question"),
    ],
)
def test_an_open_or_wrong_answer_is_told(changes, message):
    with pytest.raises(FoodDataError, match=message):
        settle_questions(answered(**changes), "mine", FOODS)


@pytest.mark.parametrize(
    ("text", "message"),
    [("[[dish]", "not TOML"), ("question = 3", "question tables stand under"),
     ("[dish]\nid = 'x'", "dish tables stand under")],
)  # fmt: skip
def test_a_damaged_file_is_told(text, message):
    with pytest.raises(FoodDataError, match=message):
        settle_questions(text, "mine", FOODS)


def test_what_a_recipe_names_cooked_takes_up_no_water():
    recipe = OwnRecipe("Soup", ("500 g cooked lentils", "3 cups water"), ("Simmer.",))
    (cup_g,) = [one.mass_g for one in FOODS["tap_water"].measures if one.name == "cup"]
    lentils, water = document(recipe)["dish"][0]["ingredients"]
    assert (lentils["food"], lentils["mass_g"]) == ("lentils_cooked", 500)
    assert water["mass_g"] == pytest.approx(3 * cup_g)


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("0 g carrots", "says no amount"),
        ("99999999 g carrots", "more than a household cooks"),
        (f"{'9' * 400} g carrots", "more than a household cooks"),
        ("1 1 1 carrots", "more than one amount"),
    ],
)
def test_an_amount_that_nobody_means_becomes_a_question(line, doubt):
    found = document(OwnRecipe("Pot", (line,), ("Cook.",)))
    assert found["dish"][0]["ingredients"] == []
    assert doubt in found["question"][-1]["why"]


def test_servings_and_minutes_that_nobody_means_are_asked_for():
    recipe = OwnRecipe("Pot", ("100 g carrots",), ("Cook.",), float("inf"), 1e9)
    assert {"servings", "minutes"} <= {one.get("key") for one in document(recipe)["question"]}


def test_a_long_title_makes_a_short_file_name():
    found = document(OwnRecipe("Aa " * 400, ("100 g carrots",), ("Cook.",)))["dish"][0]
    assert len(found["id"]) <= 64
    assert len(found["name"]) <= 120


def test_open_questions_alone_are_told_apart_from_faults():
    with pytest.raises(OpenQuestionsError):
        settle_questions(as_toml(document()), "file", FOODS)
    with pytest.raises(FoodDataError, match="no food 'nothing'") as raised:
        settle_questions(answered(food="nothing"), "file", FOODS)
    assert not isinstance(raised.value, OpenQuestionsError)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('id = "own_dish"', 'id = ["a"]', "dish 1: id must be text"),
        ('name = "My dish"', 'name = "a\\u001b[2J"', "dish 1: name must be text of one line"),
        ("servings = 4", "servings = inf", "dish 1: servings must be a number"),
        ("tags = []", "tags = 1", "dish 1: tags must be a list of texts"),
        ('food = "salt"', 'food = ["salt"]', "dish 1, ingredient 4: food must be text"),
        ("mass_g = 3,", "mass_g = nan,", "ingredient 4: mass_g must be a number"),
        ("[[dish]]", "dishes = 1\n[[dish]]", "unknown key 'dishes'"),
        ("[[dish]]", "[[question]]\nkey = [1]\n[[dish]]", "question 1: key must be text"),
    ],
)
def test_a_value_of_another_kind_is_told_with_its_place(before, after, fault):
    text = read_data_text("own_dish_template.toml")
    assert before in text
    with pytest.raises(FoodDataError) as raised:
        settle_questions(text.replace(before, after), "mine.toml", FOODS)
    assert fault in str(raised.value)


def test_a_number_is_an_answer_in_quotes_too():
    found = document(OwnRecipe("Quinoa", ("400 g cooked quinoa",), ("Boil.",), servings=2))
    for question, answer in zip(found["question"], ("snack", " 110 "), strict=True):
        question["answer"] = answer
    dish = settle_questions(as_toml(found), "mine", FOODS)["dish"][0]
    assert (dish["minutes"], dish["active_minutes"]) == (110, 110)


def test_times_of_the_steps_are_added_up_where_no_other_is_said():
    text = "Soup\nServes 4\nIngredients\n1 cup milk\nMethod\n"
    prep = read_words()["defaults"]["prep_minutes"]
    long = read_plain(text + "Simmer for 90 minutes, rest 1 hour.", "soup")
    assert long.minutes == 150 + prep
    assert read_plain(text + "Simmer for a while.", "soup").minutes is None
    assert read_plain("Soup\nTotal time: 40 min\n" + text + "Simmer 90 minutes.", "s").minutes == 40


def test_the_line_of_an_answered_food_says_how_much_of_it_as_it_is_eaten():
    found = document(OwnRecipe("Pot", ("300 g penne lisce, best", "200 g oats"), ("Boil it.",)))
    (question,) = [one for one in found["question"] if "line" in one]
    question["food"] = "pasta_dry"
    for fact in found["question"]:
        fact |= {"answer": "main" if fact["key"] == "kind" else 9} if "key" in fact else {}
    dish = settle_questions(as_toml(found), "mine", FOODS)["dish"][0]
    pasta = next(line for line in dish["ingredients"] if line["food"] == "pasta_cooked")
    dry_g_per_100g = FOODS["pasta_cooked"].bought_g_per_100g
    assert pasta["mass_g"] == pytest.approx(300 * 100 / dry_g_per_100g, abs=0.06)


def test_a_recipe_that_says_what_it_makes_is_asked_for_how_many():
    found = document(OwnRecipe("Loaf", ("100 g oats",), ("Bake.",), yields="1 loaf (9 slices)"))
    (why,) = [one["why"] for one in found["question"] if one.get("key") == "servings"]
    assert "1 loaf (9 slices)" in why


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Winter bean soup", "main"), ("Berry muffins", "snack"), ("Gran's secret", None)],
)
def test_the_name_tells_the_kind_where_the_recipe_does_not(name, kind):
    draft = draft_dish(OwnRecipe(name, ("100 g oats",), ("Cook.",)), FOODS)
    assert (draft.entry.get("kind"), draft.is_kind_guessed) == (kind, bool(kind))


@pytest.mark.parametrize(
    ("step", "written"),
    [
        ("Add 1\u00bd cups water and 200g rice.", "Add {1 1/2 cup} water and {200 g} rice."),
        ("Pour in 250 ml milk. Cook 10 minutes.", "Pour in {250 ml} milk. Cook 10 minutes."),
        ("Put 2 tbsp on each plate.", "Put 2 tbsp on each plate."),
        ("Open the 400 g can.", "Open the 400 g can."),
        ("Heat to 180 C {oven}.", "Heat to 180 C (oven)."),
    ],
)
def test_amounts_of_an_imported_step_grow_with_the_servings(step, written):
    found = document(OwnRecipe("Pot", ("100 g carrots",), (step,)))
    assert found["dish"][0]["steps"] == [written]
