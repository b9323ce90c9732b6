"""A table of two keeps what each asks for: shared dinners, days away, more energy, guests."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.check.document import check_document
from planner.cli.options import build_request
from planner.errors import CandidatesError, ConfigError, RefusedError
from planner.kitchen.shopping import list_shopping
from planner.plan.plan import ABSENT
from planner.plan.shares import heads_of, own_plan
from planner.request.diets import read_diets
from planner.request.eater import Eater
from planner.request.eater_tables import read_eater
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.profile import Profile
from planner.request.read import request_from_dict
from planner.request.request import BODY_FIELDS, NAMELESS, PlanRequest
from planner.table.prepare import prepare_table
from planner.targets.derive import targets_of
from planner.wire.document import read_plan_document
from tests.rows import rows

FOODS, DISHES = read_embedded_foods(), read_embedded_dishes()
ANIMAL = {"dairy", "egg", "fish", "meat", "poultry", "shellfish", "honey"}


@pytest.fixture(scope="module")
def own(house):
    """Each one's own days, by name."""
    return {name: own_plan(house.plan, name) for name in ("Ann", "Ben")}


def dinner(plan, day):
    return next(meal for meal in plan.days[day - 1].meals if meal.slot == "dinner")


def origins(items):
    return {word for item in items for food, _ in item.ingredients for word in FOODS[food].origin}


def judged(document, **changes):
    return check_document(replace(document, request=replace(document.request, **changes)), FOODS)


def with_ben(document, **changes):
    """The eaters of the request, where Ben asks for something else."""
    ann, ben = document.request.eaters
    wishes = {key: changes.pop(key) for key in ("more_energy",) if key in changes}
    return ann, replace(ben, preferences=replace(ben.preferences, **wishes), **changes)


def test_the_whole_table_passes_its_check_and_each_eater_ones_own(house):
    result = check_document(house, FOODS)
    assert result.passed
    assert list(result.eaters) == ["Ann", "Ben"]
    assert result.eaters["Ben"].findings


def test_dinners_are_shared_and_hold_what_all_may_have(house, own):
    for day in (2, 3):
        pot = dinner(house.plan, day).items[0]
        assert [share.eater for share in pot.shares] == ["Ann", "Ben"]
        assert not origins([pot]) & ANIMAL
        assert "peanut" not in {FOODS[food].base for food, _ in pot.ingredients}
    ben = [item for day in own["Ben"].days for item in day.items()]
    assert origins(ben) & ANIMAL  # what he does not share is as he likes it
    ann = [item for day in own["Ann"].days for item in day.items()]
    assert not origins(ann) & ANIMAL


def test_nothing_is_planned_for_who_is_away_and_means_are_over_the_other_days(house, own):
    away, *here = own["Ben"].days
    assert (away.cost, away.facts, away.meals) == (0.0, ABSENT, ())
    assert all(day.facts != ABSENT for day in here)
    energy = [day.totals["energy_kcal"] for day in here]
    assert own["Ben"].means["energy_kcal"] == pytest.approx(sum(energy) / 2)
    for days in ((), ("2",), ("1-2",)):
        assert not judged(house, eaters=with_ben(house, days=days)).passed, days


def test_who_asks_for_more_energy_on_a_day_has_it_then(house, own):
    need = targets_of(replace(PlanRequest(), profile=house.request.eaters[1].profile)).energy.kcal
    second, third = (day.totals["energy_kcal"] for day in own["Ben"].days[1:])
    assert third == pytest.approx(need + 400, abs=0.03 * need + 0.01)
    assert second == pytest.approx(need, abs=0.03 * need + 0.01)
    for asked in ({}, {"3": 900.0}):
        assert not judged(house, eaters=with_ben(house, more_energy=asked)).passed


def test_guests_are_cooked_and_bought_for_and_count_in_nobodys_totals(house):
    pot = dinner(house.plan, 2).items[0]
    assert (pot.guests.count, pot.guests.servings) == (3, 3.0)
    assert dinner(house.plan, 3).items[0].guests is None
    days = [
        replace(day, meals=tuple(
            replace(meal, items=tuple(replace(item, guests=None) for item in meal.items))
            for meal in day.meals
        ))
        for day in house.plan.days
    ]  # fmt: skip
    alone = replace(house.plan, days=tuple(days))
    more, less = (list_shopping(plan, FOODS) for plan in (house.plan, alone))
    assert more.total_usd > less.total_usd
    assert more.people == 2
    assert not check_document(replace(house, plan=alone), FOODS).passed


@rows(__file__, "what_does_not_go_with_days")
def test_what_does_not_go_with_days_is_said(eaters, message):
    with pytest.raises(ConfigError, match=message):
        build_request(eater=tuple(map(read_eater, eaters)), days=3)


@pytest.mark.parametrize("who", [{"age": 12}, {"state": "pregnant", "age": 30}])
def test_more_than_is_needed_is_a_clinics_to_plan_with_some(who):
    wishes = {"more_energy": {"tue,thu": 400}}
    request = request_from_dict({"profile": {"sex": "f", **who}, "preferences": wishes})
    with pytest.raises(RefusedError, match="no plans above the need"):
        targets_of(request)


def test_who_leaves_out_everything_is_told_by_name_and_not_by_a_traceback():
    groups = tuple(sorted({food.group for food in FOODS}))
    nothing = Preferences(without=groups)
    eaters = (Eater("Ann", Profile()), Eater("Tom", Profile(), nothing))
    told = r"nothing is left to eat: \d+ of \d+ dishes and foods are left out, like .*: left out as"
    with pytest.raises(CandidatesError, match=rf"Tom, preferences: {told}"):
        prepare_table(PlanRequest(assumed=BODY_FIELDS, eaters=eaters))
    with pytest.raises(CandidatesError, match=told):
        prepare_table(PlanRequest(preferences=nothing))


@pytest.mark.parametrize(
    ("option", "wishes"),
    [
        ("--like", {"like": {"zzyzx": 1}}),
        ("--per-week", {"per_week": (FrequencyRule("zzyzx", ">=", 2),)}),
        ("--min-days-between", {"min_days_between": {"zzyzx": 2}}),
    ],
)
def test_a_wish_that_nobody_knows_is_told_by_the_option_that_it_stands_in(option, wishes):
    with pytest.raises(CandidatesError, match="zzyzx") as caught:
        prepare_table(PlanRequest(preferences=Preferences(**wishes)))
    assert caught.value.where == option


@pytest.mark.parametrize("diet", ["halal", "kosher", "jain"])
def test_nothing_that_a_style_leaves_out_may_be_planned(diet):
    request = PlanRequest(preferences=Preferences(diet=diet))
    source = prepare_table(request).weeks[NAMELESS].source
    row, held = read_diets()[diet], set()
    for candidate in source.candidates.candidates:
        for serving in candidate.servings:
            for food, _ in serving.portion.ingredients:
                held |= {*FOODS[food].origin, FOODS[food].base}
    assert held.isdisjoint({*row.without_origin, *row.without})
    assert ("onion" in held) == (diet != "jain")


CHILD = "name=Child,sex=f,age=5,count=18,slots=lunch"
TEACHER = "name=Teacher,sex=f,age=35,count=3,slots=lunch"


def test_a_group_gets_its_lunches_and_each_kind_ones_own_portions(planned_once):
    words = ("--eater", CHILD, "--eater", TEACHER, "--days", 2, "--only", "lunch")
    document = read_plan_document(planned_once(*words, "--effort", "quick") / "plan.json")
    assert check_document(document, FOODS).passed
    assert heads_of(document.plan) == 21
    assert [[meal.slot for meal in day.meals] for day in document.plan.days] == [["lunch"]] * 2
    more = {"Child": 17, "Teacher": 2}
    for item in document.plan.days[0].items():
        assert item.guests.count == sum(more[share.eater] for share in item.shares)
        mass_g = sum(more[share.eater] * share.mass_g for share in item.shares)
        assert item.guests.mass_g == pytest.approx(mass_g, abs=1.0)
