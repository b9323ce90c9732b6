"""Nothing stands twice at a meal, not even what is made of everyday foods alone."""

from dataclasses import replace

from planner.candidates.candidate import CandidateSet
from planner.model.build import build_compact_week
from tests.kitchen import NUTRIENTS, tiny_input


def names_of_rows(everyday):
    source = tiny_input()
    both = ("snack.first", "snack.second")
    found = [
        replace(one, places=both) if one.candidate_id == "pudding" else one
        for one in source.candidates.candidates
    ]
    group = "bread" if everyday else "nuts"
    groups = {**source.groups, "milk": frozenset({group})}
    changed = replace(source, candidates=CandidateSet(tuple(found), (), NUTRIENTS), groups=groups)
    rows = build_compact_week(changed).problem.constraints()
    return {
        row.name: sorted(v.name for v in row) for row in rows if row.name.startswith("food_meal")
    }


def test_what_is_made_of_everyday_foods_stands_once_at_a_meal():
    rows = names_of_rows(everyday=True)
    assert rows["food_meal.snack.pudding.twice.d1"] == [
        "x.snack.first.pudding.100.d1", "x.snack.second.pudding.100.d1",
    ]  # fmt: skip


def test_a_food_that_is_no_everyday_one_has_one_row():
    assert sorted(names_of_rows(everyday=False)) == [
        f"food_meal.snack.{base}.d{day}" for base in ("apple", "milk") for day in (1, 2)
    ]


def test_a_small_portion_stands_once_beside_a_large_one_too():
    source, places = tiny_input(), ("snack.first", "snack.second")
    changed = []
    for one in source.candidates.candidates:
        if one.candidate_id == "nuts":
            (large,) = one.servings
            half = replace(large.portion, servings=0.5)
            small = replace(large, portion=half, bases_g={"nuts": 8, "apple": 5})
            one = replace(one, places=places, servings=(large, small))
        changed.append(one)
    candidates = replace(source, candidates=CandidateSet(tuple(changed), (), NUTRIENTS))
    rows = {row.name: row for row in build_compact_week(candidates).problem.constraints()}
    assert len(rows["food_meal.snack.nuts.twice.d1"]) == 4
