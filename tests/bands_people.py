"""Draw people whom bands are printed for, and try what is printed to them."""

import random
import traceback
from collections import Counter

from planner.errors import PlannerError
from tests.bands_printed import magplan, read_plan
from tests.bands_sentences import hold_all

CLINIC = "clinic", "potassium_mg<={}"
RAISERS = ("lisinopril", "losartan", "ramipril", "spironolactone", "trimethoprim", "tacrolimus")
EXTRAS = (
    ("condition", "hypertension"), ("condition", "osteoporosis"), ("condition", "coeliac"),
    ("condition", "lactose intolerance"), ("condition", "gout"), ("condition", "heart failure"),
    ("condition", "type 2 diabetes"), ("condition", "postmenopause"), ("condition", "IBS"),
    ("condition", "other: tiredness of the knees"), ("medicine", "other: Wunderpille"),
    ("medicine", "levothyroxine"), ("medicine", "alendronate:1/week"), ("medicine", "gliclazide"),
    ("medicine", "phenelzine"), ("medicine", "lithium"), ("medicine", "acitretin"),
    ("condition", "active Crohn's disease"), ("condition", "gastroparesis"),
    ("condition", "cirrhosis"), ("condition", "anorexia nervosa"), ("medicine", "omeprazole"),
    ("without", "nuts"), ("without", "milk"), ("without", "fish"), ("without", "sesame"),
)  # fmt: skip
INSULIN = ("type 1 diabetes", "T2D on insulin")
STONES = ("calcium oxalate stones", "kidney stones")
KINDS = ("kidney", "potassium", "warfarin", "insulin", "stones", "pregnant")


def kidney(rng):
    """Weak kidneys; the clinic's figure where no plan is made without it."""
    egfr = rng.choice((32, 38, 44.9, 45, 48, 52, 55, 59, 59.9, 60, 75))
    pairs = [("egfr", egfr)]
    if egfr < 45 or rng.random() < 0.2:
        pairs.append((CLINIC[0], CLINIC[1].format(rng.choice((2400, 2600, 2800, 3000, 3300)))))
    if rng.random() < 0.15:
        pairs.append(("clinic", f"phosphorus_mg<={rng.choice((1100, 1300, 1500))}"))
    return pairs


def potassium(rng):
    """What raises potassium: one, one with healthy kidneys, two or a finding with the clinic."""
    clinic = [(CLINIC[0], CLINIC[1].format(rng.choice((2500, 2800, 3000, 3400))))]
    one, other = rng.sample(RAISERS, 2)
    return rng.choice((
        [("medicine", one)],
        [("medicine", one), ("egfr", rng.choice((62, 80, 95)))],
        [("medicine", one), ("medicine", other), *clinic],
        [("medicine", one), ("egfr", 50)],
        [("condition", "hyperkalaemia"), *clinic],
        [("serum_potassium", "5.3 mmol/L"), *clinic],
        [("condition", "addison disease"), *clinic],
        [("condition", "liver transplant"), *clinic],
        [("medicine", one), ("medicine", other)],
    ))  # fmt: skip


def warfarin(rng):
    """A vitamin K antagonist, with or without what was eaten before."""
    before = [("vitamin_k_before", rng.choice((110, 160, 250, 350)))] if rng.random() < 0.5 else []
    return [("medicine", rng.choice(("warfarin", "Coumadin", "acenocoumarol"))), *before]


def entries_of(kind, rng):
    """Give what somebody of a kind says."""
    found = {
        "kidney": kidney, "potassium": potassium, "warfarin": warfarin,
        "insulin": lambda rng: [("condition", rng.choice(INSULIN))],
        "stones": lambda rng: [("condition", rng.choice(STONES))],
        "pregnant": lambda rng: [("state", "pregnant")],
    }  # fmt: skip
    return found[kind](rng)


def body(rng, kinds):
    """Draw a body and a diet; now and then a child."""
    is_child = rng.random() < 0.04 and set(kinds) <= {"insulin", "stones", "warfarin"}
    sex = "f" if "pregnant" in kinds else rng.choice("fm")
    age = rng.randint(7, 17) if is_child else rng.randint(20, 42 if "pregnant" in kinds else 79)
    said = {"sex": sex, "age": age}
    if is_child:
        said.update({"height": 78 + 6 * min(age, 15), "weight": round(3 + 3.2 * age)})
    elif rng.random() < 0.8:
        height = rng.randint(152, 172) if sex == "f" else rng.randint(165, 192)
        said.update({"height": height, "weight": round(rng.uniform(20, 31) * (height / 100) ** 2)})
    if not is_child and rng.random() < 0.5:
        said["activity"] = rng.choice(("inactive", "low_active", "active"))
    said["diet"] = rng.choice(("omnivore",) * 4 + ("vegetarian", "pescatarian", "vegan"))
    return list(said.items())


def somebody(rng):
    """Draw one person: keys and values, of one or two of the kinds and perhaps more."""
    kinds = rng.sample(KINDS, rng.choice((1, 1, 1, 2)))
    pairs = body(rng, kinds)
    for kind in kinds:
        pairs += entries_of(kind, rng)
    pairs += rng.sample(EXTRAS, rng.choice((0, 1, 1, 2)))
    once = {key: value for key, value in pairs if key not in ("condition", "medicine", "without",
                                                             "clinic")}  # fmt: skip
    clinic = {value.split("<=")[0]: value for key, value in pairs if key == "clinic"}
    lists = [pair for pair in pairs if pair[0] in ("condition", "medicine", "without")]
    return [*once.items(), *(("clinic", one) for one in clinic.values()), *lists]


def days_of(rng):
    """Draw how many days: mostly few, since each costs time."""
    lot = rng.random()
    if lot < 0.03:
        return rng.choice((14, 20, 28))
    return rng.choice((7, 8)) if lot < 0.13 else rng.choice((1, 1, 1, 2, 2, 3))


def request_of(seed):
    """Draw the flags of a plan, for one person or for a table of two or three."""
    rng = random.Random(seed)
    at_table = rng.random() < 0.15
    people = [somebody(rng) for _ in range(rng.choice((2, 2, 3)) if at_table else 1)]
    days = min(days_of(rng), 3) if at_table else days_of(rng)
    words = ["--days", str(days), "--seed", str(rng.randint(0, 99))]
    if at_table:
        for name, pairs in zip(("Ann", "Ben", "Cem"), people, strict=False):
            said = ",".join(f"{key}={value}" for key, value in [("name", name), *pairs])
            words += ["--eater", said]
    else:
        words += [word for key, value in people[0]
                  for word in (f"--{key.replace('_', '-')}", str(value))]  # fmt: skip
        words += ["--eat-out", "1:dinner"] if rng.random() < 0.08 else []
        words += ["--allow-supplements"] if rng.random() < 0.1 else []
        words += ["--skip", "1:lunch"] if rng.random() < 0.03 else []
    words += ["--standard", rng.choice(("us",) * 3 + ("eu", "uk", "who"))]
    return words, rng


def edit_of(plan, folder, rng):
    """Draw a change of a plan, as a command."""
    day = rng.randint(1, len(plan["days"]))
    meal = plan["days"][day - 1]["meals"][0]
    path, out = folder / "plan.json", ("--out", folder / "again")
    if rng.random() < 0.5:
        return ["replan", path, "--ban", meal["items"][0]["id"], *out]
    whose = []
    if plan.get("eaters"):
        whose = ["--eater", meal["items"][0]["for"][0]["eater"]] if meal["slot"] != "dinner" else []
    return ["swap", path, "--day", day, "--slot", meal["slot"], "--apply", 1, *whose, *out]


class Tally:
    """What became of many people."""

    def __init__(self):
        self.outcomes, self.held, self.failures = Counter(), Counter(), []

    def try_one(self, seed, folder, most_days=28):
        """Plan for whom the seed draws, change the plan, and hold both to all they print."""
        words, rng = request_of(seed)
        words[1] = str(min(int(words[1]), most_days))
        code, text = self._run(["plan", *words, "--full", "--out", folder], seed)
        self.outcomes["planned" if code == 0 else text] += 1
        if code == 0:
            plan = read_plan(folder)
            self._hold(plan, text, seed, words)
            if rng.random() < 0.3:
                change = edit_of(plan, folder, rng)
                code, text = self._run(change, seed)
                self.outcomes[f"{change[0]}: {'made' if code == 0 else 'refused'}"] += 1
                if code == 0:
                    self._hold(read_plan(folder / "again"), "", seed, [*words, *change])

    def _run(self, words, seed):
        """Run a command; gives its code, and what it prints or why it is refused."""
        try:
            code, text = magplan(*words)
        except PlannerError as error:
            code, text = error.exit_code, f"refused, {error.exit_code}: {str(error)[:60]}"
            if error.exit_code not in (1, 3):
                self.failures.append((seed, words, text))
            return code, text
        except Exception:
            self.failures.append((seed, words, traceback.format_exc()[-1500:]))
            return 70, "broken off"
        if code not in (0, 1, 3):
            self.failures.append((seed, words, f"exit {code}"))
        return code, text if code == 0 else f"no plan, {code}"

    def _hold(self, plan, text, seed, words):
        try:
            for held in hold_all(plan, text).values():
                self.held.update(held)
        except AssertionError as error:
            self.failures.append((seed, words, str(error)[:900]))
        except Exception:
            self.failures.append((seed, words, traceback.format_exc()[-1500:]))
