"""What is said of a diary before all else: pills above an upper level, and what is dangerous."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from foods.nutrient import known_nutrients
from planner.diary.diary import Diary, DiaryDay
from planner.diary.pills import has_words
from planner.language.spoken import said
from planner.request.request import PlanRequest
from planner.safety.intake import SupplementIntake
from planner.safety.patient import Patient
from planner.safety.pills import FAR_OVER, FAR_OVER_CHILD, OVER
from planner.safety.sentences import read_sentences, say
from planner.settings import read_settings
from planner.targets.target import Target
from planner.targets.words import said_on, said_unit

_TOXIC, _POTASSIUM = "toxic_dose", "potassium_pills"
_MAGNESIUM, _POTASSIUM_MG = "magnesium_mg", "potassium_mg"


@dataclass(frozen=True, slots=True)
class Danger:
    """Something that is said first: the id of its sentence, its text and source."""

    code: str
    text: str
    source: str


@cache
def said_first() -> tuple[str, ...]:
    """Give the ids of all that is said first, the most urgent ones in front."""
    warned = (one["sentence"] for one in read_settings("pills.toml")["warned"])
    return (_POTASSIUM, FAR_OVER_CHILD, FAR_OVER, OVER, *warned)


def dangers(
    diary: Diary,
    request: PlanRequest,
    targets: Iterable[Target],
    beside: Sequence[SupplementIntake],
) -> Iterator[Danger]:
    """Say which pills of a day exceed a level, and what else of a diary is dangerous.

    Parameters
    ----------
    diary, request, targets
        What was eaten, by whom, and the bands.
    beside
        Pills that are taken each day and stand in no line.
    """
    most = _most_held(diary.days, beside)
    potassium = read_sentences()[_POTASSIUM]
    if most.get(_POTASSIUM_MG, 0.0) > potassium.figures["above_mg"]:
        text = say(_POTASSIUM, held_mg=most[_POTASSIUM_MG], above_mg=potassium.figures["above_mg"])
        yield Danger(_POTASSIUM, text, potassium.source)
    slack = 1 + read_settings("check.toml")["tolerance"]["sum"]
    for one in targets:
        held = most.get(one.nutrient, 0.0)
        is_level = one.period == "day" and one.basis != "food" and one.upper is not None
        if is_level and one.nutrient in known_nutrients() and held > (one.upper or 0.0) * slack:
            yield _over(one, held, request)
    yield from _warned(diary, request.patient)


def _over(target: Target, held: float, request: PlanRequest) -> Danger:
    """Say by how much a level is exceeded, and whom to ask how soon."""
    code, upper = OVER, target.upper or 0.0
    sentences, age_y = read_sentences(), request.profile.age_y
    child, far = sentences[FAR_OVER_CHILD].figures, sentences[FAR_OVER].figures["times"] * upper
    if target.nutrient == _MAGNESIUM:
        far = sentences[_TOXIC].figures["above_mg"]
    if age_y < child["below_age_y"]:
        code = FAR_OVER_CHILD if held > child["times"] * upper else OVER
    elif held > far:
        code = FAR_OVER
    digits = known_nutrients()[target.nutrient].decimals
    amount = said(f"{{amount:,.{digits}f}}", amount=float(held))
    name, unit = said_on(target.nutrient), said_unit(target.nutrient)
    text = say(code, name=name, amount=amount, unit=unit, upper=float(upper))
    return Danger(code, text, target.source)


def _most_held(days: Sequence[DiaryDay], beside: Sequence[SupplementIntake]) -> dict[str, float]:
    """Give the most of each nutrient that the pills of a day hold, at least [its unit]."""
    most: dict[str, float] = {}
    for day in days:
        sums: dict[str, float] = {}
        held: list[Mapping[str, float]] = [one.nutrients for one in day.entries()]
        for nutrients in (*held, *({one.nutrient: one.nutrient_per_day} for one in beside)):
            for key, amount in nutrients.items():
                sums[key] = sums.get(key, 0.0) + amount
        most |= {key: max(amount, most.get(key, 0.0)) for key, amount in sums.items()}
    return most


def _warned(diary: Diary, patient: Patient) -> Iterator[Danger]:
    """Name what in a diary harms some people, or acts on medicines."""
    held = {one.effect_id for one in patient.effects}
    held |= {row.interaction_id for drug in patient.medicines for row in drug.interactions}
    for rule in read_settings("pills.toml")["warned"]:
        states, ids, most_y = (rule.get(key) for key in ("states", "held", "below_age_y"))
        is_meant = patient.person.state in (states or ()) or not held.isdisjoint(ids or ())
        is_meant |= patient.person.age_y < (most_y or 0)
        written = {one.written for one in diary.entries() if has_words(one.written, rule["words"])}
        if written and (is_meant or not (states or ids or most_y)):
            sentence = read_sentences()[rule["sentence"]]
            text = say(rule["sentence"], names=", ".join(sorted(written)))
            yield Danger(rule["sentence"], text, sentence.source)
