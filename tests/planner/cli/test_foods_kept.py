"""``magplan foods import`` and ``library``, and the diaries that know what is kept."""

import json

import pytest

from foods.embedded import read_lookup_foods
from foods.own_csv import as_food_csv
from planner.diary.names import NameBook
from tests.commands import ended
from tests.kept import kept

HEAD = "food_id,name,group,fdc_id,ndb_no,release,overlay,magnesium_mg,calcium_mg,energy_kcal"
BAR = "oat_bar,Oat bar Moritz,snack,,,own,,95,60,420"
DIARY = "day,meal,food,amount,unit\nmon,snack,{food},100,g\n"


@pytest.fixture
def mine(tmp_path):
    def write(*rows, name="mine.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text("\n".join([HEAD, *rows, ""]), encoding=encoding)
        return path

    return write


def magnesium(food, tmp_path):
    """Return what 100 g of a food count for in a diary, and whether its name is known."""
    path = tmp_path / "diary.csv"
    path.write_text(DIARY.format(food=food))
    code, out, _ = ended("analyse", path, "--sex", "f", "--age", "40", "--json")
    assert code == 0
    return json.loads(out)["overall"]["totals"]["magnesium_mg"]


def test_what_is_imported_counts_in_the_next_diary_under_its_id_and_name(mine, tmp_path):
    assert magnesium("Oat bar Moritz", tmp_path) is None
    code, out, err = ended("foods", "import", mine(BAR))
    assert code == 0
    assert out == "oat_bar: Oat bar Moritz (own): 3 of 3 figures\n"
    assert "mine.csv: foods kept: 1; as before: 0; doubtful: 0" in err
    for name in ("oat_bar", "Oat bar Moritz", "moritz oat bars", "2 oz oat bar moritz"):
        assert magnesium(name, tmp_path) == pytest.approx(95.0), name


def test_search_and_show_know_it_with_its_history(mine):
    ended("foods", "import", mine(BAR))
    ended("foods", "import", mine(BAR.replace(",95,", ",99,"), name="again.csv"))
    assert "oat_bar" in ended("foods", "search", "moritz")[1]
    text = ended("foods", "show", "Oat bar Moritz")[1]
    lines = [line.split() for line in text.splitlines()]
    assert ["1", "former", "mine.csv"] in [line[:3] for line in lines]
    assert ["2", "current", "again.csv"] in [line[:3] for line in lines]
    assert "not stated" in text
    answer = json.loads(ended("foods", "show", "oat_bar", "--json")[1])
    assert [one["per_100g"]["magnesium_mg"] for one in answer["history"]] == [95.0, 99.0]
    assert answer["per_100g"]["magnesium_mg"] == 99.0


def test_a_dry_run_and_a_file_with_faults_keep_nothing(mine, home):
    code, _, err = ended("foods", "import", mine(BAR), "--dry-run")
    assert code == 0
    assert "1 foods to keep, 0 doubtful; nothing is kept" in err
    assert ended("foods", "import", mine(BAR, "x,X,,,,own,,-1,1,1"))[0] == 1
    assert not home.exists()
    assert ended("foods", "library")[1] == "nothing is kept yet\n"


def test_a_doubtful_food_is_listed_by_row_and_column_and_waits(mine, tmp_path):
    path = mine(BAR, "greens,Garden greens,leafy_greens,,,own,,79000,99,23")
    out = ended("foods", "import", path)[1]
    assert "mine.csv, row 3, magnesium_mg: greens: 79000 mg in 100 g; no food has more" in out
    assert magnesium("garden greens", tmp_path) != 79_000.0
    assert "mine.csv, row 3, magnesium_mg: greens" in ended("foods", "library")[1]
    assert ended("foods", "library", "--accept", "salad")[0] == 1
    assert ended("foods", "library", "--accept", "greens")[0] == 0
    assert magnesium("garden greens", tmp_path) == 79_000.0
    ended("foods", "library", "--remove", "greens")
    assert "greens" not in ended("foods", "library")[1]
    assert "row 3" not in ended("foods", "import", path, "--accept")[1]
    assert magnesium("garden greens", tmp_path) == 79_000.0


def test_own_figures_of_a_catalogue_food_count_in_diaries_and_in_no_plan(mine, tmp_path):
    shipped = read_lookup_foods()["tahini"].per_100g["magnesium_mg"]
    table = ended("foods", "export")[1]
    assert magnesium("tahini", tmp_path) == pytest.approx(shipped)
    ended("foods", "import", mine("tahini,Tahini,seeds,,,own,,350,120,600"))
    assert magnesium("tahini", tmp_path) == pytest.approx(350.0)
    assert ended("foods", "export")[1] == table


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_formulas_in_names_come_out_as_text_again(mine, encoding):
    path = mine("""f,"=HYPERLINK(""x"")",,,,own,,1,1,1""", encoding=encoding)
    ended("foods", "import", path)
    one = kept("f", '=HYPERLINK("x")').as_food()
    assert "'=HYPERLINK" in as_food_csv([one])
    assert ended("foods", "show", "f")[1].startswith("=HYPERLINK")


def test_a_download_counts_only_where_nothing_of_ours_is_usually_meant(tmp_path):
    from foods.library.keep import keep_foods

    oats = kept("fdc_gtin_1", "OATS", magnesium_mg=1.0)
    crisps = kept("fdc_gtin_2", "ZOLTANS PURPLE CRISPS", magnesium_mg=7.0)
    keep_foods([oats, crisps], "branded.zip", is_download=True)
    book = NameBook(read_lookup_foods(), ())
    assert book.find("oats").item_id == "rolled_oats"
    assert book.find("Zoltan's purple crisps").item_id == "fdc_gtin_2"
    assert magnesium("Zoltan's purple crisps", tmp_path) == pytest.approx(7.0)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("latin-1", "line 2 is not encoded as UTF-8"), ("utf-16", "is encoded as UTF-16")],
)
def test_a_file_of_ones_own_in_another_encoding_says_how_to_save_it(mine, encoding, said):
    code, _, err = ended("foods", "import", mine(BAR.replace("Oat", "Äpfel"), encoding=encoding))
    assert code == 1
    assert said in err
