"""A shop of one's own in a plan: paid at checkout and counted as eaten, judged, kept and told."""

import json
from pathlib import Path

import pytest

from foods.embedded import read_embedded_foods
from planner.check.document import check_document
from planner.cli.options import build_request, change_request
from planner.errors import ConfigError
from planner.kitchen.sold import read_own_packages
from planner.request.next_week import request_after
from planner.request.read import read_request, request_from_dict, request_to_dict, write_request
from planner.wire.document import parse_plan_document, read_plan_document
from tests.commands import ended

FOODS = read_embedded_foods()
SHOPS = Path(__file__).parents[3] / "examples" / "shops"
PER_USD = 0.78  # pounds
HEADER = "food_id,pack,size_g,price,label,name,aisle\n"
OWN = f"""# our shop
{HEADER}rolled oats,bag,500,1.17,500 g,Our oats,Near the door
banana,each,200,0.39,,,=Fruit
milk_lowfat,carton,1030,0.78,1 l,,Near the door
"""
TWO = ("--eater", "name=Ann,sex=f,age=40", "--eater", "name=Ben,sex=m,age=42")


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("shop") / "own.csv"
    path.write_text(OWN)
    return path


def plan(folder, *words):
    code, out, err = ended("plan", "--days", 1, *words, "--out", folder)
    assert code == 0, err or out
    return out, json.loads((folder / "plan.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def planned(own):
    folder = own.parent / "one"
    used = ("--use", "rolled oats:60g", "--use", "banana:200g")
    return folder, *plan(folder, "--shops", "uk", "--packages", own, *used)


def faults(written):
    document = parse_plan_document(json.dumps(written), "plan.json")
    return " ".join(check_document(document, FOODS).as_one().faults)


def _parts(item):
    return [(one["food_id"], one["mass_g"]) for one in item["ingredients"]]


def test_what_is_eaten_and_paid_costs_what_the_file_says(planned):
    folder, _, written = planned
    prices = {food.food_id: food.price_usd_per_100g / 100 for food in FOODS}
    # as eaten, by the gram: 1.17 for 500 g; 0.39 for 200 g with the peel; 0.78 for a litre
    prices["rolled_oats"] = 1.17 / 500 / PER_USD
    peel = FOODS["banana"].bought_g_per_100g / 100
    prices["banana"] = 0.39 / 200 * peel / PER_USD
    prices["milk_lowfat"] = 0.78 / 1030 / PER_USD
    held = set()
    for meal in (meal for day in written["days"] for meal in day["meals"]):
        for item in meal["items"]:
            parts = _parts(item)
            held |= {food_id for food_id, _ in parts if food_id in ("rolled_oats", "banana")}
            if held.intersection(food_id for food_id, _ in parts):
                by_hand = sum(prices[food_id] * mass_g for food_id, mass_g in parts)
                assert item["cost"] == pytest.approx(by_hand, rel=0.01)
    assert held == {"rolled_oats", "banana"}
    lines = json.loads(ended("shop", folder / "plan.json", "--empty", "--json")[1])["lines"]
    told = {one["food_id"]: one for one in lines}
    assert told["rolled_oats"]["name"] == "Our oats"
    assert told["rolled_oats"]["price"] == pytest.approx(1.17 / PER_USD, abs=0.01)
    assert told["banana"]["price"] == pytest.approx(
        told["banana"]["packages"] * 0.39 / PER_USD, abs=0.01
    )


def test_one_line_says_so_and_the_list_has_the_aisles_of_that_shop_first(planned):
    folder, out, _ = planned
    assert " ".join(out.split()).count("Prices of 3 foods are your own.") == 1
    text = ended("shop", folder / "plan.json", "--empty")[1]
    places = [text.index(word) for word in ("Near the door", "=Fruit", "Fruit and vegetables")]
    assert places == sorted(places)
    assert "Our oats" in text
    assert "Our oats" in text.partition("Prices of your own; all others are estimates")[2]
    assert "\n=Fruit" not in (folder / "shopping.csv").read_text()  # no formula of a sheet
    german = ended("show", folder / "plan.json", "--full", "--lang", "de")[1]
    assert "Die Preise von 3 Lebensmitteln sind Ihre eigenen." in " ".join(german.split())


def test_the_judge_counts_by_the_prices_of_the_request(planned):
    written = planned[-1]
    assert faults(written) == ""
    forged = json.loads(json.dumps(written))
    for one in forged["request"]["week"]["packages"]:
        one["price_usd"] /= 2
    assert "cost" in faults(forged)
    assert "at checkout, its shopping makes" in faults(forged)
    del forged["request"]["week"]["packages"]
    assert "at checkout, its shopping makes" in faults(forged)


def test_a_table_of_two_has_one_shop(own):
    folder = own.parent / "two"
    out, written = plan(folder, *TWO, "--shops", "uk", "--packages", own)
    assert " ".join(out.split()).count("Prices of 3 foods are your own.") == 1
    assert faults(written) == ""
    for one in written["request"]["week"]["packages"]:
        one["price_usd"] *= 9
    assert "cost" in faults(written)


def test_replan_and_next_keep_it_and_another_file_takes_its_place(own, planned):
    folder = planned[0]
    request = read_plan_document(folder / "plan.json").request
    assert len(request.week.packages) == 3
    assert change_request(request, "plan").week.packages == request.week.packages
    other = own.parent / "other.csv"
    other.write_text(f"{HEADER}eggs,box,342,1.56,,,\n")
    (eggs,) = change_request(request, "plan", packages=other).week.packages
    assert (eggs.food_id, eggs.price_usd) == ("egg_raw", 2.0)
    assert request_after(request, None, "plan.json", ()).week.packages == request.week.packages
    kept = folder.parent / "again"
    code, out, err = ended("replan", folder / "plan.json", "--lock", "1:dinner", "--out", kept)
    assert code == 0, err or out
    assert read_plan_document(kept / "plan.json").request.week.packages == request.week.packages


def test_another_price_says_what_is_paid_before_and_now_and_where_it_changes_nothing(planned):
    folder = planned[0]
    paid = json.loads(ended("shop", folder / "plan.json", "--json")[1])["total"]["price"]
    other = folder.parent / "dearer.csv"
    rows = "rolled oats,bag,500,2.34,,Our oats,\nbanana,each,200,0.39,,,\n"
    other.write_text(f"{HEADER}{rows}milk_whole,carton,1030,9.00,,,\nsaffron,jar,1,4,,,\n")
    new = folder.parent / "dearer"
    code, out, err = ended("replan", folder / "plan.json", "--packages", other, "--out", new)
    text = " ".join(out.split())
    assert code == 0, err or out
    now = json.loads(ended("shop", new / "plan.json", "--json")[1])["total"]["price"]
    told = tuple(f"£{one * PER_USD:.2f}" for one in (paid, now))
    assert f"At checkout: {told[0]} before, {told[1]} now." in text
    assert "Your price of Saffron changes nothing: none of it is bought." in text
    assert "Your price of Our oats" not in text
    assert "Your price of Banana" not in text
    assert "Your price of Whole milk changes nothing: what is bought is Milk (1 %)." in text


def test_a_request_file_says_it_in_the_money_of_its_shops(tmp_path, planned):
    path = tmp_path / "me.toml"
    row = '{ food_id = "rolled oats", pack = "bag", size_g = 500, price = 1.17 }'
    path.write_text(f'[week]\nshops = "uk"\npackages = [{row}]\n')
    (oats,) = read_request(path).week.packages
    assert (oats.food_id, oats.price_usd) == ("rolled oats", 1.5)
    request = read_request(planned[0] / "request.toml")
    path.write_text(write_request(request))
    assert read_request(path).week.packages == request.week.packages
    assert request_from_dict(request_to_dict(request)) == request
    assert "packages" not in request_to_dict(build_request())["week"]


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    path = tmp_path / "bad.csv"
    rows = ("unicorn,can,100,,,,", "eggs,box,342,-1,,,", *["banana,each,200,,,,"] * 2)
    path.write_text(HEADER + "\n".join(rows))
    with pytest.raises(ConfigError) as error:
        build_request(packages=path)
    assert [one.partition(":")[0] for one in error.value.faults] == ["row 2", "row 3", "row 5"]


def test_the_flag_of_the_list_reads_the_same_file_as_that_of_the_plan(own, planned):
    plain = own.parent / "plain"
    plan(plain, "--shops", "uk", "--use", "rolled oats:60g")
    lines = {
        one["food_id"]: one
        for one in json.loads(
            ended("shop", plain / "plan.json", "--empty", "--packages", own, "--json")[1]
        )["lines"]
    }
    oats = lines["rolled_oats"]
    assert (oats["aisle"], oats["name"]) == ("Near the door", "Our oats")
    assert oats["price"] == pytest.approx(1.17 / PER_USD, abs=0.01)


@pytest.mark.parametrize("name", ["tesco", "aldi"])
def test_a_sample_of_a_shop_is_read_and_says_what_it_is(name):
    text = (SHOPS / f"{name}.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == (
        "# Sample in the form of a shop's file. "
        "The figures are estimates of this project, not the shop's."
    )
    rows = read_own_packages(text, name, FOODS)
    assert 35 <= len(rows) <= 45
    assert all(row["price"] and row["aisle"] for row in rows)
