"""The list of slow tests is true, and a quick test that is slow is found."""

import subprocess
import sys

import pytest

from planner.request.request import SolveOptions
from planner.solve.options import table_work
from tests.each import for_each
from tests.kitchen import tiny_input
from tests.one_eater import solve_week
from tests.quickness import ROOT, SEEN, fault_of, is_slow, slow


@pytest.fixture
def nothing_seen():
    yield
    SEEN.clear()


@for_each(slow())
def test_what_is_named_is_there_and_has_a_reason(test):
    file, _, name = test.partition("::")
    assert slow()[test] in ("plans", "processes", "long")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f"\ndef {name}(" in text if name else "\ndef test_" in text


def test_a_test_is_slow_by_its_name_or_its_file():
    whole = next(one for one in slow() if "::" not in one)
    alone = next(one for one in slow() if "::" in one)
    assert is_slow(f"{whole}::test_any[1]")
    assert is_slow(alone)
    assert is_slow(f"{alone}[a::b]")
    assert not is_slow(f"{alone}_and_more")
    assert not is_slow("tests/test_quick.py::test_a")


def test_a_test_that_plans_or_starts_a_process_is_told_to_be_named(nothing_seen):
    assert fault_of("tests/test_new.py::test_a") == ""
    solve_week(tiny_input(), table_work(SolveOptions(), 1))
    assert "plans from scratch" in fault_of("tests/test_new.py::test_a")
    SEEN.clear()
    subprocess.run([sys.executable, "-c", ""], check=True)
    assert "starts a process" in fault_of("tests/test_new.py::test_a")
    assert fault_of(next(iter(slow()))) == ""
