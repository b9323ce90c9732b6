"""What a command answers, in ``answers.csv``: a line as it is typed, its exit code, its words.

A row with a name in its last column prints what stands in ``tests/golden/commands``; after a change
of printing on purpose ``MAGPLAN_GOLDEN=write python -m pytest`` of this file writes it anew.
"""

import csv
import os
import shlex
from pathlib import Path

import pytest

from planner.cli.group import COMMANDS
from tests import stored
from tests.commands import ended

GOLDENS = Path(__file__).parents[2] / "golden" / "commands"
ROWS = [*csv.DictReader(Path(__file__).with_name("answers.csv").read_text("utf-8").splitlines())]
EATEN = "day,meal,food,amount,unit\n"
FILES = {
    "diary.csv": f"{EATEN}Mon,breakfast,rolled oats,1/2,cup\n"
    "Mon,breakfast,low-fat milk,1 1/2,cups\nMon,snack,zabaglione,1,cup\n"
    "Tue,dinner,salmon_cooked,5,oz\n",
    "two_faults.csv": f"{EATEN}1,lunch,,2,g\n,lunch,banana,2,medium\n",
    "iron.csv": "name,cost,max,iron\nspinach,2,2,3\nbread,1,4,1\n",
    "needs.csv": "nutrient,lower,upper\niron,7,\n",
    "too_much.csv": "nutrient,lower,upper\niron,12,\n",
    "paid.csv": "name,cost,iron\nbread,-1,1\n",
    "bad.csv": "name,cost,iron\nbread,dear,1\n",
    "no_plan.json": "{}",
    "no_table.csv": "food_id\nkale\n",
    "no_pantry.csv": "thing,much\n",
    "pantry.csv": "food,amount,unit,days\nmilk_lowfat,32.5,g,1\ncarrot,2,medium,3\n"
    "rolled_oats,2,canister,\n",
    "three_faults.toml": "[profile]\nage = 130\n[week]\ndays = 0\n",
    "boy.toml": '[profile]\nage = 10\nsex = "m"\n[preferences]\nwithout = ["milk"]\n',
    "deep/deep.toml": f"a = {'[' * 5000}{']' * 5000}\n",
    "mine.csv": "nutrient,kind,sex,age_min_y,age_max_y,state,value,unit,applies_to,condition,"
    "source,locator,confidence\nmagnesium,RNI,both,19,120,none,400,mg,total,,clinic,handout,policy\n",
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Stand in a folder with the files that lines name."""
    (tmp_path / "deep").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name, week in {"week": "woman_55", "family": "family"}.items():
        (tmp_path / f"{name}.json").symlink_to(stored.folder(week) / "plan.json")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("row", ROWS, ids=[row["line"] for row in ROWS])
def test_a_line_ends_and_says_as_agreed(row, here):
    before = {*here.iterdir()}
    code, out, err = ended(*shlex.split(row["line"]))
    assert code == int(row["code"]), err
    said = " ".join(f"{out} {err}".split())
    assert [words for words in row["says"].split(" | ") if words not in said] == []
    assert {*here.iterdir()} == before
    if code in (1, 2):
        assert out == ""
        assert err.strip()
        assert "Traceback" not in err
    if row["prints"]:
        golden = GOLDENS / f"{row['prints']}.txt"
        if os.environ.get("MAGPLAN_GOLDEN") == "write":
            golden.write_text(out, encoding="utf-8")
        assert out == golden.read_text(encoding="utf-8")


def test_every_command_has_a_line():
    lines = {row["line"].split()[0] for row in ROWS}
    assert set(COMMANDS) - lines == set()
