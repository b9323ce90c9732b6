"""Defects planted on purpose, each in a copy of the project, each caught by its own guard.

``python -m tests.test_planted_faults`` lists which guard stands in ``tests/run`` and which in
``tests/harden`` alone; that each catches its defect is tried by ``tests/harden``.

A defect that no test catches is a hole in the tests. Every case replaces one text in one file of a
copy and runs one test there: it must fail by an assertion. The same tests must pass in a clean
copy. When a case says that its text is gone, plant the defect anew where the code now stands.
"""

import compileall
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.each import for_each

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_name("planted_faults.toml")
PARTS = ("planner", "foods", "configs", "tests")
CAUGHT = re.compile(
    r"^E\s+(assert |AssertionError|Failed: DID NOT RAISE"
    r"|ValueError: .* values to unpack"  # `(one,) = answers` asserts too
    r"|planner\.errors\.SolverError: .*outside its band)",  # the basket's own recount
    re.MULTILINE,
)


@dataclass(frozen=True)
class Fault:
    """One defect: replace ``old`` by ``new`` in ``file``; the test ``caught_by`` must fail."""

    name: str
    file: str
    old: str
    new: str
    caught_by: str


FAULTS = [Fault(**row) for row in tomllib.loads(LIST.read_text(encoding="utf-8"))["fault"]]


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """Copy what runs and its tests, and compile it once, which saves half of the time."""
    folder = tmp_path_factory.mktemp("clean")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)
        compileall.compile_dir(folder / part, quiet=1)
    shutil.copy2(ROOT / "pyproject.toml", folder)
    return folder


RUNNER = """
import os, sys
import click, hypothesis, numpy, pulp, pydantic, pytest, tomlkit
OPTIONS = ["-q", "--tb=short", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:anyio"]
for line in sys.stdin:
    folder, *names = line.rstrip().split("|")
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        sys.path.insert(0, folder)
        told = os.open("told", os.O_WRONLY | os.O_CREAT)
        os.dup2(told, 1), os.dup2(told, 2)
        code = pytest.main([*OPTIONS, *names])
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def run_tests():
    """Run tests of a copy in a process that has read what is of others, and nothing of ours."""
    ours = ("PYTEST_", "PYTHONDONTWRITEBYTECODE")
    own = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    with subprocess.Popen(
        [sys.executable, "-c", RUNNER],
        cwd="/",
        env=own,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as runner:

        def run(folder: Path, *names: str) -> tuple[int, str]:
            runner.stdin.write("|".join([str(folder), *names]) + "\n")
            runner.stdin.flush()
            code = int(runner.stdout.readline())
            return code, (folder / "told").read_text(encoding="utf-8")

        yield run


def plant(folder: Path, fault: Fault) -> None:
    path = folder / fault.file
    text = path.read_text(encoding="utf-8")
    assert fault.old in text, f"{fault.file} no longer holds {fault.old!r}: plant it anew"
    path.unlink()  # a link to the clean one
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink()


@pytest.mark.harden
def test_the_guards_pass_where_nothing_is_planted(run_tests, clean):
    names = sorted({fault.caught_by for fault in FAULTS})
    code, told = run_tests(clean, *names)
    assert code == 0, told


@pytest.mark.harden
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "_"))
def test_a_planted_defect_is_caught(fault, run_tests, clean, tmp_path):
    folder = tmp_path / "planted"
    shutil.copytree(clean, folder, copy_function=os.link)
    plant(folder, fault)
    code, told = run_tests(folder, fault.caught_by)
    assert code == 1, told
    assert CAUGHT.search(told), told


def guard(fault):
    """Return the text of the file that the guard of a defect stands in; empty without one."""
    file = ROOT / fault.caught_by.partition("::")[0]
    return file.read_text(encoding="utf-8") if file.exists() else ""


@for_each(FAULTS, name=lambda fault: fault.name)
def test_a_defect_can_still_be_planted_and_its_guard_stands(fault):
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.old) == 1
    name = fault.caught_by.partition("[")[0].partition("::")[2]
    assert f"\ndef {name}(" in guard(fault)


def test_at_least_twenty_defects_are_planted():
    assert len({(fault.file, fault.old, fault.new) for fault in FAULTS}) >= 20


if __name__ == "__main__":
    for fault in FAULTS:
        run = "harden" if "pytest.mark.harden" in guard(fault) else "run   "
        sys.stdout.write(f"tests/{run}  {fault.name}: {fault.caught_by}\n")
