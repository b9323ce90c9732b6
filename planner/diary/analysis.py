"""What a diary holds against the targets of a person, and what to mind about it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import starmap

from foods.nutrient import convert, known_nutrients
from foods.supplement import find_supplement
from foods.table import FoodTable
from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM, find_amount
from planner.check.foods import left_out_faults
from planner.diary.diary import SUPPLEMENT, UNMATCHED, Diary, DiaryDay, DiaryEntry
from planner.diary.pills import has_words
from planner.diary.read import is_apart
from planner.diary.sums import Coverage, DiaryIntake, DiaryWeek, line_amount, take_in, weeks_of
from planner.plan.plan import Day
from planner.plan.rounding import percent_below
from planner.request.override import RATIO, kcal_per_g, read_shares
from planner.request.request import PlanRequest
from planner.safety.intake import (
    CALCIUM_PILLS,
    FAR_OVER,
    FAR_OVER_CHILD,
    FEWER_PILLS,
    HELD,
    OVER,
    SupplementIntake,
    over_said,
)
from planner.safety.patient import Patient
from planner.safety.sentences import ALLOWED, read_sentences, say
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
    """Return the ids of all that is said first, the most urgent ones in front."""
    warned = (row["sentence"] for row in read_settings("pills.toml")["warned"])
    return (_POTASSIUM, HELD, FAR_OVER_CHILD, FAR_OVER, OVER, *warned)


def dangers(
    diary: Diary,
    request: PlanRequest,
    targets: Iterable[Target],
    beside: Sequence[SupplementIntake],
) -> Iterator[Danger]:
    """Describe which pills of a day exceed a level, and what else of a diary is dangerous.

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
    """Return the most of each nutrient that the pills of a day hold, at least [its unit]."""
    most: dict[str, float] = {}
    for day in days:
        sums: dict[str, float] = {}
        held: list[Mapping[str, float]] = [entry.nutrients for entry in day.entries()]
        for nutrients in (*held, *({one.nutrient: one.nutrient_per_day} for one in beside)):
            for key, amount in nutrients.items():
                sums[key] = sums.get(key, 0.0) + amount
        most |= {key: max(amount, most.get(key, 0.0)) for key, amount in sums.items()}
    return most


def _warned(diary: Diary, patient: Patient) -> Iterator[Danger]:
    """Name what in a diary harms some people, or acts on medicines."""
    held = {effect.effect_id for effect in patient.effects}
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
    """Return what the request says is taken each day, but for compounds that the diary has."""
    return [one for one in request.supplements if _id_of(one) not in _written(diary)]


def notes_on_counting(diary: Diary, request: PlanRequest) -> tuple[str, ...]:
    """Describe what of the request is not counted, since the diary has it."""
    both = [one.compound for one in request.supplements if _id_of(one) in _written(diary)]
    notes = [TWICE.format(name=named(compound)) for compound in both]
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
    """Return everything to mind, each with its source.

    Parameters
    ----------
    diary, request, targets
        What was eaten, by whom, and the bands.
    days, mean
        What was taken in on each day, and on average.
    """
    totals = [day.totals for day in days]
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
    """Return what is said first: pills above an upper level, and what is dangerous."""
    beside = taken_beside(diary, request)
    found = dangers(diary, request, targets.targets, beside)
    for danger in sorted(found, key=lambda one: said_first().index(one.code)):
        yield Advice(danger.code, danger.text, danger.source)


def _left_out(request: PlanRequest, mean: DiaryIntake) -> Iterator[Advice]:
    """Return what was eaten of what diet, wishes, conditions, allergies or medicines leave out."""
    for text in left_out_faults(mean.table, request.patient, request.preferences):
        yield Advice(LEFT_OUT, text, "")


def _gate_advice(diary: Diary, request: PlanRequest) -> Iterator[Advice]:
    """Return what the safety rules ask about the pills that are taken."""
    taken = (*taken_beside(diary, request), *_most_taken(diary))
    unnamed = any(entry.kind == SUPPLEMENT and not entry.item_id for entry in diary.entries())
    if taken or any(entry.is_pill for entry in diary.entries()):
        for finding in judge_request(replace(request, supplements=taken)).findings:
            if finding.code == FEWER_PILLS and unnamed:
                continue  # it would name a compound that nobody named
            if finding.verdict != ALLOWED or finding.code == CALCIUM_PILLS:
                yield Advice(finding.code, finding.text, finding.source)


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
    """Return each compound of a diary in the most of it on one day, as something that is taken."""
    most: dict[str, float] = {}
    for day in diary.days:
        sums: dict[str, float] = {}
        for compound, amount_mg in (pill for entry in day.entries() for pill in _pills_of(entry)):
            sums[compound] = sums.get(compound, 0.0) + amount_mg
        most |= {one: max(amount, most.get(one, 0.0)) for one, amount in sums.items()}
    return [SupplementIntake(find_supplement(one).name, amount) for one, amount in most.items()]


def _pills_of(entry: DiaryEntry) -> Iterator[tuple[str, float]]:
    """Yield each compound of a pill with its own nutrient [mg]; an element stands by itself."""
    stands, named = read_settings("pills.toml")["stands_for"], entry.item_id
    own = find_supplement(named).nutrient if entry.kind == SUPPLEMENT and named else ""
    for key, value in entry.nutrients.items() if entry.kind == SUPPLEMENT else ():
        compound = named if key == own else stands.get(key)
        if compound and value:
            yield compound, convert(value, known_nutrients()[key].unit, "mg")


def _written(diary: Diary) -> set[str]:
    return {entry.item_id for entry in diary.entries() if entry.kind == SUPPLEMENT}


def _id_of(intake: SupplementIntake) -> str:
    return find_supplement(intake.name).compound_id


POOLS, _PILLS = "pools", "supplement"
_FOOD_ALONE = "Magnesium from food alone: {food:,.0f} mg a day of the {need:,.0f} mg wanted, {gap}."
_ON_DAYS = "{gap}; enough on {kept} of {days} days"
_SHORT = "{gap:,.0f} mg short"
_OVER, _WITHIN = "over it", "within it"
_PILLS_HELD = (
    "Magnesium from pills: {pills:,.0f} mg a day, at most {most:,.0f} mg on a day; their upper "
    "level is {upper:,.0f} mg a day: {held}."
)
_PER_100_G = 100


@dataclass(frozen=True, slots=True)
class DiaryFinding:
    """What a diary holds of one target, on one day or on average.

    Parameters
    ----------
    target
        The band.
    day
        Number of the day; ``None`` for the mean of all days.
    value
        Amount a day in the target's unit, unrounded; ``None`` where nothing eaten has a figure.
    holds
        Whether it lies within the band; ``None`` where too many foods lack a figure to say so.
    coverage
        How many foods have a figure.
    """

    target: Target
    day: int | None
    value: float | None
    holds: bool | None
    coverage: Coverage

    @property
    def share(self) -> float | None:
        """Value as a share of the lower bound, or of the upper where that is the only one."""
        bound = self.target.lower or self.target.upper
        return self.value / bound if self.value is not None and bound else None


@dataclass(frozen=True, slots=True)
class NutrientSource:
    """A line of food or a supplement that brings a nutrient.

    Parameters
    ----------
    name
        What it is.
    amount
        Amount a day on average [the nutrient's unit].
    share
        Share of all of it [0-1].
    """

    name: str
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """A diary held against targets.

    Parameters
    ----------
    diary, request, targets
        What was eaten, by whom, and the bands.
    days
        What was taken in on each day, in the order of the diary.
    mean
        The same on average over all days.
    findings
        One for each daily target and day, and one for each target of the mean.
    advice, notes
        What to mind with its source, and what to know of how it was counted.
    sources
        Nutrient key → what brings it, largest first, for magnesium and calcium.
    weeks
        What was taken in on each week, where there are several.
    """

    diary: Diary
    request: PlanRequest
    targets: TargetSet
    days: tuple[DiaryIntake, ...]
    mean: DiaryIntake
    findings: tuple[DiaryFinding, ...]
    advice: tuple[Advice, ...]
    notes: tuple[str, ...]
    sources: Mapping[str, tuple[NutrientSource, ...]]
    weeks: tuple[DiaryWeek, ...] = ()


def analyse_diary(
    diary: Diary,
    request: PlanRequest,
    targets: TargetSet,
    foods: FoodTable,
    planned: Sequence[Day] = (),
) -> Analysis:
    """Hold a diary against the targets of a request.

    Parameters
    ----------
    diary
        What was eaten.
    request, targets
        Whose diary it is, and the bands; the supplements that the request names are taken each
        day, but for those that the diary has itself.
    foods
        The food table, the tap water of the request in it.
    planned
        Days of plans, to stand beside the weeks.
    """
    taken = taken_beside(diary, request)
    days = tuple(take_in((day,), foods, taken) for day in diary.days)
    mean = take_in(diary.days, foods, taken)
    return Analysis(
        diary,
        request,
        targets,
        days,
        mean,
        tuple(_findings(targets, days, mean)),
        (*_pools(targets, days, mean), *advice_on(diary, request, targets, days, mean)),
        (*notes_on_counting(diary, request), *targets.notes),
        {key: tuple(_sources(mean, key)) for key in (MAGNESIUM, CALCIUM)},
        weeks_of(diary, lambda days: take_in(days, foods, taken), planned),
    )


def judge_value(target: Target, value: float | None, coverage: Coverage) -> bool | None:
    """Return whether a value is in its band; ``None`` where what is unknown decides.

    What some foods lack can only raise a sum: a lower bound that is met is met, an upper one that
    is exceeded is exceeded. Shares and ratios may go either way.
    """
    if target.lower is None and target.upper is None:
        return True
    if value is None:
        return None
    slack = read_settings("check.toml")["tolerance"]["sum"]
    is_short = target.lower is not None and value < target.lower * (1 - slack)
    is_over = target.upper is not None and value > target.upper * (1 + slack)
    if (
        coverage.is_enough
        or target.nutrient in read_settings("check.toml")["coverage"]["not_asked_of"]
    ):
        return not (is_short or is_over)
    if target.nutrient == RATIO or target.nutrient in read_shares():
        return None
    if is_over:
        return False
    return None if is_short or target.upper is not None else True


def _pools(targets: TargetSet, days: Sequence[DiaryIntake], mean: DiaryIntake) -> Iterator[Advice]:
    """Return whether magnesium of food alone is enough, and hold pills against their own level."""
    if not any(day.supplement_totals.get(MAGNESIUM) for day in days):
        return
    wanted, level = (targets.find(MAGNESIUM, "day", basis) for basis in ("total", _PILLS))
    foods = [day.magnesium_of_food or 0.0 for day in days]
    if wanted is not None and wanted.lower:
        need, food = wanted.lower, mean.magnesium_of_food or 0.0
        kept = sum(amount >= need for amount in foods)
        gap = _SHORT.format(gap=need - food) if food < need else "enough"
        if len(days) > 1:
            gap = _ON_DAYS.format(gap=gap, kept=kept, days=len(days))
        figures = {"food": food, "need": need, "gap": gap}
        yield Advice(POOLS, _FOOD_ALONE.format(**figures), wanted.source)
    most = max(day.supplement_totals.get(MAGNESIUM, 0.0) for day in days)
    pills = {"pills": mean.supplement_totals[MAGNESIUM], "most": most}
    if level is not None and level.upper:
        held = _OVER if most > level.upper else _WITHIN
        text = _PILLS_HELD.format(**pills, upper=level.upper, held=held)
        yield Advice(POOLS, text, level.source)


def _findings(
    targets: TargetSet, days: Iterable[DiaryIntake], mean: DiaryIntake
) -> Iterator[DiaryFinding]:
    for target in targets.targets:
        if target.period == "day":
            yield from (_finding(target, day, day.table.first) for day in days)
        else:
            yield _finding(target, mean, None)


def _finding(target: Target, intake: DiaryIntake, day: int | None) -> DiaryFinding:
    value = find_amount(intake.table, target.nutrient, target.basis, None).value
    coverage = coverage_of(intake, target.nutrient)
    if target.basis == _PILLS:
        coverage = Coverage(0, ())  # every pill has its figure
    return DiaryFinding(target, day, value, judge_value(target, value, coverage), coverage)


def coverage_of(intake: DiaryIntake, key: str) -> Coverage:
    """Return how many foods have a figure of a nutrient, or of both parts of a share or ratio."""
    if key in intake.coverage:
        return intake.coverage[key]
    parts = (CALCIUM, MAGNESIUM) if key == RATIO else (kcal_per_g(key)[0], ENERGY)
    return min((intake.coverage[part] for part in parts), key=lambda one: one.share)


def _sources(mean: DiaryIntake, key: str) -> list[NutrientSource]:
    """List what brings a nutrient, largest first; a food of several dishes is one."""
    sums: dict[str, float] = {}
    for line in mean.table.lines:
        amount = line.mass_g * (line.food.per_100g.get(key) or 0.0) / _PER_100_G
        sums[line.food.name] = sums.get(line.food.name, 0.0) + amount
    for item in mean.table.supplements_on(None):
        sums[item.name] = sums.get(item.name, 0.0) + (item.nutrients.get(key) or 0.0)
    total = math.fsum(sums.values())
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    days = mean.table.days
    return [NutrientSource(name, sum_ / days, sum_ / total) for name, sum_ in ranked if sum_ > 0]
