"""What a reader must know beside the figures of the targets, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.request.diets import Diet
from planner.request.override import RATIO
from planner.request.profile import Profile
from planner.safety.sentences import say
from planner.settings import read_settings
from planner.standards.amounts import key_of
from planner.standards.standard import Standard
from planner.targets.energy import Energy, trimester
from planner.targets.reference import StandardReading
from planner.targets.target import (
    REQUEST,
    Target,
    name_of,
    note,
    said_on,
    said_unit,
    said_within,
    unit_word,
)

_STATE_WORDS = {"pregnant": "in pregnancy", "lactating": "while breastfeeding"}
_OUTSIDE = {"pregnant": "outside pregnancy", "lactating": "outside lactation"}
UNSURE = ("unconfirmed", "low")
_SUPPLEMENTS_ONLY = "Counts supplements, never food."
SEE_SOURCE = "see its source"


def target_notes(
    standard: Standard,
    profile: Profile,
    diet: Diet,
    energy: Energy,
    reading: StandardReading,
    targets: tuple[Target, ...],
) -> tuple[str, ...]:
    """Return the notes on a set of targets, each one sentence or two."""
    return (
        *energy.notes,
        *_ratio_notes(profile, targets),
        *_supplement_notes(standard, targets),
        *_thin_notes(standard, reading),
        *_state_notes(standard, profile, reading),
        *_diet_notes(standard, diet),
        *_soft_notes(profile, targets),
        *_shown_notes(reading, targets),
        *_unsure_notes(targets),
    )


def implied_magnesium_mg(targets: Iterable[Target]) -> float | None:
    """Return the magnesium that calcium and Ca:Mg ask for together: Ca / ratio [mg/day].

    ``None`` where the ratio is no hard target.
    """
    lower = {(t.nutrient, t.period): t.lower for t in targets if t.basis == "total" and t.hard}
    upper = {(t.nutrient, t.period): t.upper for t in targets if t.hard}
    calcium_mg, ratio = lower.get(("calcium_mg", "week")), upper.get((RATIO, "week"))
    return calcium_mg / ratio if calcium_mg and ratio else None


def _ratio_notes(profile: Profile, targets: tuple[Target, ...]) -> Iterator[str]:
    bands = {t.period: t for t in targets if t.nutrient == RATIO}
    if not bands:  # off; the condition's own note says why
        return
    if not any(band.hard for band in bands.values()):
        is_asked = any(band.lower or band.upper for band in bands.values())
        yield _why_ratio_gives_way(profile, "wish" if is_asked else "shown")
        return
    yield from calcium_asks(targets)


def calcium_asks(targets: Iterable[Target]) -> Iterator[str]:
    """Yield how much magnesium calcium and Ca:Mg together ask for, where the ratio is hard."""
    every = tuple(targets)
    implied_mg = implied_magnesium_mg(every)
    if implied_mg is None:
        return
    week = {t.nutrient: t for t in every if t.period == "week" and t.basis == "total"}
    yield note(
        "calcium_asks",
        calcium=week["calcium_mg"].lower,
        ratio=week[RATIO].upper,
        implied=float(implied_mg),
        beside=_beside_reference(implied_mg, week),
    )


def _beside_reference(implied_mg: float, week: Mapping[str, Target]) -> str:
    target = week.get("magnesium_mg")
    if target is None or target.lower is None:
        return ""
    is_above, is_asked = implied_mg > target.lower, target.origins == (REQUEST,)
    where = ("within_rule", "within_asked", "above_rule", "above_asked")[2 * is_above + is_asked]
    return note(where, lower=float(target.lower), rule=target.rule)


def _why_ratio_gives_way(profile: Profile, how: str) -> str:
    """Describe why Ca:Mg is ``"shown"``, or a ``"wish"``, and no target."""
    age_y = read_settings("targets.toml")["ratio"]["hard_from_age_y"]
    if profile.age_y < age_y:
        return note(f"{how}_under", age=age_y)
    return note(f"{how}_in_state", state=_STATE_WORDS[profile.state])


def _supplement_notes(standard: Standard, targets: tuple[Target, ...]) -> Iterator[str]:
    for target in targets:
        if target.nutrient == "magnesium_mg" and target.basis != "total" and target.upper:
            remark = standard.remarks.get(("magnesium", target.rule), _SUPPLEMENTS_ONLY)
            kind = target.rule.replace("_", " ")
            told, upper = _lowered(remark), float(target.upper)
            yield note("magnesium_level", kind=kind, upper=upper, remark=told)


def _thin_notes(standard: Standard, reading: StandardReading) -> Iterator[str]:
    if reading.missing:
        yield note("none_taken", standard=standard.name, names=_listed(reading.missing))
    if reading.shaped:
        yield note("us_shapes", standard=standard.name, names=_listed(reading.shaped))
    if reading.held:
        names = _listed(dict.fromkeys(reading.held))
        yield note("highest_holds", standard=standard.name, names=names)
    for name, remark in standard.told:
        yield f"{name}: {_lowered(remark)}"


def _state_notes(standard: Standard, profile: Profile, reading: StandardReading) -> Iterator[str]:
    state = _STATE_WORDS.get(profile.state, "")
    words = {"standard": standard.name, "state": state, "age": profile.age_y}
    if reading.nearest:
        yield note("nearest_age", **words)
    if reading.stricter:
        yield note("stricter_holds", **words, names=_listed(reading.stricter))
    if reading.fallbacks:
        outside = _OUTSIDE[profile.state]
        yield note("no_separate", **words, names=_listed(reading.fallbacks), outside=outside)
    if profile.state == "pregnant" and profile.gestation_week is None:
        yield note("trimester_assumed", number=trimester(profile))


def _diet_notes(standard: Standard, diet: Diet) -> Iterator[str]:
    conditions = {value.condition.partition("=")[0] for value in standard.values}
    told, name = diet.circumstances, diet.name.lower()
    if diet.is_without_animals:
        yield say("vegan_b12")
        yield say("vegan_iodine")
    if "phytate_mg" in conditions:
        yield note("zinc_read", phytate=told["phytate_mg"], diet=name)
    if "iron_bioavailability_pct" in conditions:
        share = told["iron_bioavailability_pct"]
        yield note("iron_read", share=share, diet=name)
    if "zinc_bioavailability" in conditions and {"meat", "fish"} <= diet.without_origin:
        zinc = standard.remarks.get(("zinc", "RNI"), SEE_SOURCE)
        yield "{name}: {remark}".format(name="Zinc", remark=zinc)
    remark = standard.remarks.get(("iron", "RDA"))
    if remark and {"meat", "fish"} <= diet.without_origin:
        yield "{name}: {remark}".format(name="Iron", remark=_lowered(remark))


def _soft_notes(profile: Profile, targets: tuple[Target, ...]) -> Iterator[str]:
    soft_in_state = read_settings("targets.toml")["soft_in_state"].get(profile.state, ())
    for target in targets:
        if target.nutrient in soft_in_state and not target.hard and target.lower:
            yield note(
                "seldom_met",
                name=name_of(target.nutrient),
                lower=float(target.lower),
                unit=unit_word(target.nutrient),
                state=_STATE_WORDS[profile.state],
            )


def _shown_notes(reading: StandardReading, targets: tuple[Target, ...]) -> Iterator[str]:
    held = {t.nutrient for t in targets if t.basis == "total" and t.lower is not None}
    for value, reason in reading.shown:
        if key_of(value) in held:  # by a medicine, which has a sentence of its own
            continue
        yield note(
            "no_target",
            name="Water" if key_of(value) == "water_g" else name_of(key_of(value)),
            kind=value.kind,
            value=float(value.value),
            unit=value.unit,
            reason=reason,
        )


def _unsure_notes(targets: tuple[Target, ...]) -> Iterator[str]:
    unsure = list(dict.fromkeys(t.nutrient for t in targets if t.confidence in UNSURE))
    if unsure:
        yield note("not_confirmed", names=_listed(unsure))


def _lowered(remark: str) -> str:
    """Return a remark as it stands behind a colon."""
    return f"{remark[:1].lower()}{remark[1:]}"


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(map(said_within, keys))


def by_day(
    key: str, days: Sequence[Mapping[str, float | None]], sentence: str = "potassium_by_day"
) -> str:
    """Describe the amount of a nutrient on each day."""
    amounts = [day.get(key) for day in days]
    words = ", ".join("unknown" if amount is None else f"{float(amount):.0f}" for amount in amounts)
    told = f"{words} {said_unit(key)}"
    return say(sentence, name=said_on(key), days=told)
