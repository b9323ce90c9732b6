from collections.abc import Mapping
from dataclasses import replace

import pytest

from planner.errors import ConfigError, RefusedError
from planner.request.eater import Eater, Guests
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences, PreferencesTable
from planner.request.profile import Profile
from planner.request.request import BODY_FIELDS, PlanRequest, WeekOptions
from planner.request.table import check_table, shared_places
from planner.request.wish import wishes_in
from planner.targets.eaters import eater_requests
from tests.rows import rows

NOBODY = {"assumed": BODY_FIELDS}


def ask(*eaters, **common) -> PlanRequest:
    return PlanRequest(**NOBODY, eaters=eaters, preferences=Preferences(**common))


def wanted(eater: Eater, **common) -> Preferences:
    """What an eater's plan is asked for, with ``common`` at the top."""
    return eater_requests(ask(eater, Eater("Other"), **common))[eater.name].preferences


def test_what_holds_for_all_comes_under_what_an_eater_wants():
    own = Preferences(without=("peanut",), like={"kale": 3}, dislike={"tofu": 1}, max_minutes=60)
    merged = wanted(
        Eater("Ann", preferences=own), without=("soy",), like={"tofu": 2, "oats": 1}, max_minutes=40
    )
    assert merged.without == ("soy", "peanut")
    assert merged.like == {"oats": 1, "kale": 3}
    assert merged.dislike == {"tofu": 1}
    assert merged.max_minutes == 40


def test_lunch_from_a_box_is_everybodys_unless_somebody_eats_at_home():
    assert wanted(Eater("Ann"), lunch="packed_cold").lunch == "packed_cold"
    at_home = Eater("Ann", preferences=Preferences(lunch="home"))
    assert wanted(at_home, lunch="packed_cold").lunch == "home"


def test_no_wish_for_all_is_lost_where_an_eater_says_nothing():
    apart = {"diet", "use", "budget_counts"}  # held for the table as a whole
    for wish in wishes_in("preferences", PreferencesTable):
        if wish.key in Preferences.__dataclass_fields__ and wish.key not in apart:
            common, unsaid = object(), getattr(Preferences(), wish.key)
            if not unsaid and not isinstance(unsaid, (tuple, Mapping)):
                assert wish.flag.join.merge(common, unsaid) is common, wish.key


def test_of_two_numbers_the_stricter_one_holds():
    fish, more = FrequencyRule("fish", ">=", 1), FrequencyRule("fish", ">=", 3)
    red, less = FrequencyRule("red_meat", "<=", 3), FrequencyRule("red_meat", "<=", 1)
    own = Preferences(per_week=(more, red), min_days_between={"salmon": 2})
    merged = wanted(
        Eater("Ann", preferences=own), per_week=(fish, less), min_days_between={"salmon": 4}
    )
    assert set(merged.per_week) == {more, less}
    assert merged.min_days_between == {"salmon": 4}


def test_a_common_budget_is_shared_by_need_of_energy_and_never_exceeded():
    small = Eater("Tom", Profile("m", 10, 140, 33, "active"))
    tall = Eater("Ben", Profile("m", 42, 190, 90, "very_active"))
    asked = eater_requests(ask(small, tall, budget_per_week=100.0))
    shares = [request.preferences.budget_per_week for request in asked.values()]
    assert 99.98 <= sum(shares) <= 100.0
    assert shares[0] < shares[1]


@rows(__file__, "the_stricter_diet_holds")
def test_the_stricter_diet_holds(common, own, diet):
    eater = Eater("Ann", preferences=Preferences(diet=own))
    assert wanted(eater, diet=common).diet == diet


def test_a_place_is_shared_by_two_eaters_or_more():
    ann = Eater("Ann", slots=("lunch", "dinner"))
    request = ask(ann, Eater("Ben"), Eater("Mia", slots=()))
    assert shared_places(request) == {"dinner.main": ("Ann", "Ben")}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (ask(Eater("Ann"), Eater("ann")), "'ann' stands there twice"),
        (replace(ask(Eater("Ann")), assumed=()), r"\[profile\] age: with \[\[eaters\]\]"),
        (ask(Eater("Ann", slots=("snack",))), "snack has no main dish to share"),
        (ask(Eater("A" * 25)), "not 1 to 24 letters — shorten the name"),
        (ask(*(Eater(f"E{n}") for n in range(13))), "13 are not 1 to 12 people"),
        (PlanRequest(week=WeekOptions(days=2, guests=(Guests(3, "dinner", 1),))), "not a day 3"),
        (
            PlanRequest(week=WeekOptions(slots=("lunch",), guests=(Guests(1, "dinner", 1),))),
            "no dinner is planned on day 1",
        ),
        (PlanRequest(week=WeekOptions(guests=(Guests(1, "dinner", 1),) * 2)), "there twice"),
    ],
)
def test_what_does_not_go_together_is_said(request_, message):
    with pytest.raises(ConfigError, match=message):
        check_table(request_, "request.toml")


def test_a_baby_at_the_table_is_refused_and_not_asked_for_another_age():
    baby = Eater("Bo", Profile(sex="m", age_y=0))
    with pytest.raises(RefusedError, match="no plans for children under 5"):
        eater_requests(ask(Eater("Ann"), baby))


@pytest.mark.parametrize(("age_y", "is_told"), [(0, False), (1, True), (4, True)])
def test_a_small_child_at_the_table_is_told_how_to_share_its_dinners(age_y, is_told):
    child = Eater("Bo", Profile(sex="m", age_y=age_y))
    with pytest.raises(RefusedError) as refused:
        eater_requests(ask(Eater("Ann"), child))
    assert ("every dinner=1,half servings,without choking hazards" in str(refused.value)) is is_told
    assert ("--only lunch --eater name=Teachers" in str(refused.value)) is is_told
