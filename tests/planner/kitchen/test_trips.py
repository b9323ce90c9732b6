"""Which trip buys a food: the last before it is opened, or the first while it keeps."""

import pytest

from planner.kitchen.sold import Keeping
from planner.kitchen.trips import days_too_late, split_trips

DAYS = tuple(range(1, 15))
MILK, LEAVES, BREAD, RICE = (
    Keeping(days, freezes, "fridge", 4)
    for days, freezes in ((10, False), (4, False), (10, True), (None, False))
)


@pytest.mark.parametrize(
    ("keeping", "trips"),
    [
        (MILK, [1, 2]),  # of the first trip it is good until day 10
        (LEAVES, [1, 2]),
        (BREAD, [1]),  # frozen until day 11
        (RICE, [1]),
    ],
)
def test_what_does_not_keep_until_it_is_opened_is_bought_on_the_trip_before(keeping, trips):
    found = dict(split_trips(DAYS, (1, 8), dict.fromkeys((1, 4, 11), 1), keeping))
    assert list(found) == trips
    assert sorted(day for own in found.values() for day in own) == [*DAYS]
    for number, own in found.items():
        opened = [day for day in (1, 4, 11) if day in own]
        assert keeping.freezes or not days_too_late(keeping, (1, 8)[number - 1], opened)


def test_what_keeps_for_all_days_is_bought_at_once():
    assert [number for number, _ in split_trips(DAYS, (1, 8), {1: 1, 9: 1}, MILK)] == [1]
