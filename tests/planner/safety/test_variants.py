"""Some of the ways to say a medicine or a disease that ``tests.bench.variants`` tries."""

from tests.planner.safety.variants import tally, variants

SEED, COUNT = 28, 400
MOST_NEEDLESS = 0.1


def test_no_way_to_say_it_is_weaker_than_what_it_names_and_few_are_asked_about():
    counts, needless, weaker = tally(variants(COUNT, SEED))
    assert weaker == []
    assert counts.total() == COUNT
    assert len(needless) <= MOST_NEEDLESS * COUNT, [variant.text for variant in needless]
