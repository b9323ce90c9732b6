"""Which conditions of ``configs/safety/conditions.toml`` a person has, by their words.

Every word of an entry belongs to a known name or is a filler, or the entry is asked about: nothing
is half understood. Whatever names the kidneys counts as kidney disease.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeAlias, TypeVar

from pydantic import Field

from planner.safety.sentences import (
    read_safety_rows,
    read_safety_rules,
    read_safety_settings,
    safety_rows_by,
)
from planner.settings import read_row, read_rows
from planner.wording import capital

if TYPE_CHECKING:  # the request stands above the rules, which read its plain values alone
    from planner.request.profile import Profile

OTHER = "other:"

Meaning = TypeVar("Meaning")

_OTHER = re.compile(r"\s*other\s*:", re.IGNORECASE)
_PARTING = re.compile(r"[^\w]+")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Meaning]):
    """A known phrase as it stood in a text, and what it means."""

    words: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Words(Generic[Meaning]):
    """A text, read.

    Parameters
    ----------
    phrases
        Known phrases, from left to right.
    left
        Words that belong to none of them.
    """

    phrases: tuple[Phrase[Meaning], ...]
    left: tuple[str, ...]


def clean_text(text: str) -> str:
    """Return ``text`` in plain signs: none invisible, one blank between words, ``Ⅳ`` as ``IV``."""
    signs = unicodedata.normalize("NFKC", text)
    shown = (sign for sign in signs if sign.isspace() or unicodedata.category(sign) != "Cf")
    parted = (" " if unicodedata.category(sign) == "Cc" else sign for sign in shown)
    return " ".join("".join(parted).split())


def is_too_long(text: str) -> bool:
    """Whether ``text`` is longer than one condition or medicine can be."""
    return len(text) > int(read_safety_settings("words")["length"]["most"])


def plain_words(text: str) -> str:
    """Return the words of ``text`` in small letters without accents, one blank between them."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(_PARTING.sub(" ", letters).split())


def read_words(
    text: str, known: Mapping[str, Meaning], fillers: Collection[str] = ()
) -> Words[Meaning]:
    """Read ``text`` by known phrases, the longest first from the left.

    Parameters
    ----------
    text
        What a person wrote.
    known
        Plain phrase → what it means.
    fillers
        Words that change nothing.
    """
    words, found, left = plain_words(text).split(), list[Phrase[Meaning]](), list[str]()
    at = 0
    while at < len(words):
        phrase = next((candidate for candidate in _phrases(words, at) if candidate in known), None)
        if phrase is not None:
            found.append(Phrase(phrase, known[phrase]))
            at += phrase.count(" ") + 1
            continue
        if words[at] not in fillers:
            left.append(words[at])
        at += 1
    return Words(tuple(found), tuple(left))


def take_unused(text: str) -> tuple[str, list[str]]:
    """Return ``text`` without dates, durations and the like, and these as they stood."""
    found = list[str]()
    for pattern in read_safety_settings("words")["unused"]["patterns"]:
        found += [match[0].strip() for match in re.finditer(pattern, text, re.IGNORECASE)]
        text = re.sub(pattern, " ", text, flags=re.IGNORECASE)
    return text, found


def other_text(text: str) -> str | None:
    """Return what stands behind ``other:``; ``None`` where a text does not begin so."""
    found = _OTHER.match(text)
    return None if found is None else " ".join(text[found.end() :].split())


@cache
def fillers_of(kind: str) -> frozenset[str]:
    """Return the words that change nothing in a ``condition`` or ``medicine``."""
    table: Mapping[str, Any] = read_safety_settings("words")
    own = table[kind]
    routes = (word for words in own.get("routes", {}).values() for word in words)
    return frozenset([*table["joined"]["words"], *own["fillers"], *own.get("unused", ()), *routes])


def near_names(text: str, left: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    """List the known names most like ``text``, in which a word is not known, best first."""
    from rapidfuzz import fuzz, process  # heavy, and needed only after a typing error

    settings = read_safety_settings("words")["near"]
    by_word, whole = _by_word(known), plain_words(text)
    likely = {whole} & known
    for word in (left_word for left_word in left if len(left_word) >= settings["least_letters"]):
        like = process.extract(
            word, by_word.keys(), scorer=fuzz.ratio, score_cutoff=settings["least_score"]
        )
        likely.update(name for known_word, _, _ in like for name in by_word[known_word])
    likely -= {
        name for name in likely for pair in settings["opposite"] if _differ(whole, name, pair)
    }
    ranked = process.extract(whole, sorted(likely), scorer=fuzz.ratio, limit=_SHOWN)
    return tuple(name for name, _score, _ in ranked)


def _differ(text: str, name: str, pair: Sequence[str]) -> bool:
    """Whether of two beginnings one text has one and the other the other: hypo- is not hyper-."""
    has = [{part for part in pair if re.search(rf"\b{part}", phrase)} for phrase in (text, name)]
    return all(has) and has[0].isdisjoint(has[1])


def looks_like(text: str, known: frozenset[str], score: str) -> tuple[str, ...]:
    """Return the known names for which words of ``text`` may be misspelt, in any order.

    Used only where a text is not asked about again (``other: TEXT``): what it may mean then counts.
    ``score`` is the key of ``words.toml`` that says how alike each word of a name must be to one.
    """
    from rapidfuzz import fuzz, process  # heavy, and needed for few texts

    least: float = read_safety_settings("words")["misspelt"][score]
    by_word, like = _by_word(known), set[str]()
    for word in plain_words(text).split():
        near = process.extract(
            word, by_word.keys(), scorer=fuzz.ratio, limit=None, score_cutoff=least
        )
        like.update(known_word for known_word, _score, _ in near)
    likely = {name for one in like for name in by_word[one] if like.issuperset(name.split())}
    return tuple(sorted(likely))


def is_blood_level(text: str) -> bool:
    """Whether a text says that something in blood is high or low, which is no medicine."""
    table, words = read_safety_settings("words")["blood"], plain_words(text)
    is_dose = "dose" in words or "potency" in words
    named = re.search(rf"\b(?:{'|'.join(table['names'])})\b", words)
    return bool(named and not is_dose and set(table["levels"]).intersection(words.split()))


def blood_figure(text: str) -> tuple[str, str] | None:
    """Return the sentence on how urgent a figure of the blood is, and what to do with it."""
    for row in read_safety_settings("words")["figure"]:
        named = rf"\b(?:{'|'.join(row['names'])})\b[^\d]{{0,12}}?(\d+(?:[.,]\d+)?)"
        if found := re.search(named, text.casefold()):
            value = float(found[1].replace(",", "."))
            value /= row["mg_dl"] if value > row.get("mg_dl_from", value) else 1
            outside = [not row[key][0] <= value < row[key][1] for key in ("emergency", "usual")]
            levels = zip(outside, ("blood_emergency", "blood_today"), strict=True)
            return next((level for is_out, level in levels if is_out), "blood_usual"), row["ask"]
    return None


def names_kidneys(text: str) -> bool:
    """Whether a word of the kidneys stands in ``text``, in whatever form."""
    plain = plain_words(text)
    return any(
        hint in plain for hint in read_safety_settings("conditions")["kidney_words"]["hints"]
    )


@cache
def _by_word(known: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Return each word of the known names with the names that it stands in."""
    found: dict[str, set[str]] = {}
    for name in known:
        for word in name.split():
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _phrases(words: Sequence[str], at: int) -> Iterator[str]:
    for end in range(len(words), at, -1):
        yield " ".join(words[at:end])


_FOODS = "safety/foreign_foods.csv"


@cache
def foreign_foods() -> Mapping[str, str]:
    """Return foreign name of a food, in small letters → its English words."""
    return MappingProxyType(
        {
            word: row["english"]
            for row in read_rows(_FOODS)
            for word in (row["word"].lower(), row["word"].casefold())
        }
    )


def in_english_words(text: str) -> str:
    """Return a text with the English words for foreign names of foods in it."""
    return _any_name().sub(lambda found: foreign_foods()[found[0].lower()], text)


@cache
def _any_name() -> re.Pattern[str]:
    longest = sorted(foreign_foods(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KidneyFigures:
    """What an entry says of the kidneys in figures.

    Parameters
    ----------
    egfrs
        Figures of an eGFR, and lower ends of ranges and bounds [mL/min/1.73 m²].
    below
        Bounds that it is said to lie below.
    stages
        Stages, ``"3"``, ``"3a"``.
    rest
        The entry without these words.
    left
        Signs of a bound, and stages that may be another disease's, which were not understood.
    """

    egfrs: tuple[float, ...]
    below: tuple[float, ...]
    stages: tuple[str, ...]
    rest: str
    left: tuple[str, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether it says any."""
        return bool(self.egfrs or self.below or self.stages)


@cache
def kidney_figures(text: str) -> KidneyFigures:
    """Read the figures of one entry; words that are none of them stay in ``rest``."""
    if is_too_long(text):
        return KidneyFigures((), (), (), text)
    plain = _pattern("unit").sub(" ", clean_text(text).casefold())
    rest = _pattern("number").sub(
        lambda found: found[1] + _digit(found[2]), _pattern("albumin").sub(" ", plain)
    )
    egfrs, below, stages = list[float](), list[float](), list[str]()
    for found in _pattern("egfr").finditer(rest):
        word, first, second = found.groups()
        figures = [float(figure.replace(",", ".")) for figure in (first, second) if figure]
        (below if word else egfrs).append(min(figures))
    rest = _pattern("egfr").sub(" egfr ", rest)
    for pattern in _patterns()["stages"]:
        for found in pattern.finditer(rest):
            stages += _stages(found["first"], found["more"])
        rest = pattern.sub(lambda found: f" {found['kidney'] or 'ckd'} ", rest)
    # signs of a bound behind a figure, and words that turn a share into what is lost
    left = tuple(sign.strip() for sign in _pattern("sign").findall(rest))
    left += tuple(_pattern("less").findall(rest)) if "%" in plain else ()
    left = left if egfrs or below or stages else ()
    most: float = read_safety_settings("conditions")["kidney_words"]["most_egfr"]
    left += tuple(f"{figure:g}" for figure in (*egfrs, *below) if figure > most)
    return KidneyFigures(tuple(egfrs), tuple(below), tuple(stages), rest, left)


def _stages(first: str, more: str) -> Iterator[str]:
    """Return the stages of ``"3a"`` and what follows it, as ``"/b"`` or ``" to 4"``."""
    number = ""
    for part in re.findall(r"(iv|v|i{1,3}|[1-5])?\s?([abd])?(?=$|[^a-z0-9])", f"{first}{more}"):
        roman, letter = part
        if not roman and not letter:
            continue
        number = _digit(roman) or number
        if number:
            yield number + (letter if letter in ("a", "b") else "")


def _digit(word: str) -> str:
    return str(read_safety_settings("kidney_words")["digit"].get(word, word))


def _pattern(name: str) -> re.Pattern[str]:
    (found,) = _patterns()[name]
    return found


@cache
def _patterns() -> Mapping[str, Sequence[re.Pattern[str]]]:
    table, parts = read_safety_settings("kidney_words"), dict[str, str]()
    for name, part in table["part"].items():
        parts[name] = _filled(part, parts)
    rows = table["pattern"].items()
    return {name: [re.compile(_filled(pattern, parts)) for pattern in row] for name, row in rows}


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern


Person: TypeAlias = "Profile"

_CM_PER_M = 100
_DECIMALS = 9  # 64 kg at 160 cm are 25, not 24.999999999999996


def body_mass_index(person: Person) -> float:
    """Return weight over height squared [kg/m²]."""
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
    """Return all conditions of a person: those written, and what age, sex and weight say.

    One for which alone an ingredient of a medicine among ``ingredients`` is given is there, too.
    """
    rows = read_safety_settings("conditions")["condition"]
    auto = [row["id"] for row in rows if "auto" in row and is_about(row["auto"], person)]
    auto += given_for(ingredients)
    found = [condition for entry in entries for condition in entry.conditions]
    return _unique([*found, *_together(found), *(known_conditions()[name] for name in auto)])


def _together(found: Iterable[Condition]) -> Iterator[Condition]:
    """Return what conditions are where they stand together, such as pre-eclampsia after birth."""
    ids = {condition.condition_id for condition in found}
    for row in read_safety_settings("conditions")["together"]:
        if ids.issuperset(row["all"]):
            yield known_conditions()[row["means"]]


def given_for(ingredients: Iterable[str]) -> list[str]:
    """Return the ids of the conditions for which alone one of the ingredients is given."""
    rows = safety_rows_by("given_for", "ingredient")
    return [row["condition"] for ingredient in ingredients for row in rows.get(ingredient, ())]


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
    """Return the flags that say better what ``text`` says: (flag with its value, the value)."""
    found, words = read_condition(text).conditions, plain_words(text).split()
    found = _unique([*found, *_together(found)])
    is_now = not set(read_safety_settings("words")["present"]["words"]).isdisjoint(words)
    over = {name for condition in found for name in condition.silences if not is_now}
    told = [one.instead for one in found if one.instead and one.condition_id not in over]
    flags = [] if any(condition.is_urgent for condition in found) else told
    return tuple((flag, flag.split()[1]) for flag in flags)


@cache
def known_conditions() -> Mapping[str, Condition]:
    """Return every condition by its id."""
    settings = read_safety_settings("conditions")
    found = {row["id"]: read_row(Condition, row) for row in settings["condition"]}
    told = settings["told"]
    for name in told["names"]:
        spoken = capital(name)
        found[name] = Condition(name, spoken, ask=told["ask"].format(name=spoken))
    return found


@cache
def known_phrases() -> Mapping[str, tuple[Condition, ...]]:
    """Return plain name → conditions that it means."""
    found: dict[str, tuple[Condition, ...]] = {}
    for one in known_conditions().values():
        if one.is_whole:
            continue
        for name in {plain_words(name) for name in (one.name, one.condition_id, *one.also)}:
            found[name] = (*found.get(name, ()), one)
    return found


@cache
def condition_names() -> frozenset[str]:
    """Return every plain name of a condition."""
    return frozenset(known_phrases())


@cache
def kidney_names() -> frozenset[str]:
    """Return the single words that name the kidneys."""
    kidney = [condition for condition in known_conditions().values() if condition.is_kidney]
    words = {word for one in kidney for word in (*one.stems, *map(plain_words, one.also))}
    return frozenset(word for word in words if " " not in word)


@cache
def _rule_phrases() -> Mapping[str, tuple[Condition, ...]]:
    """Return what counts as a whole entry only: the words of a rule's row, and of "none"."""
    whole = [condition for condition in known_conditions().values() if condition.is_whole]
    found = {plain_words(name): (condition,) for condition in whole for name in condition.also}
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
    words, whole_words = (read_words(part, known_phrases()) for part in (rest, figures.rest))
    # What a date may have cut in two counts as well: "diabetes mellitus 1 year".
    phrases = (*words.phrases, *whole_words.phrases)
    found = [condition for phrase in phrases for condition in phrase.meaning]
    found += _kidneys_apart(rest)
    left, asked = _worsened(found, [*_by_stems(found, words.left), *unused])
    unused = [word for word in unused if word in left]
    left = [word for word in left if word not in unused]
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
    unused = [word for word in plain_words(rest).split() if word in table["unused"]["words"]]
    silent = (silent | set(unused)) - set(table["absent"]["words"])
    names, left = list[str](), list(asked)
    for part in _JOINED.split(rest):
        words = read_words(part, known_phrases(), silent).left
        read = read_words(" ".join(words), _allergen_names())
        if read.phrases and not read.left:
            names += [name for phrase in read.phrases for name in phrase.meaning]
        elif words:
            names.append(" ".join(words))
        left += [word for word in read.left if word in table["absent"]["words"] or _may_mean(word)]
    named = tuple(dict.fromkeys(names))
    return ReadCondition(text, found, named, tuple(left), unused=tuple(unused))


def _parted(text: str) -> str:
    """Part compound words of an allergy: ``Erdnussallergie`` is ``Erdnuss allergy``."""

    def parted(word: re.Match[str]) -> str:
        plain = plain_words(word[0])
        if plain in known_phrases() or plain in _allergen_names():
            return word[0]
        endings = read_safety_settings("words")["allergy"]["endings"]
        end = next((ending for ending in endings if plain.endswith(ending) and plain != ending), "")
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
    """Yield a kidney disease found in one part: ``kidney/stones`` is more than kidney stones."""
    for part in _SIGNS.split(text):
        words = read_words(part, known_phrases())
        yield from (one for phrase in words.phrases for one in phrase.meaning if one.is_kidney)


def _by_stems(found: list[Condition], left: Iterable[str]) -> list[str]:
    """Add what words begin with; give the words that begin with no stem."""
    words = list(left)
    for stem in (condition for condition in known_conditions().values() if condition.stems):
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
        if all(condition.condition_id not in ids for condition in found):
            continue
        hit = [word for word in left if _is_in(word, row)]
        left = [word for word in left if word not in hit]
        alone = all(condition.is_kidney or condition.condition_id in ids for condition in found)
        found += [known_conditions()[row["means"]]] if hit and alone else []
        asked += [] if alone else hit
    return left, asked


def _is_in(word: str, row: Mapping[str, Any]) -> bool:
    patterns = (re.search(pattern, word, re.IGNORECASE) for pattern in row.get("patterns", ()))
    return word in row["words"] or any(patterns)


def _silent(found: Iterable[Condition]) -> frozenset[str]:
    """Return the words that change nothing beside the conditions found."""
    is_kidney = any(condition.is_kidney for condition in found)
    beside = read_safety_settings("conditions")["kidney_words"]["fillers"] if is_kidney else ()
    return fillers_of("condition").union(beside)


def _may_mean(text: str) -> list[Condition]:
    """Return the conditions that words which nobody knows may be misspelt for."""
    near = looks_like(text, _stopping_names(), "sure_score")
    found = [phrase for name in near for phrase in known_phrases()[name]]
    if names_kidneys(text) or looks_like(text, kidney_names(), "least_score"):
        found.append(known_conditions()[KIDNEY])
    return found


@cache
def _stopping_names() -> frozenset[str]:
    """Return the names of conditions of which a rule or an effect may speak."""
    told = set(read_safety_settings("conditions")["told"]["names"])
    return frozenset(
        name
        for name, found in known_phrases().items()
        if any(condition.condition_id not in told for condition in found)
    )


def _unique(found: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(found))
