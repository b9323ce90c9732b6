"""Read the name of a food as people write it, and compare names word by word.

``semi-skimmed``, ``semi skimmed`` and ``2 %`` are the same words, and so are ``wholemeal`` and
``whole wheat``. Which are stands in ``foods/data/recipe_words.toml``, with the words of preparation
and praise that say nothing about which food it is.

A name is compared by its words, in any order, in singular and plural, without what says nothing
about which food it is: first whole, then without preparation and brands, then without its state.
What nothing is called then has its typing errors mended, and then its unknown words left out. What
is left is held against all names by the words that they share, rare words counting more; such a
name is of the same thing, so it ends with the same word and says more, or less, but nothing else.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice, product

from foods.recipe_line import read_words
from foods.table import FoodTable

Words = tuple[str, ...]

_WORD = re.compile(r"[a-z]+")
_LETTERS = re.compile(r"[^\W_]+")  # of names in other letters
_PERCENT = re.compile(r"\b(\d+(?:\.\d+)?)\s*(?:%|percent\b)(?:\s*(?:milk)?fat\b)?")
_POSSESSIVE = re.compile(r"['\u2019]s?\b")
_ENDINGS = (
    ("ies", "y"), ("oes", "o"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"),
)  # fmt: skip
_PARTED = (
    "states",
    "dropped",
    "canned",
    "cooked",
    "raw",
    "frozen",
    "brands",
    "joiners",
    "lacked",
    "behind",
    "kinds",
    "flavors",
    "fatness",
    "fillings",
    "made_of",
    "other_things",
    "sliced",
    "heads",
    "sandwiches",
)


def plain_words(text: str) -> Words:
    """Return the words of a text in small letters, without accents, in the singular."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    words = _WORD.findall("".join(char for char in letters if not unicodedata.combining(char)))
    return tuple(_singular(word) for word in words)


def search_words(name: str) -> Words:
    """Return the words by which a name is found, as all names are compared, or as it has them."""
    return name_words(name) or tuple(_LETTERS.findall(name.casefold()))


@lru_cache(maxsize=1 << 15)
def name_words(text: str) -> Words:
    """Return the words of a name, each in the spelling in which all names are compared."""
    percents = read_words()["percent"]
    told = _PERCENT.sub(lambda one: f" {percents.get(one[1], '')} ", text.casefold())
    words = same_words(plain_words(_POSSESSIVE.sub("", told.replace("_", " "))))
    return same_words(words)  # once more: fat-free milk is nonfat milk, and that is skim milk


def same_words(words: Words) -> Words:
    """Put one spelling for all: the longest phrase that has another is taken from the left."""
    found: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _longest()), at, -1):
            instead = _same().get(words[at:end])
            if instead is not None:
                found += instead
                at = end
                break
        else:
            found.append(words[at])
            at += 1
    return tuple(found)


def without_state(words: Iterable[str]) -> Words:
    """Leave out words of state, unless nothing else is left."""
    words = tuple(words)
    return tuple(word for word in words if word not in word_sets()["states"]) or words


def without_talk(words: Iterable[str]) -> Words:
    """Leave out words of preparation, praise and brands, and those that join others."""
    sets = word_sets()
    out = sets["dropped"] | sets["brands"] | sets["joiners"]
    return tuple(word for word in words if word not in out)


def in_order(words: Iterable[str]) -> Words:
    """Sort the words of a name, since their order does not matter."""
    return tuple(sorted(words))


@cache
def word_sets() -> Mapping[str, frozenset[str]]:
    """Return each list of words of ``recipe_words.toml``, as words are compared."""
    words = read_words()["words"]
    # Words with a hyphen are phrases: "firm-ripe" does not drop "firm" of tofu.
    return {
        key: frozenset(one for word in words[key] if word.isalpha() for one in plain_words(word))
        for key in _PARTED
    } | {"measures": frozenset(one for word in _measures() for one in plain_words(word))}


def _measures() -> set[str]:
    words = read_words()
    return {*words["units"], *words["volume_ml"], *words["parts"], *words["numbers"]}


@cache
def aliases() -> Mapping[Words, Words]:
    """Everyday words → words of the catalogue, without words of state."""
    return {
        in_order(name_words(name)): in_order(without_state(name_words(meaning)))
        for name, meaning in read_words()["aliases"].items()
    }


def is_spelling_of(name: str, base: str) -> bool:
    """Whether a name is only another word or spelling for a thing itself: garbanzos, chickpea."""
    asked = in_order(name_words(name))
    return aliases().get(asked, asked) == in_order(name_words(base.replace("_", " ")))


@cache
def _same() -> Mapping[Words, Words]:
    told = read_words()["same"]
    return {plain_words(words): plain_words(instead) for words, instead in told.items()}


@cache
def _longest() -> int:
    return max(map(len, _same()))


def _singular(word: str) -> str:
    told: str | None = read_words()["singular"].get(word)
    if told is not None:
        return told
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_FULL_SCORE = 100.0
_TRIED = 64  # spellings of a whole name
_HEAD = re.compile(r",|\(|\b(?:with|in|on|and|or)\b")


class Usual(dict[Words, tuple[str, float]]):
    """Words of a name → id of what is usually meant by them, and how sure that is [0 to 1]."""

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of these names."""
        return frozenset(word for words in self for word in words)

    @cached_property
    def run_together(self) -> Mapping[str, Words]:
        """Words as they are written without a space, peanutbutter, with those that they are."""
        return {"".join(words): words for words in self if len(words) > 1}


NOTHING_USUAL = Usual()


@dataclass(frozen=True, slots=True)
class CalledSo:
    """Something of ours under the names that it has.

    Parameters
    ----------
    item_id
        Its id.
    names
        Its own names, the surest first.
    base
        Name of the thing itself, whatever its state; blank for none.
    rank
        How usual it is: 1 everybody has it, 3 few.
    is_whole
        Whether only its whole name means it, as of a recipe: avocado toast is not that with eggs.
    """

    item_id: str
    names: tuple[str, ...]
    base: str = ""
    rank: int = 2
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class NameFound:
    """What a name may be.

    Parameters
    ----------
    item_ids
        Ids of what it may be, best first; empty where nothing is called so.
    sure
        How sure it is that it is among these [0 to 1].
    words
        The words by which they were found.
    """

    item_ids: tuple[str, ...]
    sure: float
    words: Words = ()


class NameReader:
    """Names of many things, and what is meant by a name.

    Parameters
    ----------
    called
        What there is.
    """

    def __init__(self, called: Iterable[CalledSo]) -> None:
        self.called = {thing.item_id: thing for thing in called}
        self._levels: tuple[dict[Words, list[str]], ...] = ({}, {}, {})
        self._full: dict[Words, list[str]] = {}  # words without those of state → ids
        self._spelled: dict[str, set[str]] = {}  # names and bases as texts → ids
        self._wordings: dict[frozenset[str], set[str]] = {}
        self._worded: dict[str, set[frozenset[str]]] = {}  # word → the wordings that have it
        self._named: dict[Words, list[str]] = {}
        self._holding: dict[str, set[Words]] = {}
        self._heads: dict[Words, set[str]] = {}
        self._joined: dict[str, Words] = {}
        for thing in self.called.values():
            whole = [name_words(name) for name in thing.names]
            parts = () if thing.is_whole else thing.names
            plain = [*whole, *(name_words(name.partition(",")[0]) for name in parts)]
            bare, base = [*map(without_state, plain)], name_words(thing.base)
            for level, words in zip(self._levels, (whole, bare, [base]), strict=True):
                for form in dict.fromkeys(map(in_order, filter(None, words))):
                    level.setdefault(form, []).append(thing.item_id)
            self._joined |= {"".join(words): words for words in plain if len(words) > 1}
            for name in {*thing.names} - {thing.item_id}:
                core = core_words(name)
                for said in (core, name_words(name), name_words(name.partition(",")[0])):
                    self._heads.setdefault(in_order(said), set()).update(core[-1:])
                plain.append(core)
            for form in dict.fromkeys(map(in_order, plain)):
                self._named.setdefault(form, []).append(thing.item_id)
                for word in form:
                    self._holding.setdefault(word, set()).add(form)
            self._note_spellings(thing.item_id, {*map(in_order, bare)}, in_order(base))
        for word in {word for words in aliases() for word in words}:
            self._holding.setdefault(word, set())

    def _note_spellings(self, item_id: str, full: set[Words], base: Words) -> None:
        for form in full:
            self._full.setdefault(form, []).append(item_id)
            self._wordings.setdefault(frozenset(form), set()).add(item_id)
            for word in form:
                self._worded.setdefault(word, set()).add(frozenset(form))
        for form in {*full, base}:
            self._spelled.setdefault(" ".join(form), set()).add(item_id)

    def find(self, name: str, known: Usual = NOTHING_USUAL) -> NameFound:
        """Describe what is meant by a name, sure or not.

        Parameters
        ----------
        name
            As it was written, without an amount.
        known
            What is usually meant by words: it comes before all others.
        """
        words, sure = name_words(name), read_words()["sure"]
        found = self._called(words, known, sure["called"])
        if found is not None:
            return found
        mended = self._mended(words, known)
        left = tuple(word for word in mended if self._is_known(word, known))
        tries = [(mended, sure["mended"])]
        is_mostly_known = 2 * len(left) >= len(mended)
        says_which = not {*without_talk(left)} <= word_sets()["kinds"]
        if mended and is_mostly_known and says_which and self._is_known(mended[-1], known):
            tries.append((left, sure["partly"]))
        for asked, how_sure in tries:
            found = self._called(asked, known, how_sure)
            if found is not None:
                return found
        return self._alike(without_talk(mended)) if left == mended else NameFound((), 0.0, left)

    def is_called(self, name: str, known: Usual = NOTHING_USUAL) -> bool:
        """Whether something has just this name, whatever its state; what is beside it counts."""
        words = name_words(name)
        beside = {word for one in read_words()["words"]["beside"] for word in plain_words(one)}
        found = self._called(words, known, 1.0)
        return found is not None and beside.intersection(words) <= {*found.words}

    def spelled(self, name: str) -> tuple[str, ...]:
        """Return ids of what has just this name in another spelling; no word of it is left out."""
        asked = in_order(name_words(name))
        meant = aliases().get(asked, asked)
        if any(map(str.isdigit, name)):
            return ()
        return next((tuple(level[meant]) for level in self._levels if meant in level), ())

    def rank(self, name: str) -> list[tuple[float, str]]:
        """Return ids with their likeness [0 to 1] to a name, best first and then the most usual."""
        forms = _asked(name_words(name))
        if not forms:
            return []
        from rapidfuzz import fuzz, process  # heavy, and not needed by other commands

        match, best = read_words()["match"], dict[str, float]()
        least, texts = match["least_shown"], [*self._spelled]
        like = process.cdist(
            [" ".join(form) for form in forms],
            texts,
            scorer=fuzz.ratio,
            score_cutoff=_FULL_SCORE * least / match["base"],
            dtype="float64",
        ).max(axis=0)
        scored = [(like[at] / _FULL_SCORE, self._spelled[texts[at]]) for at in like.nonzero()[0]]
        parts = [(match["part"], self._wordings[part]) for part in self._parts_of(forms)]
        for likeness, item_ids in (*scored, *parts):
            for item_id in item_ids:
                best[item_id] = max(float(likeness * match["base"]), best.get(item_id, 0.0))
        best |= {item_id: 1.0 for form in forms for item_id in self._full.get(form, ())}
        found = [(score, item_id) for item_id, score in best.items() if score >= least]
        return sorted(found, key=lambda pair: (-pair[0], self.called[pair[1]].rank, pair[1]))

    def _parts_of(self, forms: Iterable[Words]) -> set[frozenset[str]]:
        """Return the names that have all words of a form and more, or some of them and no other."""
        found = set[frozenset[str]]()
        for own in map(frozenset, forms):
            near = set[frozenset[str]]().union(*(self._worded.get(word, ()) for word in own))
            found |= {name for name in near if own < name or name < own}
        return found

    def holding(self, words: Words) -> list[str]:
        """Return ids of what has all these words in a name, the most usual first."""
        forms = set.intersection(*(self._holding.get(word, set()) for word in words or ("",)))
        held = {item_id for form in forms for item_id in self._named[form]}
        return sorted(held, key=lambda one: (self.called[one].rank, one))

    def _called(self, words: Words, known: Usual, sure: float) -> NameFound | None:
        for form in dict.fromkeys((words, without_talk(words))):
            for spoken in dict.fromkeys((form, without_state(form))):
                asked = in_order(spoken)
                meant = aliases().get(asked, asked)
                usual = known.get(spoken) or known.get(asked)
                if usual and usual[0] in self.called:
                    item_id, usually = usual
                    is_only = any(level.get(meant) == [item_id] for level in self._levels)
                    return NameFound((item_id,), sure if is_only else min(sure, usually), spoken)
                for level in self._levels:
                    if meant in level:
                        return NameFound(tuple(level[meant]), sure, spoken)
        return None

    def _mended(self, words: Words, known: Usual) -> Words:
        """Put known words for those that are not: such as make a name, or else the nearest."""
        near = [self._near_words(word, known, len(words) > 1) for word in words]
        for tried in islice(product(*near), _TRIED):
            mended = same_words(tuple(word for group in tried for word in group))
            if self._called(mended, known, 1.0) is not None:
                return mended
        strict = read_words()["match"]["mended"]
        nearest = (
            choice[0] if _likeness(word, choice[0]) >= strict else (word,)
            for word, choice in zip(words, near, strict=True)
        )
        return same_words(tuple(word for group in nearest for word in group))

    def _near_words(self, word: str, known: Usual, is_beside: bool) -> list[Words]:
        """Return known words that may be meant by one, the nearest first; a known one stays."""
        match = read_words()["match"]
        if self._is_known(word, known) or len(word) < match["mended_letters"]:
            return [(word,)]
        joined = self._joined.get(word) or known.run_together.get(word)
        if joined:
            return [joined]
        from rapidfuzz import fuzz, process  # heavy, and needed only after a typing error
        from rapidfuzz.distance import OSA

        vocabulary = [one for one in self._words_of(known) if one[0] == word[0]]
        slips = sum(len(word) >= least for least in match["slips_beside" if is_beside else "slips"])
        found = process.extract(
            word, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=match["shown"]
        )
        strict = process.extractOne(
            word, vocabulary, scorer=fuzz.ratio, score_cutoff=match["mended"]
        )
        near = [*([strict[0]] if strict else []), *(one[0] for one in found)]
        return [(other,) for other in dict.fromkeys(near)] or [(word,)]

    def _words_of(self, known: Usual) -> list[str]:
        return sorted({*self._holding, *known.words})

    def _is_known(self, word: str, known: Usual) -> bool:
        return word in self._holding or word in known.words or word in _listed_words()

    def _alike(self, asked: Words) -> NameFound:
        """Find the names that share most with what is asked, and the word that it ends with."""
        least, best = read_words()["match"]["least_alike"], dict[str, float]()
        if asked and asked[-1] in self._holding:
            whole = self._weight(asked)
            for form in self._holding[asked[-1]]:
                if not self._is_same_thing(asked, form):
                    continue
                shared = self._weight(word for word in form if word in asked)
                of_both = whole + self._weight(form)  # 0 where all names have all its words
                likeness = 2 * shared / of_both if of_both else 0.0
                for item_id in self._named.get(form, ()):
                    if self.called[item_id].is_whole:
                        continue
                    best[item_id] = max(likeness, best.get(item_id, 0.0))
        found = sorted(best, key=lambda one: (-best[one], self.called[one].rank, one))
        if not found or best[found[0]] < least:
            return NameFound((), 0.0, asked)
        top = best[found[0]]
        same = [one for one in found if best[one] > top - read_words()["match"]["clear_by"]]
        return NameFound(tuple(same), top * read_words()["sure"]["partly"], asked)

    def _is_same_thing(self, asked: Words, form: Words) -> bool:
        """Whether a name is what is asked, said with more or fewer words: no almond butter."""
        states = word_sets()["states"]
        own, other = {*asked} - states, {*form} - states
        return asked[-1] in self._heads.get(form, ()) and (own <= other or other <= own)

    def _weight(self, words: Iterable[str]) -> float:
        """Return the weight of words: rare ones tell more than those of many names."""
        total = len(self._named) + 1
        return sum(math.log(total / (1 + len(self._holding.get(word, ())))) for word in words)


def _likeness(word: str, other: Words) -> float:
    """Return how like two words are [0 to 100]; words that were written as one are alike."""
    from rapidfuzz import fuzz  # heavy, and needed only after a typing error

    return _FULL_SCORE if len(other) > 1 else fuzz.ratio(word, other[0])


@cache
def _listed_words() -> frozenset[str]:
    """Return the words of preparation, state and praise, and all others that are in a list."""
    return frozenset[str]().union(*word_sets().values())


@lru_cache(maxsize=1 << 13)
def core_words(name: str) -> Words:
    """Return the words of a name up to what goes with it; the thing itself stands last."""
    words = name_words(_HEAD.split(name.casefold())[0])
    behind = word_sets()["behind"]
    while len(words) > 1 and words[-1] in behind:
        words = words[:-1]
    return words


def food_reader(table: FoodTable) -> NameReader:
    """Return the reader of the names of all foods of a table; worked out once per table."""
    return reader_of(
        tuple((food.food_id, food.name, food.base, food.popularity, False) for food in table)
    )


@lru_cache(maxsize=8)
def reader_of(called: tuple[tuple[str, str, str, int, bool], ...]) -> NameReader:
    """Return the reader of things by (id, name, base, rank, whether only all of the name means it).

    It is worked out once for the same things.
    """
    return NameReader(
        CalledSo(item_id, (name, item_id), base, rank, is_whole)
        for item_id, name, base, rank, is_whole in called
    )


def _asked(words: Words) -> list[Words]:
    """Return the words that name a food, with and without those of preparation and state."""
    kept = without_talk(words)
    forms = [form for form in map(in_order, (words, kept, without_state(kept))) if form]
    meant = [aliases()[form] for form in forms if form in aliases()]
    return meant[:1] or list(dict.fromkeys(forms))
