"""What is doubtful of figures, and what is not."""

import pytest

from foods.embedded import read_lookup_foods
from foods.library.sanity import Doubts
from tests.kept import kept
from tests.rows import rows

TABLE = read_lookup_foods()
USUAL = Doubts(TABLE)
BREAD = {"energy_kcal": 250.0, "protein_g": 9.0, "fat_g": 3.0, "carbohydrate_g": 47.0}


def doubts(group="", **amounts):
    one = kept("mine", "Mine", group, **amounts)
    found = Doubts().of(one) + USUAL.unlike(one.figures.row, group, amounts)
    return [(doubt.column, str(doubt.text)) for doubt in found]


def test_hardly_a_food_of_the_table_is_doubtful():
    found = {food.food_id for food in TABLE if doubts(food.group, **food.per_100g)}
    assert found == {"salt", "sweetener"}


@pytest.mark.parametrize(("times", "share"), [(1000, 1.0), (0.001, 0.9)])
def test_a_thousandfold_magnesium_is_found(times, share):
    amounts = [(food.group, food.per_100g.get("magnesium_mg") or 0.0) for food in TABLE]
    told = [bool(doubts(group, magnesium_mg=mg * times)) for group, mg in amounts if mg >= 2.0]
    assert sum(told) >= share * len(told)


def test_a_slip_of_a_unit_says_which_it_may_be():
    ((column, text), *_) = doubts(magnesium_mg=79_000.0)
    assert (column, text) == (
        "magnesium_mg",
        "79000 mg in 100 g; no food has more than 781: in µg?",
    )


@rows(__file__, "what_cannot_be_is_doubtful")
def test_what_cannot_be_is_doubtful(change, column, said):
    assert doubts(**BREAD) == []
    found = [text for where, text in doubts(**BREAD | change) if where == column]
    assert any(said in text for text in found)


def test_fiber_gives_energy_or_none_and_without_all_parts_nothing_is_said():
    bran = {"protein_g": 16.0, "fat_g": 4.0, "carbohydrate_g": 65.0, "fibre_g": 43.0}
    assert doubts(energy_kcal=216.0, **bran) == []
    assert doubts(energy_kcal=360.0, **bran) == []
    assert doubts(energy_kcal=10.0, protein_g=16.0) == []
