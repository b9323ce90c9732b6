"""What is kept: versions, doubtful foods, search, and a library that stays whole."""

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from foods.embedded import read_lookup_foods
from foods.errors import FoodDataError
from foods.library.find import find_named, search_kept, with_kept
from foods.library.keep import (
    accept_foods,
    doubtful_foods,
    keep_foods,
    kept_sources,
    kept_versions,
    remove_foods,
)
from foods.library.store import library_path
from tests.kept import kept

ROOT = Path(__file__).parents[3]
BAR = kept("oat_bar", "Oat bar Moritz", magnesium_mg=95.0, calcium_mg=60.0)
CAKE = kept("cake", "Plum cake with almonds", magnesium_mg=20.0)


def names(text, **more):
    return [kept_food.figures.food_id for kept_food in search_kept(text, **more)]


def test_what_is_kept_is_found_by_id_number_and_words_in_any_order():
    keep_foods([BAR, CAKE, kept("milk", "Cow's milk", ndb_no="00042")], "mine.csv")
    assert names("oat_bar") == names("moritz oat bars") == names("Oat mor") == ["oat_bar"]
    assert names("42") == ["milk"]
    assert names("plum cake with almonds") == ["cake"]


def test_a_typing_error_is_mended_and_what_is_another_thing_is_not_found():
    keep_foods([BAR, CAKE], "mine.csv")
    assert names("morits bar") == ["oat_bar"]
    assert names("morits bar", is_mended=False) == []
    assert names("sausage") == []


def test_the_same_again_is_no_new_version_and_other_figures_are_one():
    keep_foods([BAR], "mine.csv")
    count, _ = keep_foods([BAR], "mine.csv")
    assert (count.kept, count.unchanged) == (0, 1)
    keep_foods([kept("oat_bar", "Oat bar Moritz", magnesium_mg=99.0)], "again.csv")
    first, second = kept_versions("oat_bar")
    assert (first.state, first.version, first.source) == ("former", 1, "mine.csv")
    assert (second.state, second.version, second.source) == ("current", 2, "again.csv")
    assert first.food.figures.per_100g["magnesium_mg"] == 95.0
    assert names("oat bar") == ["oat_bar"]


def test_the_version_before_counts_again_when_its_file_is_removed():
    keep_foods([BAR], "mine.csv")
    keep_foods([kept("oat_bar", "Muesli bar", magnesium_mg=99.0), CAKE], "again.csv")
    assert names("oat bar", is_mended=False) == []
    removed, count = remove_foods(["2"])
    assert {"2", "oat_bar", "cake"} <= removed
    assert count == 2
    assert names("oat bar") == ["oat_bar"]
    assert names("muesli") == names("plum cake") == []
    assert [source.name for source in kept_sources()] == ["mine.csv"]


def test_a_doubtful_food_waits_and_the_one_before_counts_until_it_is_accepted():
    keep_foods([BAR], "mine.csv")
    slip = kept("oat_bar", "Oat bar Moritz", magnesium_mg=95_000.0)
    count, waiting = keep_foods([slip], "slip.csv")
    assert count.doubtful == len(waiting) == 1
    assert find_named("oat bar moritz").figures.per_100g["magnesium_mg"] == 95.0
    assert accept_foods(["oat_bar"]) == ["oat_bar"]
    assert find_named("oat bar moritz").figures.per_100g["magnesium_mg"] == 95_000.0
    assert [version.state for version in kept_versions("oat_bar")] == ["former", "current"]
    assert doubtful_foods(9) == []
    count, _ = keep_foods([slip], "slip.csv")  # what was accepted is not asked about again
    assert (count.unchanged, count.doubtful) == (1, 0)


def test_a_food_of_the_catalogue_keeps_all_but_its_figures():
    keep_foods([kept("tahini", "Tahini", magnesium_mg=350.0)], "mine.csv")
    table = read_lookup_foods()
    own = with_kept(table, ["tahini"])["tahini"]
    assert own.per_100g == {"magnesium_mg": 350.0}
    assert own == replace(table["tahini"], release="own", source_id="", fdc_id="", ndb_no="",
                          overlay={}, per_100g=own.per_100g)  # fmt: skip


def test_what_a_label_may_contain_stays_apart_and_counts_for_whoever_avoids_it():
    one = replace(BAR, contains=frozenset({"milk"}), traces=frozenset({"peanut"}))
    keep_foods([one], "off.jsonl")
    found = find_named("oat bar moritz")
    assert (found.contains, found.traces) == ({"milk"}, {"peanut"})
    assert found.as_food().allergens == {"milk", "peanut"}
    assert BAR.contains is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda path: path.write_bytes(b"x" * 4096), "is damaged"),
        (lambda path: _set_version(path, 99), "newer magplan"),
    ],
)
def test_a_library_that_cannot_be_read_says_what_to_do(change, said):
    keep_foods([BAR], "mine.csv")
    change(library_path())
    with pytest.raises(FoodDataError, match=said):
        search_kept("oat bar")


def _set_version(path, number):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {number}")
    connection.close()


KEEP = """
import sys, time
from foods.library import keep
from tests.kept import kept
settle = keep._settle
def slowly(*args):
    done = settle(*args)
    print("inside", flush=True)
    time.sleep(float(sys.argv[2]))
    return done
keep._settle = slowly
foods = [kept(f"{sys.argv[1]}_{n}", f"{sys.argv[1]} {n}") for n in range(500)]
keep.keep_foods(foods, sys.argv[1])
"""


def importing(name, seconds):
    code = [sys.executable, "-c", KEEP, name, str(seconds)]
    return subprocess.Popen(code, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE)


def test_an_import_that_is_killed_leaves_the_library_as_it_was_and_can_be_repeated():
    keep_foods([BAR], "mine.csv")
    process = importing("cake", 60)
    assert process.stdout.readline() == b"inside\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert [source.name for source in kept_sources()] == ["mine.csv"]
    assert names("cake") == []
    assert names("oat bar") == ["oat_bar"]
    assert importing("cake", 0).wait() == 0
    assert [source.counts for source in kept_sources()] == [(1, 0, 0), (500, 0, 0)]
    assert _is_whole()


def test_two_imports_at_once_wait_for_each_other():
    both = [importing("cake", 0.5), importing("bread", 0.5)]
    assert [process.wait() for process in both] == [0, 0]
    assert sorted(source.name for source in kept_sources()) == ["bread", "cake"]
    assert [source.counts for source in kept_sources()] == [(500, 0, 0), (500, 0, 0)]
    assert names("bread")
    assert names("cake")
    assert _is_whole()


def _is_whole():
    connection = sqlite3.connect(library_path())
    (whole,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.execute("INSERT INTO called (called) VALUES ('integrity-check')")
    connection.close()
    return whole == "ok"
