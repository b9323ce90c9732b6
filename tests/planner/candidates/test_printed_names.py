"""Names that plans print are taken by ``--put``, ``--like``, ``--without`` and diaries."""

from functools import cache

import pytest

from foods.embedded import read_embedded_foods, read_lookup_foods
from planner.candidates.dish import read_embedded_dishes
from planner.candidates.exchanges import dish_printed, with_exchanges
from planner.candidates.names import find_meaning
from planner.candidates.put_names import find_served
from planner.diary.diary import DISH
from planner.diary.names import NameBook
from planner.diary.read import read_diary
from tests.exchanged import those_without

EACH = 6  # of the names, one of so many: all of them take a minute
WITHOUT = ("gluten", "milk")


@cache
def printed():
    """Give the names of dishes in which something else stands than is written, and their ids."""
    written = read_embedded_dishes()
    own = {one.dish_id: one.name for one in written}
    usual = with_exchanges(written, [frozenset()])
    made = [*usual, *(one for name in WITHOUT for one in those_without(name))]
    return {one.name: one.dish_id for one in made if one.name != own[one.dish_id]}


def test_each_name_of_a_dish_with_something_else_in_it_is_that_dish():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    book, names = NameBook(read_lookup_foods(), dishes), printed()
    assert len(names) > 200
    for name in [*sorted(names)[::EACH], "Toasted oat rings with milk and banana"]:
        own = names[name]
        assert find_served(name, "dinner", foods, dishes) == (own,), name
        assert find_meaning(name, foods, dishes).dish_ids == {own}, name
        assert find_meaning(name, foods, dishes, is_unwanted=True).dish_ids == {own}, name
        assert book.item(book.find(name).item_id).dish_id == own, name


def test_both_names_of_a_dish_are_taken():
    foods, dishes = read_embedded_foods(), read_embedded_dishes()
    for drink in ("milk", "soy drink"):
        name = f"Toasted oat rings with {drink} and banana"
        assert find_meaning(name, foods, dishes).dish_ids == {"oat_rings_banana_soy"}


def test_a_diary_counts_what_stands_in_it(tmp_path):
    path = tmp_path / "diary.txt"
    path.write_text("Pasta e ceci, with gluten-free pasta\nPasta e ceci\n")
    diary = read_diary(path, read_lookup_foods(), read_embedded_dishes())
    lines = list(diary.entries())
    assert [(one.kind, one.item_id) for one in lines] == [(DISH, "pasta_e_ceci")] * 2
    assert ["corn_pasta_cooked" in dict(one.ingredients) for one in lines] == [True, False]


@pytest.mark.parametrize("name", ["oatmeal with milk and banana", "banana", "spinach pie"])
def test_no_other_name_is_one_of_them(name):
    assert dish_printed(name, read_embedded_dishes()) is None
