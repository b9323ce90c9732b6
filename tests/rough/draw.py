"""Random requests as flags of ``magplan plan``: the same seed and number draw the same ones.

Every second one asks for something that cannot be; the others may be possible or not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from importlib.resources import files
from random import Random

from foods.embedded import read_embedded_foods
from foods.supplement import read_supplements
from planner.candidates.dish import read_embedded_dishes
from planner.meals.patterns import SLOTS, pattern_ids
from planner.request.diets import read_allergens, read_diets
from planner.request.profile import ACTIVITIES, SEXES
from planner.standards.standard import STATES

Flags = list[str]
STANDARDS = ("us", "eu", "uk", "who")
CONDITIONS = (
    "hypertension", "type 2 diabetes", "kidney stones", "osteoporosis", "heart failure", "gout",
    "kidney disease", "migraine", "other: a knee that hurts", "constipation",
)  # fmt: skip
MEDICINES = (
    "levothyroxine", "ciprofloxacin:2", "alendronate:1/week", "warfarin", "spironolactone",
    "lisinopril", "metformin:2", "omeprazole", "insulin", "other: drops",
)  # fmt: skip
TARGETS = (
    "magnesium_mg>=450", "fibre_g>=35", "protein_g>=90", "sodium_mg<=1800", "iron_mg>=15",
    "vitamin_d_ug>=10", "potassium_mg>=3500", "calcium_mg>=900", "added_sugars_g<=20",
)  # fmt: skip


def draw_flags(seed: int, number: int, history: Sequence[str] = (), most_days: int = 28) -> Flags:
    """Draw the flags of a request; ``history`` are plan files that it may name."""
    random = Random(f"{seed}/{number}")
    flags = _person(random) + _week(random, most_days)
    for draw in random.sample(_WISHES, random.choice((0, 1, 1, 2, 3, 5))):
        flags += draw(random)
    if history and random.random() < 0.1:
        flags += ["--history", random.choice(history)]
    if random.random() < 0.2:
        flags += _household(random)
    return flags + (random.choice(_IMPOSSIBLE)(random) if number % 2 else [])


def _person(random: Random) -> Flags:
    flags = ["--sex", random.choice(SEXES), "--age", str(_age(random))]
    if random.random() < 0.6:
        flags += ["--height", str(random.randint(140, 200))]
        flags += ["--weight", str(random.randint(38, 140))]
    if random.random() < 0.6:
        flags += ["--activity", random.choice(ACTIVITIES)]
    if random.random() < 0.4:
        flags += ["--standard", random.choice(STANDARDS)]
    if random.random() < 0.5:
        flags += ["--diet", random.choice(sorted(read_diets()))]
    if random.random() < 0.1:
        flags += ["--state", random.choice(STATES)]
    return flags


def _age(random: Random) -> int:
    return random.randint(1, 17) if random.random() < 0.15 else random.randint(18, 95)


def _week(random: Random, most_days: int) -> Flags:
    days = random.randint(8, 28) if random.random() < 0.1 else random.randint(1, 7)
    days = min(days, most_days)
    flags = ["--days", str(days), "--seed", str(random.randint(0, 9))]
    if random.random() < 0.3:
        flags += ["--start", f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}"]
    return flags


def _household(random: Random) -> Flags:
    flags: Flags = []
    for name in random.sample(("Ben", "Mia", "=Eve", "<b>Al</b>"), random.randint(1, 3)):
        one = f"name={name},sex={random.choice(SEXES)},age={_age(random)}"
        if random.random() < 0.3:
            one += f",diet={random.choice(sorted(read_diets()))}"
        if random.random() < 0.2:
            one += f",without={random.choice(sorted(read_allergens()))}"
        flags += ["--eater", one]
    return flags


def _name(random: Random) -> str:
    kinds = (
        [food.food_id for food in read_embedded_foods()],
        [dish.name for dish in read_embedded_dishes()],
        sorted(read_allergens()),
        tomllib.loads(files("foods").joinpath("data/vocabulary.toml").read_text("utf-8"))["group"],
    )
    return str(random.choice(random.choice(kinds)))


def _dish(random: Random) -> str:
    return random.choice(read_embedded_dishes()).name


def _place(random: Random) -> str:
    return f"{random.randint(1, 3)}:{random.choice(SLOTS)}"


def _pill(random: Random) -> str:
    name = random.choice(sorted(read_supplements()))
    return f"{name}:{random.choice((20, 50, 100, 200))}mg_elemental"


_WISHES: Sequence[Callable[[Random], Flags]] = (
    lambda random: ["--without", _name(random)],
    lambda random: ["--without", random.choice(sorted(read_allergens()))],
    lambda random: ["--like", f"{_name(random)}:{random.randint(1, 3)}"],
    lambda random: ["--dislike", _name(random)],
    lambda random: ["--per-week", f"{_dish(random)}>={random.randint(1, 2)}"],
    lambda random: ["--per-week", f"{_name(random)}<={random.randint(0, 3)}"],
    lambda random: ["--min-days-between", f"{_dish(random)}={random.randint(1, 5)}"],
    lambda random: ["--max-minutes", str(random.randint(15, 90))],
    lambda random: ["--max-minutes-weekday", str(random.randint(10, 60))],
    lambda random: ["--budget-per-week", str(random.randint(25, 150))],
    lambda random: ["--ratio-min", "0.8", "--ratio-max", f"{random.uniform(1.2, 3):.2f}"],
    lambda random: ["--target", random.choice(TARGETS)],
    lambda random: ["--energy-kcal", str(random.randint(1400, 3500))],
    lambda random: ["--condition", random.choice(CONDITIONS)],
    lambda random: ["--medicine", random.choice(MEDICINES)],
    lambda random: ["--supplement", _pill(random), "--allow-supplements"],
    lambda random: ["--egfr", str(random.randint(10, 120))],
    lambda random: ["--clinic", f"potassium_mg<={random.randint(2000, 3500)}"],
    lambda random: ["--water", random.choice(("hepar", "tap")), "--water-litres", "1"],
    lambda random: ["--tap-water", "mg=12,ca=60,na=10"],
    lambda random: ["--units", random.choice(("us", "metric"))],
    lambda random: ["--pattern", random.choice(pattern_ids())],
    lambda random: ["--skip", _place(random)],
    lambda random: ["--eat-out", _place(random)],
    lambda random: ["--holiday", str(random.randint(1, 3))],
    lambda random: ["--guests", f"{random.randint(1, 2)}:dinner={random.randint(1, 4)}"],
    lambda random: ["--days", "14", "--cycle", "7"],
    lambda random: ["--hemisphere", "south", "--start", "2026-03-02"],
    lambda random: ["--conservative"],
    lambda random: ["--with-alcohol"],
    lambda random: ["--effort", "thorough"],
    lambda random: ["--alternatives", str(random.randint(2, 3))],
    lambda random: ["--day", "1"],
    lambda random: ["--json"],
)
_IMPOSSIBLE: Sequence[Callable[[Random], Flags]] = (
    lambda random: ["--budget-per-week", str(random.randint(1, 20))],
    lambda random: ["--energy-kcal", str(random.choice((1, 500, 900, 6000, 9999)))],
    lambda random: ["--target", "vitamin_b12_ug>=50"],
    lambda random: ["--target", f"magnesium_mg>={random.randint(1500, 5000)}"],
    lambda random: ["--target", "sodium_mg<=100"],
    lambda random: ["--target", "protein_g<=20", "--target", "protein_g>=150"],
    lambda random: ["--ratio-min", "5", "--ratio-max", "6"],
    lambda random: ["--ratio-min", "3", "--ratio-max", "2"],
    lambda random: ["--max-minutes", "1"],
    lambda random: ["--diet", "vegan", "--per-week", "beef>=5"],
    lambda random: ["--without", "fish", "--per-week", "fish>=3"],
    lambda random: ["--per-week", f"{_dish(random)}>=40"],
    lambda random: [x for name in sorted(read_allergens()) for x in ("--without", name)],
    lambda random: ["--condition", "dialysis"],
    lambda random: ["--condition", "kidney disease", "--medicine", "spironolactone"],
    lambda random: ["--without", "no such food at all"],
    lambda random: ["--like", "\x1b[31mred"],
    lambda random: ["--days", random.choice(("0", "29", "-1", "many"))],
    lambda random: ["--age", random.choice(("-1", "200", "x"))],
    lambda random: ["--skip", "1:breakfast", "--skip", "1:lunch", "--skip", "1:dinner"],
    lambda random: ["--eater", "name=Zoe,age=0"],
    lambda random: ["--eater", "name=Zoe,nonsense=1"],
    lambda random: ["--supplement", "magnesium oxide:5000mg_compound"],
    lambda random: ["--history", "/dev/null"],
    lambda random: ["--standard", "/dev/zero"],
    lambda random: ["--pattern", "/proc/self/mem"],
    lambda random: ["--guests", "9:dinner=900"],
    lambda random: ["--water", "no such water"],
)
