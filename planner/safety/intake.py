"""What a person takes already: supplements, antacids and laxatives, as a label says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from itertools import chain
from typing import Any

from foods.errors import FoodNotFoundError
from foods.nutrient import convert, known_nutrients, printed_unit
from foods.supplement import find_supplement, read_supplements
from planner.errors import ConfigError
from planner.faults import fault
from planner.settings import read_rows, read_settings

INTAKE_KINDS = ("elemental", "compound")

_PHRASE = re.compile(
    r"(?P<name>.+):\s*(?P<amount>\d+(?:\.\d*)?|\.\d+)\s*(?P<unit>mg|ug|µg|mcg|iu|ie)"
    r"(?:[_ ](?P<kind>elemental|compound))?"
    r"(?:\s*x\s*(?P<times>\d+(?:\.\d*)?|\.\d+))?(?:\s*per day)?",
    re.IGNORECASE,
)
_DOSE = (
    r"(?P<amount>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?P<unit>mg|ug|µg|mcg|iu|ie)"
    r"(?:[_\s]\(?(?P<kind>elemental|compound)\)?)?"
)
_SAID = tuple(
    re.compile(one, re.IGNORECASE)
    for one in (rf"{_DOSE}\s+(?:of\s+)?(?P<name>.+)", rf"(?P<name>.+?)[\s,:]+{_DOSE}")
)
_INTERNATIONAL = ("iu", "ie")  # and in German
_THOUSAND = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?!\d)")  # or one with three decimals
_BETWEEN = re.compile(r"[\s-]+")
_FORM = re.compile(
    r"\s+(?:(?:supplement|tablet|capsule|pill)s?|tabletten?|kapseln?|pillen?)$", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:an?|my|eine?|meine?)\s+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d][^:]*")
_NO_UNIT = re.compile(r"(?P<name>[^\d:]+?)[\s:]+(?P<amount>\d{2,}(?:\.\d+)?)(?:\s+[^\W\d]+)?")
_LABEL = (
    'write "{name}:{amount:g}mg_elemental" where the label says so much of the mineral itself, '
    '"{name}:{amount:g}mg_compound" where it says so much {name}'
)
_AS_SOLD = 'write "{name}:{amount:g} {unit}"'
_EXAMPLE = (
    'write "magnesium citrate:100mg_elemental", "magnesium oxide:400mg_compound x2" or '
    '"vitamin D3:1000 IU"'
)


@dataclass(frozen=True, slots=True)
class SupplementIntake:
    """One supplement, antacid or laxative that is taken.

    Parameters
    ----------
    name
        Compound, or another name that labels use: a row of ``foods/data/supplements.csv``.
    amount_mg
        Mass of one dose [mg].
    kind
        ``"elemental"``: mass of the element itself; ``"compound"``: mass of the whole salt.
    per_day
        Doses a day.

    Raises
    ------
    ConfigError
        When an amount is not above 0, or the kind is unknown.
    """

    name: str
    amount_mg: float
    kind: str = "elemental"
    per_day: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in INTAKE_KINDS or not (self.amount_mg > 0 and self.per_day > 0):
            taken = "{name}: {amount_mg:g} mg {kind}, {per_day:g} a day"
            kinds = " or ".join(INTAKE_KINDS)
            remedy = f"give amounts above 0, counted as {kinds}"
            raise ConfigError(taken.format(**asdict(self)), "supplements", remedy)

    @property
    def compound(self) -> str:
        """Name of the compound as the table writes it."""
        return find_supplement(self.name).name

    @property
    def nutrient(self) -> str:
        """Nutrient key that the compound supplies, such as ``"magnesium_mg"``."""
        return find_supplement(self.name).nutrient

    @property
    def elemental_mg_per_dose(self) -> float:
        """Mass of the element in one dose [mg]; a vitamin counts as itself."""
        if self.kind == "elemental":
            return self.amount_mg
        elemental_mg = find_supplement(self.name).elemental_mg(self.amount_mg)
        return self.amount_mg if elemental_mg is None else elemental_mg

    @property
    def elemental_mg_per_day(self) -> float:
        """Mass of the element in all doses of a day [mg]."""
        return self.elemental_mg_per_dose * self.per_day

    @property
    def nutrient_per_day(self) -> float:
        """Amount of ``nutrient`` in all doses of a day [the nutrient's unit]."""
        return convert(self.elemental_mg_per_day, "mg", known_nutrients()[self.nutrient].unit)

    @property
    def dose_text(self) -> str:
        """How much one dose is, as declared: the element, and the salt where that was said."""
        nutrient = known_nutrients()[self.nutrient]
        amount = convert(self.elemental_mg_per_dose, "mg", nutrient.unit)
        unit, name = printed_unit(nutrient.unit), nutrient.name.lower()
        pattern = "{amount:.4g} {printed_unit} of {name}"
        element = pattern.format(amount=amount, printed_unit=unit, name=name)
        if self.kind == "elemental":
            return element
        salt = "{element} ({amount_mg:g} mg of {compound})"
        return salt.format(element=element, amount_mg=self.amount_mg, compound=self.compound)


def intake_said(text: str) -> tuple[str, float, str] | None:
    """Give compound, amount and unit of ``"200 mg magnesium glycinate"``, in either order.

    ``None`` where it is no compound with its amount: the whole name must be one of the table.
    """
    known = frozenset(chain.from_iterable(one.called for one in read_supplements().values()))
    for found in filter(None, (one.fullmatch(text.strip()) for one in _SAID)):
        bare, _space, last = " ".join(found["name"].split()).rpartition(" ")
        kind = found["kind"] or (last if last.casefold() in INTAKE_KINDS else "")
        name = _FORM.sub("", bare if kind and not found["kind"] else f"{bare} {last}".strip())
        name = _english_name(name)
        if name.casefold() in known:
            unit = "_".join(filter(None, (found["unit"], kind)))
            return name, float(found["amount"].replace(",", "")), unit.lower()
    return None


def _english_name(name: str) -> str:
    """Give the English name of a compound that another language has: ``"Magnesium-Citrat"``.

    A part of a name means it where no other one has it: ``"Bittersalz"``.
    """
    key, others = _joined(name), _other_names()
    called = {key} & others.keys() or {one for one in others if key in one}
    return others[called.pop()] if len(called) == 1 else name


@cache
def _other_names() -> Mapping[str, str]:
    return {
        _joined(row["word"]): row["english"] for row in read_rows("safety/foreign_supplements.csv")
    }


def _joined(name: str) -> str:
    return _BETWEEN.sub("", name.casefold())


def write_intakes(taken: Sequence[Mapping[str, Any]], _table: Mapping[str, Any]) -> Iterator[str]:
    """Write supplements, in the shape of the request file, as ``read_intake`` reads them."""
    for one in taken:
        own = SupplementIntake(**one)
        yield f"{own.name}:{own.amount_mg:g}mg_{own.kind} x{own.per_day:g}"


def read_intake(text: str) -> SupplementIntake:
    """Read ``"magnesium oxide:400mg_compound x2"`` or ``"vitamin D3:1000 IU"``.

    Raises
    ------
    ConfigError
        When the text has another form; a label's milligrams without ``elemental`` or ``compound``
        are asked about, never guessed, unless the compound is a vitamin.
    FoodNotFoundError
        When the amount cannot be read without knowing the compound, and none has this name.
    """
    found = _PHRASE.fullmatch(text.strip())
    if _THOUSAND.search(text):
        raise fault(ConfigError, "supplement_thousand", text=text)
    if found is None:
        if not (way := _as_label(text)):
            _check_unit(text)
        what = f"{text!r} is not a supplement with its amount"
        raise ConfigError(what, remedy=way or _with_amount(text) or _EXAMPLE)
    name, kind = _english_name(found["name"].strip()), (found["kind"] or "").lower()
    if not kind and find_supplement(name).elemental_fraction is not None:
        raise ConfigError(
            f"{text!r}: is this the mass of the element or of the whole compound?",
            remedy="read the label, then write mg_elemental or mg_compound",
        )
    amount_mg = _mass_mg(float(found["amount"]), found["unit"].lower(), name)
    return SupplementIntake(name, amount_mg, kind or "elemental", float(found["times"] or 1))


def _as_label(text: str) -> str:
    """Give how a compound that is named with its amount is written; empty where none is."""
    sold_as: Mapping[str, str] = read_settings("supplements.toml")["sold_as"]
    whole = re.sub(r"[^\W\d]+", lambda one: sold_as.get(one[0].casefold(), one[0]), text, count=1)
    label = intake_said(text) or intake_said(whole)
    if label is None:
        return ""
    name, amount, unit = label
    if unit == "mg" and find_supplement(name).elemental_fraction is not None:
        return _LABEL.format(name=name, amount=amount)
    unit = unit.upper() if unit in _INTERNATIONAL else unit
    return _AS_SOLD.format(name=name, amount=amount, unit=unit)


def _check_unit(text: str) -> None:
    """Refuse a known name with an amount that has no unit, and say how it is written with one."""
    found = _NO_UNIT.fullmatch(text.strip())
    if found is None:
        return
    for bare in (found["name"], found["name"].split()[0]):  # a brand may stand behind
        with suppress(FoodNotFoundError):
            label = _labelled(_sold_as(bare), found["amount"])
            what = "{text!r}: the unit of {amount} is missing".format(
                **found.groupdict(), text=text
            )
            raise ConfigError(what, remedy=label)


def _sold_as(bare: str) -> str:
    sold_as: Mapping[str, str] = read_settings("supplements.toml")["sold_as"]
    return sold_as.get(bare.casefold()) or _english_name(bare)


def _with_amount(text: str) -> str:
    """Give how a compound that is named alone is written, with an amount that shops sell.

    Empty where more stands there than a name.

    Raises
    ------
    FoodNotFoundError
        When no compound is called so, or several are.
    """
    name = _sold_as(_FORM.sub("", _ARTICLE.sub("", text.strip(" :"))))
    return _labelled(name) if _NAME.fullmatch(name) else ""


def _labelled(name: str, said_as: str = "") -> str:
    """Give how a compound is written with an amount in the unit of labels: that which is said."""
    own = find_supplement(name)
    amount = read_settings("supplements.toml")["label"][own.nutrient]
    unit = known_nutrients()[own.nutrient].unit
    if own.ug_per_iu:
        amount, unit = amount / own.ug_per_iu, _INTERNATIONAL[0]
    return _as_label(f"{said_as or f'{amount:g}'} {unit} {name}")


def _mass_mg(amount: float, unit: str, name: str) -> float:
    """Give the mass of an amount on a label [mg]; only some vitamins have international units."""
    if unit not in _INTERNATIONAL:
        return convert(amount, unit, "mg")
    ug_per_iu = find_supplement(name).ug_per_iu
    if ug_per_iu is None:
        raise ConfigError(f"{name}: no international units", remedy=_EXAMPLE)
    return convert(amount * ug_per_iu, "ug", "mg")
