"""Write planned days as menus that readers can judge as food: no figures, no hint of the source.

``python -m tests.bench.panel.menus SEED OUT`` draws people by the seed, plans a week for each,
takes two of its days, mixes them with the menus of ``by_hand.md`` beside it, and writes one file
for each judge, each in another order, and ``key.csv`` that says which is which. Minutes are left
out, since the menus by hand have none. More flags after ``OUT`` go to every plan. ``--families``
first: children and tables of four, each day of one of them.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

from foods.embedded import read_embedded_foods
from planner.meals.drinks import drinks_at

PEOPLE, DAYS_OF_EACH, JUDGES = 12, 2, 3
LEAST_G = 6.0
WEEKEND, FREE, GROWN = (5, 6), ", on a Saturday", 18
APPETITES = [
    (1800, "a small"),
    (2300, "a usual"),
    (2800, "a large"),
    (9999, "a very large"),
]  # kcal
DIETS = ["omnivore"] * 7 + ["pescatarian", "vegetarian", "vegan"]
POOR = ["--budget-per-week", "80", "--budget-counts", "eaten"]
WISHES = [[], [], [], ["--without", "nuts"], ["--without", "milk"], POOR, ["--without", "fish"]]
STANDARDS = ["us", "us", "eu", "uk"]
FOODS = read_embedded_foods()
BY_HAND = Path(__file__).with_name("by_hand.md")
LEFT_OUT = (
    "In brackets stand the ingredients of one serving from 6 g on. Herbs, spices, salt and what"
    " weighs less are not listed, and are in the dish where its name says so."
)


def person(rng):
    """Draw a person nobody wrote down: the flags of ``magplan plan``."""
    sex = rng.choice("fm")
    height = rng.randint(154, 178) if sex == "f" else rng.randint(165, 193)
    weight = round(rng.uniform(20.5, 28.0) * (height / 100) ** 2)
    flags = ["--sex", sex, "--age", str(rng.randint(19, 79)), "--height", str(height)]
    activity = rng.choice(["inactive", "low_active", "active"])
    flags += ["--weight", str(weight), "--activity", activity]
    flags += ["--diet", rng.choice(DIETS), "--standard", rng.choice(STANDARDS)]
    return flags + rng.choice(WISHES)


def child(rng):
    """Draw a child or a youth who eats alone."""
    return ["--sex", rng.choice("fm"), "--age", str(rng.randint(6, 17))]


def family(rng):
    """Draw two parents and two children at one table."""
    ages = [rng.randint(30, 52), rng.randint(30, 52), rng.randint(10, 17), rng.randint(5, 9)]
    sexes = ["f", "m", rng.choice("fm"), rng.choice("fm")]
    eaters = zip(("Ann", "Ben", "Cleo", "Dan"), sexes, ages, strict=True)
    table = [f"name={name},sex={sex},age={age}" for name, sex, age in eaters]
    return [part for text in table for part in ("--eater", text)] + rng.choice(WISHES[:-2])


def planned(flags, seed):
    """Plan a week and give who eats, and the days as plan.json has them; nobody without a plan."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        command = ["-m", "planner", "plan", *flags, "--seed", str(seed), "--out", out]
        if subprocess.run([sys.executable, *command], capture_output=True, check=False).returncode:
            return []
        document = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    if "eaters" not in document:
        return [(document["request"]["profile"], document["days"])]
    found = []
    for body, eater in zip(document["request"]["eaters"], document["eaters"], strict=True):
        days = zip(document["days"], eater["days"], strict=True)
        found.append((body["profile"], [own(day, eater["name"], sums) for day, sums in days]))
    return found


def own(day, name, sums):
    """Give a day of a table as one of its eaters has it."""
    meals = []
    for meal in day["meals"]:
        shares = [(item, share) for item in meal["items"] for share in item["for"]]
        meals.append(
            {**meal, "items": [{**item, **one} for item, one in shares if one["eater"] == name]}
        )
    return {**day, "meals": meals, "totals": sums["totals"]}


def thing(item):
    """Say one thing on the table."""
    if item["kind"] != "dish":
        return f"{item['measure']} {item['name'].lower()}"
    parts = [
        f"{line['mass_g']:.0f} g {FOODS[line['food_id']].name.lower()}"
        for line in item["ingredients"]
        if line["mass_g"] >= LEAST_G and FOODS[line["food_id"]].group not in ("herb_spice", "water")
    ]
    again = item["leftover_of"] or {"slot": "breakfast"}  # a breakfast in a jar is none
    again = "" if again["slot"] == "breakfast" else " (leftover)"
    return f"{item['name']}{again} [{', '.join(parts)}]"


def appetite(body, kcal, day):
    """Say for whom a day is, and of a free day that it is one: sizes and work are for somebody."""
    free = FREE if day in WEEKEND else ""
    if body["age"] < GROWN:
        return f"For a {'girl' if body['sex'] == 'f' else 'boy'} of {body['age']}{free}"
    who = "woman" if body["sex"] == "f" else "man"
    word = next(word for most, word in APPETITES if kcal <= most)
    return f"For a {who} of {body['age']} with {word} appetite{free}"


def menu(day, age_y, whose):
    """Write a day as a judge reads it."""
    eater = SimpleNamespace(age_y=age_y, state="none")
    lines = [whose]
    for meal in day["meals"]:
        items = [item for item in meal["items"] if not item.get("beside")]
        drinks = drinks_at(meal["slot"], [eater]).removesuffix(" (coffee or tea between meals)")
        things = [*map(thing, items), *([] if meal["slot"] == "snack" else [drinks])]
        lines.append(f"{meal['slot'].capitalize()}: {'; '.join(things)}")
    return "\n".join(lines)


def by_hand():
    """Give (name, menu) of the days put together by hand, good ones and planted bad ones.

    What is drunk with breakfast must not tell them from planned ones, which have water there.
    """
    text = BY_HAND.read_text(encoding="utf-8").replace("coffee or tea", "water")
    parts = text.split("\n## ")[1:]
    return [tuple(part.strip().split("\n", 1)) for part in parts]


FAMILIES = [child, family] * (PEOPLE // 2)


def drawn(rng, people, more):
    """Plan for people as they are drawn; give (source, flags, menu) of some of their days."""
    for number, draw in enumerate(people, start=1):
        found = []
        while not found:
            flags = [*draw(rng), *more]
            found = planned(flags, rng.randint(0, 99))
        eaters = rng.sample(found, DAYS_OF_EACH) if len(found) > 1 else found * DAYS_OF_EACH
        days = sorted(rng.sample(range(len(found[0][1])), DAYS_OF_EACH))
        for (body, week), day in zip(eaters, days, strict=True):
            whose = appetite(body, week[day]["totals"]["energy_kcal"], day)
            text = menu(week[day], body["age"], whose)
            yield f"planned {number}", " ".join(flags), text


def main(seed, out, *more):
    """Draw, plan, mix and write."""
    rng, folder = random.Random(seed), Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    people = [person] * PEOPLE
    if more[:1] == ("--families",):
        people, more = FAMILIES, more[1:]
    menus = list(drawn(rng, people, more))
    whose = "For an adult with a usual appetite"
    menus += [(name, "", f"{whose}\n{text}") for name, text in by_hand()]
    with (folder / "key.csv").open("w", newline="", encoding="utf-8") as file:
        key = csv.writer(file)
        key.writerow(["judge", "menu", "source", "flags"])
        for judge in range(1, JUDGES + 1):
            rng.shuffle(menus)
            parts = [f"{LEFT_OUT}\n"]
            for place, (source, flags, text) in enumerate(menus, start=1):
                key.writerow([judge, place, source, flags])
                parts.append(f"## Menu {place}\n{text}\n")
            (folder / f"judge{judge}.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
