"""Hold what is printed of bounds to the targets and foods that a plan would be made from."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field

from planner.errors import PlannerError
from planner.request.read import request_from_dict
from planner.safety.banner import banner_of
from planner.table.choice import foods_left_out
from planner.targets.derive import targets_of
from tests.bands_printed import CATALOGUE, recommended
from tests.variants import TRUTH, table

N = r"([\d,]+(?:\.\d+)?)"
SLACK = 1e-6
PROMISE = re.compile(
    r"at most [\d,.]+ (m?g|µg)|held to [\d,.]+ m?g|(is|are) left out|recommended potassium", re.I
)
FOODS = {row["base"].replace("_", " ") for row in CATALOGUE.values()}

# what is printed → nutrient, period and whose figure is the bound: "text", or what is multiplied
UPPER = (
    (rf"at most {N} mg of potassium each day", "potassium_mg", "day"),
    (rf"each day (?:holds )?at most {N} mg of potassium", "potassium_mg", "day"),
    (rf"each day holds at most {N} mg", "potassium_mg", "day"),
    (rf"Potassium: at most {N} mg each day", "potassium_mg", "day"),
    (rf"[Ss]odium is held to {N} mg (?:every|each) day", "sodium_mg", "day"),
    (rf"at most {N} g of fiber(?! and)", "fibre_g", "day"),
    (rf"caffeine is held to {N} mg a day", "caffeine_mg", "day"),
    (rf"held to {N} mg at most on each day", "oxalate_mg", "day"),
    (rf"Lactose stays within [\d.]+ g at a sitting and {N} g a day", "lactose_g", "day"),
    (rf"Phosphorus: at most {N} mg each day", "phosphorus_mg", "day"),
    (rf"calcium to magnesium up to {N}", "ca_mg_ratio", "day"),
    (rf"(?:is|are) {N} to {N} mg in the mean of a week", "calcium_mg", "week"),
)
RECOMMENDED = re.compile("each day (?:holds )?at most the recommend", re.IGNORECASE)
NO_FLOOR = re.compile(
    "recommended potassium is not a minimum|plenty of potassium.* no minimum is set"
)
CARBOHYDRATE = re.compile(rf"The carbohydrate in a given meal differs by at most {N} g")
FIBRE = re.compile(rf"at most {N} g of fiber and {N} g more for each")
PER_KG = re.compile(rf"at most {N} g (?:of protein )?per kg")
LEFT_OUT = re.compile(r"(?:^|[:;.] )([^:;.]*?) (?:is|are) left out", re.IGNORECASE)


@dataclass
class Judged:
    """What became of many people: counts, and every sentence that is not true."""

    counts: Counter = field(default_factory=Counter)
    unread: Counter = field(default_factory=Counter)
    false: list = field(default_factory=list)


def draw(rng):
    """Draw a person: body, life stage, none to four things a doctor found or prescribed."""
    age, sex = rng.randint(5, 95), rng.choice("fm")
    height = 75 + 6 * age if age < 15 else rng.randint(148, 178) + 10 * (sex == "m")
    profile = {
        "sex": sex, "age": age, "height_cm": float(height),
        "weight_kg": round(rng.uniform(15, 19) if age < 14 else rng.uniform(19, 33))
        * (height / 100) ** 2,
        "conditions": [], "medicines": [],
    }  # fmt: skip
    for _ in range(rng.randint(0, 4)):
        kind = rng.choice(("condition", "medicine"))
        row = rng.choice(TRUTH[kind])
        rhythm = ":1/week" if row.get("weekly") else ""
        profile[f"{kind}s"].append(rng.choice(row["names"]) + rhythm)
    if rng.random() < 0.5:
        profile["egfr"] = float(rng.choice((32, 40, 50, 58, 70, 85, 95, 110)))
    if rng.random() < 0.15:
        profile["serum_k_mmol_l"] = rng.choice((3.8, 4.3, 4.8, 5.0, 5.3))
    if rng.random() < 0.4:
        profile["clinic"] = {"potassium_mg": float(rng.choice((2400, 2800, 3200, 3600)))}
    if sex == "f" and 18 <= age <= 45 and rng.random() < 0.3:
        profile |= {"state": "pregnant", "gestation_week": rng.randint(5, 38)}
    profile["activity"] = rng.choice(("inactive", "low_active", "active"))
    profile["standard"] = rng.choice(("us", "us", "eu", "uk", "who"))
    return {"profile": profile}


def judge(request, judged):
    """Judge all that is printed of the bounds of a person."""
    targets = targets_of(request)
    out = foods_left_out(request, *table())
    texts = [str(banner_of(request.patient)), *map(str, targets.notes)]
    for text in texts:
        faults, is_read = list(faults_in(text, request, targets, out)), reads(text)
        judged.counts["sentences judged"] += is_read
        if PROMISE.search(text) and not is_read:
            judged.counts["a promise that is not judged here"] += 1
            judged.unread[text[:100]] += 1
        judged.false += [(request, text, one) for one in faults]
        judged.counts["false"] += len(faults)


def reads(text):
    """Whether anything recomputes a sentence."""
    patterns = [*(one for one, _, _ in UPPER), RECOMMENDED, PER_KG, LEFT_OUT]
    patterns += [NO_FLOOR, CARBOHYDRATE, FIBRE]
    return any(re.search(one, text) for one in patterns)


def least_upper(targets, nutrient, period):
    """Return the least upper bound; infinite without one."""
    found = [one.upper for one in targets.targets
             if (one.nutrient, one.basis) == (nutrient, "total") and one.period in (period, "day")
             and one.upper is not None]  # fmt: skip
    return min(found, default=float("inf"))


def figure(text):
    """Read a figure with its thousands."""
    return float(text.replace(",", ""))


def faults_in(text, request, targets, out):
    """Say what of a sentence is not true."""
    for pattern, nutrient, period in UPPER:
        for found in re.finditer(pattern, text):
            most, has = figure(found.groups()[-1]), least_upper(targets, nutrient, period)
            if has > most + 0.5:
                yield f"{nutrient} may be {has:g}"
    yield from clinical_faults(text, request, targets)
    yield from (f"{food} stays" for food in staying(text, out))


def clinical_faults(text, request, targets):
    """Say what is not true of recommended potassium, floors, carbohydrate and protein."""
    who = request.profile
    if RECOMMENDED.search(text):
        most = recommended(request.standard, "potassium_mg", who.sex, who.age_y, who.state)
        if most and least_upper(targets, "potassium_mg", "day") > most + SLACK:
            yield f"potassium may be more than the recommended {most:g}"
    floors = [one for one in targets.targets if one.nutrient == "potassium_mg" and one.lower]
    if NO_FLOOR.search(text) and floors:
        yield "potassium has a floor"
    spread = targets.clinical.meal_carbohydrate_spread_g
    for found in CARBOHYDRATE.finditer(text):
        if spread is None or spread > figure(found[1]):
            yield f"carbohydrate may differ by {spread}"
    for found in FIBRE.finditer(text):
        most = figure(found[1]) + figure(found[2]) * targets.energy.kcal / 1000
        if least_upper(targets, "fibre_g", "day") > most + SLACK:
            yield f"fiber may be more than {most:g} g"
    for found in PER_KG.finditer(text):
        most = figure(found[1]) * who.weight_kg
        if least_upper(targets, "protein_g", "day") > most + 1:
            yield f"protein may be more than {most:g} g"


def staying(text, out):
    """Name the foods that a sentence says are left out and that are not."""
    for found in LEFT_OUT.finditer(text):
        for words in re.split(r",| and ", found[1].lower()):
            is_raw, word = words.strip().startswith("raw "), words.strip().removeprefix("raw ")
            for base in {word, word.removesuffix("s")} & FOODS:
                for food_id, row in CATALOGUE.items():
                    is_meant = row["base"].replace("_", " ") == base
                    is_meant &= not is_raw or row["state"] == "raw"
                    if is_meant and food_id not in out:
                        yield food_id


def judge_people(count, seed):
    """Judge so many people."""
    rng, judged = random.Random(seed), Judged()
    for _ in range(count):
        drawn = draw(rng)
        judged.counts["people"] += 1
        try:
            request = request_from_dict(drawn | {"week": {"days": 1}})
            judge(request, judged)
            judged.counts["planned for"] += 1
        except PlannerError as error:
            judged.counts["asked" if error.exit_code == 1 else "refused"] += 1
    return judged
