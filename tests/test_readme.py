"""What the README says is so, and no file tells where the project was made."""

import csv
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PLAN = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/magplan plan"
TEST = "bash tests/run"
MOST_LINES = {
    "README.md": 90, "CONTRIBUTING.md": 60, "CHANGELOG.md": 60, "foods/README.md": 150,
    "planner/README.md": 150, "planner/safety/README.md": 150,
    "planner/targets/README.md": 150, "planner/check/README.md": 150,
    "planner/rhythm/README.md": 150,
}  # fmt: skip
PARTS = ("planner", "foods", "configs", "tests", "examples", ".ci", "*.toml", "*.md", "LICENSE")
# Written in pieces, so that this file does not name them either.
WORKPLACE = re.compile(r"\bshar" r"ed/|/wor" r"k/|/tm" r"p/|/ho" r"me/|index-u" r"rl|pyp" r"i\.org")


ROOMS = sorted(path.parent for path in (ROOT / "planner").glob("*/__init__.py"))


def blocks(text: str = README) -> list[str]:
    """Give the indented lines of a README: what a reader types."""
    return [line.strip() for line in text.splitlines() if line.startswith("    ")]


def plan_lines() -> list[str]:
    lines = [line.split("#")[0].strip() for line in blocks()]
    return [line for line in lines if line.startswith("magplan plan -")]


def project_files() -> list[Path]:
    found = [path for part in PARTS for path in ROOT.glob(part)]
    inner = [path for one in found if one.is_dir() for path in one.rglob("*") if path.is_file()]
    kept = [path for path in [*found, *inner] if path.is_file() and path.suffix != ".png"]
    return [path for path in kept if "__pycache__" not in path.parts]


def test_the_readme_gives_one_line_to_plan_and_one_to_test():
    assert blocks().count(PLAN) == 1
    assert blocks().count(TEST) == 1


@pytest.mark.parametrize(("path", "most"), MOST_LINES.items())
def test_a_paper_is_short_enough_to_be_read(path, most):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= most


def test_no_other_room_has_a_paper_that_nobody_reads():
    papers = {path.relative_to(ROOT).as_posix() for path in (ROOT / "planner").rglob("README.md")}
    assert papers == {path for path in MOST_LINES if path.startswith("planner/")}


def test_continuous_integration_runs_the_test_command_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    code = [line for line in lines if line and not line.startswith("#")]
    assert code == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', f"exec {TEST}"]


@pytest.mark.parametrize("line", plan_lines())
def test_a_plan_command_of_the_readme_plans_a_day(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = CliRunner().invoke(cli, [*shlex.split(line)[1:], "--days", "1", "--effort", "quick"])
    assert outcome.exit_code == 0, outcome.output


def test_the_python_of_the_readme_runs(capsys):
    exec(README.split("```python\n")[1].split("```")[0], {})
    told = " ".join(capsys.readouterr().out.split())
    assert "All figures were checked a second time by a separate calculation" in told


@pytest.mark.parametrize("picture", re.findall(r"!\[[^]]+\]\((examples/[^)]+)\)", README))
def test_a_script_makes_each_picture_of_the_readme(picture):
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")
    assert Path(picture).name in (ROOT / "examples/pictures.sh").read_text(encoding="utf-8")


def test_every_link_of_the_readme_leads_to_a_file():
    targets = re.findall(r"\]\(([^)]+)\)", README)
    assert len(targets) > 5
    assert [target for target in targets if not (ROOT / target).is_file()] == []


def test_the_counts_of_the_readme_come_from_the_commands_that_it_names():
    readme = " ".join(README.split())
    pattern = r"more than (\d+) foods\]\([^)]+\) \(`magplan foods export`\)"
    foods = int(re.search(pattern, readme).group(1))
    dishes = int(re.search(r"more than (\d+) dishes \(`magplan dishes list`\)", readme).group(1))
    exported = CliRunner().invoke(cli, ["foods", "export"]).stdout
    listed = CliRunner().invoke(cli, ["dishes", "list", "--json"]).stdout
    assert len(list(csv.DictReader(exported.splitlines()))) > foods
    assert len(json.loads(listed)) > dishes


def test_the_readme_of_the_house_names_every_room():
    told = (ROOT / "planner" / "README.md").read_text(encoding="utf-8")
    assert {room.name for room in ROOMS} <= set(re.findall(r"[a-z]+", told))


def test_no_file_tells_where_the_project_was_made():
    told = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in project_files()
        if (match := WORKPLACE.search(path.read_text(encoding="utf-8")))
    ]
    assert told == []
