"""Why a plan is as it is: sources, what each thing brings, and why something is not there."""

import json
from dataclasses import replace

import numpy as np
import pytest

from planner.errors import CandidatesError, ConfigError
from planner.explain.account import Account
from planner.explain.reasons import main_sources
from planner.export.why import account_told
from planner.model.keys import RULES
from planner.request.request import NAMELESS
from planner.search.evaluate import evaluate_week
from planner.solve.swap import rank_swaps
from planner.table.prepare import prepare_table
from planner.why.account import Asked, account_of
from planner.why.things import rules_without
from planner.why.why_not import why_not
from planner.wire.why import ExplainAnswer
from tests.told import printed


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


def test_a_plan_of_one_has_no_other_eater(document):
    with pytest.raises(ConfigError, match="one eater"):
        account_of(document, Asked(eater="Ann"))


def test_answers_alone_are_given_where_something_is_missed(document):
    found = account_of(document, Asked(why_not=("salmon",)))
    assert not found.eaters
    (answer,) = found.why_not[""]
    assert answer.kind == "left_out"


def test_one_meal_alone_is_asked_of_a_day(document):
    told = account_of(document, Asked(day=2, slot="dinner"))
    looked = {one.slot for one in told.eaters[""].items if one.is_looked_at}
    assert looked == {"dinner"}


DAYS = (1, 2)


def sources(request):
    return {one.source_id for one in prepare_table(request).weeks[NAMELESS].candidates.candidates}


@pytest.mark.parametrize(
    ("name", "source_id", "words", "lifted"),
    [
        ("salmon", "baked_salmon", "not in a vegetarian diet", {"diet": "omnivore"}),
        ("peanut butter", "peanut_butter", "without peanut", {"without": ("mushroom",)}),
        ("mushroom", "mushroom", "without mushroom", {"without": ("peanut",)}),
    ],
)
def test_what_bans_it_is_said_and_without_the_ban_it_may_be_planned(
    session, ledgers, name, source_id, words, lifted
):
    answer = why_not(session, name, DAYS, ledgers)
    assert answer.kind == "left_out"
    assert words in " ".join(answer.sentences)
    request = session.week.request
    known = sources(replace(request, preferences=replace(request.preferences, **lifted)))
    before = {one.source_id for one in session.week.candidates.candidates}
    assert [one for one in known - before if source_id.split("_")[-1] in one]


def test_an_unknown_word_offers_the_nearest(session, ledgers):
    with pytest.raises(CandidatesError, match="banana"):
        why_not(session, "bananana", DAYS, ledgers)


def test_what_is_planned_is_found_where_it_stands(session, ledgers):
    day = session.plan.days[1]
    item = day.meals[-1].items[0]
    answer = why_not(session, item.name, (2,), ledgers)
    assert answer.kind == "planned"
    assert item.name in answer.sentences[0]
    assert "day 2" in answer.sentences[0]
    assert "day 1" not in answer.sentences[0]


def test_a_breakfast_is_no_dinner(session, ledgers):
    columns = session.weeks[0].parts.model.table.columns
    planned = {item.item_id for day in session.plan.days for item in day.items()}
    name = next(
        c.candidate.name
        for c in columns
        if c.place == "breakfast.main" and c.candidate.source_id not in planned
    )
    answer = why_not(session, name, DAYS, ledgers, "dinner")
    assert answer.kind == "no_place"
    assert "may stand at breakfast" in answer.sentences[0]


def _mains(session):
    """Main dishes of dinner that are not in the plan, cheapest first by their own points."""
    parts = session.weeks[0].parts
    planned = {item.item_id for day in session.plan.days for item in day.items()}
    found = {}
    for column in parts.model.table.columns:
        candidate = column.candidate
        is_new = candidate.source_id not in planned and not candidate.traits.is_leftover
        if column.place == "dinner.main" and is_new:
            found.setdefault(candidate.name, float(parts.arrays.points[0, column.index]))
    return sorted(found, key=found.get)


def test_what_is_merely_dearer_is_what_the_swap_says(session, ledgers):
    seated = session.weeks[0]
    choices, columns = seated.seating.choices, seated.parts.model.table.columns
    best = {}
    for day in range(2):
        old = next(at for at in choices[day] if columns[at].place == "dinner.main")
        for swap in rank_swaps(seated.parts, choices, day, old).swaps:
            name = columns[swap.moves[0].new].candidate.name
            best[name] = min(best.get(name, np.inf), swap.points)
    name = next(one for one in _mains(session) if one in best)
    answer = why_not(session, name, DAYS, ledgers, "dinner")
    assert answer.kind in ("dearer", "better")
    assert answer.change.points <= best[name] + 1e-9
    assert (answer.change.points >= -0.005) == (answer.kind == "dearer")
    assert sum(answer.change.terms.values()) == pytest.approx(answer.change.points)


def test_rules_that_would_break_are_those_of_the_nearest_week(session, ledgers):
    answers = [why_not(session, name, (1,), ledgers, "dinner") for name in _mains(session)[-6:]]
    broken = [one for one in answers if one.kind == "rules"]
    for answer in broken:
        assert answer.change is None
        assert "replan PLAN.json --put" in answer.sentences[-1]
        assert "day 1 at dinner" in answer.sentences[0]
    assert all(one.change for one in answers if one.kind in ("dearer", "better"))
