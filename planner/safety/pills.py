"""What is said of pills for what they hold: how much of a mineral, and which compound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from foods.nutrient import known_nutrients, printed_unit
from foods.supplement import find_supplement
from planner.safety.finding import ALLOWED, ASK, MAGNESIUM, SafetyFinding
from planner.safety.intake import SupplementIntake
from planner.safety.person import Person
from planner.safety.read import read_safety_settings
from planner.safety.sentences import read_sentences, say, sentence_finding
from planner.safety.upper import recommended_magnesium_mg, upper_level_of
from planner.shops import named
from planner.wording import joined

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
    """Say by how much pills exceed a level, and whom to ask how soon.

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
    """Say which pills, magnesium aside, exceed an upper level; all are asked about if by far."""
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
    """Say by how much pills exceed their upper level, and what left out or halved would not."""
    taken: dict[str, float] = {}
    for one in supplements:
        if one.nutrient == MAGNESIUM:
            label = find_supplement(one.name).label
            taken[label] = taken.get(label, 0.0) + one.elemental_mg_per_day
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
    """Say what goes with a pill that is taken, or may be by what is said of its nutrient."""
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
    """Say that calcium pills alone outweigh the magnesium of a day; empty where they do not.

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
