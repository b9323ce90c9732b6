"""The table of planner/realism/README.md names every rule, part and model rule as the code does."""

import re
from pathlib import Path

import pytest

import planner.realism
from planner.model.keys import RULES
from planner.realism.score import read_realism_rules

PARTS = read_realism_rules().parts
TEXT = (
    (Path(planner.realism.__file__).parent / "README.md")
    .read_text(encoding="utf-8")
    .split("\n## Files\n")[0]
)
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and "---" not in line and "part of the score" not in line
]
EDIBLE = [row for row in ROWS if row[0].isdigit()]


def names(cell):
    return re.findall(r"`(\w+)`", cell)


def test_the_table_has_each_of_the_25_rules_once():
    assert [int(row[0]) for row in EDIBLE] == list(range(1, 26))


@pytest.mark.parametrize("row", EDIBLE, ids=lambda row: row[0])
def test_a_rule_names_the_parts_that_say_they_judge_it(row):
    judging = {
        part_id
        for part_id, rule in PARTS.items()
        if re.search(rf"\bedible {row[0]}\b", rule["refs"])
    }
    assert set(names(row[2])) == judging


@pytest.mark.parametrize("row", EDIBLE, ids=lambda row: row[0])
def test_what_a_cuisine_does_otherwise_is_said(row):
    cuisines = {word for name in names(row[2]) for word in PARTS[name].get("set_aside", ())}
    assert all(word.title() in row[4] for word in cuisines)
    assert bool(cuisines) == row[4].startswith("set aside for")


def test_every_part_and_only_rules_of_the_model_stand_in_the_table():
    told = {name for row in ROWS for name in names(row[-3])}
    assert told == set(PARTS)
    modelled = {name for row in ROWS for name in names(row[-2])}
    assert modelled <= set(RULES)
