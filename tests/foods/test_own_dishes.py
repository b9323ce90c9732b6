"""Files of ones own: dishes, foods and their faults."""

import tomllib

import pytest

from foods.embedded import read_data_text, read_embedded_foods
from foods.errors import FoodDataError
from foods.importers.own_recipe import OwnRecipe
from foods.own_csv import as_food_csv, parse_figures, read_food_csv
from foods.own_dishes import as_dish_toml, as_toml, draft_dish, settle_questions
from foods.own_file import parse_own_toml, read_kinds, read_own_bytes, read_own_text
from tests.rows import rows

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


@rows(__file__, "a_recipe_that_says_no_kitchen")
def test_a_recipe_that_says_no_kitchen_is_of_the_one_that_its_name_tells(name, cuisine):
    recipe = OwnRecipe(name, ("100 g carrots",), ("Cook it.",))
    assert draft_dish(recipe, FOODS, KITCHENS).entry["cuisine"] == cuisine
    said = OwnRecipe(name, ("100 g carrots",), ("Cook it.",), words=("Mexican",))
    assert draft_dish(said, FOODS, KITCHENS).entry["cuisine"] == "mexican"


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
    (cup_g,) = [measure.mass_g for measure in FOODS["tap_water"].measures if measure.name == "cup"]
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


def test_an_answered_fact_brings_what_follows_from_it():
    found = document(OwnRecipe("Quinoa", ("400 g cooked quinoa",), ("Boil.",), servings=2))
    for question, answer in zip(found["question"], ("snack", 10), strict=True):
        question["answer"] = answer
    dish = settle_questions(as_toml(found), "mine", FOODS)["dish"][0]
    assert (dish["kind"], dish["slots"]) == ("snack", ["snack"])
    assert (dish["minutes"], dish["active_minutes"]) == (10, 10)


@rows(__file__, "an_open_or_wrong_answer_is")
def test_an_open_or_wrong_answer_is_told(changes, message):
    with pytest.raises(FoodDataError, match=message):
        settle_questions(answered(**changes), "mine", FOODS)


@rows(__file__, "a_damaged_file_is_told")
def test_a_damaged_file_is_told(text, message):
    with pytest.raises(FoodDataError, match=message):
        settle_questions(text, "mine", FOODS)


@rows(__file__, "an_amount_that_nobody_means_becomes")
def test_an_amount_that_nobody_means_becomes_a_question(line, doubt):
    found = document(OwnRecipe("Pot", (line,), ("Cook.",)))
    assert found["dish"][0]["ingredients"] == []
    assert doubt in found["question"][-1]["why"]


@rows(__file__, "a_value_of_another_kind_is")
def test_a_value_of_another_kind_is_told_with_its_place(before, after, fault):
    text = read_data_text("own_dish_template.toml")
    assert before in text
    with pytest.raises(FoodDataError) as raised:
        settle_questions(text.replace(before, after), "mine.toml", FOODS)
    assert fault in str(raised.value)


@rows(__file__, "amounts_of_an_imported_step_grow")
def test_amounts_of_an_imported_step_grow_with_the_servings(step, written):
    found = document(OwnRecipe("Pot", ("100 g carrots",), (step,)))
    assert found["dish"][0]["steps"] == [written]


HEADER = "food_id,name,group,fdc_id,ndb_no,release,overlay,magnesium_mg,calcium_mg"
OATS = "oats,Oats,whole_grains,,1,own,,126.5,46"


def table(*rows, header=HEADER):
    return parse_figures("\n".join([header, *rows, ""]), "foods.csv")


def test_a_blank_is_unknown_and_a_zero_is_zero():
    water = table("water,Water,water,,3,own,,0,")["water"]
    assert water.per_100g == {"magnesium_mg": 0.0, "calcium_mg": None}


def test_export_then_read_gives_the_same_figures(tmp_path):
    path = tmp_path / "foods.csv"
    path.write_text(as_food_csv(read_embedded_foods()), encoding="utf-8")
    read = read_food_csv(path)
    assert {key: dict(entry.per_100g) for key, entry in read.items()} == {
        food.food_id: dict(food.per_100g) for food in read_embedded_foods()
    }


def test_an_unknown_nutrient_column_is_refused_with_the_nearest_names():
    with pytest.raises(
        FoodDataError, match=r"unknown column 'magnesum_mg' — did you mean 'magnesium_mg'"
    ):
        table(OATS, header=HEADER.replace("magnesium_mg", "magnesum_mg"))


@pytest.mark.parametrize("cell", ["-1", "nan", "inf", "much", "1,5"])
def test_a_figure_must_be_a_number_of_0_or_more(cell):
    quoted = f'"{cell}"'
    with pytest.raises(
        FoodDataError, match=r"row 2, magnesium_mg: .* is not a figure of 0 or more"
    ):
        table(OATS.replace("126.5", quoted))


def test_all_faults_of_a_file_are_named_at_once():
    with pytest.raises(FoodDataError) as caught:
        table(OATS.replace("126.5", "-1"), OATS.replace("46", "x"))
    assert "row 2, magnesium_mg" in str(caught.value)
    assert "row 3, calcium_mg" in str(caught.value)
    assert "row 3, food_id: 'oats' stands in row 2 already" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "no rows"),
        (HEADER + "\noats,Oats\n", "row 2: 2 cells under 9 columns"),
        (HEADER + '\n"oats,Oats', "damaged"),
        ("food_id,magnesium_mg\n", "no column 'name'"),
        (HEADER + ",calcium_mg\n", "two columns are named 'calcium_mg'"),
    ],
)
def test_damaged_files_are_refused_with_the_place(text, fault):
    with pytest.raises(FoodDataError, match=fault):
        parse_figures(text, "foods.csv")


SMALL = "request"


@pytest.mark.parametrize("kind", [name for name in read_kinds() if name != "archive"])
def test_an_endless_file_ends_and_its_limit_is_said(kind):
    most = f"{read_kinds()[kind]['most_bytes']:,} bytes"
    with pytest.raises(FoodDataError, match=f"/dev/zero: is far too large .*at most {most}"):
        read_own_bytes("/dev/zero", kind)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a = 1\nb = \xff", "line 2 is not encoded as UTF-8"),
        ("a = 1".encode("utf-16"), "is encoded as UTF-16 — save it as UTF-8"),
    ],
)
def test_what_is_not_utf_8_says_where(tmp_path, content, message):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(FoodDataError, match=message):
        read_own_text(tmp_path / "a", SMALL)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 9_000, "nested too deeply"),
        ("a = " + "{a=" * 9_000, "nested too deeply"),
        ("a." * 200_000 + "a = 1", "nested too deeply"),
        ("a = " + "1" * 9_000, "is not TOML: .*4300 digits"),
        ("a = 1\na = 2\n", "is not TOML: .*line 2"),
    ],
)
def test_toml_that_nobody_writes_is_one_line(text, message):
    with pytest.raises(FoodDataError, match=message):
        parse_own_toml(text, "a.toml")
