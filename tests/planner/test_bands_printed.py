"""Every printed sentence about vitamin K, insulin's meals and oxalate, added up from plan.json.

What adds up here knows plan.json and the CSV files of the food table, and nothing of the planner: a
rule that is wrong there is not wrong here in the same way. ``MAGPLAN_HARDEN=1`` tries many people.
"""

import csv
import json
import os
import random
import re
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli import cli
from planner.errors import RefusedError

DATA = Path(__file__).parents[2] / "foods" / "data"
STANDARDS = Path(__file__).parents[2] / "configs" / "standards"
SLACK = 1e-6
MAIN = ("breakfast", "lunch", "dinner")
MANY = 120 if os.environ.get("MAGPLAN_HARDEN") else 0
AMOUNT = re.compile(r"\d+(?:\.\d+)?")


def rows_of(name):
    """Read a CSV file of the food table, by food."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row["food_id"]: row for row in csv.DictReader(file)}


FIGURES, CATALOGUE, TYPICAL = map(rows_of, ("foods.csv", "catalogue.csv", "phytate_oxalate.csv"))


def magplan(*words):
    """Run a command; gives its exit code and what it prints."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def planned(folder, *words):
    """Plan into a folder; gives plan.json and the printed week."""
    code, text = magplan("plan", *words, "--out", folder)
    assert code == 0, text[-800:]
    return json.loads((folder / "plan.json").read_text(encoding="utf-8")), text


def eaten(item, eater):
    """Give the part of an item that an eater has; ``None`` where it is none of that eater's."""
    if eater is None:
        return item
    return next((one for one in item["for"] if one["eater"] == eater), None)


def amount(part, kind, key):
    """Add up a nutrient of what is on a plate from the figures of the table."""
    if kind == "supplement":
        return part["nutrients"].get(key) or 0.0
    return sum(
        one["mass_g"] * float(FIGURES[one["food_id"]][key] or 0) / 100
        for one in part["ingredients"]
    )


def by_meal(plan, key, eater):
    """Give for each day meal → amount on its plates, and under ``None`` the amount of the day."""
    days = []
    for day in plan["days"]:
        sums = {None: 0.0}
        for meal in day["meals"]:
            for item in meal["items"]:
                part = eaten(item, eater)
                if part is None:
                    continue
                more = amount(part, item["kind"], key)
                sums[None] += more
                is_beside = item["kind"] == "supplement" or meal["slot"] not in (*MAIN, "snack")
                if not is_beside:
                    sums[meal["slot"]] = sums.get(meal["slot"], 0.0) + more
        days.append(sums)
    return days


def said_to(plan, eater):
    """Give what the notes say to an eater, without the name before it."""
    told = plan["notes"]
    if eater is None:
        return told
    return [one.split(": ", 1)[1] if re.match(rf"[^:]*\b{eater}\b[^:]*: ", one) else one
            for one in told]  # fmt: skip


def the(notes, start):
    """Give the only note that begins so, a pattern; ``None`` without one."""
    found = [one for one in notes if re.match(start, one)]
    assert len(found) <= 1, found
    return found[0] if found else None


def check_vitamin_k(plan, eater):
    """Hold the days to every sentence about vitamin K; gives whether one was said."""
    notes = said_to(plan, eater)
    even = the(
        notes, "Vitamin K of each day stays within 25 % of the mean of all days of this plan"
    )
    if even is None:
        return False
    eaten_ug = [day[None] for day in by_meal(plan, "vitamin_k_ug", eater)]
    whole = [ug / day.get("planned_share", 1.0)
             for ug, day in zip(eaten_ug, plan["days"], strict=True)]  # fmt: skip
    mean = sum(whole) / len(whole)
    assert all(abs(ug - mean) <= 0.25 * mean + SLACK for ug in whole), whole
    shown = the(notes, "Vitamin K by day, for the clinic: ")
    assert list(map(float, AMOUNT.findall(shown.split(": ")[1]))) == [
        pytest.approx(ug, abs=0.5001) for ug in eaten_ug
    ]
    told = the(notes, r"Vitamin K of each day stays within 25 % of the \d")
    asked = the(notes, "How many greens did you eat before")
    assert (told is None) != (asked is None)
    if told:
        # its end is "... of the 300 µg that you ate before: 225 to 375 µg."
        before, low, high = map(float, AMOUNT.findall(told.split("of the ")[1].rstrip(".")))
        assert (low, high) == pytest.approx((0.75 * before, 1.25 * before), rel=1e-3)
        assert all(0.75 * before - SLACK <= ug <= 1.25 * before + SLACK for ug in whole)
    else:
        low, high = map(float, re.search(r"held to ([\d.]+) to ([\d.]+) µg", asked).groups())
        assert high <= 180  # half more than the adequate intake of a man
        for first in range(0, len(whole), 7):
            week = whole[first : first + 7]
            assert low * 0.999 <= sum(week) / len(week) <= high * 1.001, (first, week)
    return True


def check_insulin(plan, eater, text):
    """Hold the meals to every sentence about insulin; gives whether one was said."""
    sentence = the(said_to(plan, eater), "Carbohydrate of the same meal differs by at most")
    if sentence is None:
        return False
    most_g = float(AMOUNT.search(sentence).group())
    days = by_meal(plan, "carbohydrate_g", eater)
    missed = [{one["slot"] for one in day.get("missed", ())} for day in plan["days"]]
    slots = {slot for day in days for slot in day} - {None}
    for slot in slots:
        grams = [day.get(slot, 0.0) for day, out in zip(days, missed, strict=True)
                 if slot not in out]  # fmt: skip
        assert max(grams) - min(grams) <= most_g + SLACK, (slot, grams)
    assert "no main meal has more than twice that of another" in sentence
    for day in days:
        for one, other in combinations([day[slot] for slot in MAIN if slot in day], 2):
            assert max(one, other) <= 2 * min(one, other) + SLACK
    check_table(plan, eater, text, days)
    return True


def check_table(plan, eater, text, days):
    """Compare the amounts by meal, in plan.json and in print, with those of one's own plates."""
    owner = plan if eater is None else next(e for e in plan["eaters"] if e["name"] == eater)
    table = next(one for one in owner["by_meal"] if one["nutrient"] == "carbohydrate_g")
    for day, stated in zip(days, table["days"], strict=True):
        for slot, grams in stated["meals"].items():
            assert (grams or 0.0) == pytest.approx(day.get(slot, 0.0), abs=1e-6)
    if text:
        title = table["text"] if eater is None else f"{eater}: c{table['text'][1:]}"
        head, *lines = text.split(f"\n{title}\n")[1].splitlines()[: len(days) + 1]
        heads = [word.lower() for word in head.split()]
        for day, line in zip(days, lines, strict=True):
            for slot, cell in zip(heads, line.split()[-len(heads) :], strict=True):
                assert cell == "-" or float(cell) == pytest.approx(day.get(slot, 0), abs=0.5001)


def check_oxalate(plan, eater):
    """Hold the days to every sentence about oxalate; gives whether one was said."""
    notes = said_to(plan, eater)
    sentence = the(notes, "Foods rich in oxalate are left out, and oxalate is held to")
    if sentence is None:
        return False
    most_mg = float(AMOUNT.search(sentence).group())
    days_mg = [day[None] for day in by_meal(plan, "oxalate_mg", eater)]
    assert max(days_mg) <= most_mg + SLACK
    shown = the(notes, "Oxalate by day, for the clinic: ").split(": ")[1]
    assert list(map(float, AMOUNT.findall(shown))) == [
        pytest.approx(mg, abs=0.5001) for mg in days_mg
    ]
    owner = plan if eater is None else next(e for e in plan["eaters"] if e["name"] == eater)
    viewed = [day["oxalate_mg"]["typical"] for day in owner["absorption"]["days"]]
    assert viewed == pytest.approx(days_mg, abs=1e-6)
    masses = masses_of(plan, eater)
    rich = [one for one in masses if {"oxalate_rich", "oxalate_green"} & flags_of(one)]
    assert rich == []
    known = sum(g for one, g in masses.items() if is_known(one)) / sum(masses.values())
    stated = the(notes, "Oxalate: ")
    assert float(AMOUNT.search(stated).group()) == pytest.approx(100 * known, abs=1.0001)
    return True


def masses_of(plan, eater):
    """Give what is eaten of each food in all, water apart [g]."""
    masses = {}
    for day in plan["days"]:
        for meal in day["meals"]:
            for item in meal["items"]:
                part = eaten(item, eater)
                for one in part["ingredients"] if part else ():
                    if CATALOGUE[one["food_id"]]["group"] != "water":
                        food_id = one["food_id"]
                        masses[food_id] = masses.get(food_id, 0.0) + one["mass_g"]
    return masses


def flags_of(food_id):
    return set(CATALOGUE[food_id]["flags"].split(";"))


def is_known(food_id):
    return bool(FIGURES[food_id]["oxalate_mg"]) or "plant" not in CATALOGUE[food_id][
        "origin"
    ].split(";")


def check_all(plan, text=""):
    """Hold a plan to everything that it says of these bands; gives what was said, by eater."""
    eaters = [one["name"] for one in plan.get("eaters", ())] or [None]
    assert not plan.get("eaters") or "by_meal" not in plan
    return {
        eater: (
            check_vitamin_k(plan, eater),
            check_insulin(plan, eater, text),
            check_oxalate(plan, eater),
        )
        for eater in eaters
    }


VITAMIN_K, INSULIN, OXALATE = (True, False, False), (False, True, False), (False, False, True)
STONES = ("--condition", "calcium oxalate stones")
ANN = "name=Ann,sex=f,age=45,condition=type 1 diabetes"
TOM = "name=Tom,sex=m,age=50,medicine=warfarin,vitamin_k_before=200"


def test_vitamin_k_of_a_month_stays_near_one_mean(tmp_path):
    woman = ("--sex", "f", "--age", 60, "--height", 162, "--weight", 65)
    plan, text = planned(tmp_path, *woman, "--medicine", "warfarin", "--days", 28)
    assert check_all(plan, text) == {None: VITAMIN_K}


def test_vitamin_k_stays_what_it_was_before_whatever_the_seed(tmp_path):
    vegan = ("--sex", "m", "--age", 35, "--diet", "vegan", "--medicine", "warfarin")
    for seed in (1, 3):
        words = (*vegan, "--vitamin-k-before", 300, "--days", 2, "--seed", seed)
        plan, text = planned(tmp_path, *words)
        assert check_all(plan, text) == {None: VITAMIN_K}


def test_vitamin_k_is_not_asked_for_by_hand_beside_warfarin():
    with pytest.raises(RefusedError, match="Vitamin K is not set by hand") as refused:
        magplan("plan", "--medicine", "warfarin", "--target", "vitamin_k_ug>=1500")
    assert refused.value.exit_code == 3


def test_meals_with_insulin_stay_alike_over_a_month(tmp_path):
    woman = ("--sex", "f", "--age", 45, "--height", 165, "--weight", 70)
    plan, text = planned(tmp_path, *woman, "--condition", "type 1 diabetes", "--days", 28)
    assert check_all(plan, text) == {None: INSULIN}


def test_meals_with_insulin_stay_alike_through_a_swap(tmp_path):
    man = ("--sex", "m", "--age", 58, "--height", 176, "--weight", 92, "--days", 8)
    plan, text = planned(tmp_path, *man, "--condition", "type 2 diabetes on insulin")
    assert check_all(plan, text) == {None: INSULIN}
    code, _ = magplan(
        "swap", tmp_path / "plan.json", "--day", 2, "--slot", "breakfast", "--apply", 1,
        "--out", tmp_path / "swapped",
    )  # fmt: skip
    assert code == 0
    swapped = json.loads((tmp_path / "swapped" / "plan.json").read_text(encoding="utf-8"))
    assert swapped["days"][1] != plan["days"][1]
    assert check_all(swapped) == {None: INSULIN}


def test_oxalate_of_each_day_is_what_every_view_says(tmp_path):
    man = ("--sex", "m", "--age", 45, "--height", 178, "--weight", 80)
    plan, text = planned(tmp_path, *man, *STONES)
    assert check_all(plan, text) == {None: OXALATE}


def test_each_eater_of_a_table_has_the_figures_of_ones_own_meals(tmp_path):
    plan, text = planned(tmp_path, "--eater", ANN, "--eater", TOM, "--days", 2)
    assert check_all(plan, text) == {"Ann": INSULIN, "Tom": VITAMIN_K}


def somebody(rng, name=None):
    """Draw somebody with one or two of the three; as flags, or as what ``--eater`` says."""
    kinds = rng.sample(("warfarin", "insulin", "stones"), rng.choice((1, 1, 2)))
    said = {"sex": rng.choice("fm"), "age": rng.randint(20, 78)}
    said["diet"] = rng.choice(("omnivore", "omnivore", "vegetarian", "vegan"))
    pairs = []
    if "warfarin" in kinds:
        pairs.append(("medicine", "warfarin"))
        if rng.random() < 0.5:
            said["vitamin_k_before"] = rng.choice((110, 160, 250, 350))
    if "insulin" in kinds:
        pairs.append(("condition", "type 1 diabetes"))
    if "stones" in kinds:
        pairs.append(("condition", "calcium oxalate stones"))
    every = [*said.items(), *pairs]
    if name is not None:
        told = ",".join(f"{key}={value}" for key, value in [("name", name), *every])
        return tuple(one in kinds for one in ("warfarin", "insulin", "stones")), ["--eater", told]
    flags = [word for key, value in every for word in (f"--{key.replace('_', '-')}", value)]
    return tuple(one in kinds for one in ("warfarin", "insulin", "stones")), flags


@pytest.mark.parametrize("seed", range(MANY))
def test_many_people_get_what_is_printed(seed, tmp_path):
    rng = random.Random(seed)
    names = ("Ann", "Tom") if rng.random() < 0.25 else (None,)
    asked = {name: somebody(rng, name) for name in names}
    words = [word for _, flags in asked.values() for word in flags]
    words += ["--days", rng.choice((1, 3, 7, 8, 14, 20, 28)), "--seed", rng.randint(0, 99)]
    if names == (None,):
        words += ["--standard", rng.choice(("us", "us", "eu", "uk", "who"))]
        words += ["--eat-out", "1:dinner"] if rng.random() < 0.2 else []
    plan, text = planned(tmp_path, *words)
    said = {name: kinds for name, (kinds, _) in asked.items()}
    assert check_all(plan, text) == said
    if rng.random() < 0.5:
        day = rng.randint(1, len(plan["days"]))
        food = plan["days"][day - 1]["meals"][0]["items"][0]["id"]
        code, text = magplan(
            "replan", tmp_path / "plan.json", "--ban", food, "--out", tmp_path / "again"
        )
        if code == 0:
            again = (tmp_path / "again" / "plan.json").read_text(encoding="utf-8")
            assert check_all(json.loads(again)) == said
