"""The programme over the tiny kitchen of ``tests/kitchen.py``: golden rows, search, proof.

To change a golden on purpose: ``MAGPLAN_GOLDEN=write python -m pytest tests/planner/rhythm``, and
say in the commit why the rows moved.
"""

import os
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from foods.embedded import read_embedded_foods
from planner.candidates.names import Meaning
from planner.model.days import PutDish
from planner.model.input import Wishes
from planner.model.variety import Frequency
from planner.rhythm.bath import Bath
from planner.rhythm.build import build_programme
from planner.rhythm.choices import list_choices, with_asked
from planner.rhythm.exact import best_of_open, lower_bound
from planner.rhythm.options import list_decisions
from planner.rhythm.programme import KINDS
from planner.rhythm.rhythms import Occasion, Rhythm, Role
from planner.rhythm.table import join_programmes
from planner.targets.clinical import ClinicalRules
from tests.kitchen import band, plates_input

GOLDEN = Path(__file__).parents[2] / "golden" / "rhythm"
SMALL = 1e-6
TARGETS = (
    band("energy_kcal", 1200, 2600, preferred_lower=1700, preferred_upper=2100),
    band("calcium_mg", 500, period="week"),
    band("ca_mg_ratio", 1.0, 3.0),
    band("vitamin_d_ug", 15, period="week", hard=False),
)


def role(name, kind, *at, **more):
    occasions = tuple(Occasion(day, place) for day, place in at)
    return Role(name, kind, occasions, **({"active": 40, "minutes": 60} | more))


TINY = Rhythm(
    "tiny",
    "Two days.",
    "",
    (
        role("breakfast", "breakfast", (0, "breakfast.main"), (1, "breakfast.main")),
        role("first dinner", "main", (0, "dinner.main"), (1, "lunch.main")),
        role("first lunch", "main", (0, "lunch.main")),
        role("second dinner", "main", (1, "dinner.main")),
        role("fruit", "fruit", (0, "dinner.finish"), (1, "dinner.finish"), must=False),
        role("snack", "snack", (0, "snack.first"), (1, "snack.first"), must=False),
        role("extra", "extra", (1, "snack.second"), must=False),
    ),
)


def with_few_beans(serving):
    """A portion of beans and rice is 150 g of beans."""
    return replace(
        serving, groups_g={**serving.groups_g, "legumes": 150.0 * ("beans" in serving.bases_g)}
    )


def tiny_source(**changes):
    """The tiny kitchen: beans keep two days, and are the only dish that is eaten twice."""
    source = plates_input()
    own = {"beans": {"keeps_days": 2}, "fish": {"served": "complete"}}
    known = tuple(
        replace(
            candidate,
            traits=replace(candidate.traits, **own.get(candidate.source_id, {})),
            servings=tuple(map(with_few_beans, candidate.servings)),
        )
        for candidate in source.candidates.candidates
    )
    usual = {
        "wishes": Wishes(),
        "clinical": ClinicalRules(),
        "conservative": {},
        "targets": TARGETS,
        "constrained": (),
        "candidates": replace(source.candidates, candidates=known),
    }
    return replace(source, **(usual | changes))


@pytest.fixture(scope="module")
def choices():
    return list_choices(tiny_source(), TINY, read_embedded_foods())


@pytest.fixture(scope="module")
def programme(choices):
    return build_programme(choices)


def name_of(choices, at):
    choice = choices.choices[at]
    plate = choices.plates[choice.plate]
    role = TINY.roles[choice.role].name + ("" if choice.part == "main" else f".{choice.part}")
    return f"{role}={plate.candidate.source_id}*{plate.serving.portion.servings:g}"


def written(programme, choices, kind):
    """The rows of a kind, one term a line; of some the second day is left out."""
    lines = []
    for number in np.flatnonzero(programme.kind == KINDS.index(kind)).tolist():
        if kind in BY_DAY and programme.names[number].endswith(".2"):
            continue
        index, value = programme.rows.of_row(number)
        price = programme.price[number]
        lines.append(programme.names[number] + ("" if np.isnan(price) else f" at {price:.6g}"))
        terms = sorted(
            (name_of(choices, at), amount) for at, amount in zip(index, value, strict=True)
        )
        lines += [f"  {amount:+.6g} {name}" for name, amount in terms]
        lines.append(f"  in {programme.lower[number]:.6g} .. {programme.upper[number]:.6g}")
    return "\n".join(lines) + "\n"


WRITTEN = (
    "one", "served", "band_day", "band_week", "meal_energy", "vegetables", "fruit", "nuts",
    "pulses", "extras", "fresh", "times", "family", "evening",
)  # fmt: skip
BY_DAY = ("band_day", "meal_energy", "vegetables")


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_kind_of_rows_is_written_as_agreed(programme, choices, kind):
    file, now = GOLDEN / f"{kind}.txt", written(programme, choices, kind)
    if os.environ.get("MAGPLAN_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(now)
    assert now == file.read_text()


def test_a_programme_has_few_kinds_of_rows():
    assert len(KINDS) <= 30


def every_week(programme, choices):
    """All weeks of the options, by trying."""
    decisions = list_decisions(choices, programme.points.tolist())
    for options in product(*(decision.options for decision in decisions)):
        yield tuple(sorted(at for option in options for at in option))


def test_the_bath_finds_the_best_week_there_is(programme, choices):
    weeks = [
        one for one in every_week(programme, choices) if not programme.broken(programme.taking(one))
    ]
    best = min(programme.value(programme.taking(week)) for week in weeks)
    found = Bath(programme, list_decisions(choices, programme.points.tolist())).search(0)
    assert len(weeks) > 3
    assert programme.broken(programme.taking(found)) == ()
    assert programme.value(programme.taking(found)) == pytest.approx(best, abs=SMALL)


def test_highs_proves_the_same_week_and_a_bound_below_it(programme, choices):
    found = Bath(programme, list_decisions(choices, programme.points.tolist())).search(0)
    proven = best_of_open(programme, (), range(len(programme.points)))
    best = programme.value(programme.taking(proven))
    assert programme.broken(programme.taking(proven)) == ()
    assert best <= programme.value(programme.taking(found)) + SMALL
    assert lower_bound(programme) <= best + SMALL


def test_highs_opens_no_other_role(programme, choices):
    found = Bath(programme, list_decisions(choices, programme.points.tolist())).search(0)
    roles = [TINY.roles[choice.role].name for choice in choices.choices]
    opened = [at for at, name in enumerate(roles) if name == "snack"]
    again = best_of_open(programme, found, opened)
    assert set(found) - set(opened) == set(again) - set(opened)


def test_more_effort_finds_no_worse_week(programme, choices):
    decisions = list_decisions(choices, programme.points.tolist())
    found = [Bath(programme, decisions, effort=one).search(1) for one in ("quick", "thorough")]
    quick, thorough = (programme.value(programme.taking(week)) for week in found)
    assert thorough <= quick + SMALL


def test_a_decision_that_is_locked_stands(programme, choices):
    decisions = list_decisions(choices, programme.points.tolist())
    fish = next(option for option in decisions[3].options if "fish" in name_of(choices, option[0]))
    found = Bath(programme, decisions, {decisions[3].role: fish}).search(0)
    assert set(fish) <= set(found)


def test_what_is_put_on_a_meal_is_a_row_that_must_hold():
    puts = ((), (PutDish("dinner", "fish"),))
    own = list_choices(tiny_source(puts=puts), TINY, read_embedded_foods())
    programme = build_programme(own)
    found = Bath(programme, list_decisions(own, programme.points.tolist())).search(0)
    assert any(name_of(own, at).startswith("second dinner=fish") for at in found)


def test_what_is_put_or_wished_for_where_no_role_is_has_its_own():
    """Without roles for apples they are asked for by day, and nothing else takes their place."""
    none = ("fruit", "snack")
    bare = replace(TINY, roles=tuple(one for one in TINY.roles if one.name not in none))
    apple = Frequency(Meaning("apple", frozenset({"apple"}), frozenset()), ">=", 7)
    for asked, count in (
        ({"puts": ((), (PutDish("dinner", "apple"),))}, 1),
        ({"wishes": Wishes(frequencies=(apple,))}, 2),
    ):
        source = tiny_source(**asked)
        rhythm, also = with_asked(source, bare)
        made = rhythm.roles[len(bare.roles) :]
        assert {own_role.kind for own_role in made} == {"asked"}
        assert len(made) == count
        assert all(also[own_role.name] == {"apple"} for own_role in made)
        own = list_choices(source, rhythm, read_embedded_foods(), also)
        known = [own.candidate(at).source_id for at, choice in enumerate(own.choices)
                 if choice.role >= len(bare.roles)]  # fmt: skip
        assert set(known) == {"apple"}
    assert with_asked(tiny_source(), bare) == (bare, {})


def test_packages_are_paid_for_whole(programme, choices):
    apple = [at for at in range(len(programme.points)) if "=beans" in name_of(choices, at)][:1]
    x = programme.taking(apple)
    bought = dict(zip(programme.package_names, programme.bought(x).tolist(), strict=True))
    used = dict(zip(programme.package_names, programme.packages.times(x).tolist(), strict=True))
    assert bought["beans"] == np.ceil(used["beans"])
    assert programme.left(x)["beans"] == pytest.approx(bought["beans"] - used["beans"])


def test_two_at_a_table_open_one_package(programme):
    whole, first = join_programmes({"Ann": programme, "Ben": programme})
    assert first == {"Ann": 0, "Ben": len(programme.points)}
    milk = next(at for at, n in enumerate(programme.package_names) if n == "milk")
    index, value = programme.packages.of_row(milk)
    both = whole.taking([index[0], index[0] + first["Ben"]])
    at = whole.package_names.index("milk")
    assert whole.packages.times(both)[at] == pytest.approx(2 * value[0])
    assert whole.bought(both)[at] == np.ceil(2 * value[0])
