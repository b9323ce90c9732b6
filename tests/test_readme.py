"""What the README says is so, and no file tells where the project was made."""

import csv
import json
import re
import shlex
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from planner.cli import COMMANDS, cli
from planner.model.keys import RULES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PLAN = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/magplan plan"
TEST = "bash tests/run"
MOST_LINES = 120
PARTS = ("planner", "foods", "configs", "tests", "examples", ".ci", "*.toml", "*.md", "LICENSE")
# Written in pieces, so that this file does not name them either.
WORKPLACE = re.compile(r"\bshar" r"ed/|/wor" r"k/|/tm" r"p/|/ho" r"me/|index-u" r"rl|pyp" r"i\.org")


SAFETY = (ROOT / "planner" / "safety" / "README.md").read_text(encoding="utf-8")
COMMAND_LINE = (ROOT / "planner" / "cli" / "README.md").read_text(encoding="utf-8")
ROOMS = sorted(path.parent for path in (ROOT / "planner").glob("*/__init__.py"))


def blocks(text: str = README) -> list[str]:
    """Give the indented lines of a README: what a reader types."""
    return [line.strip() for line in text.splitlines() if line.startswith("    ")]


def plan_lines() -> list[str]:
    told = "\n".join((README, COMMAND_LINE, SAFETY))
    lines = [line.split("#")[0].strip() for line in blocks(told)]
    return [line for line in lines if line.startswith("magplan plan -")]


def unbuilt(command: click.Command) -> list[str]:
    options = [one for one in command.params if isinstance(one, click.Option)]
    return [one.opts[0] for one in options if "Not built yet" in (one.help or "")]


def project_files() -> list[Path]:
    found = [path for part in PARTS for path in ROOT.glob(part)]
    inner = [path for one in found if one.is_dir() for path in one.rglob("*") if path.is_file()]
    kept = [path for path in [*found, *inner] if path.is_file() and path.suffix != ".png"]
    return [path for path in kept if "__pycache__" not in path.parts]


def test_the_readme_gives_one_line_to_plan_and_one_to_test():
    assert blocks().count(PLAN) == 1
    assert blocks().count(TEST) == 1
    assert len(README.splitlines()) <= MOST_LINES


def test_continuous_integration_runs_the_test_command_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    code = [line for line in lines if line and not line.startswith("#")]
    assert code == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', f"exec {TEST}"]


def test_the_readme_of_the_command_line_names_every_command():
    table = [line for line in COMMAND_LINE.splitlines() if line.startswith("| `magplan")]
    assert {line.split()[2].strip("`") for line in table} == set(COMMANDS)


@pytest.mark.parametrize("name", ["plan"])
def test_the_readme_names_every_flag_that_is_not_built(name):
    section = COMMAND_LINE.split("## Not built yet")[1].split("\n## ")[0]
    missing = unbuilt(import_module(f"planner.cli.{name}").command)
    assert [flag for flag in missing if f"`{flag}`" not in section] == []


@pytest.mark.parametrize("line", plan_lines())
def test_a_plan_command_of_the_readme_plans_a_day(line):
    outcome = CliRunner().invoke(cli, [*shlex.split(line)[1:], "--days", "1"])
    assert outcome.exit_code == 0, outcome.output


def test_the_python_of_the_readme_runs(capsys):
    exec(README.split("```python\n")[1].split("```")[0], {})
    told = " ".join(capsys.readouterr().out.split())
    assert "All figures were checked a second time by a separate calculation" in told


def test_the_readme_shows_a_picture_and_names_the_command_that_makes_it():
    (picture,) = re.findall(r"!\[[^]]+\]\((examples/[^)]+)\)", README)
    (script,) = re.findall(r"`bash (examples/[^`]+)`", README)
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")
    assert f'screenshot="$PWD/{Path(picture).name}"' in (ROOT / script).read_text(encoding="utf-8")


def test_every_link_of_the_readme_leads_to_a_file():
    targets = re.findall(r"\]\(([^)]+)\)", README)
    assert len(targets) > 5
    assert [one for one in targets if not (ROOT / one).is_file()] == []


def test_the_readme_lists_no_flag_as_unbuilt_that_is_built():
    section = COMMAND_LINE.split("## Not built yet")[1].split("\n## ")[0]
    unbuilt_now = {*unbuilt(import_module("planner.cli.plan").command)}
    unbuilt_now |= {*unbuilt(import_module("planner.cli.shop").command)}
    assert set(re.findall(r"`(--[a-z-]+)`", section)) <= unbuilt_now


def test_the_counts_of_the_readme_come_from_the_commands_that_it_names():
    foods = int(re.search(r"[Mm]ore than (\d+) foods \(`foods export`\)", README).group(1))
    dishes = int(re.search(r"[Mm]ore than (\d+) dishes \(`dishes list`\)", README).group(1))
    exported = CliRunner().invoke(cli, ["foods", "export"]).stdout
    listed = CliRunner().invoke(cli, ["dishes", "list", "--json"]).stdout
    assert len(list(csv.DictReader(exported.splitlines()))) > foods
    assert len(json.loads(listed)) > dishes


def test_the_formulation_has_a_row_for_every_rule():
    text = (ROOT / "planner" / "model" / "README.md").read_text(encoding="utf-8")
    rows = " ".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`([a-z_]+)", rows)) >= set(RULES)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_the_readme_of_a_room_names_its_files_and_no_others(room):
    files = {path.name for path in room.glob("*.py")} - {"__init__.py"}
    told = (room / "README.md").read_text(encoding="utf-8").split("\n## Files\n")[1]
    assert {line.split("`")[1] for line in told.splitlines() if line.startswith("| `")} == files


def test_the_readme_of_the_house_names_every_room():
    told = (ROOT / "planner" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\[`([a-z]+)/`\]", told)) == {room.name for room in ROOMS}


def test_no_file_tells_where_the_project_was_made():
    told = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in project_files()
        if (match := WORKPLACE.search(path.read_text(encoding="utf-8")))
    ]
    assert told == []
