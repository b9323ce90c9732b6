import json

import pytest
from click.testing import CliRunner

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.small_children import hazards_of
from planner.cli import cli
from planner.cli.dishes import find_dish
from planner.errors import CandidatesError, ConfigError

DISHES = {dish.dish_id: dish for dish in read_embedded_dishes()}
FOODS = read_embedded_foods()


def run(*args):
    return CliRunner().invoke(cli, ["dishes", *args], catch_exceptions=False).stdout


def rows(*args):
    return json.loads(run("list", *args, "--json"))


def listed(*args):
    return [DISHES[one["id"]] for one in rows(*args)]


def test_every_dish_is_listed():
    assert len(listed()) == len(DISHES)
    assert run("list").splitlines()[-1] == f"{len(DISHES)} dishes"


def test_filters_hold_together():
    found = rows("--kind", "main", "--diet", "vegan", "--max-minutes", "40")
    assert found
    for dish in found:
        assert (dish["kind"], dish["minutes"] <= 40) == ("main", True)
        held = (FOODS[line["food_id"]].origin for line in dish["ingredients"])
        assert frozenset().union(*held) == {"plant"}


def test_an_allergen_leaves_out_what_is_made_of_it():
    found = rows("--without", "milk", "--without", "tree nuts")
    assert found
    for dish in found:
        held = (FOODS[line["food_id"]].allergens for line in dish["ingredients"])
        assert not {"milk", "tree_nut"} & frozenset().union(*held)
        assert not {"milk", "tree_nut"} & set(dish["allergens"])


def test_a_dish_is_shown_as_it_is_cooked_without_something():
    said = run("show", "corn flakes with milk, banana and strawberries", "--diet", "vegan")
    assert said.startswith("Corn flakes with soy milk, banana and strawberries")
    assert "Pour on the cold soy milk" in said
    assert "Allergens: gluten, soy" in said
    assert "milk" not in said.replace("oy milk", "")
    assert run("show", "corn_flakes_milk_banana").startswith("Corn flakes with milk")


def test_a_name_or_an_id_finds_a_dish():
    dish = next(iter(DISHES.values()))
    assert find_dish(dish.name.upper(), DISHES.values()) is dish
    assert run("show", dish.dish_id).startswith(dish.name)


@pytest.mark.parametrize("said", ["eggs and bacon", "Bacon and eggs", "toast with egg, bacon"])
def test_words_of_a_name_find_a_dish_in_any_order(said):
    assert find_dish(said, DISHES.values()).dish_id == "bacon_eggs_toast_tomato"


def test_a_name_as_a_week_prints_it_finds_the_dish_among_others():
    name = "Greek salad with white beans, feta and pita"
    assert find_dish(name, DISHES.values()).dish_id == "greek_salad_white_beans_pita"
    with pytest.raises(CandidatesError, match=r"dishes are called 'Greek salad'"):
        find_dish("Greek salad", DISHES.values())
    with pytest.raises(CandidatesError, match=r"dishes are called 'pizza'"):
        find_dish("pizza", DISHES.values())


def test_several_dishes_with_all_words_are_named_and_joiners_name_none():
    with pytest.raises(CandidatesError, match=r"dishes are called 'rice and chicken'"):
        find_dish("rice and chicken", DISHES.values())
    with pytest.raises(CandidatesError, match=r"no dish is called 'and with'"):
        find_dish("and with", DISHES.values())


def test_an_unknown_dish_offers_the_nearest():
    with pytest.raises(CandidatesError, match=r"no dish is called 'chana masal'.*chana_masala"):
        run("show", "chana masal")


def test_an_unknown_diet_is_told():
    with pytest.raises(ConfigError, match="keto"):
        run("list", "--diet", "keto")


def test_filters_that_leave_nothing_say_so():
    with pytest.raises(CandidatesError, match="no dish fits all of that"):
        run("list", "--kind", "main", "--max-minutes", "1")


def test_tags_of_files_and_the_derived_one_filter_together():
    found = listed("--tag", "kids", "--tag", "under_5", "--kind", "main")
    assert len(found) >= 20
    assert all("kids" in dish.tags and not hazards_of(dish, FOODS) for dish in found)


def test_a_word_for_tags_is_taken_with_an_underscore_and_a_dish_says_what_it_needs():
    assert listed("--tag", "one_pan") == listed("--tag", "one pan") == listed("--tag", "one_pot")
    assert "Needs: oven." in run("show", "honey_mustard_chicken_traybake")
    assert "Needs" not in run("show", "hummus_pita_cherry_tomatoes")


def test_a_dish_says_what_a_cook_changes_for_a_small_child():
    text = " ".join(run("show", "hummus_carrot_sticks").split())
    assert "For children under 5: Carrot (hard raw vegetables in pieces): grate them" in text
    safe = run("show", "mashed_potatoes_milk")
    assert "under 5" in safe
    assert "For children" not in safe


def test_dishes_are_listed_by_what_they_hold_are_and_bring():
    held = listed("--with", "chickpeas", "--kind", "main")
    assert len(held) > 10
    assert all(any("chickpea" in line.food_id for line in one.ingredients) for one in held)
    red = listed("--with", "red lentils")  # boiled in the recipe, bought dry
    assert "ezogelin_lentil_soup" in [one.dish_id for one in red]
    assert len(red) < len(listed("--with", "lentils"))
    assert listed("--tag", "freezes") == listed("--tag", "freezable")
    mild, spicy = ({one.dish_id for one in listed("--tag", tag)} for tag in ("mild", "spicy"))
    assert mild
    assert mild.isdisjoint(spicy)
    first, second, *_, last = [one["per_serving"] for one in rows("--sort", "magnesium")]
    assert first["magnesium_mg"] > second["magnesium_mg"] > last["magnesium_mg"]
    dense = [one["per_serving"] for one in rows("--sort", "magnesium/100kcal")]
    shares = [one["magnesium_mg"] / one["energy_kcal"] for one in dense]
    assert shares == sorted(shares, reverse=True)
    head = run("list", "--sort", "magnesium/100kcal").splitlines()[:3]
    assert [line.split()[-1] for line in head] == ["per", "100", "kcal"]


def test_a_recipe_in_a_file_is_improved_without_what_may_not_come(tmp_path):
    path = tmp_path / "lasagne.txt"
    path.write_text(
        "Beef lasagne\nServes 6\n\nIngredients\n500 g lean ground beef\n800 g canned tomatoes\n"
        "250 g lasagne sheets\n600 ml whole milk\n150 g part-skim mozzarella\n1 jar Zorbly\n\n"
        "Instructions\n1. Layer and bake.\n",
        encoding="utf-8",
    )
    found = json.loads(run("improve", str(path), "--json"))
    assert found["servings"] == 6
    assert found["not_counted"] == ["1 jar Zorbly"]
    assert "whole-wheat pasta" in found["changes"][0]["change"]
    assert found["after"]["magnesium_mg"] > found["before"]["magnesium_mg"] + 30
    text = run("improve", str(path), "--without", "legumes", "--lang", "de")
    assert "Vollkornnudeln" in text
    assert "Linsen" not in text


def test_dishes_are_listed_by_german_names_whatever_language_is_spoken():
    english, german = ("chickpeas", "fish"), ("kichererbsen", "fisch")
    listed_so = [run("list", "--with", one, "--without", other) for one, other in (english, german)]
    assert listed_so[0] == listed_so[1]
    assert run("list", "--have", "spinat,reis") == run("list", "--have", "spinach,rice")


def test_lists_of_dishes_and_of_foods_speak_german():
    head = run("list", "--max-minutes", "6", "--lang", "de").splitlines()[0].split()
    assert head[:4] == ["Gericht", "Art", "Min.", "kcal"]
    text = run("list", "--have", "spinach,rice", "--lang", "de")
    assert "Koreanischer Eierreis mit Sesamspinat" in text
    assert "Braucht Spinat, Reis. Zu kaufen: Eier; " in text
    words = ["foods", "search", "spinat", "--sort", "magnesium", "--lang", "de"]
    rows = CliRunner().invoke(cli, words, catch_exceptions=False).stdout.splitlines()
    row = next(one for one in rows if one.startswith("spinach_raw"))
    assert row.split() == [
        "spinach_raw",
        "Frischer",
        "Spinat",
        "leafy_greens",
        "93",
        "67",
        "23",
        "93",
    ]


@pytest.mark.parametrize("tool", ["microwave", "oven"])
def test_equipment_is_no_tag_and_what_asks_for_it_is_said(tool):
    found = CliRunner().invoke(cli, ["dishes", "list", "--tag", tool])
    assert found.exit_code == 2
    said = " ".join(found.output.split())
    assert f"--without '{tool}'` lists" in said
    assert f"--kitchen '{tool}'` plans" in said
