"""``magplan foods`` on the command line."""

import csv
import json
import re

import pytest
from click.testing import CliRunner

from foods.embedded import data_settings, read_embedded_foods
from foods.errors import UserFacingError
from foods.own_csv import read_food_csv
from planner.cli import cli
from tests.commands import ended


def run(*words):
    return CliRunner().invoke(cli, ["foods", *words])


def test_search_prints_id_name_group_minerals_energy_and_measure():
    first = run("search", "pumpkin", "seeds").stdout.splitlines()
    assert first[0].split() == [
        *("food_id", "name", "group", "Mg", "mg", "Ca", "mg", "kcal", "measure"),
    ]
    assert any("pumpkin_seeds_raw" in line and "500" in line for line in first)


def test_a_search_without_a_hit_ends_with_1_and_offers_the_nearest():
    result = run("search", "vatercress")
    assert isinstance(result.exception, UserFacingError)
    assert result.exception.exit_code == 1
    assert "watercress" in str(result.exception)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("spinnach", "spinach_raw"),
        ("semi skimmed milk", "milk_reduced_fat"),
        ("wholemeal bread", "bread_whole_wheat"),
        ("seeds pumkin", "pumpkin_seeds"),
        ("cheese burger", "cheeseburger"),  # that no plan uses
    ],
)
def test_a_search_minds_neither_spelling_nor_order_and_begins_with_what_is_usual(words, first):
    rows = run("search", *words.split()).stdout.splitlines()
    found = [line.split()[0] for line in rows if "_" in line or "cheeseburger" in line]
    assert first == next(one for one in found if one != "food_id")


def test_foods_are_sorted_by_a_nutrient_as_it_is_or_in_100_kcal():
    seeds = run("search", "seeds", "--sort", "magnesium").stdout.splitlines()[1:]
    amounts = [float(line.split()[-1]) for line in seeds if line.split()[-1].isdigit()]
    assert len(amounts) > 5
    assert amounts == sorted(amounts, reverse=True)
    greens = run("search", "--sort", "magnesium/100kcal").stdout
    assert "chard" in greens.split("spinach")[0] + greens.split("spinach")[1]
    assert run("search").exit_code == 2
    for what in ("serving", "calcium", "usd"):
        rows = run("search", "--group", "nut", "--sort", f"magnesium/{what}").stdout.splitlines()
        amounts = [float(line.split()[-1]) for line in rows if re.search(r"\d\.\d$", line)]
        assert len(amounts) > 5
        assert amounts == sorted(amounts, reverse=True)
    assert "no food group is called" in str(run("search", "--group", "tools").exception)
    assert "no nutrient to sort by" in run("search", "kale", "--sort", "taste").stderr


def test_foods_are_sorted_by_what_the_money_of_the_shops_buys():
    def best(money):
        rows = run("search", "sunflower", "--sort", f"magnesium/{money}").stdout.splitlines()
        return next(float(line.split()[-1]) for line in rows if re.search(r"\d\.\d$", line)), rows

    dollars, euros, pounds = best("usd"), best("eur"), best("£")
    assert euros[0] == pytest.approx(dollars[0] / 0.92, abs=0.1)
    assert pounds[0] == pytest.approx(dollars[0] / 0.78, abs=0.1)
    assert [one[1][0].split("  ")[-1].strip() for one in (dollars, euros, pounds)] == [
        "per dollar",
        "per EUR",
        "per GBP",
    ]
    assert "A dollar is taken as 0.92 EUR." in " ".join(euros[1])
    assert "taken as" not in " ".join(dollars[1])


def test_show_prints_both_figures_where_a_mineral_is_overlaid():
    text = " ".join(run("show", "tahini").stdout.split())
    assert "356.8" in text
    assert "sr28 12166 says 95" in text


def test_show_marks_estimates_and_unknown_amounts():
    assert "estimated (niacin from tryptophan)" in " ".join(run("show", "tahini").stdout.split())
    assert "?" in run("show", "water_evian").stdout


def test_show_json_holds_the_agreed_keys_and_null_for_unknown():
    answer = json.loads(run("show", "water_evian", "--json").stdout)
    agreed = {"food_id", "name", "per_100g", "measures", "release", "fdc_id", "ndb_no", "flags"}
    assert agreed <= set(answer)
    assert answer["per_100g"]["potassium_mg"] is None
    assert answer["measures"][0] == {"measure": "glass", "grams": 240.0}


def test_export_prints_what_it_writes(tmp_path):
    out = tmp_path / "foods.csv"
    result = run("export", "--out", str(out))
    assert result.stdout == ""
    assert out.read_text(encoding="utf-8-sig") == run("export").stdout
    assert "tahini" in read_food_csv(out)


@pytest.mark.parametrize(
    ("food", "source"),
    [("tahini", "our own estimate of what"), ("american_cheese", "a US average of 2017/18")],
)
def test_a_price_is_told_with_its_unit_and_whose_it_is_and_of_when(food, source):
    assert re.search(rf"[\d.]+ USD per 100 g: {source}", " ".join(run("show", food).stdout.split()))
    answer = json.loads(run("show", food, "--json").stdout)
    assert answer["price_source"].startswith(source)
    assert answer["price_source"].endswith(f"of {data_settings('SOURCES.toml')['prices']['year']}")


def test_an_exported_table_has_prices_which_are_not_read_back(tmp_path):
    (tmp_path / "foods.csv").write_text(run("export").stdout, encoding="utf-8")
    rows = list(csv.DictReader((tmp_path / "foods.csv").read_text(encoding="utf-8").splitlines()))
    assert all(float(row["price_usd_per_100g"]) >= 0 for row in rows)
    assert {row["price_source"].split(" of ")[0] for row in rows} == {"our own estimate"}
    assert "price_usd_per_100g" not in read_food_csv(tmp_path / "foods.csv")["tahini"].per_100g


def test_export_where_nothing_can_be_written_is_a_clear_error(tmp_path):
    result = run("export", "--out", str(tmp_path / "none" / "foods.csv"))
    assert isinstance(result.exception, UserFacingError)
    assert "No such file" in str(result.exception)


def test_a_proof_that_does_not_hold_ends_with_3(tmp_path):
    (tmp_path / "foods.csv").write_text("ndb_no\n99001\n")
    (tmp_path / "nutrients.csv").write_text("ndb_no,nutr_no,amount_per_100g\n99001,304,1\n")
    result = run("prove", "--release", "sr28", str(tmp_path))
    assert result.exit_code == 3
    assert "does not hold" in result.stdout
    assert result.stdout.count("  not found: ") == 20


def test_proving_nothing_is_a_usage_error():
    assert run("prove").exit_code == 2


@pytest.mark.parametrize("name", ["search", "show", "export", "prove"])
def test_every_help_ends_with_an_example(name):
    assert (
        run(name, "--help").stdout.strip().splitlines()[-1].lstrip().startswith("Example: magplan")
    )


def test_carry_writes_the_figures_beside_the_catalogue(tmp_path):
    (tmp_path / "catalogue.csv").write_text(
        "food_id,name,group,release,source_id,origin,flags\noats,Oats,whole_grains,sr28,1,plant,\n"
    )
    (tmp_path / "overlays.csv").write_text("food_id,foundation_fdc_id,except,reason\n")
    (tmp_path / "phytate_oxalate.csv").write_text("food_id,phytate_mg,oxalate_mg\n")
    (tmp_path / "sr28").mkdir()
    (tmp_path / "sr28" / "foods.csv").write_text("ndb_no\n1\n")
    (tmp_path / "sr28" / "nutrients.csv").write_text("ndb_no,nutr_no,amount_per_100g\n1,304,9.50\n")
    from foods.embedded import read_data_text

    (tmp_path / "estimates.toml").write_text(read_data_text("estimates.toml"), encoding="utf-8")
    result = run("carry", "--data", str(tmp_path), "--release", "sr28", str(tmp_path / "sr28"))
    assert result.exit_code == 0
    assert read_food_csv(tmp_path / "foods.csv")["oats"].per_100g["magnesium_mg"] == 9.5


def test_a_proof_lists_what_a_newer_release_has_very_otherwise(tmp_path):
    head = "ciqual_code,energy_kcal,magnesium_mg,calcium_mg"
    (tmp_path / "ciqual_2017.csv").write_text(f"{head}\n76020,0,2.6,8\n", encoding="utf-8")
    lines = run("prove", "--release", "ciqual_2017", str(tmp_path)).stdout.splitlines()
    assert any("differ by more than 10% in a newer release" in line for line in lines)
    (row,) = [
        line.split() for line in lines if line.startswith("acorn_squash_raw ") and "calcium" in line
    ]
    assert row[2:] == ["33", "24.82", "-25%"]


def test_a_food_says_in_how_much_of_it_a_day_of_magnesium_is():
    text = " ".join(run("show", "cashews").stdout.split())  # 260 mg and 574 kcal in 100 g
    assert "man of 55: 420 mg in 162 g, with 927 kcal; not all from one food" in text
    assert "woman of 55: 320 mg in 123 g, with 706 kcal" in text
    own = " ".join(run("show", "cashews", "--sex", "m", "--age", "28").stdout.split())
    assert "a day's man of 28: 400 mg in 154 g, with 883 kcal; not all" in own


@pytest.mark.parametrize(
    ("said", "shown", "mass_g"),
    [
        ("30 g pumpkin seeds", "pumpkin_seeds", 30),
        ("a cup of cooked black beans", "black_beans_cooked", 172),
    ],
)
def test_an_amount_before_the_name_is_read_and_its_magnesium_comes_first(said, shown, mass_g):
    code, out, _ = ended("foods", "show", said)
    mg = read_embedded_foods()[shown].per_100g["magnesium_mg"] * mass_g / 100
    assert code == 0
    assert f"({shown})" in out
    assert f"magnesium  {mg:.0f} mg in {mass_g} g" in out
    assert f"per 100 g edible, and in {mass_g} g:" in out
    assert out.index(f"{mg:.0f} mg in") < out.index("100 mg in")


def test_seeds_and_nuts_say_that_they_are_meant_without_shells():
    assert (
        "to buy     without shells: all of it is eaten"
        in ended("foods", "show", "pumpkin seeds")[1]
    )
    assert "without shells" not in ended("foods", "show", "pistachios")[1]  # bought in them


def test_an_amount_of_what_is_no_food_is_no_food():
    assert ended("foods", "show", "30 g unicorn")[0] == 1
