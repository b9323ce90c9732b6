import pytest

from foods.embedded import read_embedded_foods
from planner.errors import ConfigError
from planner.kitchen.carried import pantry_after
from planner.kitchen.pantry import Pantry, PantryEntry, added, as_csv, parse_pantry, taken
from planner.kitchen.sold import shelves_of
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
    # 35 g of a bag of 200 g; passata was opened on day 2 and keeps five days
    assert (after["quinoa_dry"].mass_g, after["quinoa_dry"].days) == (165.0, None)
    assert (after["passata"].mass_g, after["passata"].days) == (600.0, 5)
