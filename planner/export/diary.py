"""A diary held against targets, and the figures of its days and weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from foods.embedded import read_embedded_foods
from planner.check.amounts import CALCIUM, ENERGY, MAGNESIUM, RATIO_KEY
from planner.diary.analysis import POOLS, Analysis, DiaryFinding, judge_value, said_first
from planner.diary.diary import BY_ID, UNMATCHED, Diary, DiaryEntry
from planner.diary.gap import GapFigures, NextFood, NextFoods
from planner.diary.sums import Coverage, DiaryIntake, DiaryWeek, trend_of
from planner.document.blocks import (
    TITLE,
    WARNING,
    Block,
    Paragraph,
    Table,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.export.check import SOFT_MISS
from planner.export.figures import amount_text, band_text, bound_texts, mass_text, sources_text
from planner.export.who import person_text
from planner.improve.next_meal import NextMeal, NextMeals
from planner.plan.rounding import percent_near
from planner.request.override import RATIO
from planner.safety.stops import banner_of, safety_sentence
from planner.settings import read_settings
from planner.shops import cost_as, currency, named
from planner.targets.target import heading_of, name_within, unit_of
from planner.wording import plural

T = TypeVar("T")
_GOES = {
    1: "Magnesium is going up: {figures}, some {mg} mg more with each week.",
    -1: "Magnesium is going down: {figures}, some {mg} mg less with each week.",
    0: "Magnesium stays about the same: {figures}.",
}


def few(every: Sequence[T], what: str, is_full: bool) -> tuple[Sequence[T], str]:
    """Return what is shown of something, few without ``--full``, and how many more there are."""
    most = len(every) if is_full else int(read_settings("diary.toml")["shown"][what])
    more = len(every) - most
    return every[:most], f"… and {more} more" if more > 0 else ""


def day_table(analysis: Analysis, is_full: bool) -> Iterator[Block]:
    """Return what each day holds, pills apart where there are any."""
    has_pills = bool(analysis.mean.supplement_totals)
    has_ratio = analysis.targets.shows_ratio
    head = ["", "Mg mg", "Ca mg", *(["Ca:Mg"] if has_ratio else []), "kcal"]
    head += ["Mg from food", "Mg in pills", "Ca in pills"] if has_pills else []
    named_days = [
        (day_label(day.day), intake)
        for day, intake in zip(analysis.diary.days, analysis.days, strict=True)
    ]
    several = [("mean", analysis.mean)] if len(named_days) > 1 else []
    shown, more = few(named_days, "days", is_full)
    rows = [[name, *_intake_cells(one, has_ratio, has_pills)] for name, one in [*shown, *several]]
    is_vague = bool(analysis.mean.magnesium_span)
    if is_vague:
        head.insert(2, "low to high")
        for row, (_name, intake) in zip(rows, [*shown, *several], strict=True):
            row.insert(2, _span_text(intake))
    yield Table("Each day in figures", [*head, "foods known"], rows)
    yield from paragraphs([more])
    if is_vague:
        yield Paragraph("Low to high: all guessed amounts at their least, and all at their most.")


def day_label(day: str) -> str:
    """Name a day that is written as a number: ``"Day 3"``; a date or weekday stands as it is."""
    return f"Day {day}" if day.isdecimal() else day


def _span_text(one: DiaryIntake) -> str:
    """Format the range in which a day's magnesium lies, where amounts are guessed."""
    return " – ".join(amount_text(MAGNESIUM, amount) for amount in one.magnesium_span)


def _intake_cells(one: DiaryIntake, has_ratio: bool, has_pills: bool) -> list[str]:
    known = one.coverage[MAGNESIUM]
    cells = [amount_text(key, one.totals[key]) for key in (MAGNESIUM, CALCIUM)]
    cells += [amount_text(RATIO_KEY, one.ca_mg_ratio)] if has_ratio else []
    cells.append(amount_text(ENERGY, one.totals[ENERGY]))
    if has_pills:
        pills = one.supplement_totals
        cells.append(amount_text(MAGNESIUM, one.magnesium_of_food))
        cells += [amount_text(key, pills.get(key, 0.0)) for key in (MAGNESIUM, CALCIUM)]
    count = known.foods - len(known.without)
    return [*cells, f"{count} of {known.foods}"]


def weeks_told(analysis: Analysis) -> Iterator[Block]:
    """Return what each week holds, a day on average, beside what was planned, and the direction."""
    weeks = analysis.weeks
    if not weeks:
        return
    has_plan = any(week.planned_mg is not None for week in weeks)
    head = ["a day on average", "days", "Mg mg eaten"]
    head += ["Mg mg planned"] if has_plan else []
    rows = []
    for week in weeks:
        mg = [week.eaten_mg, *([week.planned_mg] if has_plan else [])]
        amounts = [amount_text(MAGNESIUM, amount) for amount in mg]
        rows.append([_week_label(week), str(len(week.days)), *amounts])
    yield Table("Week by week", head, rows)
    yield from paragraphs([_goes(weeks)])
    if not has_plan:
        yield Paragraph(
            "Only what was eaten; --plan my_week/plan.json puts beside it what was planned."
        )


def _week_label(week: DiaryWeek) -> str:
    first, last = day_label(week.days[0].day), day_label(week.days[-1].day)
    return f"{first} to {last}" if first != last else first


def _goes(weeks: Sequence[DiaryWeek]) -> str:
    """Describe where magnesium goes; nothing of too few weeks."""
    trend = trend_of(weeks)
    if trend is None:
        return ""
    first, last = (amount_text(MAGNESIUM, week.eaten_mg) for week in (weeks[0], weeks[-1]))
    figures = "{first} mg a day in the first week, {last} mg in the last"
    way = 0 if trend.is_steady else 1 if trend.per_week_mg > 0 else -1
    mg = amount_text(MAGNESIUM, abs(trend.per_week_mg))
    return _GOES[way].format(figures=figures.format(first=first, last=last), mg=mg)


_ALWAYS = ((MAGNESIUM, "total"), (CALCIUM, "total"), (RATIO_KEY, "total"), (ENERGY, "total"))
_NO_AMOUNT = " ()"  # behind a name: nobody wrote how much
SOFT_LEGEND = "~ is a soft target."


def analysis_told(
    analysis: Analysis,
    offers: NextFoods | None = None,
    is_full: bool = False,
    meals: NextMeals | None = None,
) -> Iterator[Block]:
    """Return an analysis as blocks.

    Parameters
    ----------
    analysis
        What to show.
    offers
        What would help most, where it was asked for.
    is_full
        Whether everything is shown: every target, every name, every note.
    meals
        What to cook for a meal, where it was asked for.
    """
    yield from paragraphs([analysis.targets.stop], WARNING)
    yield Paragraph(_title(analysis), TITLE)
    if not analysis.targets.stop:
        yield from paragraphs([banner_of(analysis.request.patient)], WARNING)
    yield from paragraphs(dangers_told(analysis), WARNING)
    told = [*_unread(analysis.diary), *_unmatched(analysis.diary, is_full, has_own=False)]
    yield from section("Not counted", told)
    own = _unmatched(analysis.diary, is_full, has_own=True)
    yield from section("Counted as the file says", own)
    yield from section("Please say which", _asked(analysis.diary, is_full))
    read_as = _read_as(analysis.diary, is_full)
    yield from section("Names that were read as another", read_as)
    guessed = _guessed(analysis.diary, is_full)
    yield from section("Amounts that were guessed", guessed)
    yield from day_table(analysis, is_full)
    yield from section("Week by week", weeks_told(analysis))
    advice = [(hint.code, _with_source(hint.text, hint.source)) for hint in analysis.advice]
    yield from bullets(text for code, text in advice if code == POOLS)
    yield from _target_table(analysis, is_full)
    texts = (sources_text(key, of, is_full=is_full) for key, of in analysis.sources.items())
    yield from section("Where it comes from", paragraphs(texts))
    minded = (text for code, text in advice if code not in (POOLS, *said_first()))
    yield from section("Please mind", bullets([*_bound_notes(analysis.mean), *minded]))
    if meals is not None:
        yield from section("What to cook now", meals_told(meals))
    if offers is not None:
        yield from section(_next_title(analysis.diary, offers), next_told(offers))
    notes = analysis.notes if is_full else ()
    yield from section("Notes", bullets(notes))
    yield Paragraph(safety_sentence("not_medical_advice"))


def dangers_told(analysis: Analysis) -> list[str]:
    """Return what of a diary is said before all else, each with its source."""
    return [
        _with_source(one.text, one.source) for one in analysis.advice if one.code in said_first()
    ]


def next_told(offers: NextFoods) -> Iterator[Block]:
    """Return helpings that would help as a table: what the day then holds."""
    if not offers.offers:
        yield Paragraph(offers.why)
        return
    head = ["", "Mg mg", "Ca mg", "Ca:Mg", "kcal", currency(), "helping"]
    rows = [["now", *_cells(offers.before), ""]]
    for rank, offer in enumerate(offers.offers, start=1):
        words = offer.measure
        held = [mass_text(offer.mass_g), *_shown(offer, offers.shown)]
        helping = f"{words} ({', '.join(held)}) {named(offer.food.name)}"
        rows.append([str(rank), *_cells(offer.after), helping])
    yield Table("helping", head, rows, (len(head) - 1,))


def _shown(one: NextFood, keys: Sequence[str]) -> Iterator[str]:
    """Describe what a helping holds of nutrients that a condition asks to be shown."""
    for key in keys:
        held = one.food.per_100g.get(key)
        if held is not None:
            amount = amount_text(key, held * one.mass_g / 100)
            yield f"{name_within(key)} {amount} {unit_of(key)}"


def _cells(figures: GapFigures) -> list[str]:
    return [*held_cells(figures), cost_as(figures.cost_usd)]


def _next_title(diary: Diary, offers: NextFoods) -> str:
    day = next(diary_day.day for diary_day in diary.days if diary_day.number == offers.day)
    return f"What would help most, one helping more: {day_label(day)}"


def _title(analysis: Analysis) -> str:
    diary = analysis.diary
    count = len(diary.days)
    text = plural(count, "{where}: {count} day", "{where}: {count} days")
    told_ = text.format(where=diary.where, count=count)
    if diary.program:
        told_ = f"{told_}, exported by {diary.program}"
    return f"{told_}. {person_text(analysis.request)}."


def _unread(diary: Diary) -> Iterator[Block]:
    """Name the columns of a table that hold nothing we know."""
    if names := ", ".join(diary.unused):
        pattern = plural(len(diary.unused), "Column {names}", "Columns {names}")
        yield from bullets([pattern.format(names=names)])


def _unmatched(diary: Diary, is_full: bool, *, has_own: bool) -> Iterator[Block]:
    """List the lines that are no food of ours, with why and what they may be.

    ``has_own``: those of which the file has figures of its own, which count; else the others.
    """
    out: dict[tuple[str, str], list[DiaryEntry]] = {}
    for entry in sorted(diary.entries(), key=lambda one: not one.is_pill):
        if entry.kind == UNMATCHED and bool(entry.stated) == has_own:
            out.setdefault((entry.written, entry.why), []).append(entry)
    shown, more = few(list(out.values()), "names", is_full)
    how = "Name the food by its id in the diary."
    file = "Or name it in a file: --matches-out FILE.csv begins one."
    yield from bullets(map(_why, shown))
    yield from paragraphs([more, how, file] if out else [])


def _why(group: Sequence[DiaryEntry]) -> str:
    """Describe why lines of one name are not counted, and what they may be."""
    entry, more = group[0], len(group) - 1
    text = f"Row {entry.line}, {entry.written} ({entry.amount}): {entry.why}".replace(
        _NO_AMOUNT, ""
    )
    if entry.stated:
        text = f"{text}; the file's own figures count"
    if entry.near:
        text = f"{text}: {', '.join(entry.near)}"
    if more:
        again = plural(more, "in {count} more row", "in {count} more rows").format(count=more)
        text = f"{text} ({again})"
    return f"{text}."


def _asked(diary: Diary, is_full: bool) -> Iterator[Block]:
    """List readings that are counted, and of which another one would change much."""
    asked = {entry.written: entry for entry in diary.entries() if entry.asks}
    texts = [
        "Row {line}, {written} ({amount}): counted as {name}, and not as {near}".format(
            line=entry.line,
            written=entry.written,
            amount=entry.amount or mass_text(entry.mass_g or 0.0),
            name=named(entry.name),
            near=", ".join(_called(name) for name in entry.near),
        )
        for entry in asked.values()
    ]
    shown, more = few(texts, "names", is_full)
    why = (
        "Another one would change magnesium or calcium by more than a tenth of a day: if it was "
        "that, write its name in the diary, or both in a file of --matches."
    )
    yield from bullets(shown)
    yield from paragraphs([more, why] if texts else [])


def _called(own_id: str) -> str:
    """Name a food that is known by its id; a dish by the words of its own."""
    foods = read_embedded_foods()
    return named(foods[own_id].name) if own_id in foods else own_id.replace("_", " ")


def _read_as(diary: Diary, is_full: bool) -> tuple[Block, ...]:
    """List names that differ from what they were taken for, each once, and how sure it is."""
    texts = dict.fromkeys(
        _reading(one)
        for one in diary.entries()
        if one.is_matched and one.how != BY_ID and one.written.casefold() != one.name.casefold()
    )
    shown, more = few([*texts], "names", is_full)
    return paragraphs(["; ".join(shown), more])


def _guessed(diary: Diary, is_full: bool) -> tuple[Block, ...]:
    """List amounts that nobody said, each once, with what they may well have been."""
    told = "{written}: about {mass}, guessed, {least} to {most}"
    texts = dict.fromkeys(
        told.format(
            written=entry.written,
            mass=mass_text(entry.mass_g or 0.0),
            least=f"{entry.guessed_g[0]:g}",
            most=mass_text(entry.guessed_g[1]),
        )
        for entry in diary.entries()
        if entry.guessed_g
    )
    shown, more = few([*texts], "names", is_full)
    how = "Write the amount before the name to correct one: `60 g muesli`."
    return paragraphs(["; ".join(shown), more, how] if texts else [])


def _reading(entry: DiaryEntry) -> str:
    """Describe what a line was taken for, and how sure that is."""
    written = entry.written.replace(_NO_AMOUNT, "")
    text = f"{written}: {named(entry.name)}"
    if 0 < entry.sure < 1:
        text = f"{text} ({round(100 * entry.sure)} % sure)"
    return text


def _target_table(analysis: Analysis, is_full: bool) -> Iterator[Block]:
    """Return figures beside their bands: those of magnesium and what is not met, or all."""
    groups: dict[tuple[str, str], list[DiaryFinding]] = {}
    for finding in analysis.findings:
        groups.setdefault((finding.target.nutrient, finding.target.basis), []).append(finding)
    shown = [
        group
        for key, group in groups.items()
        if is_full or key in _ALWAYS or any(finding.holds is False for finding in group)
    ]
    shown.sort(key=lambda group: (group[0].target.nutrient, group[0].target.basis) not in _ALWAYS)
    held = [{finding.holds for finding in group} for group in groups.values()]
    counts = {
        "all": len(held),
        "met": sum(verdict == {True} for verdict in held),
        "missed": sum(False in verdict for verdict in held),
    }
    counts["unsure"] = counts["all"] - counts["met"] - counts["missed"]
    summary = (
        "Targets: {all}; met: {met}; missed on some day or on average: {missed}; too little known: "
        "{unsure}."
    )
    more = [] if is_full else ["--full shows all."]
    soft = [SOFT_LEGEND] if any(not one.target.hard for group in shown for one in group) else []
    head = ["A day", "eaten", "target", "share", "", "days"]
    yield Table("Each target", head, [*map(_target_row, shown)], (2, 4))
    yield Paragraph(" ".join([summary.format(**counts), *more, *soft]))


def _target_row(group: Sequence[DiaryFinding]) -> list[str]:
    """Return a target's row: its mean or worst day against the band, and how many days meet it."""
    days = [finding for finding in group if finding.day is not None]
    over = [day for day in days if day.holds is False and _is_above(day)]
    mean = next((finding for finding in group if finding.day is None), None)
    one = _worst(over) if over else mean or _worst(days)
    target = one.target
    kept = sum(judge_value(target, day.value, day.coverage) is True for day in days)
    held = f"{kept} of {len(days)}"
    eaten = amount_text(target.nutrient, one.value)
    if one.day is not None and len(days) > 1:
        eaten = f"{eaten} on day {one.day}"
    return [
        heading_of(target.nutrient, target.basis),
        eaten,
        band_text(*bound_texts(target.lower, target.upper)),
        _share(one),
        _verdict(one),
        held if days else "",
    ]


def _is_above(one: DiaryFinding) -> bool:
    return one.value is not None and one.target.upper is not None and one.value > one.target.upper


def _worst(days: Sequence[DiaryFinding]) -> DiaryFinding:
    order = {False: 0, None: 1, True: 2}
    return min(days, key=lambda one: (order[one.holds], -(one.share or 0.0)))


def _share(one: DiaryFinding) -> str:
    if one.share is None or (one.target.lower and one.target.upper):
        return ""
    return percent_near(one.share)


def _verdict(one: DiaryFinding) -> str:
    target, value = one.target, one.value
    if value is None:
        return "unknown"
    if target.lower is None and target.upper is None:
        return "shown"
    if one.holds is None:
        return "unsure"
    if one.holds:
        return "met"
    is_short = target.lower is not None and value < target.lower
    word = "short" if is_short else "over"
    return word if target.hard else f"{word} {SOFT_MISS}"


def _bound_notes(mean: DiaryIntake) -> Iterator[str]:
    """Yield a note for magnesium, calcium and energy, each where its sum is only a lower bound."""
    for key in (MAGNESIUM, CALCIUM, ENERGY):
        coverage: Coverage = mean.coverage[key]
        if coverage.without:
            yield plural(
                len(coverage.without),
                "{count} of {all} foods has no {name} value: the total is a lower bound.",
                "{count} of {all} foods have no {name} value: the total is a lower bound.",
            ).format(count=len(coverage.without), all=coverage.foods, name=name_within(key))


def _with_source(text: str, source: str) -> str:
    return f"{text} [{source}]" if source else text


def meals_told(offers: NextMeals) -> Iterator[Block]:
    """Return what was eaten, what is missing, and each meal with what the day then holds."""
    before, need = offers.gaps.before, offers.gaps.magnesium_mg
    missing = max(need - before.magnesium_mg, 0.0)
    told = "So far: {eaten} mg of magnesium; {missing} mg are missing of {need} mg."
    figures = {"eaten": before.magnesium_mg, "missing": missing, "need": need}
    yield Paragraph(told.format(**{k: amount_text(MAGNESIUM, v) for k, v in figures.items()}))
    if not offers.offers:
        yield Paragraph(offers.why)
        return
    head = ["", "Mg mg", "Ca mg", "Ca:Mg", "kcal", offers.slot]
    rows = [["now", *held_cells(before), ""]]
    rows += [
        [str(at), *held_cells(one.after), _meal(one)] for at, one in enumerate(offers.offers, 1)
    ]
    yield Table("helping", head, rows, (len(head) - 1,))
    upper = offers.gaps.ratio[1]
    if upper and all((offer.after.ca_mg_ratio or 0.0) > upper for offer in offers.offers):
        told = (
            "None of them brings Ca:Mg of this day to {upper}: what was eaten holds too much "
            "calcium for it."
        )
        yield Paragraph(told.format(upper=amount_text(RATIO, upper)))
    yield Paragraph("`magplan dishes show NAME` prints the recipe of a dish.")


def _meal(offer: NextMeal) -> str:
    beside = [
        ", ".join(filter(None, (_amount(change.come), change.says if change.says else "")))
        for change in offer.beside
        if change.come is not None
    ]
    return "; ".join([_amount(offer.dish), *beside])


def _amount(entry: DiaryEntry) -> str:
    words = entry.amount
    return f"{words} ({mass_text(entry.mass_g or 0.0)}) {named(entry.name)}"


def held_cells(figures: GapFigures) -> list[str]:
    """Return the figures of what a day holds, as cells of a row: all but the price."""
    return [
        amount_text(MAGNESIUM, figures.magnesium_mg),
        amount_text(CALCIUM, figures.calcium_mg),
        amount_text(RATIO, figures.ca_mg_ratio),
        amount_text(ENERGY, figures.energy_kcal),
    ]
