"""A shop of one's own in a plan: paid at checkout and counted as eaten, judged, kept and told."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.check.document import check_document
from planner.cli import cli
from planner.errors import ConfigError, ExportError
from planner.kitchen.sold import read_own_packages
from planner.wire.document import parse_plan_document
from tests import stored
from tests.commands import ended

PLAN = stored.folder("woman_55") / "plan.json"


def run(*args, code=0):
    result = CliRunner().invoke(cli, [*map(str, args)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


def listed(*args):
    return json.loads(run("shop", PLAN, "--json", *args))


@pytest.fixture(scope="module")
def usual():
    return listed()


def test_the_total_is_what_the_till_says_and_the_cupboard_decides(usual):
    total = usual["total"]
    assert total["price"] == pytest.approx(sum(line["price"] for line in usual["lines"]))
    assert total["eaten"] < total["price"] < total["from_empty_cupboard"]
    empty = listed("--empty")["total"]
    assert empty["price"] == pytest.approx(total["from_empty_cupboard"])
    assert empty["from_empty_cupboard"] == pytest.approx(empty["price"])


def needs(shopping):
    """Add up what a list needs of each food on all trips: food id → mass [g]."""
    found = defaultdict(float)
    for line in shopping["lines"]:
        found[line["food_id"]] += line["need_g"]
    return found


def test_four_people_need_four_times_as_much_and_nothing_is_short(usual):
    four = listed("--people", 4)
    assert needs(four) == pytest.approx({food: 4 * mass_g for food, mass_g in needs(usual).items()})
    for line in four["lines"]:
        assert line["surplus_g"] is None or line["surplus_g"] >= 0


def test_two_trips_buy_the_same_and_say_on_which(usual):
    twice = listed("--trips", 2)
    assert needs(twice) == pytest.approx(needs(usual))
    assert {line["trip"] for line in twice["lines"]} == {1, 2}
    assert twice["trips"] == [{"trip": 1, "before_day": 1}, {"trip": 2, "before_day": 5}]


@pytest.mark.parametrize("more", [(), ("--usual",)])
def test_what_a_plan_was_asked_with_stays_at_home_and_what_kitchens_have_is_no_stock(
    tmp_path, more
):
    raw = json.loads(PLAN.read_text(encoding="utf-8"))
    rows = [
        {"food": "kamut_dry", "amount": 900, "unit": "g", "days": None},
        {"food": "saffron", "amount": 2, "unit": "g", "days": 20},
    ]
    raw["request"]["week"] |= {"pantry": rows, "cupboard": "usual"}
    plan, pantry = tmp_path / "plan.json", tmp_path / "p.csv"
    plan.write_text(json.dumps(raw), encoding="utf-8")
    run("pantry", "after", plan, "--pantry", pantry, *more)
    kept = pantry.read_text().splitlines()
    assert "kamut_dry,900,g," in kept
    assert not [line for line in kept if line.startswith("salt,")]


def test_a_pantry_is_filled_used_and_listed(tmp_path):
    pantry = ("--pantry", tmp_path / "p.csv")
    run("pantry", "add", "rolled_oats", "300g", *pantry)
    run("pantry", "add", "rolled_oats", "200 g", *pantry)
    run("pantry", "add", "chickpeas_canned", 2, "can", *pantry)
    run("pantry", "use", "rolled_oats", 1, "cup", *pantry)
    oats, cans = json.loads(run("pantry", "list", "--json", *pantry))["entries"][::-1]
    assert (oats["mass_g"], cans["mass_g"]) == (419, 510)  # a cup of oats is 81 g
    assert "Chickpeas, canned, drained: 2 cans" in run("pantry", "list", *pantry)
    with pytest.raises(ConfigError, match="419 g are there, not 600 g"):
        run("pantry", "use", "rolled_oats", 600, "g", *pantry)
    with pytest.raises(ConfigError, match="is a dish, and the pantry holds foods"):
        run("pantry", "use", "coconut fish curry", 1, "serving", *pantry)
    with pytest.raises(ConfigError, match="is no number above 0"):
        run("pantry", "use", "salmon", "abc", "g", *pantry)


def test_what_was_cooked_goes_off_the_pantry_and_nothing_falls_below_zero(tmp_path):
    own = ("--pantry", tmp_path / "p.csv")
    held = {"almonds": 900, "red pepper": 10, "cashews": 50}
    for food, grams in held.items():
        run("pantry", "add", food, grams, "g", *own)
    told = " ".join(run("pantry", "cooked", PLAN, "red peppers stuffed", *own).split())
    entries = json.loads(run("pantry", "list", "--json", *own))["entries"]
    left = {entry["food_id"]: entry["mass_g"] for entry in entries}
    assert left["almonds"] == pytest.approx(900 - 50, abs=1)  # 1 serving now, 1 for Thursday
    assert "red_pepper_raw" not in left  # all 10 g of it
    assert "0 g not enough there" in told
    assert left["cashews"] == 50
    assert "Not in the pantry, so nothing was taken off:" in told


def test_a_pantry_that_a_person_wrote_is_kept_beside_what_is_written_over_it(tmp_path):
    own, text = tmp_path / "p.csv", "food,amount,unit\ncarrot,2,medium\n"
    own.write_text(text)
    for args in (("use", "carrot", 1, "medium"), ("after", PLAN)):
        with pytest.raises(ExportError, match="exists already") as refused:
            run("pantry", *args, "--pantry", own)
        assert "--force" in str(refused.value)
        assert own.read_text() == text
    run("pantry", "add", "rolled_oats", 500, "g", "--pantry", own)  # loses nothing
    run("pantry", "use", "rolled_oats", 100, "g", "--pantry", own)  # as it was written
    assert (tmp_path / "p.csv.bak").read_text() == text
    for food in ("Rolled oats, dry: 400 g", "Carrot: 2 medium"):
        assert food in run("pantry", "list", "--pantry", own)


def test_a_list_of_its_own_goes_to_another_shop_and_together_they_are_complete():
    plain, cans = listed(), {"canned_dry_beans"}
    divided = listed("--shop-for", "Indian shop=cans,spices")
    assert len(divided["lines"]) == len(plain["lines"])
    sent = [line for line in divided["lines"] if line.get("shop")]
    assert {line["shop"] for line in sent} == {"Indian shop"}
    assert cans < {line["aisle"] for line in sent} | {"spices_baking"}
    assert divided["total"] == plain["total"]
    told = run("shop", PLAN, "--shop-for", "Indian shop=cans,spices", "--empty")
    assert told.index("Indian shop ($") < told.index("The other shop ($")


def test_what_is_bought_comes_off_and_meals_wait_for_the_rest(usual, tmp_path):
    text = "everything but the cans"
    rest = listed("--bought", text)
    left = [line for line in rest["lines"] if not line["pantry"]]
    assert " can" in left[0]["buy"]
    assert rest["total"]["price"] == pytest.approx(sum(line["price"] for line in left))
    assert rest["total"]["price"] < usual["total"]["price"]
    assert "Wait for the rest" in run("shop", PLAN, "--bought", text)
    first = next(line["food_id"] for line in usual["lines"] if not line["pantry"])
    for name, text in (("a.txt", f"[x] {first}\n[ ] salt\n"),
                       ("a.csv", f"food_id,bought\n{first},yes\nsalt,\n")):  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
        rest = listed("--bought", tmp_path / name)
        ids = [{line["food_id"] for line in shopping["lines"]} for shopping in (usual, rest)]
        assert ids[0] - ids[1] == {first}


SHOPS = Path(__file__).parents[3] / "examples" / "shops"
OWN = """# our shop
food_id,pack,size_g,price,label,name,aisle
rolled oats,bag,500,1.17,500 g,Our oats,Near the door
banana,each,200,0.39,,,=Fruit
milk_lowfat,carton,1030,0.78,1 l,,Near the door
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("shop") / "own.csv"
    path.write_text(OWN)
    return path


@pytest.fixture(scope="module")
def planned(own):
    folder = own.parent / "one"
    used = ("--use", "rolled oats:60g", "--use", "banana:200g")
    words = ("--days", 1, "--effort", "quick", "--shops", "uk", "--packages", own, *used)
    code, out, err = ended("plan", *words, "--out", folder)
    assert code == 0, err or out
    return folder, out, json.loads((folder / "plan.json").read_text(encoding="utf-8"))


def faults(written):
    document = parse_plan_document(json.dumps(written), "plan.json")
    return " ".join(check_document(document, stored.foods()).as_one().faults)


def test_one_line_says_so_and_the_list_has_prices_and_aisles_of_that_shop_first(planned):
    folder, out, _ = planned
    assert " ".join(out.split()).count("Prices of 3 foods are your own.") == 1
    text = ended("shop", folder / "plan.json", "--empty")[1]
    places = [text.index(word) for word in ("Near the door", "=Fruit", "Fruit and vegetables")]
    assert places == sorted(places)
    assert "Our oats" in text.partition("Prices of your own; all others are estimates")[2]
    assert re.search(r"Our oats +\S.* +£1\.17 ", text)
    assert "\n=Fruit" not in (folder / "shopping.csv").read_text()  # no formula of a sheet


def test_the_judge_counts_by_the_prices_of_the_request(planned):
    written = planned[-1]
    assert faults(written) == ""
    forged = json.loads(json.dumps(written))
    for package in forged["request"]["week"]["packages"]:
        package["price_usd"] /= 2
    assert "cost" in faults(forged)
    assert "at checkout, its shopping makes" in faults(forged)


@pytest.mark.parametrize("name", ["tesco", "aldi"])
def test_a_sample_of_a_shop_is_read_and_says_what_it_is(name):
    text = (SHOPS / f"{name}.csv").read_text(encoding="utf-8")
    assert "The figures are estimates of this project, not the shop's." in text.splitlines()[0]
    rows = read_own_packages(text, name, stored.foods())
    assert 35 <= len(rows) <= 45
    assert all(row["price"] and row["aisle"] for row in rows)
