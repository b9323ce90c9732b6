"""Somebody who buys printed lists, cooks printed recipes and keeps books: only documents are read.

What a shop sells for what is eaten, in which sizes and for how much, is read from the tables of
``foods/data`` and ``configs/shop``; nothing that makes a list or a recipe is called.
"""

import csv
import re
from collections import defaultdict
from pathlib import Path

OUT_OF_THE_KITCHEN = ("water", "eaten_out")
G_PER_OZ, G_PER_LB = 28.349523125, 453.59237
ROUNDED_G = 10  # a size without a label is printed rounded up to so much
HARDLY_G = 6.0  # a dozen pieces, each of which is enough for half a gram more: the list's own rule
PIECE_G = 0.5
CAN_ENOUGH = 0.95  # a can that holds this share of what is needed is enough: the list's own rule
CENT = 0.0101
ROOT = Path(__file__).parents[3]


def rows(path):
    """Read a table: food id → its rows."""
    found = defaultdict(list)
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["food_id"]].append(row)
    return found


FOODS = {key: own[0] for key, own in rows("foods/data/catalogue.csv").items()}
SOLD_AS, SIZES = rows("configs/shop/sold_as.csv"), rows("configs/shop/us.csv")


def with_peel(food_id):
    """Return how much of a food is bought for a gram of it, with peel and bones [g]."""
    row = FOODS[food_id]
    return 1.0 if row["bought_as"] else float(row["bought_g_per_100g"] or 100) / 100


def bought_for(food_id, mass_g):
    """Return (food, mass [g]) that may be bought for something eaten: as a shop has it, or raw."""
    for row in SOLD_AS[food_id]:
        other = row["sold_as"]
        yield other, mass_g * float(row["g_per_100g"]) / 100 * with_peel(other)
    while FOODS[food_id]["bought_as"]:
        mass_g *= float(FOODS[food_id]["bought_g_per_100g"]) / 100
        food_id = FOODS[food_id]["bought_as"]
    yield food_id, mass_g * with_peel(food_id)


def size_of(line):
    """Find the package of a line by its words, as somebody at the shelf: ``"2 cans of 15 oz"``."""
    printed = re.search(r" of ([\d,.]+) (k?)g$", line["buy"])
    pieces = re.search(r"^([\d,]+) \(([\d,.]+) g\)$", line["buy"])
    sizes = SIZES[line["food_id"]]
    for size in sizes:
        label, mass_g = size["label"], float(size["size_g"])
        is_each = size["pack"] == "each" and " of " not in line["buy"]
        if is_each and pieces and len(sizes) > 1:
            count, all_g = (float(group.replace(",", "")) for group in pieces.groups())
            is_each = 0 <= all_g - count * mass_g <= ROUNDED_G
        is_named = bool(label) and line["buy"].endswith(f" of {label.removeprefix('of ')}")
        told_g = float(printed[1].replace(",", "")) if printed and not label else 0.0
        told_g *= 1000 if printed and printed[2] else 1
        if is_each or is_named or 0 <= told_g - mass_g < ROUNDED_G:
            return size
    raise AssertionError(f"no shop has this: {line['food_id']}, {line['buy']}")


def bought_g(line):
    """Return what a line brings home [g]."""
    if line["packages"]:
        return line["packages"] * float(size_of(line)["size_g"])
    pounds = re.fullmatch(r"(?:(\d+) lb)? ?(?:(\d+) oz)?", line["buy"])
    if line["packages"] == 0 or pounds is None:
        return 0.0
    return float(pounds[1] or 0) * G_PER_LB + float(pounds[2] or 0) * G_PER_OZ


def price_of(line):
    """Return what a line costs by the tables [USD]."""
    per_g = float(FOODS[line["food_id"]]["price_usd_per_100g"]) / 100 / with_peel(line["food_id"])
    if not line["packages"]:
        return bought_g(line) * per_g
    size = size_of(line)
    return line["packages"] * float(size["price_usd"] or round(float(size["size_g"]) * per_g, 2))


def recipes_of(plan):
    """Return (day cooked, day eaten, meal, name, food, mass [g]) of all that a plan prints."""
    for day in plan["days"]:
        for meal in day["meals"]:
            for item in meal["items"]:
                cooked = (item["leftover_of"] or day)["day"]
                for ingredient in item["ingredients"]:
                    what = (item["name"], ingredient["food_id"], ingredient["mass_g"])
                    yield cooked, day["day"], meal["slot"], *what
    for pot in plan["batch"]["cook"]:
        for ingredient in pot["ingredients_frozen"]:
            what = (f"{pot['name']}, for the freezer", ingredient["food_id"], ingredient["mass_g"])
            yield pot["day"], pot["day"], pot["slot"], *what


def short_g(food_id, had_g):
    """Return how much less than is needed nobody minds: of cans more than of all else [g].

    The list takes each can for a little more than it holds; of those had so far, what is missing
    may fall to one dish.
    """
    is_can = any(size["pack"] == "can" for size in SIZES[food_id])
    pieces = max((had_g / float(size["size_g"]) for size in SIZES[food_id]), default=0.0)
    return max(HARDLY_G, PIECE_G * pieces) + ((1 / CAN_ENOUGH - 1) * had_g if is_can else 0.0)


class Books:
    """A kitchen's books: what is there [g], what was paid [USD], and what did not come out.

    What a list says is at home is there. What it says is left is used first, until its day, and
    thrown away then; what is over beside it is past its days.
    """

    def __init__(self, plan):
        self.recipes = list(recipes_of(plan))
        self.there, self.had_g, self.carried = defaultdict(float), defaultdict(float), {}
        self.paid_usd, self.thrown_g, self.faults = 0.0, defaultdict(float), []

    def live(self, shopping):
        """Buy a list, cook its days, and throw away what is past its days."""
        lines = defaultdict(list)
        for line in shopping["lines"]:
            self.paid_usd += line["price"]
            if line["aisle"] != "pharmacy":
                lines[line["food_id"]].append(line)
                self.there[line["food_id"]] += bought_g(line) + line["home_g"]
                self.had_g[line["food_id"]] += bought_g(line)
                if abs(price_of(line) - line["price"]) > CENT * (line["packages"] or 1):
                    self.faults.append(f"{line['name']}: {line['price']}, not {price_of(line)}")
        thrown, needed = defaultdict(float), defaultdict(float)
        for day in range(shopping["first_day"], shopping["last_day"] + 1):
            for food_id, (until, mass_g) in [*self.carried.items()]:
                if until is not None and until < day:
                    self.there[food_id] -= mass_g
                    thrown[food_id] += mass_g
                    del self.carried[food_id]
            self._cook(day, lines, needed)
        for food_id, own in lines.items():
            self._close(food_id, own, shopping["last_day"], needed[food_id], thrown)
        for food_id, mass_g in thrown.items():
            self.thrown_g[food_id] += mass_g

    def _cook(self, day, lines, needed):
        """Cook what is cooked on a day, each thing from what its list says it is for."""
        for cooked, eaten, slot, name, food_id, mass_g in self.recipes:
            if cooked != day or FOODS[food_id]["group"] in OUT_OF_THE_KITCHEN:
                continue
            taken, need_g = next(
                (bought_id, need_g)
                for bought_id, need_g in bought_for(food_id, mass_g)
                for line in lines.get(bought_id, ())
                if (eaten, slot, name)
                in [(to["day"], to["slot"], to["item"]) for to in line["for"]]
            )
            needed[taken] += need_g
            self.there[taken] -= need_g
            if taken in self.carried:
                until, carried_g = self.carried[taken]
                self.carried[taken] = until, max(0.0, carried_g - need_g)
            if self.there[taken] < -short_g(taken, self.had_g[taken]):
                self.faults.append(f"day {day}, {name}: {self.there[taken]:.0f} g of {taken}")

    def _close(self, food_id, lines, last, need_g, thrown):
        """Compare what is there at the end of a list with what it says is over, and left of it."""
        told_g, left = sum(line["need_g"] for line in lines), lines[-1]["left"]
        if abs(told_g - need_g) > HARDLY_G:
            self.faults.append(f"{food_id}: needs {need_g:.0f} g, listed {told_g:.0f} g")
        over_g = sum(
            line["surplus_g"] or 0.0 for line in lines
        )  # a later trip has what is open again
        there_g = max(0.0, self.there[food_id])
        is_good = left is not None and (left["until_day"] is None or left["until_day"] >= last)
        left_g = left["mass_g"] if is_good else 0.0
        if not left_g - short_g(food_id, self.had_g[food_id]) <= there_g <= over_g + HARDLY_G:
            told = f"{over_g:.0f} g told, {left_g:.0f} g of it good"
            self.faults.append(f"{food_id}: {there_g:.0f} g over, {told}")
        thrown[food_id] += there_g - left_g
        self.there[food_id] = left_g
        self.carried.pop(food_id, None)
        if is_good:
            self.carried[food_id] = left["until_day"], left_g


def bought_before(shopping):
    """Return what a list buys: before which day, what, how much, its price, its frozen bags."""
    starts = {trip["trip"]: trip["before_day"] for trip in shopping["trips"]}
    return sorted(
        (starts[one["trip"]], one["food_id"], one["buy"], one["price"], *one["freeze_for_days"])
        for one in shopping["lines"]
        if not one["pantry"]
    )


def frozen_twice(plan, shopping):
    """Name what is divided into bags on the day of shopping, and frozen again when it is opened."""
    starts = {trip["trip"]: trip["before_day"] for trip in shopping["trips"]}
    lines = defaultdict(list)
    for bought in shopping["lines"]:
        lines[bought["food_id"]].append((starts[bought["trip"]], bought))
    for day in plan["days"]:
        for hint in day.get("packages", ()):
            own = [pair for pair in lines[hint["food_id"]] if pair[0] <= hint["opened_day"]]
            if hint["kind"] == "left" and "freeze" in hint["text"] and own:
                _start, line = max(own, key=lambda one: one[0])
                bags, is_one = line["freeze_for_days"], line["packages"] == 1
                if hint["opened_day"] in bags or (is_one and day["day"] < max(bags, default=0)):
                    yield f"day {day['day']}, {line['name']}: {hint['text']}"
