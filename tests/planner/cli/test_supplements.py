"""``magplan supplements`` on the command line."""

import json

import pytest
from click.testing import CliRunner

from foods.errors import UserFacingError
from foods.supplement import read_supplements
from planner.cli import cli


def run(*words):
    return CliRunner().invoke(cli, ["supplements", *words])


def test_show_json_holds_the_agreed_keys():
    answer = json.loads(run("show", "magnesium oxide", "--compound-mg", "400", "--json").stdout)
    agreed = ["name", "nutrient", "formula", "elemental_fraction", "compound_mg", "elemental_mg"]
    assert list(answer)[:7] == [*agreed, "source"]
    assert answer["elemental_mg"] == pytest.approx(241.2, abs=0.05)


def test_elemental_is_turned_into_compound():
    answer = json.loads(run("show", "MgO", "--elemental-mg", "250", "--json").stdout)
    # 250 mg / 0.60304
    assert answer["compound_mg"] == pytest.approx(414.6, abs=0.1)


def test_without_an_amount_both_are_null():
    answer = json.loads(run("show", "magnesium malate", "--json").stdout)
    assert answer["compound_mg"] is None
    assert answer["elemental_mg"] is None


def test_show_prints_the_amount_in_words():
    text = run("show", "magnesium oxide", "--compound-mg", "400").stdout
    assert "400 mg of the compound hold 241.2 mg of magnesium" in text


def test_list_names_every_compound_with_its_share():
    text = run("list").stdout
    assert "603 mg in 1000 mg" in text
    assert len(text.splitlines()) == len(read_supplements())


def test_both_amounts_at_once_are_a_usage_error():
    assert run("show", "MgO", "--compound-mg", "1", "--elemental-mg", "1").exit_code == 2


@pytest.mark.parametrize("amount", ["0", "-5", "nan", "inf", "much"])
def test_an_amount_outside_the_range_is_a_usage_error(amount):
    assert run("show", "MgO", "--compound-mg", amount).exit_code == 2


def test_an_unknown_name_ends_with_1_and_offers_the_nearest():
    result = run("show", "magnezium oxyd")
    assert isinstance(result.exception, UserFacingError)
    assert "magnesium oxide" in str(result.exception)


@pytest.mark.parametrize(("amount", "is_said"), [(482, True), (350, False)])
def test_more_magnesium_than_the_upper_level_is_said(amount, is_said):
    text = run("show", "magnesium oxide", "--elemental-mg", str(amount)).output
    assert ("upper level for adults is 350 mg of magnesium" in text) is is_said
