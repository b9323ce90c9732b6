"""What stands on an eater's plates, added up from plan.json and the CSV files of the food table.

Nothing here knows the planner: a rule that is wrong there is not wrong here in the same way.
"""

import csv
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from click.testing import CliRunner

from planner.cli import cli

DATA = Path(__file__).parents[1] / "foods" / "data"
STANDARDS = Path(__file__).parents[1] / "configs" / "standards"
SLACK = 1e-6
MAIN = ("breakfast", "lunch", "dinner")
WEEK = 7
AMOUNT = re.compile(r"\d+(?:\.\d+)?")


def rows_of(name):
    """Read a CSV file of the food table, by food."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row["food_id"]: row for row in csv.DictReader(file)}


FIGURES, CATALOGUE = map(rows_of, ("foods.csv", "catalogue.csv"))


def recommended(standard, name, sex, age, state="none"):
    """Read the recommended intake of a day; ``None`` where the standard gives none."""
    with (STANDARDS / f"{standard}.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file)
            if (row["nutrient"], row["applies_to"], row["condition"]) == (name, "total", "")
            and row["kind"] in ("RDA", "AI", "PRI", "RNI", "GUIDELINE_min")
            and row["sex"].lower() in ("both", sex)
            and int(row["age_min_y"]) <= age <= int(row["age_max_y"])
        ]  # fmt: skip
    of_state = [row for row in rows if row["state"] == state]
    found = of_state or [row for row in rows if row["state"] == "none"]
    return float(found[0]["value"]) if found else None


def magplan(*words):
    """Run a command; gives its exit code and what it prints."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def read_plan(folder):
    """Read plan.json of a folder."""
    return json.loads((folder / "plan.json").read_text(encoding="utf-8"))


def planned(folder, *words):
    """Plan into a folder; gives plan.json and the printed week."""
    code, text = magplan("plan", *words, "--full", "--out", folder)
    assert code == 0, text[-800:]
    return read_plan(folder), text


def flags_of(food_id):
    """Give the flags of a food."""
    return set(CATALOGUE[food_id]["flags"].split(";")) - {""}


def allergens_of(food_id):
    """Give the allergens of a food."""
    return set(CATALOGUE[food_id]["allergens"].split(";")) - {""}


def amount(part, kind, key):
    """Add up a nutrient of what is on a plate from the figures of the table."""
    if kind == "supplement":
        return part["nutrients"].get(key) or 0.0
    return sum(
        one["mass_g"] * float(FIGURES[one["food_id"]][key] or 0) / 100
        for one in part["ingredients"]
    )


@dataclass
class Eaten:
    """What one eater has of a plan, and what the plan tells that eater.

    Parameters
    ----------
    plan
        plan.json, as values.
    name
        The eater of a table; ``None`` where somebody eats alone.
    text
        The printed plan; empty where it is not at hand.
    """

    plan: dict
    name: str | None
    text: str = ""

    @cached_property
    def owner(self):
        """Give the part of the plan that is this eater's."""
        if self.name is None:
            return self.plan
        return next(one for one in self.plan["eaters"] if one["name"] == self.name)

    @cached_property
    def asked(self):
        """Give the request of this eater."""
        if self.name is None:
            return self.plan["request"]
        return next(e for e in self.plan["request"]["eaters"] if e["name"] == self.name)

    @property
    def profile(self):
        return self.asked["profile"]

    @property
    def standard(self):
        return self.plan["standard"]

    @cached_property
    def notes(self):
        """Give what the notes say to this eater, without the name before it."""
        told = self.plan["notes"]
        if self.name is None:
            return told
        names = [one["name"] for one in self.plan["eaters"]]
        return [note for note in (self._said(one, names) for one in told) if note]

    def _said(self, note, names):
        head, _, rest = note.partition(": ")
        whom = re.split(r", | and ", head)
        return (rest if self.name in whom else "") if set(whom) <= set(names) else note

    @property
    def banner(self):
        return self.owner.get("banner") or ""

    def recommended(self, name):
        """Give the recommended intake of a day."""
        who = self.profile
        return recommended(self.standard, name, who["sex"], who["age"], who["state"])

    def parts(self):
        """Give day, slot, item and the part of it that this eater has."""
        for number, day in enumerate(self.plan["days"]):
            for meal in day["meals"]:
                for item in meal["items"]:
                    part = self._part(item)
                    if part is not None:
                        yield number, meal["slot"], item, part

    def _part(self, item):
        if self.name is None:
            return item
        return next((one for one in item["for"] if one["eater"] == self.name), None)

    def by_meal(self, key):
        """Give for each day meal → amount on its plates, and under ``None`` that of the day."""
        days = [{None: 0.0} for _ in self.plan["days"]]
        for number, slot, item, part in self.parts():
            more = amount(part, item["kind"], key)
            sums = days[number]
            sums[None] += more
            if item["kind"] != "supplement" and slot in (*MAIN, "snack"):
                sums[slot] = sums.get(slot, 0.0) + more
        return days

    def days(self, key):
        """Give what each day holds in all."""
        return [day[None] for day in self.by_meal(key)]

    @property
    def shares(self):
        """Give the share of each day that is planned: less where a meal is eaten elsewhere."""
        return [day.get("planned_share", 1.0) for day in self.plan["days"]]

    def whole(self, key):
        """Give what each day holds, scaled up to the whole where a meal is eaten elsewhere."""
        return [one / share for one, share in zip(self.days(key), self.shares, strict=True)]

    def weeks(self, key):
        """Give the mean of the days of each week, as of whole days."""
        got, shares = self.days(key), self.shares
        firsts = range(0, len(got), WEEK)
        return [sum(got[n : n + WEEK]) / sum(shares[n : n + WEEK]) for n in firsts]

    def pills(self, key):
        """Give what the supplements of each day hold."""
        days = [0.0 for _ in self.plan["days"]]
        for number, _, item, part in self.parts():
            if item["kind"] == "supplement":
                days[number] += part["nutrients"].get(key) or 0.0
        return days

    @cached_property
    def masses(self):
        """Give what is eaten of each food in all, water apart [g]."""
        masses = {}
        for _, _, _, part in self.parts():
            for one in part.get("ingredients", ()):
                if CATALOGUE[one["food_id"]]["group"] != "water":
                    masses[one["food_id"]] = masses.get(one["food_id"], 0.0) + one["mass_g"]
        return masses

    def flagged(self, *flags):
        """Name the foods that are eaten and carry one of these flags."""
        return sorted(one for one in self.masses if flags_of(one) & set(flags))

    def the(self, start):
        """Give the only note that begins so, a pattern; ``None`` without one."""
        found = [one for one in self.notes if re.match(start, one)]
        assert len(found) <= 1, found
        return found[0] if found else None

    def bands(self, nutrient, basis="total"):
        """Give the bands of a nutrient that the plan states."""
        stated = self.owner["targets"]
        return [one for one in stated if (one["nutrient"], one["basis"]) == (nutrient, basis)]

    def floors(self, nutrient):
        """Give the floors of a nutrient that the plan states."""
        return [one["lower"] for one in self.bands(nutrient) if one["lower"]]


def eaters_of(plan, text=""):
    """Give everyone who eats of a plan."""
    names = [one["name"] for one in plan.get("eaters", ())] or [None]
    return [Eaten(plan, name, text) for name in names]


def near(value, other, apart=0.5001):
    """Whether a printed figure is this one, rounded."""
    return abs(value - other) <= apart


def figures(text):
    """Give the figures of a sentence."""
    return [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
