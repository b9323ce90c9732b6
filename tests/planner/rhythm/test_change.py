"""Changes of a week over the tiny kitchen: what stands is found, what is kept stays."""

from dataclasses import replace

import pytest

from foods.embedded import read_embedded_foods
from planner.model.days import PutDish
from planner.plan.plan import Day, Item, Meal
from planner.rhythm.bath import Bath
from planner.rhythm.change import Change
from planner.rhythm.choices import list_choices, with_asked
from planner.rhythm.exact import best_of_open
from planner.rhythm.programme import KINDS
from planner.rhythm.refusal import row_told
from planner.rhythm.rhythms import Occasion
from planner.rhythm.session import find_standing
from planner.rhythm.table import TableWeek
from planner.rhythm.week import days_of
from planner.settings import read_settings
from tests.planner.rhythm.test_programme import TARGETS, TINY, tiny_source

FOODS = read_embedded_foods()
SLOTS = ("breakfast", "lunch", "dinner", "snack")
SHARED = {f"{slot}.main": ("Ann", "Ben") for slot in SLOTS}


def kitchen(**changes):
    """The tiny kitchen with a trout cooked as the fish is, and lentils that keep as the beans."""
    source = tiny_source(**changes)
    known = source.candidates.candidates
    twins = tuple(
        replace(one, candidate_id=one.candidate_id.replace(name, twin), source_id=twin, name=twin)
        for one in known
        for name, twin in (("fish", "trout"), ("beans", "lentils"))
        if one.source_id == name
    )
    return replace(source, candidates=replace(source.candidates, candidates=(*known, *twins)))


def chosen(source=None):
    return list_choices(source or kitchen(), TINY, FOODS)


def week_of(choices, names=("",), shared=None):
    return TableWeek.of(dict.fromkeys(names, choices), shared or {})


def searched(week):
    return Bath(week.whole, week.decisions).search(0)


def item_of(column):
    portion, one = column.serving.portion, column.candidate
    size = (portion.servings, portion.measure, portion.mass_g, portion.ingredients)
    return Item("dish", one.source_id, one.name, *size, {}, 0.0, 0)


def days_of_plan(choices, taken):
    for number, columns in enumerate(days_of(choices, taken), start=1):
        meals = [Meal(s, tuple(item_of(c) for c in columns if c.slot == s)) for s in SLOTS]
        yield Day(number, None, tuple(meals), {}, None, 0.0)


def eaten(choices, taken):
    """Role and part → what takes it."""
    own = [(choices.choices[at], choices.candidate(at).source_id) for at in taken]
    roles = choices.rhythm.roles
    return {(roles[choice.role].name, choice.part): name for choice, name in own}


def without(source, name):
    known = tuple(one for one in source.candidates.candidates if one.source_id != name)
    return replace(source, candidates=replace(source.candidates, candidates=known))


@pytest.fixture(scope="module")
def choices():
    return chosen()


@pytest.fixture(scope="module")
def week(choices):
    return week_of(choices)


@pytest.fixture(scope="module")
def taken(week):
    return searched(week)


def test_a_plan_is_found_in_the_binaries_it_came_from(choices, taken):
    standing = find_standing(choices, [*days_of_plan(choices, taken)])
    assert standing.taken == tuple(sorted(taken))
    assert (standing.lost, standing.opened) == ((), frozenset())


def test_what_is_not_there_any_more_is_lost_at_each_of_its_meals(choices, taken):
    gone = eaten(choices, taken)["first dinner", "main"]
    later = chosen(without(kitchen(), gone))
    standing = find_standing(later, [*days_of_plan(choices, taken)])
    assert [(day, slot, item.item_id) for day, slot, item in standing.lost] == [
        (0, "dinner", gone), (1, "lunch", gone),
    ]  # fmt: skip
    assert {TINY.roles[at].name for at in standing.opened} == {"first dinner"}


def test_a_week_that_holds_and_is_asked_again_stays(week, taken):
    assert Change(week, taken).solved("usual", 0, is_new=False) == taken


def test_only_the_role_of_what_is_gone_changes(choices, taken):
    had = eaten(choices, taken)
    later = chosen(without(kitchen(), had["second dinner", "main"]))
    standing = find_standing(later, [*days_of_plan(choices, taken)])
    opened = frozenset(("", at) for at in standing.opened)
    change = Change(week_of(later), standing.taken, opened)
    now = eaten(later, change.solved("usual", 0, is_new=True))
    assert {name for name, _ in now.items() ^ had.items()} == {("second dinner", "main")}


def test_what_is_fixed_is_taken_and_what_is_closed_is_not(choices, week, taken):
    stood = {at for at in taken if TINY.roles[choices.choices[at].role].name == "second dinner"}
    other = best_of_open(week.whole, (), set(range(len(choices.choices))) - stood)
    fixed, closed = frozenset(set(other) - set(taken)), frozenset(stood)
    assert fixed
    change = Change(week, taken, fixed=fixed, closed=closed)
    found = change.solved("usual", 0, is_new=True)
    assert fixed <= set(found)
    assert not closed & set(found)
    assert not week.whole.broken(week.whole.taking(found))


def test_locks_that_leave_no_week_find_none(choices, week, taken):
    breakfast = [at for at, choice in enumerate(choices.choices) if choice.role == 0]
    change = Change(week, taken, closed=frozenset(breakfast))
    assert change.solved("quick", 0, is_new=True) is None


def test_what_was_eaten_is_in_nobodys_way(choices, taken):
    """A new limit that the first day is over binds the second day alone."""
    kcal = replace(TARGETS[0], upper=1.0, lower=0.0, preferred_lower=None, preferred_upper=None)
    strict = week_of(chosen(kitchen(targets=(kcal,))))
    days = {at: {occasion.day for occasion in role.occasions} for at, role in enumerate(TINY.roles)}
    first = frozenset(at for at in taken if 0 in days[choices.choices[at].role])
    over = frozenset(("", choices.choices[at].role) for at in first)
    change = Change(strict, taken, fixed=first, over=over)
    broken = change.held.broken(change.held.taking(taken))
    assert "band_day.energy_kcal.1" in strict.whole.broken(strict.whole.taking(taken))
    assert "band_day.energy_kcal.1" not in broken


def test_two_who_share_a_dish_have_the_same_after_a_change(choices):
    names = ("Ann", "Ben")
    week = week_of(choices, names, SHARED)
    stood = searched(week)
    gone = eaten(choices, week.own("Ann", stood))["second dinner", "main"]
    later = week_of(chosen(without(kitchen(), gone)), names, SHARED)
    own = later.choices["Ann"]
    found = {
        name: find_standing(own, [*days_of_plan(choices, week.own(name, stood))]) for name in names
    }
    standing = tuple(at + later.first[name] for name in names for at in found[name].taken)
    opened = frozenset((name, at) for name in names for at in found[name].opened)
    change = Change(later, tuple(sorted(standing)), opened)
    now = change.solved("usual", 0, is_new=True)
    mains = [
        {role: dish for (role, part), dish in eaten(own, later.own(name, now)).items()
         if part == "main" and ("dinner" in role or "lunch" in role)}
        for name in names
    ]  # fmt: skip
    assert mains[0] == mains[1]
    assert mains[0]["second dinner"] != gone


def test_meals_that_part_from_their_role_are_two_roles():
    parted = TINY.parted({"first dinner": [Occasion(1, "lunch.main")]})
    own = {role.name: role.occasions for role in parted.roles if "first dinner" in role.name}
    assert own == {
        "first dinner": (Occasion(0, "dinner.main"),),
        "first dinner, later": (Occasion(1, "lunch.main"),),
    }
    assert TINY.parted({"first dinner": TINY.roles[1].occasions}) == TINY


@pytest.mark.parametrize(("dish", "count"), [("beans", 2), ("fish", 1)])
def test_what_is_put_on_a_meal_brings_its_leftovers_where_it_keeps(dish, count):
    """Beans keep two days; fish does not, so the next lunch is another role."""
    source = tiny_source(puts=((PutDish("dinner", dish),), ()))
    rhythm, also = with_asked(source, TINY)
    role = next(one for one in rhythm.roles if Occasion(0, "dinner.main") in one.occasions)
    assert len(role.occasions) == count
    assert also == {role.name: {dish}}


def test_habits_give_way_to_what_stays_and_targets_do_not(week, taken):
    easier = Change(week, taken).easier().week.whole
    hard = {KINDS[kind] for kind in easier.kind[easier.is_hard]}
    assert {"band_day", "band_week", "one"} <= hard
    assert not {"vegetables", "fruit", "evening", "times"} & hard


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("band_day.sodium_mg.3", "sodium of day 3"),
        ("Ann: band_week.ca_mg_ratio.max", "Ann: calcium to magnesium of the mean day"),
        ("vegetables.lunch.2", "vegetables: lunch on day 2"),
        ("budget", "the budget at checkout"),
    ],
)
def test_a_row_is_told_in_plain_words(row, told):
    assert row_told(row) == told


def test_every_kind_of_rows_has_words():
    assert {*KINDS, "budget"} <= read_settings("rhythm.toml")["rows"].keys()
