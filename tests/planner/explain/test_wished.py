"""Why something asked for by its name is not planned: each way of asking names the rule."""

import pytest

from foods.embedded import read_embedded_foods
from planner.errors import CandidatesError
from planner.explain.asked import served_dislikes, unmet_wishes, unserved_likes
from planner.plan.plan import Plan
from planner.request.read import request_from_dict
from planner.table.prepare import prepare_table
from tests import plates

PREGNANT = {"sex": "f", "age": 30, "state": "pregnant", "gestation_week": 20}
RAW = "smoked salmon is left out in pregnancy: raw fish and shellfish carry listeria"


def unmet(profile=None, week=None, **preferences):
    """Give what is said of wishes that no plan can hold, without any search."""
    table = {"profile": profile or {"sex": "f", "age": 40}, "week": {"days": 2} | (week or {})}
    (one,) = prepare_table(request_from_dict(table | {"preferences": preferences})).weeks.values()
    return unmet_wishes(one.source.wishes, one.candidates, one.dishes)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"without": ["salmon"]}, "salmon is left out as asked: without salmon"),
        ({"without": ["fish"]}, "salmon is left out as asked: without fish"),
        ({"diet": "vegan"}, "salmon is left out: not in a vegan diet"),
        ({"per_week": ["fish <= 0"]}, "salmon is left out as asked: fish at most 0 times"),
    ],
)
@pytest.mark.parametrize("wish", [{"like": {"salmon": 3}}, {"per_week": ["salmon >= 2"]}])
def test_likes_and_frequencies_say_what_leaves_them_out(asked, why, wish):
    both = {key: [*asked.get(key, []), *wish.get(key, [])] for key in ("per_week",)}
    assert unmet(**(asked | wish | both)) == (f"Asked for and not planned: {why}.",)


@pytest.mark.parametrize(
    ("lately", "why"),
    [
        ({"pizza_margherita"}, "since a plan before this one has it"),
        ({"minestrone_white_beans"}, "since other dishes bring the goals together better"),
        (set(), "since other dishes bring the goals together better"),
    ],
)
def test_a_liked_dish_of_an_earlier_plan_is_said_to_be_left_for_later(lately, why):
    table = {"week": {"days": 2}, "preferences": {"like": {"Pizza Margherita": 3}}}
    (one,) = prepare_table(request_from_dict(table)).weeks.values()
    asked = one.source.wishes, one.candidates, one.dishes
    (told,) = unserved_likes(Plan((), {}, {}, None, 0.0, 0), *asked, frozenset(lately))
    assert why in told


def test_a_dislike_that_is_planned_all_the_same_is_said_with_its_days():
    table = {"week": {"days": 2}, "preferences": {"dislike": {"salmon": 3, "rice": 1}}}
    (one,) = prepare_table(request_from_dict(table)).weeks.values()
    rice = plates.day(1, read_embedded_foods(), dinner={"white_rice_cooked": 150.0})
    (told,) = served_dislikes(Plan((rice,), {}, {}, None, 0.0, 0), one.source.wishes)
    assert told.startswith("Disliked, and still planned (days: 1): rice.")


def test_conditions_and_states_of_life_are_named():
    (said,) = unmet(PREGNANT, like={"smoked_salmon": 2})
    assert RAW in said
    (said,) = unmet({"conditions": ["nut allergy"]}, like={"almonds": 2})
    assert said == "Asked for and not planned: almonds is left out as asked: nut allergy."


@pytest.mark.parametrize(
    ("week", "preferences"),
    [
        ({"put": [{"day": 1, "slot": "breakfast", "dish": "smoked salmon"}]}, {}),
        ({}, {"use": {"smoked salmon": 300}}),
    ],
)
def test_what_is_put_or_to_be_used_up_is_refused_with_the_rule(week, preferences):
    with pytest.raises(CandidatesError, match="left out in pregnancy: raw fish"):
        unmet(PREGNANT, week, **preferences)
