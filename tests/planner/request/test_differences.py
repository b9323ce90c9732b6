"""In which wishes two requests differ, and one of them alone laid over the first."""

from dataclasses import replace

import pytest

from planner.request.differences import wish_text, wishes_between, with_wish
from planner.request.read import request_from_dict

BEFORE = request_from_dict({"week": {"days": 3}, "preferences": {"like": {"tofu": 2}}})
AFTER = request_from_dict(
    {
        "week": {"days": 3},
        "preferences": {"like": {"tofu": 2}, "without": ["fish"], "max_minutes": 30},
        "weights": {"cost": 3},
        "targets": {"magnesium_mg": {"lower": 450}},
    }
)


def test_each_wish_that_differs_is_named_as_in_a_file():
    wishes = wishes_between(BEFORE, AFTER)
    assert [one.name for one in wishes] == [
        "[preferences] without",
        "[preferences] max_minutes",
        "[targets] magnesium_mg",
        "[weights] cost",
    ]
    assert [wish_text(one.before) for one in wishes] == ["–", "–", "–", "1"]
    assert [wish_text(one.after) for one in wishes] == ['["fish"]', "30", "{lower = 450}", "3"]


def test_requests_that_ask_for_the_same_differ_in_nothing():
    assert wishes_between(AFTER, AFTER) == ()


def test_one_wish_alone_moves_and_all_of_them_make_the_other_request():
    asked = BEFORE
    for wish in wishes_between(BEFORE, AFTER):
        alone = with_wish(BEFORE, wish)
        assert [one.name for one in wishes_between(BEFORE, alone)] == [wish.name]
        asked = with_wish(asked, wish)
    assert asked == AFTER


@pytest.mark.parametrize("back", wishes_between(AFTER, BEFORE), ids=lambda one: one.name)
def test_a_wish_that_is_gone_is_taken_off(back):
    assert back.name in {one.name for one in wishes_between(BEFORE, AFTER)}
    assert back.name not in {one.name for one in wishes_between(BEFORE, with_wish(AFTER, back))}


def test_who_eats_differs_as_a_whole():
    older = replace(BEFORE, profile=replace(BEFORE.profile, age_y=70))
    assert [one.name for one in wishes_between(BEFORE, older)] == ["[profile]"]


def test_notes_of_ones_own_that_are_gone_are_taken_off():
    noted = request_from_dict({"week": {"days": 3, "notes": {"plan": "Grandma comes"}}})
    plain = request_from_dict({"week": {"days": 3}})
    for one, other in ((noted, plain), (plain, noted)):
        (wish,) = wishes_between(one, other)
        assert with_wish(one, wish) == other
