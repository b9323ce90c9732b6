import json
import re

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import ConfigError
from planner.explain.facts import facts_on
from tests.sentences import rows


def run(*args):
    result = CliRunner().invoke(cli, ["facts", *args])
    if result.exception is not None:
        raise result.exception
    return result.output


def test_all_facts_fit_the_page_and_each_names_its_source():
    output = run()
    assert all(len(line) <= 80 for line in output.splitlines())
    entries = output.split("Where sources disagree")[0].split("\nAF")[1:]
    assert len(entries) == 107
    assert all("Source: “" in entry and "Here: " in entry for entry in entries)


def test_a_topic_shows_what_sources_say_against_one_another_side_by_side():
    output = run("--topic", "ratio")
    assert "Where sources disagree" in output
    beside = output.split("Where sources disagree")[1]
    assert "above 1.7 times magnesium." in " ".join(beside.split())
    assert re.search(r"AF\d+ .* {2,}AF\d+ ", beside)


def test_a_topic_without_conflict_has_no_such_heading():
    assert "Where sources disagree" not in run("--topic", "muscle")


def test_json_says_all_that_the_text_says():
    answer = json.loads(run("--topic", "supplement dose", "--json"))
    assert [fact["fact_id"] for fact in answer["facts"]] == ["AF044", "AF045", "AF046"]
    assert answer["facts"][1]["value_high"] == 40
    assert all(fact["sources"] and fact["shown"] for fact in answer["facts"])
    pairs = [[side["fact_id"] for side in one["between"]] for one in answer["conflicts"]]
    assert pairs == [["AF043", "AF046"], ["AF044", "AF086"]]


@pytest.mark.parametrize("words", [["oxalate"], ["phytates"], ["vitamin", "D"], ["cramps"]])
def test_facts_are_found_by_any_word_in_them(words):
    found = json.loads(run(*words, "--json"))["facts"]
    assert 0 < len(found) < 30
    assert json.loads(run("--topic", " ".join(words), "--json"))["facts"] == found
    assert all(words[0].rstrip("s") in json.dumps(one).casefold() for one in found)


def test_an_unknown_topic_is_something_to_mend():
    with pytest.raises(ConfigError, match="no facts on") as error:
        run("--topic", "astrology")
    assert error.value.exit_code == 1


def test_facts_are_found_by_each_german_word_whatever_language_is_spoken():
    assert "diarrhea, nausea and cramps" in " ".join(run("krämpfe").split())
    assert run("Spinat") == run("spinach")
    for row in rows("configs/languages/de/facts.csv"):
        assert facts_on(row["word"]), row


def test_german_facts_say_that_quotes_are_english():
    output = run("krämpfe", "--lang", "de")
    assert output.startswith("Was Quellen sagen und was hier damit geschieht, steht auf Englisch.")
    assert "\nSicherheit\n" in output
    assert "in English" not in run("cramp")
