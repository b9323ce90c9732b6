"""Draw what people type of medicines, diseases and allergies, with the least that must follow."""

import random
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foods.embedded import read_embedded_foods
from planner.candidates.dish import read_embedded_dishes
from planner.errors import PlannerError, RefusedError
from planner.request.read import request_from_dict
from planner.table.choice import foods_left_out
from planner.targets.derive import targets_of
from tests.planner.safety.test_words_generated import known_words, slip

SAID = Path(__file__).parents[2] / "data" / "said.toml"
TRUTH = tomllib.loads(SAID.read_text(encoding="utf-8"))
WORDS = TRUTH["words"]
KINDS = ("medicine", "condition")
PERSON = {"sex": "f", "age": 45, "height_cm": 165.0, "weight_kg": 65.0, "egfr": 90.0}


@dataclass(frozen=True)
class Variant:
    """What is typed, and the least that follows.

    Parameters
    ----------
    kind, text
        Of which flag, and what is typed.
    effects, leaves
        What must act, and foods that must be out.
    stop, asks, may_ask
        Whether no plan is made; whether a question is wanted; whether one is fair: of two medicines
        one has a rhythm, and nobody can tell whose it is.
    is_misspelt
        Whether a word of it is in no table.
    """

    kind: str
    text: str
    effects: frozenset
    leaves: frozenset
    stop: bool
    asks: bool
    may_ask: bool
    is_misspelt: bool


def named(kind, chance):
    """Return a row that is drawn, and one of its names."""
    row = chance.choice(TRUTH[kind])
    lists = ["names", "names", "names", *(key for key in ("de", "other") if key in row)]
    return row, chance.choice(row[chance.choice(lists)])


def dressed(kind, row, name, chance):
    """Write a name as people do: strength, route, rhythm, or hedge and date."""
    name = chance.choice([str, str, str.lower, str.upper])(name)
    if kind == "condition":
        dates = WORDS["allergy_dates" if row.get("is_allergy") else "dates"]
        return f"{chance.choice(WORDS['hedges'])}{name}{chance.choice(dates)}", False
    if row.get("weekly"):
        rhythm = chance.choice(["", *WORDS["weekly"]])
        return f"{chance.choice(WORDS['before'])}{name}{rhythm}", not rhythm
    strength, rhythm = chance.choice(WORDS["strengths"]), chance.choice(WORDS["daily"])
    return f"{chance.choice(WORDS['before'])}{name}{strength}{rhythm}", False


def misspelt(text, chance):
    """Return a text with a slip in its longest word; as it is where that makes another word."""
    word = max(text.split(), key=len)
    other = slip(word, chance)
    if not word.isalpha() or other.casefold() in known_words() or other == word:
        return text
    return text.replace(word, other, 1)


def variant(chance):
    """Draw one variant."""
    kind = chance.choice(KINDS)
    parts = [named(kind, chance) for _ in range(chance.choice((1, 1, 1, 2)))]
    texts, asks, rhythms = [], False, set()
    for row, name in parts:
        text, is_asked = dressed(kind, row, name, chance)
        texts.append(text)
        asks |= is_asked or row.get("asks", False)
        rhythms.add(any(text.endswith(one) for one in (*WORDS["daily"], *WORDS["weekly"]) if one))
    is_misspelt = chance.random() < 0.1
    whole = chance.choice(WORDS["joins"]).join(texts)
    other = misspelt(whole, chance) if is_misspelt else whole
    rows = [row for row, _ in parts]
    return Variant(
        kind, other,
        frozenset(effect for row in rows for effect in row.get("effects", ())),
        frozenset(leaf for row in rows for leaf in row.get("leaves", ())),
        any(row.get("stop") for row in rows), asks,
        kind == "medicine" and len(rhythms) > 1, other != whole,
    )  # fmt: skip


def variants(count, seed):
    """Draw many variants, each text once."""
    chance, found = random.Random(seed), {}
    while len(found) < count:
        one = variant(chance)
        found[one.kind, one.text] = one
    return list(found.values())


def verdict(one):
    """Return ``asked``, ``refused``, ``right``, or what is weaker than the words name."""
    entries = {"conditions": [], "medicines": []} | {f"{one.kind}s": [one.text]}
    try:
        request = request_from_dict({"profile": PERSON | entries})
        targets_of(request)
        out = foods_left_out(request, *table()) if one.leaves else frozenset()
    except RefusedError:
        return "refused"
    except PlannerError:
        return "asked"
    effects = {own.effect_id for own in request.patient.effects}
    weak = [f"no {effect}" for effect in one.effects - effects]
    weak += [f"{food} stays" for food in one.leaves - out]
    weak += ["a plan is made"] * one.stop + ["nothing is asked"] * one.asks
    return ", ".join(sorted(weak)) or "right"


@cache
def table():
    """Return the shipped foods and dishes."""
    return read_embedded_foods(), read_embedded_dishes()


def tally(found):
    """Return the count of each outcome, the needless questions, and what is weaker."""
    counts, needless, weaker = Counter(), [], []
    for case in found:
        said = verdict(case)
        is_weak = said not in ("asked", "refused", "right")
        counts["weaker" if is_weak else said] += 1
        if is_weak:
            weaker.append((case, said))
        if said == "asked" and not (case.asks or case.may_ask or case.is_misspelt):
            needless.append(case)
    return counts, needless, weaker
