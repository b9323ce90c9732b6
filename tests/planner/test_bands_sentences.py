"""Every sentence of ``sentences.toml`` is recomputed from the plan, or says nothing about it."""

import re
from itertools import chain

import pytest

from tests.bands_sentences import BANNER, PROMISE, RECOMPUTED, SAYS_NOTHING, read_sentences

NOTHING = set(chain(*SAYS_NOTHING.values()))


def test_each_sentence_is_recomputed_or_says_nothing_about_the_plan():
    known = set(read_sentences())
    assert known == set(RECOMPUTED) | NOTHING, known ^ (set(RECOMPUTED) | NOTHING)
    assert not set(RECOMPUTED) & NOTHING
    assert len(NOTHING) == sum(map(len, SAYS_NOTHING.values()))


@pytest.mark.parametrize("name", RECOMPUTED)
def test_what_is_recomputed_reads_as_it_is_printed(name):
    """A sentence whose words change would else be recomputed no longer, unseen."""
    text = read_sentences()[name]
    words = {"name": "Potassium", "unit": "mg", "days": "3 mg", "known": "3 %"}
    filled = re.sub(r"\{(\w+)[^}]*\}", lambda one: words.get(one[1], "3"), text)
    assert re.match(RECOMPUTED[name][0], filled), filled


def test_what_says_nothing_promises_nothing():
    """What is filed as no statement about a plan holds no words of a promise about its days."""
    spared = {
        "above_upper_level", "kidney_rich", "weak_kidneys_taken", "not_understood_remedy",
        "other_reading",  # says in the words of a reading what other_steady promises
        "banner_potassium_clinic", "conflict_calcium",
    }  # fmt: skip
    promising = {one for one in NOTHING if PROMISE.search(read_sentences()[one].lower())}
    assert promising <= spared, promising - spared


def test_each_part_of_a_banner_is_known():
    parts = [read_sentences()[one] for one in read_sentences() if one.startswith("banner_")]
    for part in parts[1:]:
        filled = "x: " + re.sub(r"\{[^}]*\}", "2500", part)
        assert any(re.match(one, filled) for one in BANNER), filled
