"""What is said of pills for what they hold: how much zinc or calcium, and which compound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.language.spoken import joined_said, said
from planner.safety.finding import ALLOWED, ASK, MAGNESIUM, SafetyFinding
from planner.safety.intake import SupplementIntake
from planner.safety.person import Person
from planner.safety.sentences import read_sentences, say, sentence_finding
from planner.safety.upper import recommended_magnesium_mg

ZINC_DOSE, CALCIUM_PILLS = "zinc_dose", "calcium_pills_above_4"
WEEKS_TO_NORMAL, READ_LEAFLET = "weeks_to_normal", "read_leaflet"
WARNING = "warning"

_ZINC, _CALCIUM = "zinc_mg", "calcium_mg"


def pill_findings(
    person: Person, standard_id: str, supplements: Sequence[SupplementIntake]
) -> Iterator[SafetyFinding]:
    """Ask about much zinc, and warn of more calcium than the magnesium of a day bears."""
    zinc_mg = _in_pills(_ZINC, supplements)
    above_mg = read_sentences()[ZINC_DOSE].figures["above_mg"]
    if zinc_mg > above_mg:
        text = say(ZINC_DOSE, zinc_mg=zinc_mg, above_mg=above_mg)
        text = joined_said([text, said("Ask your pharmacist or doctor.")])
        yield sentence_finding(ZINC_DOSE, ASK, level=WARNING, text=text)
    if warned := _calcium_text(person, standard_id, supplements):
        yield sentence_finding(CALCIUM_PILLS, ALLOWED, level=WARNING, text=warned)


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
