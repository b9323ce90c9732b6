"""Why a plan is as it is: sources, reasons, what is not there, and what bounds and wishes cost."""

from dataclasses import replace

import numpy as np
import pytest

from planner.bound.solver import solve_problem
from planner.errors import CandidatesError, ConfigError
from planner.explain.account import Account
from planner.explain.reasons import main_sources
from planner.export.why import account_told
from planner.model.build import build_aggregated_week
from planner.model.keys import RULES
from planner.request.phrases import FrequencyRule
from planner.request.preferences import Preferences
from planner.request.request import NAMELESS, PlanRequest
from planner.search.evaluate import evaluate_week
from planner.solve.parts import build_week
from planner.solve.swap import rank_swaps
from planner.table.prepare import prepare_table
from planner.table.session import open_table
from planner.why.account import Asked, account_of
from planner.why.bounds import price_bounds
from planner.why.ledger import Ledger
from planner.why.things import rules_without
from planner.why.why_not import why_not
from planner.why.wishes import Base, cost_of_wishes
from tests import stored
from tests.kitchen import TARGETS, band, tiny_input
from tests.rows import rows
from tests.told import printed


@pytest.fixture(scope="module")
def document():
    return stored.document("vegan_woman_35")


@pytest.fixture(scope="module")
def session(document):
    return open_table(document).eaters[NAMELESS]


@pytest.fixture(scope="module")
def ledgers(session):
    return [Ledger.of_week(one.parts) for one in session.weeks]


@pytest.fixture(scope="module")
def account(document) -> Account:
    return account_of(document, Asked(nutrients=("iron_mg",), day=2))


@pytest.fixture(scope="module")
def own(account):
    return account.eaters[""]


def test_sources_are_those_of_the_day_and_what_each_thing_brings_adds_up_to_it(own, session):
    day = session.plan.days[1]
    assert list(own.sources) == ["magnesium_mg", "calcium_mg", "iron_mg"]
    for key, sources in own.sources.items():
        assert own.means[key] == pytest.approx(day.totals[key])
        assert sources[0].amount == pytest.approx(sources[0].share * day.totals[key])
        whole = main_sources(session.plan, session.week.foods, key)
        assert {one.food_id for one in sources} <= {one.food_id for one in whole}
    assert [one.day for one in own.items] == [2] * len(day.items())
    magnesium = sum(one.amounts["magnesium_mg"] or 0.0 for one in own.items)
    assert magnesium == pytest.approx(day.totals["magnesium_mg"])
    assert sum(one.cost_usd for one in own.items) == pytest.approx(day.cost)
    rooms = {one.rule: one for one in own.weeks[0].rooms}
    assert set(rooms) <= set(RULES)
    assert any(one.is_slack for one in rooms.values())
    for one in rooms.values():
        assert one.is_slack == (not one.tight and not one.is_priced and not one.points)
    assert sum(one.points for one in rooms.values()) > 0


def test_some_eater_meal_or_missing_thing_alone_is_asked_for(document):
    with pytest.raises(ConfigError, match="one eater"):
        account_of(document, Asked(eater="Ann"))
    found = account_of(document, Asked(why_not=("salmon",)))
    assert not found.eaters
    assert [one.kind for one in found.why_not[""]] == ["left_out"]
    told = account_of(document, Asked(day=2, slot="dinner"))
    assert {one.slot for one in told.eaters[""].items if one.is_looked_at} == {"dinner"}


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
    first, _, *others = seated.seating.choices
    gone = (first, tuple(at for at in day if at != main), *others)
    broken = evaluate_week(seated.parts.arrays, seated.parts.between, gone).broken
    told = list(rules_without(seated.parts, seated.seating.choices, 1, main))
    assert not any("Energy" in one for one in told)
    assert all(RULES[one.split(".")[0].split("@")[0]] for one in broken)


def test_why_a_thing_is_there_comes_first_and_in_plain_words(account, own, session):
    day, dinner = session.plan.days[1], next(one for one in own.items if one.slot == "dinner")
    magnesium = dinner.amounts["magnesium_mg"] / day.totals["magnesium_mg"]
    energy = dinner.energy_kcal / day.totals["energy_kcal"]
    brings = f"It brings {magnesium:.0%} of the day's magnesium with {energy:.0%} of its energy."
    put = replace(dinner, meals=(), holds=(RULES["put"].sentence, *dinner.holds))
    items = tuple(put if one is dinner else one for one in own.items)
    other = replace(account, eaters={"": replace(own, items=items)})
    text = " ".join(printed(account_told(other, {})).replace("\xa0", " ").split())
    assert f"{dinner.name}. You put it there. {brings.replace('%', ' %')}" in text
    assert "a dish assigned to a meal stays there" not in text
    assert text.index("Why it is there") < text.index("Where it comes from")


DAYS = (1, 2)


def sources(request):
    return {one.source_id for one in prepare_table(request).weeks[NAMELESS].candidates.candidates}


@rows(__file__, "what_bans_it_is_said")
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


def test_what_is_planned_unknown_or_of_another_meal_is_told_as_such(session, ledgers):
    with pytest.raises(CandidatesError, match="banana"):
        why_not(session, "bananana", DAYS, ledgers)
    item = session.plan.days[1].meals[-1].items[0]
    answer = why_not(session, item.name, (2,), ledgers)
    assert answer.kind == "planned"
    assert item.name in answer.sentences[0]
    assert "day 2" in answer.sentences[0]
    planned = {item.item_id for _, _, item in session.plan.served()}
    other = next(
        column.candidate.name
        for column in session.weeks[0].parts.model.table.columns
        if column.place == "breakfast.main" and column.candidate.source_id not in planned
    )
    answer = why_not(session, other, DAYS, ledgers, "dinner")
    assert answer.kind == "no_place"
    assert "may stand at breakfast" in answer.sentences[0]


def _mains(session):
    """Main dishes of dinner that are not in the plan, cheapest first by their own points."""
    parts = session.weeks[0].parts
    planned = {item.item_id for _, _, item in session.plan.served()}
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


ASKED = ("magnesium_mg", "calcium_mg")
NONE = ((), ())


def priced(**changes):
    ledger = Ledger.of_week(build_week(tiny_input(**changes)))
    return ledger, price_bounds(ledger, NONE, ASKED, 99)


def test_tightening_never_frees_points_and_loosening_never_costs_any():
    _, prices = priced()
    assert prices
    for price in prices:
        if price.tighter:
            assert price.tighter.more.points >= price.shadow * price.step - 1e-6
        if price.looser:
            assert -price.shadow * price.step - 1e-6 <= price.looser.more.points <= 1e-9


@pytest.mark.parametrize("lower", [1000, 1050])
def test_a_shadow_price_is_a_finite_difference_of_the_model_with_another_target(lower):
    def points(bound):
        other = (*TARGETS[:3], band("calcium_mg", bound, period="week"), *TARGETS[4:])
        return solve_problem(build_aggregated_week(tiny_input(targets=other)).problem).objective

    own = (*TARGETS[:3], band("calcium_mg", lower, period="week"), *TARGETS[4:])
    _, prices = priced(targets=own)
    price = next(one for one in prices if one.key.subject == "calcium_mg" and one.key.side == "min")
    slopes = [(points(lower + by) - points(lower)) / by for by in (-0.01, 0.01)]
    assert slopes[0] * 0.99 - 1e-6 <= price.shadow <= slopes[1] * 1.01 + 1e-6
    if price.shadow:
        assert price.looser.more.points == pytest.approx(points(lower - 100) - points(lower))


def test_where_a_plan_stands_is_its_nearest_day(session, ledgers):
    choices = session.weeks[0].seating.choices
    prices = price_bounds(ledgers[0], choices, ("magnesium_mg", "calcium_mg"), 6)
    totals = [day.totals for day in session.plan.days]
    ratios = [day.ca_mg_ratio for day in session.plan.days]
    for price in prices:
        key = price.key
        if key.rule == "ratio_day":
            assert price.in_plan == pytest.approx(max(ratios) if key.side == "max" else min(ratios))
        if key.rule == "nutrient_week" and key.subject in ("magnesium_mg", "calcium_mg"):
            mean = np.mean([one[key.subject] for one in totals])
            assert price.in_plan == pytest.approx(mean)
    assert {"magnesium_mg", "calcium_mg"} <= {one.key.subject for one in prices}


WANTED = Preferences(
    like={"fish": 2},
    dislike={"chard pie": 1},
    per_week=(FrequencyRule("fish", ">=", 4), FrequencyRule("fish", "<=", 6)),
    budget_per_week=70.0,
    max_minutes_weekday=45,
)


def best(source):
    return solve_problem(build_aggregated_week(source).problem).objective


@pytest.fixture(scope="module")
def costs():
    ledger = Ledger.of_week(build_week(tiny_input()))
    base = Base(PlanRequest(preferences=WANTED), (), (), ledger, ((), ()), is_alone=True)
    return {one.flag: one for one in cost_of_wishes(base)}


def test_every_wish_of_the_model_is_priced(costs):
    assert set(costs) == {
        "--like fish:2", "--dislike chard pie:1", '--per-week "fish>=4"', '--per-week "fish<=6"',
        "--budget-per-week 70", "--max-minutes-weekday 45",
    }  # fmt: skip


@rows(__file__, "what_must_hold_costs_what")
def test_what_must_hold_costs_what_the_model_without_it_has_fewer(costs, flag, wishes):
    source = tiny_input()
    plain = replace(source, wishes=replace(source.wishes, **wishes))
    assert costs[flag].more.points == pytest.approx(best(source) - best(plain), abs=1e-6)


def test_who_wishes_nothing_pays_nothing():
    ledger = Ledger.of_week(build_week(tiny_input()))
    source = ledger.parts.model.source
    plain = Ledger.of_week(build_week(replace(source, wishes=type(source.wishes)())))
    assert not list(cost_of_wishes(Base(PlanRequest(), (), (), plain, ((), ()), is_alone=True)))
