"""Lists, slang and names that nothing of ours has, as people write them."""

from io import StringIO

import pytest

from foods.embedded import read_lookup_foods
from planner.candidates.dish import read_embedded_dishes
from planner.diary.read import read_diary


def read_line(line, shops=""):
    text = StringIO('day,food\n1,"{}"\n'.format(line.replace('"', '""')))
    diary = read_diary(text, read_lookup_foods(), read_embedded_dishes(), shops=shops)
    return {one.item_id or f"?{one.written}": round(one.mass_g or 0) for one in diary.entries()}


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("roast beef, 2 zorbles, veg", ["roast_beef", "?zorbles", "mixed_vegetables_cooked"]),
        ("plate: chicken, rice, broc", ["chicken_", "white_rice_cooked", "broccoli_cooked"]),
        (
            "bowl - chicken, brown rice, guac",
            ["chicken_", "brown_rice_cooked", "guacamole"],
        ),
        ("pot roast w carrots n potatoes", ["beef_stew_", "carrot_raw", "potato_boiled"]),
        ("mac & cheese, pulled pork, slaw", ["mac_cheese", "pulled_pork", "coleslaw"]),
        ("smoothie: spinach, banana", ["smoothie"]),
        ("10 pork & chive dumplings boiled", ["dumplings_steamed"]),
        ("ham cheese tomato toastie", ["bread_white", "ham", "cheddar", "tomato"]),
        ("flat white, full cream", ["flat_white"]),
        ("2 ryvita + laughing cow light", ["crispbread_rye", "cheese_spread"]),
    ],
)
def test_lists_are_read_part_by_part(line, read_as):
    found = [*read_line(line)]
    assert len(found) == len(read_as)
    assert all(one.startswith(start) for one, start in zip(found, read_as, strict=True))


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("zorble joes cauliflower gnocchi", {"gnocchi": 188}),
        ("zorble, the glazed chicken one", {"chicken_breast_roasted": 120}),
        ("ramen pack chicken flavor", {"ramen_soup": 450}),
        ("hot pocket pepperoni", {"hot_pocket": 105}),
        ("zorble fish oil", {"?zorble fish oil": 0}),
        ("zorble zorbling vanilla", {"?zorble zorbling vanilla": 0}),
        ("bacon sarnie brown sauce", {"canadian_bacon": 45, "bread_white": 70, "steak_sauce": 30}),
    ],
)
def test_a_name_that_nothing_has_is_read_by_its_head(line, read_as):
    assert read_line(line, "uk") == read_as


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ('6" subway turkey no mayo', {"turkey_sandwich": 216}),
        ("cheeseburger no bun", {"ground_beef_lean_cooked": 85, "american_cheese": 21}),
        ("ham & swiss on rye", {"ham": 57, "swiss_cheese": 28, "bread_rye": 64}),
        ("ritz crackers w cheese x6", {"crackers_butter": 18, "cheddar": 21}),
        ("turkey sandwich and a flat white", {"turkey_sandwich": 115, "flat_white": 220}),
        ("fun size snickers", {"chocolate_nougat_bar": 17}),
        ("choc yog", {"yogurt_fruit_lowfat": 150}),
        (
            "salmon, new pots, veg",
            {"salmon_cooked": 110, "potato_new": 160, "mixed_vegetables_cooked": 150},
        ),
    ],
)
def test_signs_slang_and_masses_are_read_as_people_mean_them(line, read_as):
    assert read_line(line) == read_as


def test_what_is_left_out_of_a_meal_does_not_count():
    assert "black_pudding" not in read_line("full irish, no pudding")
