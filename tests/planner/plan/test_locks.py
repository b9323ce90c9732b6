import pytest

from planner.errors import ConfigError
from planner.plan.locks import LockWish, find_locks, items_called, read_lock
from tests.reports import FOODS, make_plan

PLAN = make_plan(2)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("3", LockWish(3)),
        ("3:dinner", LockWish(3, "dinner")),
        ("2:Lunch:black bean soup", LockWish(2, "lunch", "black bean soup")),
        ("1:snack:a:b", LockWish(1, "snack", "a:b")),
    ],
)
def test_a_lock_is_read_as_day_meal_and_thing(text, wish):
    assert read_lock(text) == wish


@pytest.mark.parametrize("text", ["", "dinner", "3:", "x:dinner", "3:brunch", "-1:dinner"])
def test_what_names_no_part_of_a_plan_is_said(text):
    with pytest.raises(ConfigError, match=r"names no part of a plan|is no meal"):
        read_lock(text)


def test_a_thing_is_found_by_its_name_and_given_by_its_id():
    found = find_locks(PLAN, [LockWish(1, "snack", "APPLE"), LockWish(2)])
    assert found == [LockWish(1, "snack", "apple"), LockWish(2)]


def test_every_lock_that_misses_is_told_at_once():
    wishes = [LockWish(9), LockWish(1, "snack", "pear")]
    with pytest.raises(ConfigError, match=r"no day 9; days go from 1 to 2\n.*apple \(Apple\)"):
        find_locks(PLAN, wishes)


def test_a_name_covers_things_called_so_before_what_they_are_made_of():
    assert items_called(PLAN, "apple", FOODS, (), 5.0) == [
        LockWish(1, "snack", "apple"),
        LockWish(2, "snack", "apple"),
    ]
    # oats are in the breakfast alone; 5 g and more count
    assert {lock.slot for lock in items_called(PLAN, "oats", FOODS, (), 5.0)} == {"breakfast"}
    assert items_called(PLAN, "soap", FOODS, (), 5.0) == []
