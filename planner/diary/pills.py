"""Lines of a diary that are pills: read where it is sure how much of what, else asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from foods.nutrient import convert, known_nutrients
from foods.supplement import Supplement, atomic_masses, count_atoms, molar_mass_g_mol
from foods.supplement import read_supplements as compounds
from planner.settings import read_settings

_FILE = "pills.toml"
_DOSE = re.compile(
    r"(?<![\w.,])(?P<amount>\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?)\s*"
    r"(?P<unit>mg|ug|mcg|iu|ie|g|ml|tsp|teaspoons?|tl|tbsp|tablespoons?|el)\b"
)
_COUNT = re.compile(r"(?<![\w.,])(?:x\s*)?(\d+)(?:\s*x)?(?![\w.,])")
_WORD = re.compile(r"[^\W\d_]\w*")
_UNSURE = re.compile(r"\b\d{1,3}\.\d{3}(?!\d)")  # a thousand to some, one to others
_JOINED = re.compile(r",\s|[+&;/]|\b(?:and|with|und|mit)\b", re.IGNORECASE)
_SMALL = ("mg", "ug", "mcg", "iu", "ie")
_AS_MASS = {"ug": "ug", "mcg": "ug", "mg": "mg", "g": "g"}
_ASKED = (
    "looks like a supplement, and is not counted: write it with what its label says, such as "
    "`magnesium citrate 100 mg elemental`, `ferrous sulfate 200 mg compound x 2` or "
    "`vitamin D3 1000 IU`"
)
_WHICH = (
    "looks like a supplement, and is not counted: is this the mass of the element or of the whole "
    "compound? Write `elemental` or `compound` behind it"
)


@dataclass(frozen=True, slots=True)
class PillLine:
    """What a line says of a pill.

    Parameters
    ----------
    nutrients
        Nutrient key → amount [its unit] that the line holds; where it is asked about, at least.
    compound
        Its compound; ``None`` where none or an unknown one is named.
    why
        What is asked; empty where it counts.
    """

    nutrients: Mapping[str, float] = field(default_factory=dict)
    compound: Supplement | None = None
    why: str = ""

    @property
    def is_element(self) -> bool:
        """Whether it counts, and names an element or vitamin without its compound."""
        return not self.why and self.compound is None


@dataclass(frozen=True, slots=True)
class _Line:
    doses: tuple[tuple[float, str], ...]
    counts: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        rule = read_settings(_FILE)["words"]
        told = [word for word in self.words if word not in (*rule["forms"], *rule["may"])]
        bare = [word for word in told if word not in rule["beside"]]
        return " ".join(told if " ".join(told) in _names() else bare)

    def has(self, *lists: str) -> bool:
        rule = read_settings(_FILE)["words"]
        return any(not {*rule[key]}.isdisjoint(self.words) for key in lists)

    @property
    def times(self) -> float:
        return float(self.counts[0]) if len(self.counts) == 1 else 1.0


def read_pill(text: str) -> PillLine | None:
    """Read a line as a pill; ``None`` where nothing in it looks like one.

    Only an element or vitamin, or a compound of which is said what is meant, counts: with one dose
    and no word that is not understood.
    """
    line = _parted(text)
    if not _is_pill(line):
        return None
    if line.has("outside"):
        return PillLine(why=_ASKED)
    if line.doses[1:]:
        return PillLine(_of_parts(text), None, _ASKED)
    is_exact = len(line.doses) == 1 and not line.counts[1:] and line.name in _names()
    is_exact = is_exact and not _UNSURE.search(text)
    name = line.name if is_exact else _within(line)
    if not line.doses or not name:
        return PillLine(why=_ASKED)
    return _held(line, name, is_exact)


def _of_parts(text: str) -> dict[str, float]:
    """Return what several pills of a line hold together, at least: ``zinc 5 mg and iron 65 mg``."""
    sums: dict[str, float] = {}
    for part in filter(lambda one: one != text, _JOINED.split(text)):
        pill = read_pill(part)
        for key, amount in (pill.nutrients if pill else {}).items():
            sums[key] = sums.get(key, 0.0) + amount
    return sums


def has_words(text: str, phrases: list[str]) -> bool:
    """Whether a line has one of these names, as whole words."""
    told = f" {' '.join(_WORD.findall(_plain(text)))} "
    return any(f" {phrase} " in told for phrase in phrases)


def _plain(text: str) -> str:
    """Write a text in small letters, signs of micro as ``u``, and names of vitamins in one."""
    plain = re.sub(r"[µμ]", "u", text.casefold()).replace("_", " ").replace("×", "x")
    plain = re.sub(r"['\u2019.](?=\s|s\b|$)", "", plain)
    return re.sub(r"\b([abdk])[\s-]([12369]|12)\b(?!\s*(?:x|mg|ug|g|iu)\b)", r"\1\2", plain)


def _parted(text: str) -> _Line:
    plain = _plain(text)
    found = [*_DOSE.finditer(plain)]
    doses = tuple((_number(match["amount"]), match["unit"]) for match in found)
    rest = _DOSE.sub(" ", plain)
    words = _WORD.findall(_COUNT.sub(" ", rest))
    return _Line(doses, tuple(_COUNT.findall(rest)), tuple(words))


def _number(text: str) -> float:
    is_thousands = re.fullmatch(r"\d{1,3}(?:,\d{3})+", text)
    return float(text.replace(",", "" if is_thousands else "."))


def _is_pill(line: _Line) -> bool:
    rule = read_settings(_FILE)["words"]
    told = " ".join(line.words)
    spooned = [one for one in compounds().values() if one.name in read_settings(_FILE)["spooned"]]
    if line.name in _names() or has_words(told, rule["others"]):
        return True
    if any(has_words(told, [*supplement.called]) for supplement in spooned):
        return True
    if line.has("forms") and not line.has("unless"):
        return True
    is_small = any(unit in _SMALL for _, unit in line.doses)
    return (is_small or line.has("may")) and (bool(_within(line)) or line.has("broad"))


@cache
def _names() -> frozenset[str]:
    """Return all names that pills are known by."""
    rule = read_settings(_FILE)
    called = {name for compound in compounds().values() for name in compound.called}
    return frozenset({*rule["nutrients"], *rule["asked_compounds"], *called})


def _within(line: _Line) -> str:
    """Return the longest name of what pills hold that stands in a line; empty for none."""
    told = " ".join(line.words)
    return max((name for name in _names() if has_words(told, [name])), key=len, default="")


def _held(line: _Line, name: str, is_exact: bool) -> PillLine:
    """Describe what one dose of something is, as often as the line says it."""
    rule = read_settings(_FILE)
    compound = next((one for one in compounds().values() if name in one.called), None)
    mg = _dose_mg(line.doses[0], name, compound)
    if mg is None:
        return PillLine(why=_ASKED)
    mg *= line.times
    asked = _ASKED if not is_exact else ""
    if (keys := rule["nutrients"].get(name)) is not None:
        asked = asked or (_WHICH if "compound" in line.words else "")
        return PillLine({key: _in_unit(mg, key) for key in keys}, None, asked)
    if compound is None:
        row = rule["asked_compounds"][name]
        key, share = row["nutrient"], _share(row["formula"], row["nutrient"])
        return PillLine({key: _in_unit(mg * share, key)}, None, _ASKED)
    is_told = compound.elemental_fraction is None or compound.name in rule["spooned"]
    is_told = is_told or "elemental" in line.words or "compound" in line.words
    if "elemental" not in line.words:
        mg *= compound.elemental_fraction or 1.0
    asked = asked or ("" if is_told else _WHICH)
    return PillLine({compound.nutrient: _in_unit(mg, compound.nutrient)}, compound, asked)


def _dose_mg(dose: tuple[float, str], name: str, compound: Supplement | None) -> float | None:
    """Return a dose in milligrams; ``None`` where its unit says nothing of this."""
    amount, unit = dose
    rule = read_settings(_FILE)
    if unit in _AS_MASS:
        return convert(amount, _AS_MASS[unit], "mg")
    if unit in ("iu", "ie"):
        ug = compound.ug_per_iu if compound else rule["ug_per_iu"].get(name)
        return convert(amount * ug, "ug", "mg") if ug else None
    each = rule["spooned"].get(compound.name) if compound else None
    return amount * rule["spoons"][unit] * each if each else None


def _share(formula: str, nutrient: str) -> float:
    element = known_nutrients()[nutrient].element
    return count_atoms(formula)[element] * atomic_masses()[element] / molar_mass_g_mol(formula)


def _in_unit(mg: float, key: str) -> float:
    return convert(mg, "mg", known_nutrients()[key].unit)
