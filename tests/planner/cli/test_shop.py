import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import CandidatesError, ConfigError, ExportError

PLAN = Path(__file__).parents[2] / "golden" / "weeks" / "woman_55" / "plan.json"


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


def test_a_list_is_weighed_in_the_units_of_its_shops():
    def ounces(*args):
        return [line["buy"] for line in listed(*args)["lines"] if re.search(r"oz|lb", line["buy"])]

    assert ounces()
    assert ounces("--shops", "uk") == ounces("--shops", "eu") == []


def test_what_is_at_home_is_told_in_its_units_and_for_how_many_days(tmp_path):
    pantry = tmp_path / "pantry.csv"
    pantry.write_text(
        "food,amount,unit,days\nmilk_lowfat,32.5,g,1\ncarrot,2,medium,3\nrolled_oats,2,canister,\n"
    )
    assert run("pantry", "list", "--pantry", pantry).splitlines() == [
        "Low-fat milk (1 %): 32.5 g, good for 1 day",
        "Carrot: 2 medium, good for 3 days",
        "Rolled oats, dry: 2 canisters",
    ]
    assert run("pantry", "list", "--lang", "de", "--pantry", pantry).splitlines() == [
        "Fettarme Milch (1 %): 32,5 g, noch 1 Tag gut",
        "Möhre: 2 mittelgroße, noch 3 Tage gut",
        "Haferflocken, roh: 2 Dosen",
    ]


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


def test_people_are_all_who_eat_also_of_a_plan_for_several_of_one_kind(tmp_path):
    group = ("--eater", "name=Group,sex=m,age=50,count=4", "--guests", "1:dinner=2")
    run("plan", "--days", 1, *group, "--out", tmp_path)
    lists = [json.loads(run("shop", tmp_path / "plan.json", "--json", *more)) for more in (
        (), ("--people", 4), ("--people", 3), ("--people", 30),
    )]  # fmt: skip
    assert [one["people"] for one in lists] == [4, 4, 3, 30]
    asked, four, three, many = map(needs, lists)
    assert four == asked
    for food, mass_g in asked.items():  # guests come once, whoever eats beside them
        of_four = (many[food] - mass_g) * 4 / 26
        assert mass_g - three[food] == pytest.approx(of_four / 4, abs=1.0)
        assert mass_g - of_four > -1.0
    usd = []
    for more in ((), ("--people", 8)):
        told = " ".join(run("shop", tmp_path / "plan.json", *more).split())
        usd.append(float(re.search(r"breakfast, [^$]*\$(\d+\.\d\d)", told)[1]))
    assert usd[1] == pytest.approx(2 * usd[0], abs=0.02)


def test_two_trips_buy_the_same_and_say_on_which(usual):
    twice = listed("--trips", 2)
    assert needs(twice) == pytest.approx(needs(usual))
    assert {line["trip"] for line in twice["lines"]} == {1, 2}
    assert twice["trips"] == [{"trip": 1, "before_day": 1}, {"trip": 2, "before_day": 5}]


def test_the_rest_of_a_week_is_not_bought_again(tmp_path, usual):
    pantry = tmp_path / "pantry.csv"
    run("pantry", "after", PLAN, "--usual", "--pantry", pantry)
    again = listed("--pantry", pantry, "--usual")["total"]
    assert again["price"] < 0.75 * usual["total"]["price"]
    assert re.search(r"^(rolled_oats|\w+_dry),", pantry.read_text(), re.MULTILINE)


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
    for food, grams in (
        ("roasted pumpkin seeds unsalted", 900),
        ("sweet potato", 10),
        ("cashews", 50),
    ):
        run("pantry", "add", food, grams, "g", *own)
    told = " ".join(run("pantry", "cooked", PLAN, "sheet-pan chicken", *own).split())
    left = {
        one["food_id"]: one["mass_g"]
        for one in json.loads(run("pantry", "list", "--json", *own))["entries"]
    }
    assert left["pumpkin_seeds"] == pytest.approx(900 - 16, abs=1)  # 1 now, 1 for Tuesday
    assert "sweet_potato_raw" not in left  # all 10 g of it
    assert "0 g not enough there" in told
    assert left["cashews"] == 50
    assert "Not in the pantry, so nothing was taken off:" in told


def test_what_was_cooked_is_asked_about_and_a_dish_is_no_food(tmp_path):
    own = ("--pantry", tmp_path / "p.csv")
    with pytest.raises(ConfigError, match=r"\(3:lunch\).*\(7:lunch\)"):
        run("pantry", "cooked", PLAN, "black bean", *own)
    with pytest.raises(ConfigError, match="magplan pantry cooked"):
        run("pantry", "use", "japanese ginger pork", 1, "serving", *own)
    assert not (tmp_path / "p.csv").exists()


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


def test_ones_own_packages_and_aisles_are_used(tmp_path):
    packages, aisles = tmp_path / "shop.csv", tmp_path / "aisles.csv"
    packages.write_text("food_id,pack,size_g,price_usd,name\nolive_oil,jug,2000,30,House oil\n")
    aisles.write_text("aisle,heading\noils_condiments,Oils first\n")
    said = ("--empty", "--packages", packages, "--aisles", aisles)
    (oil,) = [one for one in listed(*said)["lines"] if one["food_id"] == "olive_oil"]
    assert (oil["buy"], oil["price"], oil["name"]) == ("1 jug of 2 kg", 30, "House oil")
    text = run("shop", PLAN, *said)
    assert text.index("Oils first") < text.index("Fruit and vegetables")


def test_meals_stand_below_each_thing_where_they_are_asked_for():
    assert "(day 1)" in run("shop", PLAN, "--meals")
    assert "(day 1)" not in run("shop", PLAN)


def test_an_empty_kitchen_has_no_pantry():
    run("shop", PLAN, "--empty", "--usual", code=2)


def test_a_file_that_is_no_pantry_is_told(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("thing,much\n")
    with pytest.raises(ConfigError, match="no column food, amount"):
        run("shop", PLAN, "--pantry", path)
    with pytest.raises(ConfigError, match="no such file"):
        run("shop", PLAN, "--pantry", tmp_path / "none.csv")


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


def test_what_is_bought_is_named_in_german_too():
    one, other = (listed("--bought", text) for text in ("milk and onion", "Milch und Zwiebel"))
    assert one["lines"] == other["lines"]
    but, ausser = (listed("--bought", text) for text in ("all but milk", "alles außer Milch"))
    assert but["lines"] == ausser["lines"]


@pytest.mark.parametrize("text", ["everything but the cans", "everything down to the tins"])
def test_what_is_bought_comes_off_and_meals_wait_for_the_rest(text, usual):
    rest = listed("--bought", text)
    left = [line for line in rest["lines"] if not line["pantry"]]
    assert left
    assert " can" in left[0]["buy"]
    assert rest["total"]["price"] == pytest.approx(sum(line["price"] for line in left))
    assert rest["total"]["price"] < usual["total"]["price"]
    assert "Wait for the rest" in run("shop", PLAN, "--bought", text)


def test_what_is_bought_may_stand_in_a_file(tmp_path, usual):
    first = next(line for line in usual["lines"] if not line["pantry"])
    for name, text in (("a.txt", f"[x] {first['food_id']}\n[ ] salt\n"),
                       ("a.csv", f"food_id,bought\n{first['food_id']},yes\nsalt,\n")):  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
        rest = listed("--bought", tmp_path / name)
        gone = [one for one in usual["lines"] if one["food_id"] not in
                {line["food_id"] for line in rest["lines"]}]  # fmt: skip
        assert {one["food_id"] for one in gone} == {first["food_id"]}


def test_a_name_with_a_comma_is_one_food(usual):
    held = [one for one in usual["lines"] if "," in one["name"] and not one["pantry"]]
    assert held
    rest = {
        one["food_id"]
        for one in listed("--bought", ", ".join(one["name"] for one in held))["lines"]
    }
    assert {one["food_id"] for one in usual["lines"]} - rest == {one["food_id"] for one in held}


def test_what_nobody_sells_is_asked_about():
    with pytest.raises(CandidatesError, match="unobtainium"):
        run("shop", PLAN, "--bought", "unobtainium")
    with pytest.raises(ConfigError, match="names no shop"):
        run("shop", PLAN, "--shop-for", "dal")
