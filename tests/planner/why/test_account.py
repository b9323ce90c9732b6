import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from planner.candidates.names import Meaning
from planner.cli import cli
from planner.errors import ConfigError
from planner.explain.account import Account
from planner.explain.reasons import main_sources
from planner.export.why import account_told
from planner.model.keys import RULES
from planner.pipeline import plan_meals as plan_table
from planner.request.read import request_from_dict
from planner.search.evaluate import evaluate_week
from planner.why.account import Asked, account_of
from planner.why.things import reasons_of_items, rules_without
from planner.wire.document import parse_plan_document
from planner.wire.why import ExplainAnswer
from tests.one_eater import as_json
from tests.told import printed


@pytest.fixture(scope="module")
def document(report):
    return parse_plan_document(as_json(report), "plan")


@pytest.fixture(scope="module")
def account(document) -> Account:
    return account_of(document, Asked(nutrients=("iron_mg",), day=2))


@pytest.fixture(scope="module")
def own(account):
    return account.eaters[""]


def test_sources_are_those_of_the_day_and_their_shares_are_true(own, session):
    day = session.plan.days[1]
    assert list(own.sources) == ["magnesium_mg", "calcium_mg", "iron_mg"]
    for key, sources in own.sources.items():
        assert own.means[key] == pytest.approx(day.totals[key])
        assert sources[0].amount == pytest.approx(sources[0].share * day.totals[key])
        whole = main_sources(session.plan, session.week.foods, key)
        assert {one.food_id for one in sources} <= {one.food_id for one in whole}


def test_what_each_thing_brings_adds_up_to_the_day(own, session):
    day = session.plan.days[1]
    assert [one.day for one in own.items] == [2] * len(day.items())
    magnesium = sum(one.amounts["magnesium_mg"] or 0.0 for one in own.items)
    assert magnesium == pytest.approx(day.totals["magnesium_mg"])
    assert sum(one.cost_usd for one in own.items) == pytest.approx(day.cost)


def test_every_thing_of_a_day_has_its_reason(own, session):
    seated = session.weeks[0]
    for one in own.items:
        assert one.is_looked_at
        if one.instead is not None:
            assert one.instead.source_id != one.source_id
            assert sum(one.instead.change.terms.values()) == pytest.approx(
                one.instead.change.points
            )
    columns = seated.parts.model.table.columns
    day = seated.seating.choices[1]
    main = next(at for at in day if columns[at].place == "dinner.main")
    gone = (seated.seating.choices[0], tuple(at for at in day if at != main))
    broken = evaluate_week(seated.parts.arrays, seated.parts.between, gone).broken
    told = list(rules_without(seated.parts, seated.seating.choices, 1, main))
    assert not any("Energy" in one for one in told)
    assert all(RULES[one.split(".")[0].split("@")[0]] for one in broken)


def test_why_a_thing_is_there_comes_first_and_in_plain_words(account, own, session):
    day, dinner = session.plan.days[1], next(one for one in own.items if one.slot == "dinner")
    magnesium = dinner.amounts["magnesium_mg"] / day.totals["magnesium_mg"]
    energy = dinner.energy_kcal / day.totals["energy_kcal"]
    brings = f"It brings {magnesium:.0%} of the day's magnesium with {energy:.0%} of its energy."
    put = replace(dinner, holds=(RULES["put"].sentence, *dinner.holds))
    items = tuple(put if one is dinner else one for one in own.items)
    other = replace(account, eaters={"": replace(own, items=items)})
    text = " ".join(printed(account_told(other, {})).replace("\xa0", " ").split())
    assert f"{dinner.name}. You put it there. {brings.replace('%', ' %')}" in text
    assert "a dish assigned to a meal stays there" not in text
    assert text.index("Why it is there") < text.index("Where it comes from")


def test_rules_with_room_are_at_no_limit_and_cost_nothing(own):
    rooms = {one.rule: one for one in own.weeks[0].rooms}
    assert any(one.is_slack for one in rooms.values())
    for one in rooms.values():
        assert one.is_slack == (not one.tight and not one.is_priced and not one.points)
    assert sum(one.points for one in rooms.values()) > 0


def test_json_is_complete_and_plain(account):
    told = json.loads(json.dumps(ExplainAnswer.of_account(account).json_values(), allow_nan=False))
    (eater,) = told["eaters"]
    week = eater["weeks"][0]
    assert set(eater) == {"name", "sources", "means", "items", "weeks", "day", "wishes"}
    assert {"row", "rule", "shadow", "tighter", "looser", "step"} <= set(week["prices"][0])
    assert {room["rule"] for room in week["rooms"]} <= set(RULES)
    assert told["days"] == [2]


def test_lines_fit_the_page(account):
    texts = printed(account_told(account, {})).splitlines()
    assert "What each thing brings" in texts
    assert max(map(len, texts)) <= 80
    assert any("Magnesium" in one for one in texts)


def run(*args):
    result = CliRunner().invoke(cli, ["explain", *args])
    if result.exception is not None:
        raise result.exception
    return result.output


def test_of_a_table_each_eater_has_an_account_of_its_own():
    eaters = [{"name": "Ann", "profile": {"sex": "f", "age": 40}},
              {"name": "Tom", "profile": {"sex": "m", "age": 40}}]  # fmt: skip
    found = plan_table(request_from_dict({"week": {"days": 1}, "eaters": eaters}, "request"))
    document = parse_plan_document(as_json(found), "plan")
    every = account_of(document, Asked())
    assert list(every.eaters) == ["Ann", "Tom"]
    assert every.eaters["Ann"].means != every.eaters["Tom"].means
    for own in every.eaters.values():
        assert own.weeks[0].mix.points <= own.weeks[0].plan.points
        assert any(one.is_looked_at for one in own.items)
    alone = account_of(document, Asked(eater="tom", why_not=("kale",)))
    assert list(alone.why_not) == ["Tom"]
    texts = printed(account_told(every, {})).splitlines()
    assert "Ann: Why this plan is as it is" in texts or "Ann: Why Day 1 is as it is" in texts


def test_a_plan_of_one_has_no_other_eater(document):
    with pytest.raises(ConfigError, match="one eater"):
        account_of(document, Asked(eater="Ann"))


def test_answers_alone_are_given_where_something_is_missed(document):
    found = account_of(document, Asked(why_not=("salmon",)))
    assert not found.eaters
    (answer,) = found.why_not[""]
    assert answer.kind == "left_out"


def test_a_reason_says_what_is_liked_what_is_cooked_once_and_what_another_thing_keeps_less_well(
    account, own
):
    dinner = next(one for one in own.items if one.slot == "dinner" and one.instead)
    rules = {"liked": 10.0, "packages": 2.0, "fruit": -3.0}
    liked = replace(
        dinner, liked=("bean stew",), meals=(2, 4), instead=replace(dinner.instead, rules=rules)
    )
    other = replace(account, slot="dinner", eaters={"": replace(own, items=(liked,))})
    text = " ".join(printed(account_told(other, {})).split())
    assert "You like bean stew. It is cooked once for 2 meals: Day 2, Day 4." in text
    kept = f"{RULES['liked'].sentence}; {RULES['packages'].sentence}."
    assert f"These would then be kept less well: {kept}" in text
    assert "What each thing brings" not in text


def test_rules_kept_less_well_are_those_of_the_points(own):
    told = [one.instead for one in own.items if one.instead is not None]
    assert told
    for one in told:
        of_term = {name: points for name, points in one.rules.items()
                   if RULES[name].term == "soft_targets"}  # fmt: skip
        assert sum(of_term.values()) == pytest.approx(
            one.change.terms.get("soft_targets", 0.0), abs=1e-6
        )


def test_what_a_thing_is_liked_for_is_found_by_dish_and_by_food(session):
    day = session.plan.days[0]
    item = day.meals[0].items[0]
    food = item.ingredients[0][0]
    likes = [Meaning("it", frozenset(), frozenset({item.item_id})),
             Meaning("in it", frozenset({food}), frozenset()),
             Meaning("other", frozenset({"nothing"}), frozenset())]  # fmt: skip
    wishes = replace(session.week.source.wishes, likes=tuple((one, 2) for one in likes))
    liking = _With(session, wishes)
    reasons = [*reasons_of_items(liking, [1], ("magnesium_mg",), "none")]
    assert reasons[0].liked == ("it", "in it")
    assert all(one.meals[0] <= 1 for one in reasons)


class _With:
    def __init__(self, session, wishes):
        self.session = session
        self.week = SimpleNamespace(source=SimpleNamespace(wishes=wishes))

    def __getattr__(self, name):
        return getattr(self.session, name)


def test_one_meal_alone_is_asked_of_a_day(document):
    told = account_of(document, Asked(day=2, slot="dinner"))
    looked = {one.slot for one in told.eaters[""].items if one.is_looked_at}
    assert looked == {"dinner"}
