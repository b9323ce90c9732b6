"""Every printed sentence about a band, added up from plan.json.

What adds up knows plan.json and the CSV files of the food table, and nothing of the planner: a
rule that is wrong there is not wrong here in the same way. ``bands_printed.py`` reads what is
eaten, ``bands_checks.py`` and ``bands_more.py`` recompute, ``bands_sentences.py`` says which
sentence is recomputed how. ``MAGPLAN_HARDEN=1`` tries 500 people.
"""

import os

import pytest

from planner.errors import RefusedError
from tests.bands_people import Tally
from tests.bands_printed import Eaten, magplan, planned, read_plan
from tests.bands_sentences import hold_all

MANY = 500 if os.environ.get("MAGPLAN_HARDEN") else 6
AT_ONCE = 6
MOST_DAYS = 28 if MANY > AT_ONCE else 2  # the weeks of others are planned above
VITAMIN_K = {"warfarin_even", "potassium_by_day"}
INSULIN = {"insulin_carbohydrate"}
OXALATE = {"oxalate_cap", "oxalate_known", "potassium_by_day"}
STONES = ("--condition", "calcium oxalate stones")
ANN = "name=Ann,sex=f,age=45,condition=type 1 diabetes"
TOM = "name=Tom,sex=m,age=50,medicine=warfarin,vitamin_k_before=200"


def held(plan, text=""):
    """Hold a plan to all it prints; gives eater → what was said to that eater."""
    return {name: set(found) for name, found in hold_all(plan, text).items()}


def test_vitamin_k_of_two_weeks_stays_near_one_mean(tmp_path):
    woman = ("--sex", "f", "--age", 60, "--height", 162, "--weight", 65)
    plan, text = planned(tmp_path, *woman, "--medicine", "warfarin", "--days", 9)
    assert held(plan, text)[None] >= VITAMIN_K | {"warfarin_not_told"}


def test_vitamin_k_stays_what_it_was_before_whatever_the_seed(tmp_path):
    vegan = ("--sex", "m", "--age", 35, "--diet", "vegan", "--medicine", "warfarin")
    for seed in (1, 3):
        words = (*vegan, "--vitamin-k-before", 300, "--days", 2, "--seed", seed)
        plan, text = planned(tmp_path, *words)
        assert held(plan, text)[None] >= VITAMIN_K | {"warfarin_told"}


def test_vitamin_k_is_not_asked_for_by_hand_beside_warfarin():
    with pytest.raises(RefusedError, match="Vitamin K is not set by hand") as refused:
        magplan("plan", "--medicine", "warfarin", "--target", "vitamin_k_ug>=1500")
    assert refused.value.exit_code == 3


def test_meals_with_insulin_stay_alike(tmp_path):
    woman = ("--sex", "f", "--age", 45, "--height", 165, "--weight", 70)
    plan, text = planned(tmp_path, *woman, "--condition", "type 1 diabetes", "--days", 2)
    assert held(plan, text)[None] >= INSULIN


def test_meals_with_insulin_stay_alike_through_a_swap(tmp_path):
    man = ("--sex", "m", "--age", 58, "--height", 176, "--weight", 92, "--days", 8)
    plan, text = planned(tmp_path, *man, "--condition", "type 2 diabetes on insulin")
    assert held(plan, text)[None] >= INSULIN
    code, _ = magplan(
        "swap", tmp_path / "plan.json", "--day", 3, "--slot", "lunch", "--apply", 1,
        "--out", tmp_path / "swapped",
    )  # fmt: skip
    assert code == 0
    swapped = read_plan(tmp_path / "swapped")
    assert swapped["days"][2] != plan["days"][2]
    assert held(swapped)[None] >= INSULIN


def test_oxalate_of_each_day_is_what_every_view_says(tmp_path):
    man = ("--sex", "m", "--age", 45, "--height", 178, "--weight", 80)
    plan, text = planned(tmp_path, *man, *STONES, "--days", 3)
    assert held(plan, text)[None] >= OXALATE


def test_each_eater_of_a_table_has_the_figures_of_ones_own_meals(tmp_path):
    plan, text = planned(tmp_path, "--eater", ANN, "--eater", TOM, "--days", 2)
    found = held(plan, text)
    assert found["Ann"] >= INSULIN
    assert not found["Ann"] & VITAMIN_K
    assert found["Tom"] >= VITAMIN_K | {"warfarin_told"}
    assert not found["Tom"] & INSULIN


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--medicine", "lithium"), "lithium_sodium"),
        (("--condition", "gastroparesis"), "active_bowel_fibre"),
        (("--condition", "lactose intolerance"), "lactose_limit"),
        (("--condition", "other: the blue sickness", "--clinic-agreed"), "other_steady"),
        (("--condition", "cirrhosis"), "cirrhosis_clinic"),
        (("--condition", "anorexia nervosa"), "refeeding"),
    ],
)
def test_what_one_condition_promises_is_kept(words, said, tmp_path):
    woman = ("--sex", "f", "--age", 50, "--height", 165, "--weight", 65)
    plan, text = planned(tmp_path, *woman, *words, "--days", 2)
    assert said in held(plan, text)[None]


@pytest.mark.parametrize("first", range(0, MANY, AT_ONCE))
def test_many_people_get_what_is_printed(first, tmp_path):
    tally = Tally()
    for seed in range(first, min(first + AT_ONCE, MANY)):
        tally.try_one(seed, tmp_path / str(seed), MOST_DAYS)
    assert tally.failures == []
    assert tally.outcomes["planned"] >= 0.6 * min(AT_ONCE, MANY - first)


def test_a_false_sentence_is_found(tmp_path):
    """Whether the checks can fail: what is eaten is changed, and what is said is not."""
    words = ("--sex", "m", "--age", 60, "--weight", 70, "--egfr", 50, "--medicine", "warfarin")
    plan, _ = planned(tmp_path, *words, "--days", 2)
    for food_id, mass_g in (("kale_cooked", 400), ("potato_baked", 500), ("salt", 8)):
        plan["days"][0]["meals"][0]["items"][0]["ingredients"].append(
            {"food_id": food_id, "mass_g": mass_g}
        )
        with pytest.raises(AssertionError):
            hold_all(plan)
        plan["days"][0]["meals"][0]["items"][0]["ingredients"].pop()
    assert Eaten(plan, None).days("potassium_mg")
    hold_all(plan)
