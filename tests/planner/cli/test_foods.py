"""``magplan foods``: searched, shown, exported, added, imported and kept for diaries."""

import csv
import json
import re

import pytest

from foods.embedded import data_settings, read_embedded_foods, read_lookup_foods
from foods.library.keep import keep_foods
from foods.own_csv import as_food_csv, read_food_csv
from planner.diary.names import NameBook
from tests.commands import ended
from tests.kept import kept
from tests.rows import rows

HEAD = "food_id,name,group,fdc_id,ndb_no,release,overlay,magnesium_mg,calcium_mg,energy_kcal"
BAR = "oat_bar,Oat bar Moritz,snack,,,own,,95,60,420"
DIARY = "day,meal,food,amount,unit\nmon,snack,{food},100,g\n"


def foods(*words, code=0):
    found, out, err = ended("foods", *words)
    assert found == code, err
    return out


@pytest.fixture
def mine(tmp_path):
    def write(*rows, name="mine.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text("\n".join([HEAD, *rows, ""]), encoding=encoding)
        return path

    return write


@pytest.fixture
def eaten(tmp_path):
    """Return a function: rows of a diary → what its analysis says in JSON."""

    def analysed(text):
        path = tmp_path / "diary.csv"
        path.write_text(text)
        code, out, err = ended("analyse", path, "--sex", "f", "--age", "40", "--json")
        assert code == 0, err
        return json.loads(out)

    return analysed


@pytest.fixture
def magnesium(eaten):
    """Return a function: name of a food → what 100 g of it count for in a diary, where known."""
    return lambda food: eaten(DIARY.format(food=food))["overall"]["totals"]["magnesium_mg"]


@rows(__file__, "a_search_minds_neither_spelling")
def test_a_search_minds_neither_spelling_nor_order_and_begins_with_what_is_usual(words, first):
    rows = foods("search", *words.split()).splitlines()
    found = [line.split()[0] for line in rows if "_" in line or "cheeseburger" in line]
    assert first == next(word for word in found if word != "food_id")


@rows(__file__, "foods_are_sorted_by")
def test_foods_are_sorted_by_a_nutrient_as_it_is_or_by_what_it_comes_with(words):
    rows = foods("search", *words.split()).splitlines()[1:]
    number = r" \d+\.\d$" if "/" in words else r" \d+$"
    amounts = [float(line.split()[-1]) for line in rows if re.search(number, line)]
    assert len(amounts) > 5
    assert amounts == sorted(amounts, reverse=True)


def test_foods_are_sorted_by_what_the_money_of_the_shops_buys():
    best = {}
    for money in ("usd", "eur", "£"):
        text = foods("search", "sunflower", "--sort", f"magnesium/{money}")
        first = next(line for line in text.splitlines() if re.search(r"\d\.\d$", line))
        best[money] = float(first.split()[-1])
        assert ("A dollar is taken as 0.92 EUR." in " ".join(text.split())) == (money == "eur")
    assert best["eur"] == pytest.approx(best["usd"] / 0.92, abs=0.1)
    assert best["£"] == pytest.approx(best["usd"] / 0.78, abs=0.1)


def test_the_exported_table_has_prices_with_their_source_which_are_not_read_back(tmp_path):
    out = tmp_path / "foods.csv"
    assert foods("export", "--out", out) == ""
    text = out.read_text(encoding="utf-8-sig")
    assert text == foods("export")
    rows = [*csv.DictReader(text.splitlines())]
    assert all(float(row["price_usd_per_100g"]) >= 0 for row in rows)
    assert {row["price_source"].split(" of ")[0] for row in rows} == {"our own estimate"}
    assert "price_usd_per_100g" not in read_food_csv(out)["tahini"].per_100g
    source = json.loads(foods("show", "tahini", "--json"))["price_source"]
    assert source.endswith(f"of {data_settings('SOURCES.toml')['prices']['year']}")


def test_a_food_is_added_to_a_file_and_stays_unless_told(tmp_path):
    out = tmp_path / "mine.csv"

    def add(*words, code=0):
        return foods("add", *words, "--out", out, code=code)

    for name in ("Oat bar", "Nut bar"):
        add(name, "--per", "40", "--figure", "magnesium=15%")
    assert {*read_food_csv(out)} == {"own_oat_bar", "own_nut_bar"}
    for again in (("Oat bar",), ("Something", "--id", "banana")):
        add(*again, "--figure", "magnesium=1", code=1)
        assert read_food_csv(out)["own_oat_bar"].per_100g["magnesium_mg"] == 157.5
    add("Oat bar", "--figure", "magnesium=1", "--force")
    assert read_food_csv(out)["own_oat_bar"].per_100g["magnesium_mg"] == 1


@pytest.mark.parametrize("said", ["1 zing bar", "a zing bar", "zing bar", "1 serving zing bar"])
def test_one_of_an_own_food_is_a_serving_of_its_label(said, eaten):
    foods("add", "Zing bar", "--per", "55", "--figure", "magnesium=55mg", "--force")
    found = eaten(f"day,food\n1,{said}\n")
    assert found["overall"]["totals"]["magnesium_mg"] == pytest.approx(55)


def test_an_own_food_is_meant_by_its_own_name_and_ours_by_the_rest(eaten):
    foods("add", "Banana", "--figure", "magnesium=50mg")
    found = eaten("day,meal,food,amount,unit\n1,,banana,100,g\n1,,orange,100,g\n")
    assert [entry["id"] for entry in found["entries"]] == ["own_banana", "orange"]
    foods("add", "Lowfat zing yogurt", "--figure", "magnesium=20mg")
    found = eaten("day,food\n1,1 cup lowfat yogurt\n")
    assert [entry["id"] for entry in found["entries"]] == ["yogurt_lowfat"]


def test_what_is_imported_counts_in_the_next_diary_and_is_shown_with_its_history(
    mine, magnesium, home
):
    assert "1 foods to keep, 0 doubtful" in ended("foods", "import", mine(BAR), "--dry-run")[2]
    foods("import", mine(BAR, "x,X,,,,own,,-1,1,1"), code=1)
    assert not home.exists()
    assert magnesium("Oat bar Moritz") is None
    code, out, err = ended("foods", "import", mine(BAR))
    assert (code, out) == (0, "oat_bar: Oat bar Moritz (own): 3 of 3 figures\n")
    assert "mine.csv: foods kept: 1; as before: 0; doubtful: 0" in err
    for name in ("oat_bar", "Oat bar Moritz", "moritz oat bars", "2 oz oat bar moritz"):
        assert magnesium(name) == pytest.approx(95.0), name
    foods("import", mine(BAR.replace(",95,", ",99,"), name="again.csv"))
    assert "oat_bar" in foods("search", "moritz")
    lines = [line.split()[:3] for line in foods("show", "Oat bar Moritz").splitlines()]
    assert ["1", "former", "mine.csv"] in lines
    assert ["2", "current", "again.csv"] in lines
    answer = json.loads(foods("show", "oat_bar", "--json"))
    assert [food["per_100g"]["magnesium_mg"] for food in answer["history"]] == [95.0, 99.0]


def test_a_doubtful_food_is_listed_by_row_and_column_and_waits(mine, magnesium):
    path = mine(BAR, "greens,Garden greens,leafy_greens,,,own,,79000,99,23")
    doubt = "mine.csv, row 3, magnesium_mg: greens"
    assert f"{doubt}: 79000 mg in 100 g; no food has more" in foods("import", path)
    assert magnesium("garden greens") != 79_000.0
    assert doubt in foods("library")
    foods("library", "--accept", "salad", code=1)
    foods("library", "--accept", "greens")
    assert magnesium("garden greens") == 79_000.0
    foods("library", "--remove", "greens")
    assert "greens" not in foods("library")
    assert "row 3" not in foods("import", path, "--accept")
    assert magnesium("garden greens") == 79_000.0


def test_own_figures_of_a_catalogue_food_count_in_diaries_and_in_no_plan(mine, magnesium, eaten):
    table = foods("export")
    shipped = read_lookup_foods()["tahini"].per_100g["magnesium_mg"]
    assert magnesium("tahini") == pytest.approx(shipped)
    foods("import", mine("tahini,Tahini,seeds,,,own,,350,120,600"))
    assert magnesium("tahini") == pytest.approx(350.0)
    assert foods("export") == table
    words = "add", "Own yogurt", "--id", "yogurt_lowfat", "--figure", "calcium=180mg", "--force"
    assert "the others stay ours" in ended("foods", *words)[2]
    totals = eaten(DIARY.format(food="yogurt_lowfat"))["overall"]["totals"]
    ours = read_embedded_foods()["yogurt_lowfat"].per_100g
    assert totals["calcium_mg"] == pytest.approx(180)
    assert totals["magnesium_mg"] == pytest.approx(ours["magnesium_mg"])


def test_a_download_counts_only_where_nothing_of_ours_is_usually_meant(magnesium):
    oats = kept("fdc_gtin_1", "OATS", magnesium_mg=1.0)
    crisps = kept("fdc_gtin_2", "ZOLTANS PURPLE CRISPS", magnesium_mg=7.0)
    keep_foods([oats, crisps], "branded.zip", is_download=True)
    assert NameBook(read_lookup_foods(), ()).find("oats").item_id == "rolled_oats"
    assert magnesium("Zoltan's purple crisps") == pytest.approx(7.0)


def test_formulas_in_names_come_out_as_text_again(mine):
    foods("import", mine("""f,"=HYPERLINK(""x"")",,,,own,,1,1,1""", encoding="utf-8-sig"))
    assert "'=HYPERLINK" in as_food_csv([kept("f", '=HYPERLINK("x")').as_food()])
    assert foods("show", "f").startswith("=HYPERLINK")
