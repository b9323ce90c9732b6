import re

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from foods.errors import FoodNotFoundError
from planner.cli.pantry import command
from planner.errors import ConfigError
from planner.kitchen.carried import pantry_after
from planner.kitchen.not_eaten import home_besides
from planner.kitchen.pantry import (
    Pantry,
    PantryEntry,
    added,
    as_csv,
    pantry_of,
    parse_pantry,
    read_entry,
    read_said,
    taken,
)
from planner.kitchen.sold import shelves_of
from planner.kitchen.till import Stock, from_home
from planner.model.sold import OVERNIGHT, SOON
from planner.request.read import request_from_dict
from planner.settings import read_settings
from planner.table.bought import bought_in
from tests.planner.kitchen.test_shopping import shop

FOODS = read_embedded_foods()
SHELVES = shelves_of("us")


def read(*rows):
    return parse_pantry("\n".join(["food,amount,unit,days", *rows, ""]), "p.csv", FOODS, SHELVES)


def grams(name, mass_g, days=None):
    return PantryEntry(name, mass_g, "g", 1.0, days)


@pytest.mark.parametrize(
    ("row", "food_id", "mass_g"),
    [
        ("rolled_oats,1.5,kg,", "rolled_oats", 1500),
        ("rolled_oats,2,cup,", "rolled_oats", 162),
        ("chickpeas_canned,3,can,", "chickpeas_canned", 765),
        ("chickpeas_canned,3,Tins,", "chickpeas_canned", 765),
        ("Eggs,4,large,7", "egg_raw", 228),  # 50 g and the shell, 114 for 100
        ("olive_oil,1,lb,", "olive_oil", 453.59237),
        ("milk_lowfat,1,l,", "milk_lowfat", 1000 * 244 / 236.588),  # a cup is 244 g
        ("quinoa_cooked,100,g,", "quinoa_dry", 100),
    ],
)
def test_a_row_is_a_food_as_it_is_bought_and_its_mass(row, food_id, mass_g):
    (entry,) = read(row)
    assert entry.food_id == food_id
    assert entry.mass_g == pytest.approx(mass_g)


def test_every_faulty_row_is_told_at_once():
    with pytest.raises(ConfigError) as error:
        read("unicorn,1,g,", "egg_raw,-2,large,", "egg_raw,2,barrel,", "egg_raw,2,large,soon")
    for part in ("row 2: no food 'unicorn'", "row 3: amount: '-2'", "row 4: unit: 'barrel'",
                 "write one of g, kg, oz, lb, large", "row 5: days: 'soon'"):  # fmt: skip
        assert part in str(error.value)


def test_what_is_written_is_read_again():
    entries = read("egg_raw,4,large,7", "salt,0.5,kg,")
    assert parse_pantry(as_csv(entries), "p.csv", FOODS, SHELVES) == entries


def test_more_of_the_same_is_one_entry_and_what_spoils_first_is_used_first():
    entries = added(added((grams("milk", 100, 2),), grams("milk", 500)), grams("milk", 50, 2))
    assert entries == (grams("milk", 150, 2), grams("milk", 500))
    assert taken(entries, grams("milk", 200)) == (grams("milk", 450),)
    with pytest.raises(ConfigError, match="milk: 650 g are there, not 700 g"):
        taken(entries, grams("milk", 700))


def test_what_a_week_leaves_is_at_home_for_the_next_one():
    known = (grams("beans", 120), grams("carrot", 67.2, 3), grams("salt", 80))
    shopping = shop({"beans": 200.0, "quinoa": 100.0}, {"passata": 100.0}, pantry=Pantry(known))
    after = {one.food_id: one for one in pantry_after(known, shopping, range(1, 3))}
    # beans: 120 g were there, a can of 400 g for the other 80 g is open until day 4, two more days
    assert (after["beans"].mass_g, after["beans"].days) == (320.0, 2)
    assert (after["carrot"].mass_g, after["carrot"].days) == (67.2, 1)
    assert (after["salt"].mass_g, after["salt"].days) == (80, None)
    # 35 g of a bag of 200 g; passata was opened on day 2 and is frozen for 90 days
    assert (after["quinoa_dry"].mass_g, after["quinoa_dry"].days) == (165.0, None)
    assert (after["passata"].mass_g, after["passata"].days) == (600.0, 90)
    assert [key for key, one in after.items() if one.is_frozen] == ["passata"]


def test_a_scrap_of_what_is_kept_cold_is_no_stock_and_one_of_the_cupboard_is():
    known = (grams("carrot", 72.2, 3), grams("salt", 8))
    shopping = shop({"carrot": 60.0}, pantry=Pantry(known))
    after = {one.food_id: one.mass_g for one in pantry_after(known, shopping, range(1, 2))}
    assert after == {"salt": 8}  # 67.2 g of carrots with their peel: 5 g are left
    shopping = shop({"beans": 399.0, "quinoa": 560.0}, pantry=Pantry())
    assert {one.food_id for one in shopping.lines if one.left} == {"beans", "quinoa_dry"}
    after = pantry_after((), shopping, range(1, 2))
    assert [one.food_id for one in after] == ["quinoa_dry"]  # 1 g of an opened can, 4 g of a bag


def asked(**week):
    return request_from_dict({"week": week})


def test_a_request_says_what_is_at_home_and_whether_the_usual_is_there_too():
    oats = {"food": "rolled oats", "amount": 2, "unit": "cup", "days": 30}
    own = pantry_of(asked(pantry=[oats]), FOODS)
    assert (own.kind, own.get("rolled_oats").mass_g, own.get("salt").mass_g) == ("as told", 162, 0)
    assert own.get("rolled_oats").days == 30
    both = pantry_of(asked(pantry=[oats], cupboard="usual"), FOODS)
    assert (both.kind, both.get("rolled_oats").mass_g, both.get("salt").mass_g) == (
        "usual", 162, 300,
    )  # fmt: skip
    assert pantry_of(asked(cupboard="empty"), FOODS) == Pantry()
    assert pantry_of(asked(), FOODS).kind == "usual"


def test_a_faulty_pantry_of_a_request_is_told_at_once():
    rows = [
        {"food": "unicorn", "amount": 1, "unit": "g"},
        {"food": "salt", "amount": 1, "unit": "can"},
    ]
    with pytest.raises(ConfigError, match=r"\[week\] pantry") as error:
        pantry_of(asked(pantry=rows), FOODS)
    assert "entry 1: no food 'unicorn'" in str(error.value)
    assert "entry 2: unit: 'can'" in str(error.value)


def test_the_country_is_decided_once_by_what_is_asked_else_standard_and_units():
    def shops(standard="us", **week):
        return request_from_dict({"profile": {"standard": standard}, "week": week}).shops

    assert [shops(), shops("eu"), shops("uk"), shops("who", units="us")] == ["us", "eu", "uk", "us"]
    assert shops("uk", shops="us") == "us"
    with pytest.raises(ConfigError, match="'mars' are no shops that are known"):
        shops(shops="mars")


def test_the_model_buys_at_the_shops_of_the_request_and_not_what_is_at_home():
    def bought(**week):
        shares, _ = bought_in(asked(**week), FOODS)
        return shares

    # a pint of 585 g in the UK, half a litre elsewhere in Europe; half a gram is rounding
    assert bought(shops="uk")["milk_lowfat"] == ("milk_lowfat", pytest.approx(1 / 585.5))
    assert bought(shops="eu")["milk_lowfat"][1] == pytest.approx(1 / 515.5)
    assert "salt" not in bought()
    assert "salt" in bought(cupboard="empty")
    rice = {"food": "brown_rice_dry", "unit": "g"}
    assert "brown_rice_dry" in bought(pantry=[{**rice, "amount": 40}])  # less than a bag has
    assert "brown_rice_dry" not in bought(pantry=[{**rice, "amount": 2000}])
    assert "brown_rice_dry" in bought(pantry=[{**rice, "amount": 2000, "days": 3}])


def test_a_food_of_several_states_is_that_which_a_recipe_means():
    foods = read_embedded_foods()
    cells = {"food": "spinach", "amount": "200", "unit": "g", "days": ""}
    assert read_entry(cells, foods, {}).food_id == "spinach_raw"
    with pytest.raises(FoodNotFoundError, match="several foods"):
        read_entry({**cells, "food": "milk"}, foods, {})


@pytest.mark.parametrize(("home_g", "taken_g"), [(500.0, 501.6), (470.0, 470.0), (480.0, 501.6)])
def test_what_is_at_home_is_enough_for_a_little_more(home_g, taken_g):
    assert sum(from_home((251.6, 250.0), Stock(home_g))) == pytest.approx(taken_g)


@pytest.mark.parametrize(
    ("name", "unit", "food_id"),
    [
        ("black beans", "tins", "black_beans_canned"),
        ("salmon", "can", "salmon_canned"),
        ("beans", "can", "kidney_beans_canned"),
        ("canned beans", "tins", "kidney_beans_canned"),
        ("beans", "bag", "kidney_beans_dry"),
        ("frozen peas", "packs", "green_peas_frozen"),
        ("UHT milk", "l", "milk_reduced_fat"),
        ("edamame", "bag", "edamame_frozen"),
    ],
)
def test_what_comes_in_cans_packs_and_cartons_is_read_as_people_say_it(name, unit, food_id):
    foods, cells = read_embedded_foods(), {"food": name, "amount": "a", "unit": unit, "days": ""}
    assert read_entry(cells, foods, shelves_of("us")).food_id == food_id


def test_what_is_only_looked_up_is_called_by_its_name():
    cells = {"food": "baked beans", "amount": "2", "unit": "can", "days": ""}
    with pytest.raises(FoodNotFoundError, match=r"Baked beans in tomato sauce.*diaries know"):
        read_entry(cells, read_embedded_foods(), shelves_of("us"))


@pytest.mark.parametrize("row", ["eggs,6,,", "eggs,6", "6 eggs", "half a dozen eggs"])
def test_a_row_by_hand_is_read_as_what_is_said(row):
    foods, shelves = read_embedded_foods(), shelves_of("us")
    (one,) = parse_pantry(f"food,amount,unit,days\n{row}\n", "my.csv", foods, shelves)
    assert (one.food_id, one.mass_g) == ("egg_raw", 342.0)
    with pytest.raises(ConfigError, match="several foods"):
        parse_pantry("food,amount,unit\n2 bananas, 3 apples\n", "my.csv", foods, shelves)
    with pytest.raises(ConfigError, match=r"row 2: no unit.*in a file spinach_raw,200,g"):
        parse_pantry("food,amount,unit\nspinach,200,\n", "my.csv", foods, shelves)


@pytest.mark.parametrize(
    ("words", "food_id", "mass_g"),
    [
        (("eggs", "a dozen"), "egg_raw", 684.0),
        (("eggs", "dozen"), "egg_raw", 684.0),
        (("milk", "half a litre"), "milk_reduced_fat", 515.6),
        (("cooked ham", "200 g"), "ham", 200.0),  # is bought so
    ],
)
def test_amounts_in_words_are_read(words, food_id, mass_g):
    one = read_said(words, "", read_embedded_foods(), shelves_of("us"))
    assert (one.food_id, one.mass_g) == (food_id, pytest.approx(mass_g, abs=0.1))


def test_a_food_that_only_holds_what_is_named_is_not_meant():
    with pytest.raises(FoodNotFoundError, match="no food 'Wasser'"):
        read_said(("Wasser", "500 g"), "", FOODS, SHELVES)


def test_an_unknown_food_is_named_whatever_its_amount():
    with pytest.raises(FoodNotFoundError, match="foobar"):
        read_said(("foobar", "ein Kilo"), "", read_embedded_foods(), shelves_of("us"))


@pytest.mark.parametrize(
    "name",
    [
        "cooked rice",
        "leftover rice",
        "rice left over",
    ],
)
def test_what_is_cooked_already_is_no_food_of_a_pantry(name):
    with pytest.raises(ConfigError, match=r'--use "leftover rice:300g"'):
        read_said((name, "300 g"), "", read_embedded_foods(), shelves_of("us"))


def test_liters_are_written_as_a_unit(tmp_path):
    path = str(tmp_path / "pantry.csv")
    told = CliRunner().invoke(command, ["add", "whole milk", "3", "l", "--pantry", path])
    assert "Whole milk: 3 l more" in told.output


def test_what_is_said_in_one_go_is_read_and_a_food_alone_is_asked_how_much(tmp_path):
    own = ("--pantry", str(tmp_path / "pantry.csv"))
    told = CliRunner().invoke(command, ["add", "two tins of beans", *own])
    assert "Red kidney beans, canned, drained: 2 cans more" in told.output
    told = CliRunner().invoke(command, ["add", "beans", *own])
    assert (told.exit_code, "Missing argument AMOUNT" in told.output) == (2, True)
    for said, read in (
        (("eggs", "6"), "Eggs: 342 g"),
        (("2 chicken breasts",), "breast, skinless: 460 g"),
        (("2", "bananas"), "Banana: 368.2 g"),
        (("tofu 400g",), "(with calcium: see the label): 400 g"),
        (("milk", "1", "l"), "Reduced-fat milk (2 %): 1,031.3 g"),
        (("1", "can", "of", "chickpeas"), "Chickpeas, canned, drained: 1 can"),
        (("rice", "1.000", "g"), "White long-grain rice, dry: 1,000 g"),
    ):
        assert f"{read} more" in CliRunner().invoke(command, ["add", *said, *own]).output
    for asked in (("milk", "2"), ("spinach", "200"), ("2 cans chickpeas, 3 apples",)):
        assert CliRunner().invoke(command, ["add", *asked, *own]).exception


@pytest.mark.parametrize(
    "text",
    [
        "amount\tunit\tfood\n500\tg\trice\n",
        "Item,Qty,Unit\nrice,500,g\n",
    ],
)
def test_a_pantry_of_other_heads_order_or_separators_is_read(text):
    (entry,) = parse_pantry(text, "p.csv", FOODS, SHELVES)
    (pasted,) = home_besides(text, FOODS, SHELVES)
    assert {(entry.food_id, entry.amount), (pasted.food, pasted.amount)} == {
        ("white_rice_dry", 500)
    }


def test_heads_that_are_not_clear_are_answered_with_those_that_are():
    for head in ("foo;bar", "food,item,amount"):
        with pytest.raises(ConfigError, match="begin with a line food,amount,unit"):
            parse_pantry(f"{head}\nrice,500\n", "p.csv", FOODS, SHELVES)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("leftover chili", '--eat-out "1:lunch=leftover chili"'),  # no pepper
        ("Reste vom Chili", "--eat-out"),
        ("leftover roast chicken", "--eat-out"),
        ("leftover mashed potatoes", "--eat-out"),
        ("leftover curry", "--eat-out"),
        ("leftover chicken", "recipes begin with raw meat"),
        ("grilled chicken", "recipes begin with raw meat"),
        ("boiled eggs", "--eat-out '1:breakfast=hard-boiled egg'"),
        ("Rührei", "recipes begin with raw eggs"),
        ("Reste vom Sauerbraten", "--eat-out 1:lunch"),
        ("roast potatoes", '--use "leftover potatoes:300g"'),
    ],
)
def test_what_is_left_of_a_dish_or_of_meat_is_answered_with_what_a_plan_takes(name, told):
    with pytest.raises(ConfigError, match=re.escape(told)):
        read_said((name, "300 g"), "", FOODS, SHELVES)
    assert read_said(("leftover cheddar", "300 g"), "", FOODS, SHELVES).food_id == "cheddar"
    assert read_said(("roasted almonds", "300 g"), "", FOODS, SHELVES).food_id == "almonds"


@pytest.mark.parametrize("said", [("hard-boiled eggs", "4"), ("4 hard-boiled eggs",)])
def test_eggs_that_are_cooked_already_are_no_raw_ones_where_they_are_counted(said):
    with pytest.raises(ConfigError, match="recipes begin with raw eggs"):
        read_said(said, "", FOODS, SHELVES)
    with pytest.raises(ConfigError, match="recipes begin with raw eggs"):
        parse_pantry(f"food,amount\n{said[0].removeprefix('4 ')},3\n", "p.csv", FOODS, SHELVES)


def test_half_an_avocado_that_is_left_costs_more_than_half_a_cabbage():
    _, sold = bought_in(asked(), FOODS)
    points = read_settings("meals/objective.toml")["waste"]["per_package"]
    assert (sold["avocado"].rest, sold["avocado"].keeps) == (SOON, OVERNIGHT)
    assert points[sold["avocado"].rest] > points[sold["cabbage_raw"].rest]
