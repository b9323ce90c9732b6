from dataclasses import replace

import numpy as np
import pytest

from planner.bound.lower_bound import solve_aggregate
from planner.errors import CandidatesError
from planner.request.request import NAMELESS
from planner.search.evaluate import evaluate_week
from planner.solve.swap import rank_swaps
from planner.table.prepare import prepare_table
from planner.why.why_not import reduced_cost, why_not

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


def test_a_side_of_another_kitchen_is_told_by_that_rule(session, ledgers):
    seated = session.weeks[0]
    parts, choices = seated.parts, seated.seating.choices
    table, arrays = parts.model.table, parts.arrays
    day, new, broken = next(  # whose figures may be above a bound of these days besides
        (day, column.index, broken)
        for day in range(2)
        for column in table.columns
        if column.place == "dinner.vegetable"
        for chosen in [_with(choices, arrays, day, column.index)]
        for broken in [evaluate_week(arrays, parts.between, chosen).broken]
        if {one.split(".")[0] for one in broken} - {"nutrient_week"} == {"cuisine"}
    )
    candidate = table.columns[new].candidate
    answer = why_not(session, candidate.name, (day + 1,), ledgers, "dinner")
    if answer.kind == "rules":  # else another portion or another place of the meal takes it
        assert "sides fit the kitchen of the main dish" in " ".join(answer.sentences)
    assert answer.kind in ("rules", "dearer", "better")
    # and no other rule of meals is in the way: without its rows the same week holds as far
    rows = arrays.day
    keep = np.array([not one.startswith("cuisine.") for one in rows.names])
    open_rows = replace(arrays, limits=np.where(keep, arrays.limits, np.inf))
    left = evaluate_week(open_rows, parts.between, _with(choices, arrays, day, new)).broken
    assert set(left) == {one for one in broken if not one.startswith("cuisine.")}


def _with(choices, arrays, day, new):
    place = arrays.places[new]
    own = tuple(sorted({*(at for at in choices[day] if arrays.places[at] != place), new}))
    return (*choices[:day], own, *choices[day + 1 :])


def test_rules_that_would_break_are_those_of_the_nearest_week(session, ledgers):
    answers = [why_not(session, name, (1,), ledgers, "dinner") for name in _mains(session)[-6:]]
    broken = [one for one in answers if one.kind == "rules"]
    for answer in broken:
        assert answer.change is None
        assert "replan PLAN.json --put" in answer.sentences[-1]
        assert "day 1 at dinner" in answer.sentences[0]
    assert all(one.change for one in answers if one.kind in ("dearer", "better"))


def test_a_reduced_cost_is_the_sum_of_its_parts_and_none_for_what_is_in_the_mix(ledgers):
    ledger = ledgers[0]
    best = ledger.program.best
    taken = max(range(len(ledger.columns)), key=lambda at: best.values[ledger.lots[0].first + at])
    cost, _ = reduced_cost(ledger, taken)
    assert cost <= 1e-6
    dear = int(np.argmax(best.reduced[ledger.lots[0].first :][: len(ledger.columns)]))
    cost, parts = reduced_cost(ledger, dear)
    assert cost > 0
    assert sum(parts.values()) == pytest.approx(cost, abs=0.005 * len(ledger.parts.model.keys))


def test_the_best_mix_with_a_serving_in_any_case_has_the_reduced_cost_more_at_least(
    session, ledgers
):
    ledger = ledgers[0]
    parts, before = session.weeks[0].parts, ledger.program.best.points
    costs = {at: reduced_cost(ledger, at)[0] for at in range(len(ledger.columns))}
    dearer = sorted((at for at in costs if 0.2 < costs[at] < 3.0), key=costs.get)
    for column in dearer[:: max(1, len(dearer) // 4)]:
        with_it = solve_aggregate(parts.model.source, parts.arrays, {0: [column]}).bound
        assert with_it is None or with_it - before >= costs[column] - 1e-6
