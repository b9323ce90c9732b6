"""Which conditions of ``configs/safety/conditions.toml`` a person has, by their words.

Every word of an entry belongs to a known name or is a filler, or the entry is asked about: nothing
is half understood. Whatever names the kidneys counts as kidney disease.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import Field

from planner.safety.phrases import (
    clean_text,
    fillers_of,
    foreign_foods,
    is_blood_level,
    is_too_long,
    kidney_figures,
    looks_like,
    names_kidneys,
    other_text,
    plain_words,
    read_words,
    take_unused,
)
from planner.safety.read import (
    read_safety_rows,
    read_safety_rules,
    read_safety_settings,
    safety_rows_by,
)
from planner.settings import read_row
from planner.wording import capital

if TYPE_CHECKING:  # the request stands above the rules, which read its plain values alone
    from planner.request.profile import Profile

Person: TypeAlias = "Profile"

_CM_PER_M = 100
_DECIMALS = 9  # 64 kg at 160 cm are 25, not 24.999999999999996


def body_mass_index(person: Person) -> float:
    """Give weight over height squared [kg/m²]."""
    index = person.weight_kg / (person.height_cm / _CM_PER_M) ** 2
    return round(index, _DECIMALS)


def percent_of_median(person: Person) -> float:
    """Return the body mass index in % of the median of sex and age; infinite from 18 years on."""
    for row in read_safety_rows("bmi_medians"):
        if (row["sex"], row["age_y"]) == (person.sex, str(person.age_y)):
            return round(100 * body_mass_index(person) / float(row["bmi"]), _DECIMALS)
    return math.inf


def is_about(row: Mapping[str, Any], person: Person) -> bool:
    """Whether a person is of the sex, state, age and body that a row names."""
    return bool(
        row.get("sex", person.sex) == person.sex
        and row.get("state", person.state) == person.state
        and row.get("from_age_y", 0) <= person.age_y < row.get("below_age_y", math.inf)
        and ("below_bmi" not in row or body_mass_index(person) < row["below_bmi"])
        and ("below_pct" not in row or percent_of_median(person) < row["below_pct"])
    )


ALLERGY, KIDNEY = "allergy", "kidney"

_RENAL, _EGFR, _NOTHING_TO_DO = "renal", "eGFR", ("OK",)

_SIGNS = re.compile(r"[,;/&+]")
_JOINED = re.compile(r"[,;/&+、\uff0c]|\b(?:and|or|plus|with|und|oder|mit|y|et|ou|e|con|avec)\b")
_OFTEN = re.compile(
    r"\b(?:once|twice|thrice|(?:two|three|four|five|\d)\s*(?:x|times))"
    r"\s*(?:(?:a|per|each|every)\s+|/\s*)?(?:day|daily|week|weekly|month)\b",
    re.IGNORECASE,
)
_AROUND_ALLERGENS = frozenset({"food", "foods", "declared", "reaction", "reactions", "strong"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that the rules know.

    Parameters
    ----------
    condition_id, name
        Id, and what to call it.
    also
        Other names.
    stems
        Beginnings of words that mean it wherever they stand.
    rules
        Ids of ``configs/safety/rules.csv`` that speak about it.
    is_kidney
        Whether it is a disease of the kidneys.
    instead
        Flag that says it better; empty where the condition itself is the way.
    ask
        What is said where somebody is to be asked before any supplement; empty for most.
    which
        What is asked where the name means several things; empty for most.
    asks
        What is asked beside a plan, on its first screen; empty for most.
    silences
        Ids of the conditions beside it that it says are over, unless a word says they are now.
    is_urgent
        Whether help comes before any question.
    is_whole
        Whether its names count as a whole entry only.
    """

    condition_id: Annotated[str, Field(validation_alias="id")]
    name: str
    also: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    is_kidney: Annotated[bool, Field(validation_alias="kidney")] = False
    instead: str = ""
    ask: str = ""
    which: str = ""
    asks: str = ""
    silences: tuple[str, ...] = ()
    is_urgent: Annotated[bool, Field(validation_alias="urgent")] = False
    is_whole: Annotated[bool, Field(validation_alias="whole")] = False


@dataclass(frozen=True, slots=True)
class ReadCondition:
    """What one entry of a list of conditions means.

    Parameters
    ----------
    text
        As written.
    conditions
        Conditions found in it; empty where none is.
    allergens
        What an allergy is to.
    left
        Words that nobody knows; empty where all is understood.
    is_other
        Whether it was given as ``other: TEXT`` and is not understood in full.
    unused
        What was said beside it and changes nothing.
    """

    text: str
    conditions: tuple[Condition, ...]
    allergens: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    is_other: bool = False
    unused: tuple[str, ...] = ()


def conditions_of(
    person: Person, entries: Iterable[ReadCondition], ingredients: Iterable[str] = ()
) -> tuple[Condition, ...]:
    """Give all conditions of a person: those written, and what age, sex and weight say.

    One for which alone an ingredient of a medicine among ``ingredients`` is given is there, too.
    """
    rows = read_safety_settings("conditions")["condition"]
    auto = [row["id"] for row in rows if "auto" in row and is_about(row["auto"], person)]
    auto += given_for(ingredients)
    found = [one for entry in entries for one in entry.conditions]
    return _unique([*found, *_together(found), *(known_conditions()[name] for name in auto)])


def _together(found: Iterable[Condition]) -> Iterator[Condition]:
    """Give what conditions are where they stand together, such as pre-eclampsia after birth."""
    ids = {one.condition_id for one in found}
    for row in read_safety_settings("conditions")["together"]:
        if ids.issuperset(row["all"]):
            yield known_conditions()[row["means"]]


def given_for(ingredients: Iterable[str]) -> list[str]:
    """Give the ids of the conditions for which alone one of the ingredients is given."""
    rows = safety_rows_by("given_for", "ingredient")
    return [row["condition"] for one in ingredients for row in rows.get(one, ())]


def read_condition(text: str) -> ReadCondition:
    """Read one entry; every word of it belongs to a known name, or is left over."""
    other = other_text(text)
    said = clean_text(text if other is None else other)
    if is_too_long(said) or not said or (other is not None and _is_of_blood(said)):
        return ReadCondition(said or text, (), left=(said or text,))
    named = _read(said)
    if not named.conditions and (whole := " ".join(named.left)) in known_phrases():
        named = _read(whole)  # "my potassium is high"
    if other is None or not named.left:
        return replace(named, text=text)
    conditions = _unique([*named.conditions, *_may_mean(said)])
    found = read_words(_parted(said), _allergen_names()).phrases
    allergens = (name for phrase in found for name in phrase.meaning)
    return ReadCondition(said, conditions, tuple(dict.fromkeys(allergens)), is_other=True)


def _is_of_blood(text: str) -> bool:
    """Whether a text tells of the blood, which no ``other:`` may carry past the rules."""
    words = plain_words(text)
    names = read_safety_settings("words")["blood"]["names"]
    return is_blood_level(text) or bool(re.search(rf"\b(?:{'|'.join(names)})\b.*\d", words))


def flags_instead(text: str) -> tuple[tuple[str, str], ...]:
    """Give the flags that say better what ``text`` says: (flag with its value, the value)."""
    found, words = read_condition(text).conditions, plain_words(text).split()
    found = _unique([*found, *_together(found)])
    is_now = not set(read_safety_settings("words")["present"]["words"]).isdisjoint(words)
    over = {name for one in found for name in one.silences if not is_now}
    told = [one.instead for one in found if one.instead and one.condition_id not in over]
    flags = [] if any(one.is_urgent for one in found) else told
    return tuple((flag, flag.split()[1]) for flag in flags)


@cache
def known_conditions() -> Mapping[str, Condition]:
    """Give every condition by its id."""
    settings = read_safety_settings("conditions")
    found = {row["id"]: read_row(Condition, row) for row in settings["condition"]}
    told = settings["told"]
    for name in told["names"]:
        spoken = capital(name)
        found[name] = Condition(name, spoken, ask=told["ask"].format(name=spoken))
    return found


@cache
def known_phrases() -> Mapping[str, tuple[Condition, ...]]:
    """Give plain name → conditions that it means."""
    found: dict[str, tuple[Condition, ...]] = {}
    for one in known_conditions().values():
        if one.is_whole:
            continue
        for name in {plain_words(name) for name in (one.name, one.condition_id, *one.also)}:
            found[name] = (*found.get(name, ()), one)
    return found


@cache
def condition_names() -> frozenset[str]:
    """Give every plain name of a condition."""
    return frozenset(known_phrases())


@cache
def kidney_names() -> frozenset[str]:
    """Give the single words that name the kidneys."""
    kidney = [one for one in known_conditions().values() if one.is_kidney]
    words = {word for one in kidney for word in (*one.stems, *map(plain_words, one.also))}
    return frozenset(word for word in words if " " not in word)


@cache
def _rule_phrases() -> Mapping[str, tuple[Condition, ...]]:
    """Give what counts as a whole entry only: the words of a rule's row, and of "none"."""
    whole = [one for one in known_conditions().values() if one.is_whole]
    found = {plain_words(name): (one,) for one in whole for name in one.also}
    for rule in read_safety_rules().values():
        row = Condition(
            rule.rule_id,
            rule.condition,
            rules=(rule.rule_id,),
            is_kidney=rule.category == _RENAL and rule.parameter == _EGFR,
        )
        if rule.actions != _NOTHING_TO_DO and plain_words(rule.condition) not in known_phrases():
            found[plain_words(rule.condition)] = (row,)
    return found


def _read(text: str) -> ReadCondition:
    figures = kidney_figures(text)
    whole = _rule_phrases().get(plain_words(text)) or known_phrases().get(plain_words(text))
    if whole is not None and not figures.is_any:
        return ReadCondition(text, _unique([*whole, *_kidneys_apart(text)]))
    rest, unused = take_unused(_parted(_OFTEN.sub(" ", figures.rest)))
    words, whole_words = (read_words(one, known_phrases()) for one in (rest, figures.rest))
    # What a date may have cut in two counts as well: "diabetes mellitus 1 year".
    phrases = (*words.phrases, *whole_words.phrases)
    found = [one for phrase in phrases for one in phrase.meaning]
    found += _kidneys_apart(rest)
    left, asked = _worsened(found, [*_by_stems(found, words.left), *unused])
    unused = [one for one in unused if one in left]
    left = [one for one in left if one not in unused]
    left = [word for word in left if word not in _silent(found)]
    allergy, table = known_conditions()[ALLERGY], read_safety_settings("words")
    beside = set(table["allergy"]["with_food"]).intersection(left)
    if (
        allergy in found
        or set(table["allergy"]["words"]).intersection(left)
        or (beside and read_words(rest, _allergen_names()).phrases)
    ):
        return _read_allergy(text, rest, _unique([*found, allergy]), (*asked, *figures.left))
    if found:
        unused += [word for word in left if word in table["unused"]["words"]]
        left = [word for word in left if word not in unused]
    left += [*asked, *figures.left]
    if not found and not left:  # fillers alone say nothing
        left = plain_words(text).split() or [text]
    return ReadCondition(text, _unique(found), left=tuple(left), unused=tuple(unused))


def _read_allergy(
    text: str, rest: str, found: tuple[Condition, ...], asked: Iterable[str]
) -> ReadCondition:
    """Read what an allergy is to; a word that says "no", or may be a condition, is left over."""
    table = read_safety_settings("words")
    silent = _silent(found).union(
        table["allergy"]["words"], table["allergy"]["with_food"], _AROUND_ALLERGENS
    )
    unused = [one for one in plain_words(rest).split() if one in table["unused"]["words"]]
    silent = (silent | set(unused)) - set(table["absent"]["words"])
    names, left = list[str](), list(asked)
    for part in _JOINED.split(rest):
        words = read_words(part, known_phrases(), silent).left
        read = read_words(" ".join(words), _allergen_names())
        if read.phrases and not read.left:
            names += [name for phrase in read.phrases for name in phrase.meaning]
        elif words:
            names.append(" ".join(words))
        left += [one for one in read.left if one in table["absent"]["words"] or _may_mean(one)]
    named = tuple(dict.fromkeys(names))
    return ReadCondition(text, found, named, tuple(left), unused=tuple(unused))


def _parted(text: str) -> str:
    """Part compound words of an allergy: ``Erdnussallergie`` is ``Erdnuss allergy``."""

    def parted(word: re.Match[str]) -> str:
        plain = plain_words(word[0])
        if plain in known_phrases() or plain in _allergen_names():
            return word[0]
        endings = read_safety_settings("words")["allergy"]["endings"]
        end = next((one for one in endings if plain.endswith(one) and plain != one), "")
        return f"{plain.removesuffix(end)} {ALLERGY}" if end else word[0]

    return re.sub(r"\w+", parted, text)


@cache
def _allergen_names() -> Mapping[str, tuple[str, ...]]:
    """Return plain word → names of foods as ``--without`` has them, in several languages."""
    rows = [(word, (english,)) for word, english in foreign_foods().items()]
    for row in read_safety_settings("words")["allergen"]:
        rows += [(word, tuple(row["names"])) for word in row["also"]]
    return {plain_words(word): names for word, names in rows}


def _kidneys_apart(text: str) -> Iterator[Condition]:
    """Give the kidney disease of a part by itself: ``kidney/stones`` is more than kidney stones."""
    for part in _SIGNS.split(text):
        words = read_words(part, known_phrases())
        yield from (one for phrase in words.phrases for one in phrase.meaning if one.is_kidney)


def _by_stems(found: list[Condition], left: Iterable[str]) -> list[str]:
    """Add what words begin with; give the words that begin with no stem."""
    words = list(left)
    for stem in (one for one in known_conditions().values() if one.stems):
        found += [stem for word in words if word.startswith(stem.stems)]
        words = [word for word in words if not word.startswith(stem.stems)]
    return words


def _worsened(found: list[Condition], left: list[str]) -> tuple[list[str], list[str]]:
    """Add the worse condition that a word such as ``severe`` makes; give what is left and asked.

    Beside a condition of another kind nobody knows whose word it is, so it is asked about.
    """
    asked = list[str]()
    for row in read_safety_settings("words")["worse"]:
        ids = row["conditions"]
        if all(one.condition_id not in ids for one in found):
            continue
        hit = [word for word in left if _is_in(word, row)]
        left = [word for word in left if word not in hit]
        alone = all(one.is_kidney or one.condition_id in ids for one in found)
        found += [known_conditions()[row["means"]]] if hit and alone else []
        asked += [] if alone else hit
    return left, asked


def _is_in(word: str, row: Mapping[str, Any]) -> bool:
    patterns = (re.search(one, word, re.IGNORECASE) for one in row.get("patterns", ()))
    return word in row["words"] or any(patterns)


def _silent(found: Iterable[Condition]) -> frozenset[str]:
    """Give the words that change nothing beside the conditions found."""
    is_kidney = any(one.is_kidney for one in found)
    beside = read_safety_settings("conditions")["kidney_words"]["fillers"] if is_kidney else ()
    return fillers_of("condition").union(beside)


def _may_mean(text: str) -> list[Condition]:
    """Give the conditions that words which nobody knows may be misspelt for."""
    near = looks_like(text, _stopping_names(), "sure_score")
    found = [one for name in near for one in known_phrases()[name]]
    if names_kidneys(text) or looks_like(text, kidney_names(), "least_score"):
        found.append(known_conditions()[KIDNEY])
    return found


@cache
def _stopping_names() -> frozenset[str]:
    """Give the names of conditions of which a rule or an effect may speak."""
    told = set(read_safety_settings("conditions")["told"]["names"])
    return frozenset(
        name
        for name, found in known_phrases().items()
        if any(one.condition_id not in told for one in found)
    )


def _unique(found: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(found))
