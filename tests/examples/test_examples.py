"""Every example runs offline, from any folder, and prints the answer it promises."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import planner

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
PROMISED = {
    "01_one_day.py": "Where the magnesium comes from",
    "02_two_standards.py": "magnesium_mg            at least 320        at least 300",
    "03_basket.py": "Each of these changes alone makes a basket possible",
    # 400 mg MgO x 24.305 / (24.305 + 15.999) = 241.2 mg
    "04_compare_compounds.py": "magnesium oxide                                 241 mg",
    "05_check_a_plan.py": "changed.json: does not hold",
    "06_tables.py": "the day still holds: True",
    "07_cohort.py": "Mia: age 4: no plans for children under 5",
    "08_batch.py": "second run: 3 of 3 were there before",
    "09_diary.py": "not known: moon dust",
    "10_next_week.py": "2026-03-03: ",
}
OF_MANY = {"06_tables.py", "07_cohort.py", "08_batch.py"}  # each plans for several people
TIMEOUT_S = 300  # on a machine that may be busy
NO_NETWORK = """
import runpy, socket, sys
def refuse(*args, **kwargs):
    raise OSError("an example asked for the network")
connect = socket.socket.connect
def reach(own, place):
    return connect(own, place) if place[0] == "127.0.0.1" else refuse()
socket.socket.connect, socket.create_connection = reach, refuse
runpy.run_path(sys.argv[1], run_name="__main__")
"""


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.name, marks=[pytest.mark.harden] * (path.name in OF_MANY))
        for path in EXAMPLES
    ],
)
def test_an_example_runs_offline_and_prints_its_answer(path, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, str(path)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
    )
    assert run.returncode == 0, run.stderr
    assert PROMISED[path.name] in run.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_short_and_imports_public_names_only(path):
    text = path.read_text(encoding="utf-8")
    imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in imports if node.module.split(".")[0] in ("planner", "foods")]
    assert len(text.splitlines()) < 60
    assert {node.module for node in ours} == {"planner"}
    assert {name.name for node in ours for name in node.names} <= set(planner.__all__)


def test_the_readme_lists_every_example():
    readme = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in EXAMPLES] == sorted(PROMISED)
    assert all(f"`{path.name}`" in readme for path in EXAMPLES)
