"""Thousands of phrases: each is asked about, or holds the worst of what it names.

What a name means is written here by hand (and in ``tests/configs/test_medicine_names.py``, by a
pharmacist's knowledge of each name); nothing of the reader is used for it.
"""

import csv
import random
import string
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import pytest

from planner.errors import ConfigError
from planner.request.profile import Profile
from planner.safety.gate import judge_supplements
from planner.safety.patient import read_patient
from tests.configs import test_medicine_names as names
from tests.rows import rows
from tests.runs import IS_HARD

SEED = 20_260_310
PER_KIND = 3_000 if IS_HARD else 300
LEAST_ALL = 20_000 if IS_HARD else 3_000
MANY = 5_000 if IS_HARD else 150  # people, each with four words on average
PLURALS = ("", "", "", "s")

VERDICTS = ["allowed", "ask", "refused"]
BANDS = ["R01", "R02", "R03", "R04", "R07", "R05", "R06"]  # R07: a disease, nobody knows how bad
STAGE_BANDS = ["R01", "R02", "R04", "R05", "R06"]  # 1 to 5; 3 without a letter is the worse half
BAND_VERDICT = {"R03": "ask", "R04": "ask", "R07": "refused", "R05": "refused", "R06": "refused"}
BAND_EFFECTS = {
    "R03": {"weak_kidneys", "potassium", "kidney_protein"},
    "R04": {"weak_kidneys", "potassium", "kidney_protein"},
    "R07": {"weak_kidneys", "potassium", "kidney_protein"},
    "R05": {"weak_kidneys", "potassium"},
    "R06": {"weak_kidneys"},
}

PEOPLE = (
    Profile(sex="f", age_y=50),
    Profile(sex="m", age_y=70),
    Profile(sex="f", age_y=30, state="pregnant", gestation_week=20),
    Profile(sex="f", age_y=40, egfr=95),
    Profile(sex="m", age_y=58, egfr=52, medicines=("ramipril",)),
)


ANTACID = {"D44", "D57", "D62"}  # with weak kidneys: take no more, in place of amount and hours


@dataclass(frozen=True)
class Facts:
    """The least that an answer must hold: verdict, band of the kidneys, codes, effects."""

    verdict: str = "allowed"
    band: str = ""
    codes: frozenset = frozenset()
    effects: frozenset = frozenset()

    def __or__(self, other):
        return Facts(
            max(self.verdict, other.verdict, key=VERDICTS.index),
            max(self.band, other.band, key=rank),
            self.codes | other.codes,
            self.effects | other.effects,
        )


def rank(band):
    return BANDS.index(band) if band else -1


def facts(verdict="allowed", band="", codes="", effects=""):
    return Facts(verdict, band, frozenset(codes.split()), frozenset(effects.split()))


def of_kidneys(band):
    return Facts(
        BAND_VERDICT.get(band, "allowed"), band, frozenset(), frozenset(BAND_EFFECTS.get(band, ()))
    )


KIDNEY, FAILURE = of_kidneys("R07"), of_kidneys("R06")
STONES = facts("refused", codes="C06 C07", effects="oxalate_stones")
OXALATE = facts(codes="C07", effects="oxalate_stones")
BOWEL = facts("ask", codes="C08")
INSULIN, DIABETES = facts(effects="insulin diabetes"), facts(effects="diabetes")
HEART = facts("ask", effects="heart_failure")

CONDITIONS = {
    "kidney disease": KIDNEY, "chronic kidney disease": KIDNEY, "ckd": KIDNEY, "pkd": KIDNEY,
    "renal impairment": KIDNEY, "renal insufficiency": KIDNEY, "polycystic kidneys": KIDNEY,
    "diabetic nephropathy": KIDNEY | DIABETES, "lupus nephritis": KIDNEY, "nephrectomy": KIDNEY,
    "one kidney": KIDNEY, "proteinuria": KIDNEY, "raised creatinine": KIDNEY, "low egfr": KIDNEY,
    "kidney transplant": KIDNEY | facts("ask", effects="transplant"), "adpkd": KIDNEY,
    "glomerulonephritis": KIDNEY, "nephrotic syndrome": KIDNEY, "cardiorenal syndrome": KIDNEY,
    "kidney failure": FAILURE, "renal failure": FAILURE, "dialysis": FAILURE, "esrf": FAILURE,
    "esrd": FAILURE, "haemodialysis": FAILURE, "peritoneal dialysis": FAILURE, "capd": FAILURE,
    "end stage renal disease": FAILURE, "acute kidney injury": FAILURE, "dialysed": FAILURE,
    "aki": FAILURE, "severe kidney disease": of_kidneys("R05"), "advanced ckd": of_kidneys("R05"),
    "calcium oxalate stones": OXALATE, "oxalate kidney stones": OXALATE, "hyperoxaluria": OXALATE,
    "kidney stones": STONES, "nephrolithiasis": STONES, "renal colic": STONES,
    "struvite stones": facts("refused", codes="C06"),
    "type 1 diabetes": INSULIN, "t1dm": INSULIN, "diabetes mellitus 1": INSULIN, "iddm": INSULIN,
    "type 2 diabetes on insulin": INSULIN, "insulin pump": INSULIN, "diabetes type 1": INSULIN,
    "type 2 diabetes": DIABETES, "t2dm": DIABETES, "prediabetes": DIABETES, "diabetes": DIABETES,
    "high potassium": facts("ask", effects="potassium"),
    "hyperkalaemia": facts("ask", effects="potassium"),
    "hyperkalemia": facts("ask", effects="potassium"),
    "addison disease": facts("ask", effects="potassium addison"),
    "adrenal insufficiency": facts("ask", effects="potassium addison"),
    "coeliac disease": facts(effects="coeliac"), "celiac": facts(effects="coeliac"),
    "gluten intolerance": facts(effects="coeliac"),
    "lactose intolerance": facts(effects="lactose_intolerance"),
    "high blood pressure": facts(effects="hypertension"), "htn": facts(effects="hypertension"),
    "hypertension": facts(effects="hypertension"),
    "stage 2 hypertension": facts(effects="hypertension"),
    "gout": facts(effects="gout"), "osteoporosis": facts(effects="bone"),
    "osteopenia": facts(effects="bone"), "brittle bones": facts(effects="bone"),
    "hypercalcaemia": facts("ask", codes="C10", effects="hypercalcaemia"),
    "sarcoidosis": facts("ask", codes="C10", effects="sarcoidosis"),
    "myasthenia gravis": facts("refused", codes="C01"),
    "heart block": facts("refused", codes="C02"), "av block": facts("refused", codes="C02"),
    "slow heart rate": facts("ask", codes="C03"),
    "bowel obstruction": facts("refused", codes="C04"), "ileus": facts("refused", codes="C04"),
    "sbo": facts("refused", codes="C04"), "blocked bowel": facts("refused", codes="C04"),
    "severe dehydration": facts("refused", codes="C05"),
    "crohn disease": BOWEL, "ulcerative colitis": BOWEL, "chronic diarrhoea": BOWEL,
    "crohn disease active flare": BOWEL | facts(effects="active_bowel"),
    "ileostomy": BOWEL | facts(effects="active_bowel"),
    "gastroparesis": facts("ask", effects="active_bowel"),
    "anorexia nervosa": facts(codes="C09", effects="eating_disorder"),
    "gastric bypass": facts(codes="C11", effects="bariatric"),
    "phenylketonuria": facts("refused", codes="C12"),
    "high magnesium": facts("refused", codes="M04"),
    "severe hypermagnesaemia": facts("refused", codes="M06"),
    "low magnesium": facts("ask", codes="M01"),
    "heart failure": HEART, "chf": HEART, "cardiomyopathy": HEART,
    "cirrhosis": facts("ask", effects="cirrhosis"),
    "liver failure": facts("ask", effects="cirrhosis"),
    "liver transplant": facts("ask", effects="transplant potassium"),
    "alcoholism": facts("ask", effects="alcohol"), "asthma": facts("ask"),
    "migraine": facts("ask"), "obstructive sleep apnea": facts("ask"),
    "diabetes insipidus": facts("ask"), "hyperthyroidism": facts("ask"),
    "high phosphate": facts("ask", effects="hyperphosphataemia"),
}  # fmt: skip

# What a class of interactions makes of an answer.
BY_CLASS = {
    "D22": facts("refused", effects="potassium potassium_raisers"),
    "D59": facts("refused", effects="weak_kidneys"),
    **dict.fromkeys(
        ("D23", "D32", "D47", "D48", "D49", "D50", "D51"), facts(effects="potassium_raisers")
    ),
    "D24": facts(effects="insulin diabetes"), "D39": facts(effects="warfarin"),
    "D40": facts(effects="maoi"), "D01": facts(effects="bisphosphonate"),
    "D04": facts(effects="thyroid"), "D25": facts(effects="hypoglycaemia"),
    "D55": facts(effects="hypoglycaemia"), "D38": facts("ask", effects="lithium"),
    "D53": facts("ask"), "D54": facts("ask", effects="retinoid"),
}  # fmt: skip

JOINS = (" and ", " with ", " plus ", " + ", "+", "/", " / ", ", ", "; ", " & ", " or ", " ")
STRENGTHS = ("", "", " 10 mg", " 2.5mg", " 500 mg tablets", " 5 mg twice a day", " 1-0-1", ":2")


def of_medicine(ids):
    found = facts(codes=ids) if ids else facts("ask")
    for code in ids.split():
        found |= BY_CLASS.get(code, Facts())
    return found


INJECTED = {"cabenuva"}  # rows of hours are of what is swallowed
EXPECTED = dict(rows(names.__file__, "medicine_classes").args[1])
MEDICINES = {name: of_medicine(ids) for name, ids in EXPECTED.items() if name not in INJECTED}
TABLES = {"condition": CONDITIONS, "medicine": MEDICINES}


@cache
def known_words():
    """Give every word of the tables: a slip that makes one of them names another thing."""
    rows = csv.DictReader(configs("medicines.csv").splitlines())
    table = tomllib.loads(configs("conditions.toml"))
    words = tomllib.loads(configs("words.toml"))
    names = [row["name"] for row in rows] + table["told"]["names"]
    for row in table["condition"]:
        names += [row["id"], row["name"], *row.get("also", ())]
    names += table["kidney_words"]["fillers"] + words["joined"]["words"]
    names += words["condition"]["fillers"] + words["medicine"]["fillers"]
    names += [word for row in words["worse"] for word in row["words"]]
    names += [*words["often"]["numbers"], *words["often"]["weekdays"], *words["medicine"]["unused"]]
    names += [phrase for row in words["often"]["row"] for phrase in row["as"]]
    names += [word for group in words["medicine"]["routes"].values() for word in group]
    plain = "".join(sign if sign.isalnum() else " " for sign in " ".join(names).casefold())
    return frozenset(plain.split())


def configs(name):
    return files("configs").joinpath("safety", name).read_text(encoding="utf-8")


# --- how phrases come about ---


def exact(kind, chance, plurals=PLURALS):
    name = chance.choice(sorted(TABLES[kind]))
    return dressed(name, kind, chance, plurals), TABLES[kind][name]


def dressed(name, kind, chance, plurals):
    """Write a name as people do: capitals, hyphens, plural, strength, words around it."""
    text = chance.choice([str, str.upper, str.title, str.capitalize, swapped_case])(name)
    text = text.replace(" ", chance.choice([" ", " ", "-", "  ", "_"]))
    if kind == "medicine":
        return chance.choice(["", "", "my ", "taking "]) + text + chance.choice(STRENGTHS)
    text += chance.choice(plurals) * name[-1].isalpha()
    before = chance.choice(["", "", "", "mild ", "I have ", "history of ", "suspected ", "severe "])
    return before + text + chance.choice(["", "", "", " (controlled)", " since years", "?"])


def swapped_case(text):
    return text.title().swapcase()


def joined(kind, chance):
    join = chance.choice(JOINS)
    parts = [exact(kind, chance) for _ in range(chance.choice([2, 2, 3]))]
    if ":" in "".join(text for text, _ in parts):
        join = ", " if kind == "medicine" else join
    found = parts[0][1]
    for _, more in parts[1:]:
        found |= more
    return join.join(text for text, _ in parts), found


def misspelt(kind, chance):
    """Give a name with one or two slips, alone or joined; ``None`` where it is another name."""
    names = [name for name in sorted(TABLES[kind]) if any(map(str.isalpha, name.split()))]
    name = chance.choice(names)
    words, found = name.split(), TABLES[kind][name]
    spots = [at for at, word in enumerate(words) if word.isalpha()]
    at = chance.choice(spots)
    before = words[at]
    for _ in range(chance.choice([1, 2])):
        words[at] = slip(words[at], chance)
    if words[at] in known_words() or words[at] == before or not words[at]:
        return None
    text = " ".join(words)
    if chance.random() < 0.3:
        other, more = exact(kind, chance)
        return f"{text}{chance.choice(JOINS[:-1])}{other}", found | more
    return text, found


def slip(word, chance):
    at = chance.randrange(len(word)) if word else 0
    letter = chance.choice(string.ascii_lowercase)
    ways = {
        "delete": word[:at] + word[at + 1 :],
        "double": word[:at] + word[at : at + 1] + word[at:],
        "replace": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        "insert": word[:at] + letter + word[at:],
    }
    return ways[chance.choice(sorted(ways))]


def reordered(kind, chance):
    """Give the words of a name in another order, or run together, or torn apart."""
    name, found = chance.choice([one for one in sorted(TABLES[kind].items()) if " " in one[0]])
    words = name.split()
    way = chance.choice(["shuffle", "shuffle", "together", "torn"])
    if way == "shuffle":
        chance.shuffle(words)
        return " ".join(words), found
    if way == "together":
        return "".join(words), found
    at = chance.randrange(1, len(words[0])) if len(words[0]) > 1 else 0
    if at and {words[0][:at], words[0][at:]} & known_words():
        return None
    return " ".join([words[0][:at], words[0][at:], *words[1:]]), found


def other(kind, chance):
    """Give what nobody knows with a known name inside: asked about, and the name counts."""
    text, found = exact(kind, chance)
    unknown = "".join(chance.choice("xqzjw") for _ in range(7))
    return f"other: {unknown} {chance.choice(['and', 'with', '/'])} {text}", found | facts(
        "ask", effects="other"
    )


def other_misspelt(kind, chance):
    """Give what nobody knows, misspelt: it is asked about, whatever else it may mean."""
    made = misspelt(kind, chance)
    return made and (f"other: {made[0]}", facts("ask", effects="other"))


def kidney_figure(kind, chance):
    """Give an eGFR or a stage in words, its bounds, ranges and units; the worse end counts."""
    text, band = chance.choice([egfr_text, stage_text])(chance)
    found = of_kidneys(band)
    if chance.random() < 0.4:
        more, extra = exact("condition", chance)
        join = chance.choice([" and ", " with ", ", ", "/", "; "])
        text = chance.choice([f"{text}{join}{more}", f"{more}{join}{text}"])
        found |= as_bad_as(extra, "") if extra.band == "R07" else extra
    return text, found


def as_bad_as(found, band):
    """Give the facts of a kidney disease of unknown badness where other words tell the band."""
    own = found.effects - BAND_EFFECTS["R07"]
    rest = facts("ask", effects="potassium") if "transplant" in own else facts()
    return replace(found, band="", verdict="allowed", effects=own) | rest | of_kidneys(band)


def egfr_text(chance):
    name = chance.choice(
        ["eGFR", "egfr", "GFR", "EGFR", "kidney function", "renal function", "CrCl"]
    )
    unit = chance.choice(["", "", " mL/min", " ml/min/1.73m2", " mL/min/1.73 m²", " %", "ml/min"])
    low = chance.randrange(5, 125)
    way = chance.choice(["is", "is", "below", "range", "above"])
    if way == "below":
        word = chance.choice(["<", "< ", "<=", "≤ ", "below ", "under ", "less than ", "up to "])
        return f"{name} {word}{low}{unit}", worse_than(low)
    if way == "range":
        high = low + chance.randrange(1, 40)
        ends = [low, high] if chance.random() < 0.7 else [high, low]
        to = chance.choice(["-", " - ", "–", " to ", "/", " or "])
        return f"{name} {ends[0]}{to}{ends[1]}{unit}", band_of(low)
    if way == "above":
        word = chance.choice([">", "> ", ">= ", "above ", "over ", "at least ", "more than "])
        return f"{name} {word}{low}{unit}", band_of(low)
    word = chance.choice([" ", ": ", " = ", " of ", " is ", " about ", ""])
    figure = f"{low}{chance.choice(['', '', '.0', ',0'])}"
    return f"{name}{word}{figure}{unit}", band_of(low)


def stage_text(chance):
    name = chance.choice(
        ["CKD", "ckd", "kidney disease", "chronic kidney disease", "Kidney Disease"]
    )
    stages = [*zip("12345", STAGE_BANDS, strict=True), ("3a", "R03"), ("3b", "R04")]
    stages += zip(("I", "II", "III", "IV", "V"), STAGE_BANDS, strict=True)
    one, two = sorted(chance.sample(stages, 2), key=lambda stage: rank(stage[1]))
    word = chance.choice([" stage ", " ", " G", "-", " grade ", ", stage ", " (stage "])
    if chance.random() < 0.5:
        return f"{name}{word}{one[0]}", one[1]
    to = chance.choice(["-", "/", " to ", " or ", " – ", "-G"])
    if chance.random() < 0.3:
        return f"stage {one[0]}{to}{two[0]} {name}", two[1]
    return f"{name}{word}{one[0]}{to}{two[0]}", two[1]


def band_of(egfr):
    edges = [(90, "R01"), (60, "R02"), (45, "R03"), (30, "R04"), (15, "R05"), (0, "R06")]
    return next(band for least, band in edges if egfr >= least)


def worse_than(egfr):
    """Give the band of what lies somewhere below a figure: at best the next one, or unknown."""
    return max(band_of(max(0, egfr - 1)), "R07", key=rank)


# --- what must hold ---

WAYS = {
    "exact conditions": (exact, "condition"), "exact medicines": (exact, "medicine"),
    "joined conditions": (joined, "condition"), "joined medicines": (joined, "medicine"),
    "misspelt conditions": (misspelt, "condition"), "misspelt medicines": (misspelt, "medicine"),
    "other conditions": (other, "condition"), "other medicines": (other, "medicine"),
    "other misspelt conditions": (other_misspelt, "condition"),
    "other misspelt medicines": (other_misspelt, "medicine"),
    "reordered conditions": (reordered, "condition"),
    "reordered medicines": (reordered, "medicine"),
    "kidney figures": (kidney_figure, "condition"),
}  # fmt: skip


@cache
def phrases(way):
    """Give different phrases of one kind with what each must hold, and how many were skipped."""
    make, kind = WAYS[way]
    chance, found, skipped = random.Random(f"{SEED} {way}"), {}, 0
    for _ in range(PER_KIND):
        made = make(kind, chance)
        if made is None:
            skipped += 1
        else:
            found[made[0]] = made[1]
    return found, skipped


def answer(person):
    """Give the facts of an answer; ``None`` where the program asks."""
    try:
        verdict = judge_supplements(read_patient(person))
    except ConfigError:
        return None
    rule = read_patient(person).kidneys.rule
    codes = frozenset(finding.code for finding in verdict.findings)
    return Facts(
        verdict.allowed,
        rule.rule_id if rule else "",
        codes | (ANTACID if "weak_kidneys_taken" in codes else set()),
        frozenset(effect.effect_id for effect in read_patient(person).effects),
    )


def lacks(found, least):
    """Give what an answer lacks of the least that it must hold, in words."""
    effects = least.effects - found.effects
    if rank(found.band) >= rank("R07"):  # no plan at all: stricter than one without knowing why
        effects -= {"other"}
    missing = sorted((least.codes - found.codes) | effects)
    if VERDICTS.index(found.verdict) < VERDICTS.index(least.verdict):
        missing.append(f"{found.verdict} instead of {least.verdict}")
    if rank(found.band) < rank(least.band):
        missing.append(f"band {found.band or 'none'} instead of {least.band}")
    return missing


def with_phrase(person, kind, text):
    entries = {"conditions": (*person.conditions, text)}
    if kind == "medicine":
        entries = {"medicines": (*person.medicines, text)}
    return replace(person, **entries)


@pytest.mark.parametrize("way", WAYS)
def test_no_answer_is_weaker_than_the_worst_that_its_phrase_names(way):
    kind = WAYS[way][1]
    made, _ = phrases(way)
    weaker, asked = [], 0
    for number, (text, least) in enumerate(made.items()):
        person = PEOPLE[number % len(PEOPLE)]
        found = answer(with_phrase(person, kind, text))
        if found is None:
            asked += 1
        elif missing := lacks(found, for_person(least, person) | base_of(person)):
            weaker.append(f"{text!r} of {person.age_y}: {', '.join(missing)}")
    assert weaker == []
    assert asked < len(made) or way.startswith("misspelt")


def for_person(least, person):
    """Give what must hold beside an eGFR: a disease of unknown badness is as bad as measured."""
    if least.band != "R07" or person.egfr is None:
        return least
    return as_bad_as(least, band_of(person.egfr))


@cache
def base_of(person):
    """Give what the answer to the person alone holds: a phrase takes nothing away."""
    found = answer(person)
    return replace(found, codes=frozenset(), effects=found.effects)


def fillers(kind):
    words = tomllib.loads(configs("words.toml"))
    beside = tomllib.loads(configs("conditions.toml"))["kidney_words"]["fillers"]
    return [
        *words["joined"]["words"],
        *words[kind]["fillers"],
        *(beside if kind == "condition" else ()),
    ]


@pytest.mark.parametrize("kind", TABLES)
def test_no_filler_before_or_behind_a_name_makes_its_answer_weaker(kind):
    chance, weaker = random.Random(f"{SEED} fillers {kind}"), []
    for filler in fillers(kind):
        for name in chance.sample(sorted(TABLES[kind]), len(TABLES[kind]) if IS_HARD else 8):
            for text in (f"{filler} {name}", f"{name} {filler}"):
                found = answer(with_phrase(PEOPLE[0], kind, text))
                if found is not None and (missing := lacks(found, TABLES[kind][name])):
                    weaker.append(f"{text!r}: {', '.join(missing)}")
    assert weaker == []


def test_nobody_of_many_is_weaker_and_few_words_are_asked_about():
    """People with 0 to 4 conditions and medicines each, written in as many ways."""
    chance, weaker, ways, asked = random.Random(SEED), [], 0, []
    for body in chance.choices(PEOPLE[:2], k=MANY):
        held, least = {kind: [] for kind in TABLES}, facts()
        for kind in chance.choices(sorted(TABLES), k=chance.randrange(9)):
            text, more = exact(kind, chance, plurals=("",))
            ways += 1
            if answer(with_phrase(body, kind, text)) is None:
                asked += [text]
                continue
            held[kind].append(text)
            least |= more
        told = {f"{kind}s": tuple(texts) for kind, texts in held.items()}
        if (found := answer(replace(body, **told))) is None or lacks(found, least):
            weaker.append(told)
    assert weaker == []
    assert len(asked) <= ways / 10, asked


def test_there_are_as_many_phrases_as_promised():
    assert sum(len(phrases(way)[0]) for way in WAYS) >= LEAST_ALL
