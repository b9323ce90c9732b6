"""A seeded small part of the rough run; ``bash tests/harden`` is the whole of it."""

import json

import pytest

from tests.rough.damage import kinds
from tests.rough.draw import draw_flags
from tests.rough.parts import (
    file_case,
    good_plan,
    interrupt_case,
    kill_case,
    request_case,
)
from tests.rough.runs import BUG, Ended, run, unchecked

pytestmark = pytest.mark.harden

SEED = 7


@pytest.mark.parametrize("number", range(2))
def test_a_random_request_ends_with_a_judged_plan_or_in_words(number):
    assert request_case(SEED, number, whole_each=2).faults == ()


@pytest.mark.parametrize("number", range(38))
def test_a_damaged_file_is_read_or_told(number):
    assert file_case(SEED, number).faults == ()


@pytest.mark.parametrize("number", range(2))
def test_a_killed_run_leaves_old_or_new_files_and_no_litter(number):
    assert kill_case(SEED, number).faults == ()


@pytest.mark.parametrize("number", range(1))
def test_an_interrupted_run_ends_in_a_line_or_with_the_best_plan(number):
    assert interrupt_case(SEED, number).faults == ()


@pytest.mark.parametrize("name", kinds("{}"))
def test_each_kind_of_file_is_read_where_it_is_good(tmp_path, name):
    kind = kinds(good_plan().read_text("utf-8"))[name]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / kind.name).write_bytes(kind.good)
    ended = run(kind.read(tmp_path / "in" / kind.name), tmp_path)
    assert (ended.code, ended.faults()) == (0, []), ended.err


def test_the_same_seed_draws_the_same():
    assert draw_flags(1, 5) == draw_flags(1, 5) != draw_flags(2, 5)


def test_what_went_wrong_is_seen(tmp_path):
    assert run(lambda: 1 / 0, tmp_path).faults() == ["traceback"]
    assert run(lambda: 1 / 0, tmp_path).code == BUG
    assert Ended(-24, "", "", 60.0).faults() == ["hang"]
    assert Ended(1, "", "", 0.1).faults() == ["said nothing"]
    assert unchecked(tmp_path, Ended(0, "", "", 1.0)) == ["unchecked plan: none written"]
    plan = json.loads(good_plan().read_text("utf-8"))
    plan["days"][0]["meals"][0]["items"][0]["ingredients"][0]["mass_g"] += 50
    (tmp_path / "wk").mkdir()
    (tmp_path / "wk" / "plan.json").write_text(json.dumps(plan))
    assert unchecked(tmp_path, Ended(0, "", "", 1.0)) == ["unchecked plan: wk/plan.json"]
