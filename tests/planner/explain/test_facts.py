import pytest

from planner.errors import ConfigError
from planner.explain.facts import (
    KINDS,
    TOLD_ONLY,
    FactPlace,
    conflicts_in,
    facts_on,
    place_text,
    read_facts,
)
from planner.settings import read_settings
from tests.planner.explain.fact_places import WAYS, find

TELLING = frozenset({"lesson", "food", "figure"})  # ways of a place that show no effect

FACTS = read_facts()
PLACES = [(fact, place) for fact in FACTS.values() for place in fact.places]


@pytest.mark.parametrize(
    ("fact", "place"), PLACES, ids=[f"{fact.fact_id}-{place.way}" for fact, place in PLACES]
)
def test_every_fact_is_found_where_the_register_says(fact, place):
    assert find(fact, place), place_text(place)


def test_all_107_facts_stand_in_the_register_and_none_is_untested():
    assert list(FACTS) == [f"AF{number:03d}" for number in range(1, 108)]
    assert all(fact.places for fact in FACTS.values())
    assert {place.way for _, place in PLACES} <= set(WAYS)


def test_every_fact_has_a_kind_a_use_a_rule_and_a_source_with_a_title():
    sources = read_settings("facts.toml")["sources"]
    for fact in FACTS.values():
        assert fact.kind in KINDS
        assert fact.does
        assert fact.rule
        assert set(fact.sources) <= set(sources)
    assert all(about["title"] and about["publisher"] for about in sources.values())


def test_what_is_refused_says_why():
    refused = [fact for fact in FACTS.values() if fact.kind == "refused"]
    assert len(refused) == 6
    assert all(fact.check or fact.disagreement for fact in refused)
    assert {"AF010", "AF014", "AF017", "AF092"} <= {fact.fact_id for fact in refused}


def test_a_fact_that_is_told_only_hangs_on_no_rule_and_names_no_effect():
    for fact in FACTS.values():
        is_told_only = fact.kind == TOLD_ONLY
        has_effect = any(place.way not in TELLING for place in fact.places)
        assert is_told_only == (fact.rule == "lesson") == (not has_effect), fact.fact_id


@pytest.mark.parametrize(
    "place",
    [
        "setting|safety/caps.toml|cap[oxalate_greens].portions_per_week|3",
        "answer|--age 40|Zinc of 150 mg",
        "answer|--supplement 'magnesium oxide:200mg_elemental'|20 to 40 weeks",
        "page_with|apple|loss in urine",
        "page|Boron",
    ],
)
def test_a_place_that_does_not_hold_is_found_out(place):
    way, *arguments = place.split("|")
    assert not find(FACTS["AF038"], FactPlace(way, tuple(arguments)))


def test_facts_in_conflict_are_paired_once_and_known():
    pairs = conflicts_in(FACTS.values())
    assert len(pairs) == len(set(pairs)) > 15
    assert all(other in FACTS for fact in FACTS.values() for other in fact.against)
    ids = {(one.fact_id, other.fact_id) for one, other in pairs}
    assert ("AF010", "AF052") in ids  # 1800 mg against diarrhoea from 400 on
    assert ("AF022", "AF083") in ids  # above 1.7 against 1:1


@pytest.mark.parametrize("words", ["leg cramps", "cramp in the calf", "xyzzy cramps"])
def test_of_several_words_the_thing_itself_is_meant(words):
    assert facts_on(words) == facts_on("cramps")
    assert 0 < len(facts_on(words)) < 10


@pytest.mark.parametrize(
    "words",
    ["low carb", "blood pressure", "low xyzzy", "blood xyzzy", "panic attack", "leg xyzzy"],
)
def test_words_beside_the_thing_and_of_another_meaning_find_nothing(words):
    with pytest.raises(ConfigError, match=f"no facts on '{words}' — the nearest: "):
        facts_on(words)


@pytest.mark.parametrize(("said", "told"), read_settings("facts.toml")["called"].items())
def test_what_people_call_otherwise_is_found(said, told):
    assert facts_on(said.upper()) == facts_on(told) != ()
