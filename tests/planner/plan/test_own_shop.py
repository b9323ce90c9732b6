"""Prices of one's own shop: by hand for foods as eaten; and what is to be mended."""

import pytest

from foods.embedded import read_embedded_foods
from planner.errors import ConfigError
from planner.kitchen.sold import own_shelves, shelves_for
from planner.plan.own_shop import foods_with_prices
from planner.request.request import Package, PlanRequest, WeekOptions
from planner.table.faults import faults_in

FOODS = read_embedded_foods()


def asked(*rows, **week):
    packages = (Package(name, "bag", "", size_g, price, "") for name, size_g, price in rows)
    return PlanRequest(week=WeekOptions(packages=tuple(packages), **week))


def price(name, *rows):
    return foods_with_prices(FOODS, asked(*rows))[name].price_usd_per_100g


@pytest.mark.parametrize(
    ("food_id", "row", "usd"),
    [
        ("rolled_oats", ("rolled oats", 500, 2.5), 0.5),
        ("banana", ("banana", 200, 0.5), 0.25 * FOODS["banana"].bought_g_per_100g / 100),  # peel
        ("rolled_oats", ("oatmeal_cooked", 500, 2.5), 0.5),  # what is bought for it
        ("lentils_cooked", ("lentils, dry", 500, 2.5),
         0.5 * FOODS["lentils_cooked"].bought_g_per_100g / 100),
        ("coffee", ("coffee", 250, 5.0), 0.126),  # 6.3 g of it for 100 g of the drink
        ("chickpeas_canned", ("canned chickpeas", 240, 1.2), 0.5),
        ("almonds", ("rolled oats", 500, 2.5), FOODS["almonds"].price_usd_per_100g),
    ],
)  # fmt: skip
def test_a_food_costs_what_is_bought_for_it(food_id, row, usd):
    assert price(food_id, row) == pytest.approx(usd)


def test_of_several_packages_the_cheapest_by_the_gram_counts_and_one_has_no_price():
    rows = ("rolled oats", 500, 2.5), ("rolled oats", 1000, 4.0), ("rolled oats", 250, None)
    assert price("rolled_oats", *rows) == pytest.approx(0.4)
    sizes = own_shelves(asked(*rows), FOODS)["rolled_oats"]
    assert [size.price_usd for size in sizes] == pytest.approx([1.0, 2.5, 4.0])


def test_every_faulty_entry_of_a_request_is_told_at_once():
    request = asked(("unicorn", 1, None), ("eggs", 570, None), ("egg_raw", 570, 3.0))
    with pytest.raises(ConfigError) as error:
        foods_with_prices(FOODS, request)
    told = str(error.value)
    assert "[week] packages" in told
    assert "entry 1: no food 'unicorn'" in told
    assert "entry 3: egg_raw: bag of 570 g stands twice" in told
    assert [str(fault) for fault in faults_in(request)].count(told) == 1


def test_what_is_at_home_may_be_counted_in_packages_of_ones_own():
    sizes = shelves_for(asked(("rolled oats", 777, None)), FOODS)["rolled_oats"]
    assert [(size.pack, size.size_g) for size in sizes] == [("bag", 777)]
