"""What to mind about a diary: pills, ratio, days with little, names that may be another food."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import starmap

from foods.nutrient import known_nutrients
from foods.supplement import find_supplement
from foods.units import convert
from planner.check.foods import left_out_faults
from planner.diary.diary import SUPPLEMENT, UNMATCHED, Diary, DiaryDay, DiaryEntry
from planner.diary.pills import has_words
from planner.diary.read import ENERGY, is_apart
from planner.diary.sums import DiaryIntake, line_amount
from planner.plan.rounding import percent_below
from planner.request.request import PlanRequest
from planner.safety.finding import ALLOWED
from planner.safety.intake import SupplementIntake
from planner.safety.patient import Patient
from planner.safety.pills import (
    CALCIUM_PILLS,
    FAR_OVER,
    FAR_OVER_CHILD,
    FEWER_PILLS,
    HELD,
    OVER,
    over_said,
)
from planner.safety.sentences import read_sentences, say
from planner.settings import read_settings
from planner.shops import named
from planner.targets.clinical import notes_on_plan
from planner.targets.derive import TargetSet
from planner.targets.taken import judge_request
from planner.targets.target import Target

_POTASSIUM, _POTASSIUM_MG = "potassium_pills", "potassium_mg"


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
    return (_POTASSIUM, HELD, FAR_OVER_CHILD, FAR_OVER, OVER, *warned)


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
            code, text = over_said(one.nutrient, held, one.upper or 0.0, request.profile.age_y)
            yield Danger(code, text, one.source)
    yield from _warned(diary, request.patient)


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


LEFT_OUT = "left_out"
LITTLE = (
    "Day {day}: {kcal:,.0f} kcal, {share} of what is needed ({need:,.0f} kcal). Was all of it "
    "written down?"
)
APART = (
    "Row {line}, {written} ({amount}): the file says {stated:,.0f} kcal, {name} has {own:,.0f} "
    "kcal. Is it the same food?"
)
TWICE = "{name} counts as the diary has it, not once more as taken each day."
UNUSED = "Columns that were not used: {names}."
NOT_ADDED = "Drinks count as the diary has them; those of the request are not added."


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to mind, and where it comes from.

    Parameters
    ----------
    code
        Id of the sentence or rule.
    text, source
        What it says, and the citation.
    """

    code: str
    text: str
    source: str


def taken_beside(diary: Diary, request: PlanRequest) -> list[SupplementIntake]:
    """Give what the request says is taken each day, but for compounds that the diary has."""
    return [one for one in request.supplements if _id_of(one) not in _written(diary)]


def notes_on_counting(diary: Diary, request: PlanRequest) -> tuple[str, ...]:
    """Say what of the request is not counted, since the diary has it."""
    both = [one.compound for one in request.supplements if _id_of(one) in _written(diary)]
    notes = [TWICE.format(name=named(one)) for one in both]
    if request.water.is_drunk or request.preferences.drinks:
        notes.append(NOT_ADDED)
    return tuple(notes)


def advice_on(
    diary: Diary,
    request: PlanRequest,
    targets: TargetSet,
    days: Sequence[DiaryIntake],
    mean: DiaryIntake,
) -> tuple[Advice, ...]:
    """Give everything to mind, each with its source.

    Parameters
    ----------
    diary, request, targets
        What was eaten, by whom, and the bands.
    days, mean
        What was taken in on each day, and on average.
    """
    totals = [one.totals for one in days]
    unused = UNUSED.format(names=", ".join(diary.unused))
    found = [
        *([Advice("unused_columns", unused, "")] if diary.unused else []),
        *_dangers(diary, request, targets),
        *_left_out(request, mean),
        *_gate_advice(diary, request),
        *starmap(_of_sentence, notes_on_plan(mean.totals, totals, request.patient)),
        *_little(diary, days, targets.energy.kcal),
        *_apart(diary, mean),
    ]
    return tuple(dict.fromkeys(found))


def _dangers(diary: Diary, request: PlanRequest, targets: TargetSet) -> Iterator[Advice]:
    """Give what is said first: pills above an upper level, and what is dangerous."""
    beside = taken_beside(diary, request)
    found = dangers(diary, request, targets.targets, beside)
    for one in sorted(found, key=lambda one: said_first().index(one.code)):
        yield Advice(one.code, one.text, one.source)


def _left_out(request: PlanRequest, mean: DiaryIntake) -> Iterator[Advice]:
    """Give what was eaten of what diet, wishes, conditions, allergies or medicines leave out."""
    for text in left_out_faults(mean.table, request.patient, request.preferences):
        yield Advice(LEFT_OUT, text, "")


def _gate_advice(diary: Diary, request: PlanRequest) -> Iterator[Advice]:
    """Give what the safety rules ask about the pills that are taken."""
    taken = (*taken_beside(diary, request), *_most_taken(diary))
    unnamed = any(one.kind == SUPPLEMENT and not one.item_id for one in diary.entries())
    if taken or any(one.is_pill for one in diary.entries()):
        for one in judge_request(replace(request, supplements=taken)).findings:
            if one.code == FEWER_PILLS and unnamed:
                continue  # it would name a compound that nobody named
            if one.verdict != ALLOWED or one.code == CALCIUM_PILLS:
                yield Advice(one.code, one.text, one.source)


def _of_sentence(sentence_id: str, text: str) -> Advice:
    """Return a sentence of ``configs/safety/sentences.toml`` with its source."""
    known = read_sentences().get(sentence_id)
    return Advice(sentence_id or "clinical", text, known.source if known else "")


def _little(diary: Diary, days: Sequence[DiaryIntake], need_kcal: float) -> Iterator[Advice]:
    """Ask about days that hold so little energy that something may be missing."""
    rule = read_settings("diary.toml")["advice"]["little"]
    for day, intake in zip(diary.days, days, strict=True):
        kcal = intake.totals[ENERGY] or 0.0
        if kcal < rule["share"] * need_kcal:
            share = percent_below(kcal / need_kcal)
            text = LITTLE.format(day=day.day, kcal=kcal, share=share, need=need_kcal)
            yield Advice("little", text, rule["source"])


def _apart(diary: Diary, mean: DiaryIntake) -> Iterator[Advice]:
    """Ask about matches whose energy is far from what the file says of it."""
    source = read_settings("diary.toml")["advice"]["apart"]["source"]
    for entry in diary.entries():
        stated = entry.stated.get(ENERGY)
        if stated is None or entry.kind in (UNMATCHED, SUPPLEMENT):
            continue
        own = line_amount(entry, mean.table.foods, ENERGY)
        if is_apart(stated, own):
            words = {"line": entry.line, "written": entry.written, "amount": entry.amount}
            text = APART.format(**words, stated=stated, name=named(entry.name), own=own)
            yield Advice("apart", text, source)


def _most_taken(diary: Diary) -> list[SupplementIntake]:
    """Give each compound of a diary in the most of it on one day, as something that is taken."""
    most: dict[str, float] = {}
    for day in diary.days:
        sums: dict[str, float] = {}
        for compound, amount_mg in (one for entry in day.entries() for one in _pills_of(entry)):
            sums[compound] = sums.get(compound, 0.0) + amount_mg
        most |= {one: max(amount, most.get(one, 0.0)) for one, amount in sums.items()}
    return [SupplementIntake(find_supplement(one).name, amount) for one, amount in most.items()]


def _pills_of(entry: DiaryEntry) -> Iterator[tuple[str, float]]:
    """Give each compound of a pill with its own nutrient [mg]; an element stands by itself."""
    stands, named = read_settings("pills.toml")["stands_for"], entry.item_id
    own = find_supplement(named).nutrient if entry.kind == SUPPLEMENT and named else ""
    for key, value in entry.nutrients.items() if entry.kind == SUPPLEMENT else ():
        compound = named if key == own else stands.get(key)
        if compound and value:
            yield compound, convert(value, known_nutrients()[key].unit, "mg")


def _written(diary: Diary) -> set[str]:
    return {one.item_id for one in diary.entries() if one.kind == SUPPLEMENT}


def _id_of(intake: SupplementIntake) -> str:
    return find_supplement(intake.name).compound_id
