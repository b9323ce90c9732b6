"""What is said where eaters have weeks alone, and none with the same dishes."""

from planner.bound.conflict import Breach, SharedConflict
from planner.explain.report import Concession
from planner.explain.shared_conflict import explain_shared
from planner.model.keys import RowKey
from planner.request.phrases import FrequencyRule
from tests.kitchen import tiny_input

SHARED = {"lunch.main": ("Ann", "Ben"), "dinner.main": ("Ann", "Ben", "Eve")}
FISH = Breach(RowKey("frequency", "fish", "min", number=1), 2.0, 1.0)
NO_FISH = Breach(RowKey("frequency", "fish", "max", number=1), 0.0, None)


def said_of(*places):
    conflict = SharedConflict(places, {"Ann": (FISH,), "Ben": (NO_FISH,)})
    return explain_shared(conflict, SHARED, {"Ann": tiny_input(), "Ben": tiny_input()})


def test_the_table_is_told_who_shares_and_whose_wishes_collide():
    table, _ = said_of("dinner.main")
    ((meal, value, sentence),) = table.conflict
    assert (meal, value) == ("dinner", "shared")
    assert sentence.startswith("dinner: Ann, Ben and Eve share the main dish there")
    assert "what is listed below for Ann and Ben" in sentence
    # Eve is in nobody's way: each of the others may eat something else
    apart = [(one.text, one.apart) for one in table.relaxations]
    assert apart == [
        ("Ann does not share dinner", ("Ann", ("dinner",))),
        ("Ben does not share dinner", ("Ben", ("dinner",))),
    ]


def test_each_eater_is_told_the_own_wish_and_the_least_change_of_it():
    _, own = said_of("dinner.main")
    assert own["Ann"].conflict[0][2] == "fish: at least 2 times in 2 days, as asked for"
    assert own["Ben"].conflict[0][2] == "fish: at most 0 times in 2 days, as asked for"
    # one serving less in two days is 3.5 a week
    rule = FrequencyRule("fish", ">=", 3)
    assert own["Ann"].relaxations == (
        Concession("fish at least 3 times a week", '--per-week "fish>=3"', rule=rule),
    )
    assert own["Ben"].relaxations == ()


def test_that_time_was_over_before_each_change_was_known_is_said():
    conflict = SharedConflict(("dinner.main",), {"Ann": (FISH,)}, is_measured=False)
    table, own = explain_shared(conflict, SHARED, {"Ann": tiny_input()})
    assert "by how much some of these would have to give way" in table.conflict[-1].text
    assert not own["Ann"].is_proven


def test_meals_that_others_share_are_told_apart():
    table, _ = said_of("lunch.main", "dinner.main")
    assert [meal for meal, _, _ in table.conflict] == ["lunch", "dinner"]
