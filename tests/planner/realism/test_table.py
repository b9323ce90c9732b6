"""The table of planner/realism/README.md tells every part and names rules of the model."""

import re
from pathlib import Path

import planner.realism
from planner.model.keys import RULES
from planner.settings import read_settings

SETTINGS = read_settings("realism.toml")
PARTS = {**SETTINGS["day"], **SETTINGS["week"]}
TEXT = Path(planner.realism.__file__).with_name("README.md").read_text(encoding="utf-8")
ROWS = {
    cells[0]: cells[1:]
    for cells in re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", TEXT, flags=re.MULTILINE)
}


def test_every_part_stands_in_the_table_in_its_words():
    assert {part: row[0] for part, row in ROWS.items()} == {
        part: rule["says"] for part, rule in PARTS.items()
    }


def test_the_table_names_rules_that_the_model_has():
    named = {name for _, rules in ROWS.values() for name in re.findall(r"`(\w+)`", rules)}
    assert named
    assert named <= set(RULES)


def test_each_part_says_where_it_comes_from():
    assert {rule["source"] for rule in PARTS.values()} <= set(SETTINGS["sources"])


def test_the_points_that_halve_a_day_are_told():
    assert f"faults of\n{SETTINGS['score']['half_at']:g} points halve it" in TEXT
