"""Some of the random people of ``tests.bench.bounds``: what they are told of bounds is true."""

from tests.printed_bounds import judge_people

SEED, COUNT = 3, 400


def test_what_people_are_told_of_a_bound_is_true():
    judged = judge_people(COUNT, SEED)
    assert judged.counts["sentences judged"] > COUNT
    assert [(one.profile, text, fault) for one, text, fault in judged.false] == []
