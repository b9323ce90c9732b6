"""What a person takes already: supplements, antacids and laxatives, as a label says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType

from foods.nutrient import convert, known_nutrients, printed_unit
from foods.supplement import find_supplement
from planner.errors import ConfigError
from planner.safety.conditions import Person
from planner.safety.sentences import (
    ALLOWED,
    ASK,
    MAGNESIUM,
    REFUSED,
    VERDICTS,
    SafetyFinding,
    read_safety_settings,
    read_sentences,
    say,
    sentence_finding,
)
from planner.shops import named
from planner.standards.ids import standard_ids
from planner.standards.read import read_standard
from planner.standards.standard import BOTH_SEXES, PILL_BASES, ReferenceValue
from planner.wording import joined

INTAKE_KINDS = ("elemental", "compound")


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


_MAGNESIUM = "magnesium"
_LEVELS = ("UL", "SUL", "GUIDANCE_LEVEL", "SAFE_LEVEL", "MAX")
_ANY_OF_PILLS = (*PILL_BASES, "total", "folic_acid")
_RECOMMENDED, _OF_ALL = ("RDA", "PRI", "RNI", "AI"), ("total",)


@dataclass(frozen=True, slots=True)
class UpperLevel:
    """Most of a nutrient of supplements a day.

    Parameters
    ----------
    value
        Of magnesium from supplements, antacids and laxatives [mg/day]; of others in their unit.
    rule, source
        What it is and where it stands.
    """

    value: float
    rule: str
    source: str


def magnesium_upper_level(person: Person, standard_id: str) -> UpperLevel | None:
    """Return the upper level for a person; ``None`` where the standard gives none.

    Parameters
    ----------
    person
        Age, sex and state decide.
    standard_id
        A shipped standard, or the path of one's own.

    Raises
    ------
    ConfigError
        When the file of a person's own standard cannot be read.
    """
    return upper_level_of(_MAGNESIUM, person, standard_id, PILL_BASES)


def upper_level_of(
    nutrient: str, person: Person, standard_id: str, bases: tuple[str, ...] = _ANY_OF_PILLS
) -> UpperLevel | None:
    """Return the upper level of a nutrient as a standard names it; ``None`` where it gives none."""
    own = _values_for(person, standard_id, _LEVELS, bases, nutrient)
    if not own:
        return None
    lowest = min(own, key=lambda one: one.value)
    return UpperLevel(lowest.value, lowest.kind, read_standard(standard_id).cite(lowest))


def recommended_magnesium_mg(person: Person, standard_id: str) -> float:
    """Return the recommended magnesium [mg/day], the least where a standard gives several.

    Where it gives none at this age, the one of the usual standard; 0 where that gives none either.
    """
    for standard in (standard_id, standard_ids()[0]):
        if own := _values_for(person, standard, _RECOMMENDED, _OF_ALL):
            return min(value.value for value in own)
    return 0.0


def _values_for(
    person: Person,
    standard_id: str,
    kinds: tuple[str, ...],
    bases: tuple[str, ...],
    nutrient: str = _MAGNESIUM,
) -> list[ReferenceValue]:
    """Return the values that hold for a person: those of the state, else those of none."""
    found = [
        value
        for value in read_standard(standard_id).values
        if (value.nutrient == nutrient and value.kind in kinds and value.applies_to in bases)
        and (value.sex in (BOTH_SEXES, person.sex) and value.covers_age(person.age_y))
        and not value.condition
    ]
    own = [value for value in found if value.state == person.state]
    return own or [value for value in found if value.state == "none"]


def judge_nutrients(
    person: Person, findings: Iterable[SafetyFinding], forbidden: frozenset[str]
) -> Mapping[str, str]:
    """Return nutrient key → ``allowed``, ``ask`` or ``refused``.

    Parameters
    ----------
    person
        Who asks; a state may be the only one in which a plan chooses a nutrient.
    findings
        Everything that rules say.
    forbidden
        Nutrients of which a rule allows no supplement.
    """
    told = tuple(findings)
    known = read_safety_settings("nutrients")["known"]  # magnesium first
    return MappingProxyType({key: _judge(key, person, told, forbidden) for key in known})


def is_only_about_magnesium(code: str) -> bool:
    """Whether the finding with this code says nothing about other nutrients."""
    return code in read_safety_settings("nutrients")["only_magnesium"]


def who_advises(nutrient: str) -> str:
    """Describe who is to be asked about a nutrient, whatever the rules say; empty for most."""
    return str(read_safety_settings("nutrients")["who"].get(nutrient, ""))


def _judge(
    nutrient: str, person: Person, findings: Iterable[SafetyFinding], forbidden: frozenset[str]
) -> str:
    verdicts = [verdict for finding in findings for verdict in _verdicts(nutrient, finding)]
    if nutrient in forbidden:
        verdicts.append(REFUSED)
    states = read_safety_settings("nutrients")["only_in_state"].get(nutrient)
    if states is not None and person.state not in states:
        verdicts.append(ASK)
    return max(verdicts, key=VERDICTS.index, default=ASK)


def _verdicts(nutrient: str, finding: SafetyFinding) -> Iterator[str]:
    is_silent = nutrient != MAGNESIUM and is_only_about_magnesium(finding.code)
    yield ALLOWED if is_silent else finding.verdict
    asked = read_safety_settings("nutrients")["asked"]
    if any(nutrient in asked.get(action, (action,)) for action in finding.actions):
        yield ASK


FEWER_PILLS = "fewer_pills"
OVER, FAR_OVER, FAR_OVER_CHILD = "pills_over", "pills_far_over", "pills_far_over_child"
HELD = "pills_held"
ZINC_DOSE, CALCIUM_PILLS = "zinc_dose", "calcium_pills_above_4"
WEEKS_TO_NORMAL, READ_LEAFLET = "weeks_to_normal", "read_leaflet"
WARNING = "warning"

_HALF = "half of {name} would leave {left_mg:.0f} mg"
_NONE = "without {name} it would be {left_mg:.0f} mg"
_TOXIC = "toxic_dose"  # of magnesium
_ZINC, _CALCIUM = "zinc_mg", "calcium_mg"


def pill_findings(
    person: Person, standard_id: str, supplements: Sequence[SupplementIntake]
) -> Iterator[SafetyFinding]:
    """Ask about much zinc, and warn of more calcium than the magnesium of a day bears."""
    zinc_mg = _in_pills(_ZINC, supplements)
    above_mg = read_sentences()[ZINC_DOSE].figures["above_mg"]
    if zinc_mg > above_mg:
        text = say(ZINC_DOSE, zinc_mg=zinc_mg, above_mg=above_mg)
        text = joined([text, "Ask your pharmacist or doctor."])
        yield sentence_finding(ZINC_DOSE, ASK, level=WARNING, text=text)
    if warned := _calcium_text(person, standard_id, supplements):
        yield sentence_finding(CALCIUM_PILLS, ALLOWED, level=WARNING, text=warned)
    yield from _over_findings(person, standard_id, supplements)


def over_said(key: str, held: float, upper: float, age_y: float) -> tuple[str, str]:
    """Describe by how much pills exceed a level, and whom to ask how soon.

    Parameters
    ----------
    key
        Nutrient.
    held, upper
        What pills hold of it on a day, and the level [its unit].
    age_y
        Who takes them.

    Returns
    -------
    tuple[str, Said]
        The id of the sentence, and the sentence.
    """
    sentences, code, nutrient = read_sentences(), OVER, known_nutrients()[key]
    child, far = sentences[FAR_OVER_CHILD].figures, sentences[FAR_OVER].figures["times"] * upper
    if key == MAGNESIUM:
        far = sentences[_TOXIC].figures["above_mg"]
    if key == MAGNESIUM and upper == 0:
        code = HELD
    elif age_y < child["below_age_y"]:
        code = FAR_OVER_CHILD if held > child["times"] * upper else OVER
    elif held > far:
        code = FAR_OVER
    amount = f"{{amount:,.{nutrient.decimals}f}}".format(amount=float(held))
    figures = {"unit": printed_unit(nutrient.unit), "upper": float(upper)}
    return code, say(code, name=nutrient.name, amount=amount, **figures)


def _over_findings(
    person: Person, standard_id: str, supplements: Sequence[SupplementIntake]
) -> Iterator[SafetyFinding]:
    """Yield which pills, magnesium aside, exceed an upper level; if by far, all are asked about."""
    for key, name in read_safety_settings("nutrients")["level_of"].items():
        amount = sum(one.nutrient_per_day for one in supplements if one.nutrient == key)
        upper = upper_level_of(name, person, standard_id)
        if upper is None or amount < upper.value:
            continue
        code, text = over_said(key, amount, upper.value, person.age_y)
        verdict = ALLOWED if code == OVER else ASK
        found = sentence_finding(code, verdict, level=WARNING, text=text, actions=(key,))
        yield replace(found, source=upper.source)


def fewer_pills(
    supplements: Iterable[SupplementIntake], upper_mg: float
) -> Iterator[SafetyFinding]:
    """Yield by how much pills exceed their upper level, and what to leave out or halve instead."""
    taken: dict[str, float] = {}
    for supplement in supplements:
        if supplement.nutrient == MAGNESIUM:
            label = find_supplement(supplement.name).label
            taken[label] = taken.get(label, 0.0) + supplement.elemental_mg_per_day
    over_mg = sum(taken.values()) - upper_mg
    if over_mg <= 0:
        return
    ways = []
    for label, amount_mg in taken.items():
        if amount_mg / 2 >= over_mg:
            ways.append(_HALF.format(name=named(label), left_mg=upper_mg + over_mg - amount_mg / 2))
        elif amount_mg >= over_mg:
            ways.append(_NONE.format(name=named(label), left_mg=upper_mg + over_mg - amount_mg))
    ways = ways or ["no single one of them left out would be enough"]
    text = say(FEWER_PILLS, over_mg=over_mg, ways="; ".join(ways))
    yield sentence_finding(FEWER_PILLS, ASK, level=WARNING, text=text)


def pill_advice(
    supplements: Sequence[SupplementIntake], nutrients: Mapping[str, str]
) -> Iterator[SafetyFinding]:
    """Describe what goes with a pill that is taken, or may be by what is said of its nutrient."""
    if supplements or ALLOWED in nutrients.values():
        yield sentence_finding(READ_LEAFLET, ALLOWED)
    taken = magnesium_pills(supplements)
    if nutrients[MAGNESIUM] == ALLOWED and is_said_of(WEEKS_TO_NORMAL, taken):
        yield sentence_finding(WEEKS_TO_NORMAL, ALLOWED)


def is_said_of(sentence_id: str, compounds: Iterable[str]) -> bool:
    """Whether a sentence speaks of a compound of magnesium among ``compounds``."""
    words = read_sentences()[sentence_id].compounds
    return any(word in name.casefold() for name in compounds for word in words)


def magnesium_pills(supplements: Iterable[SupplementIntake]) -> tuple[str, ...]:
    """Name the compounds of magnesium among what is taken."""
    return tuple(one.compound for one in supplements if one.nutrient == MAGNESIUM)


def _calcium_text(person: Person, standard_id: str, supplements: Sequence[SupplementIntake]) -> str:
    """State that calcium pills alone outweigh the magnesium of a day; empty where they do not.

    The magnesium is what the standard recommends and what pills hold; who eats less is further off.
    A baby for whom nothing is recommended is refused every pill anyway.
    """
    calcium_mg = _in_pills(_CALCIUM, supplements)
    magnesium_mg = recommended_magnesium_mg(person, standard_id) + _in_pills(MAGNESIUM, supplements)
    limit = read_sentences()[CALCIUM_PILLS].figures["limit"]
    if not magnesium_mg or calcium_mg <= limit * magnesium_mg:
        return ""
    ratio = calcium_mg / magnesium_mg
    figures = {"calcium_mg": calcium_mg, "magnesium_mg": magnesium_mg}
    return say(CALCIUM_PILLS, ratio=ratio, limit=limit, **figures)


def _in_pills(nutrient: str, supplements: Iterable[SupplementIntake]) -> float:
    return sum(one.elemental_mg_per_day for one in supplements if one.nutrient == nutrient)
