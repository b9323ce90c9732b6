"""The pictures of a checked plan, and one picture in a file of its own.

Figures beside bounds are those that the judge found. What food brings and what supplements bring is
drawn apart, because the upper level of magnesium counts supplements only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from planner.check.judge import Finding
from planner.document.blocks import Block, Document, Pictures
from planner.document.page import as_page
from planner.errors import ConfigError
from planner.explain.reasons import main_sources
from planner.explain.report import Source
from planner.export.documents import TableDocument, WeekDocument
from planner.export.figures import amount_text, band_text, by_band, finding_texts, verdict
from planner.export.who import day_label, name_endings
from planner.faults import fault
from planner.pictures.picture import BARS, COLUMNS, POINTS, Band, Panel, Picture, Series, Values
from planner.pictures.saved import as_png, as_svg
from planner.plan.plan import Day
from planner.request.override import RATIO, read_shares
from planner.settings import read_settings
from planner.shops import named
from planner.targets.target import heading_of, name_on, unit_word

_ENERGY, _MAGNESIUM = "energy_kcal", "magnesium_mg"
_GLANCE = {_MAGNESIUM: COLUMNS, "calcium_mg": COLUMNS, RATIO: POINTS, _ENERGY: POINTS}
_MEAN, _GAP = "Mean", 0.4  # of a place, between the days and their mean
_WHOLE = 100.0  # per cent
_UPPER_KINDS = ("upper_levels", "reduction_levels", "guidance_levels")
_TOLD = ("short", "over", "unsure")


def pictures_of(week: TableDocument) -> Iterator[Picture]:
    """Return the pictures of a plan, one eater's after the other's."""
    eaters = week.eaters
    endings = name_endings(eaters)
    for name, own in eaters.items():
        yield from eater_pictures(own, name, endings[name])


def svg_files(week: TableDocument) -> dict[str, str]:
    """Return file name → SVG of each picture."""
    return {f"{picture.name}.svg": as_svg(picture) for picture in pictures_of(week)}


def png_files(week: TableDocument) -> dict[str, bytes]:
    """Return file name → PNG of each picture."""
    return {f"{picture.name}.png": as_png(picture) for picture in pictures_of(week)}


def eater_pictures(own: WeekDocument, name: str = "", ending: str = "") -> Iterator[Picture]:
    """Return the pictures of one eater's plan: of each week, then of where the magnesium is from.

    Parameters
    ----------
    own
        The eater's own plan.
    name, ending
        Whose it is, where several eat, and what the names of the files end in.
    """
    whose = f"{name}: " if name else ""
    weeks = sorted({finding.week for finding in own.check.findings})
    for number in weeks:
        found = [finding for finding in own.check.findings if finding.week == number]
        numbers = {finding.day for finding in found}
        days = [day for day in own.plan.days if day.day in numbers]
        told = f", week {number}"
        part, when = (f"_{number}", told) if len(weeks) > 1 else ("", "")
        for stem, title, panels in (
            ("week", "The week at a glance", _glance(days, found)),
            ("nutrients", "Against what is recommended" + _kinds(own, ("floors",)),
             _reached(days, found)),
            ("limits", "Against upper bounds" + _kinds(own, _UPPER_KINDS), _used(days, found)),
        ):  # fmt: skip
            if panels:
                yield Picture(f"{stem}{part}{ending}", f"{whose}{title}{when}", panels)
    yield Picture(f"magnesium{ending}", f"{whose}{'Magnesium by food'}", _sources(own))


def _kinds(own: WeekDocument, groups: Sequence[str]) -> str:
    """Name the kinds of reference values behind the targets: ``" (RDA, AI)"``."""
    kinds = read_settings("targets.toml")["kinds"]
    known = [kind for group in groups for kind in kinds[group]]
    said = [rule.rpartition(" of ")[2] for target in own.targets.targets for rule in target.rules]
    found = [kind.replace("_", " ").capitalize() if "_" in kind else kind
             for kind in known if kind in said]  # fmt: skip
    return f" ({', '.join(found)})" if found else ""


def _glance(days: Sequence[Day], findings: Sequence[Finding]) -> tuple[Panel, ...]:
    """Return a panel each for magnesium, calcium, their ratio and energy: the days and the mean."""
    found = {
        key: [one for one in findings if (one.nutrient, one.basis) == (key, "total")]
        for key in _GLANCE
    }
    return tuple(_of_days(key, days, own) for key, own in found.items() if own and days)


def _of_days(key: str, days: Sequence[Day], findings: Sequence[Finding]) -> Panel:
    by_day = {finding.day: finding for finding in findings}
    judged = [by_day[number] for number in (*(day.day for day in days), None) if number in by_day]
    texts = [finding_texts(finding) for finding in judged]
    pills = [pills_mean(key, [day for day in days if one.day in (day.day, None)]) for one in judged]
    count = len(judged)
    gaps = [_GAP * (finding.day is None) for finding in judged]
    labels = {day.day: day_label(day).replace(" ", "\n", 1) for day in days}
    series = pools([finding.value for finding in judged], pills)
    return Panel(
        kind=_GLANCE[key],
        title=heading_of(key),
        places=tuple(_MEAN if finding.day is None else labels[finding.day] for finding in judged),
        series=series if _GLANCE[key] == COLUMNS else _points(judged),
        labels=tuple(
            _label(one, value) for one, (value, _least, _most) in zip(judged, texts, strict=True)
        ),
        bands=_bands(judged, texts),
        at=tuple(number + gap for number, gap in zip(range(count), gaps, strict=True)),
    )


def _points(judged: Sequence[Finding]) -> tuple[Series, ...]:
    return (Series("value", "value", tuple(finding.value for finding in judged)),)


def _bands(judged: Sequence[Finding], texts: Sequence[tuple[str, str, str]]) -> tuple[Band, ...]:
    """Return what is wanted each day and of the mean; no band where nothing is."""
    lower, upper = (tuple(getattr(one, side) for one in judged) for side in ("lower", "upper"))
    if not any(bound is not None for bound in (*lower, *upper)):
        return ()
    said = {
        finding.day: band_text(least, most)
        for finding, (_value, least, most) in zip(judged, texts, strict=True)
    }
    mean = said.pop(None, "")
    daily = list(dict.fromkeys(said.values()))
    if len(daily) > 1:  # where meals are missed, a day is held to less
        each = (f"{f'day {day}'} {text}" for day, text in said.items())
        told = ", ".join([*each, f"mean {mean}"])
        return (Band(f"by day, mean {mean}", lower, upper, told),)
    words = [f"a day {daily[0]}"] if daily else []
    words += [f"mean {mean}"] if mean else []
    return (Band(mean if daily == [mean] else ", ".join(words), lower, upper),)


def pills_mean(key: str, days: Sequence[Day]) -> float:
    """Return what supplements bring on some days, as their mean [the key's unit]."""
    return sum(day.supplement_totals.get(key) or 0.0 for day in days) / (len(days) or 1)


def pools(values: Sequence[float | None], pills: Sequence[float]) -> tuple[Series, ...]:
    """Part values in what food and what supplements bring; the latter only where there are any."""
    taken: Values = tuple(
        None if value is None else min(value, pill)
        for value, pill in zip(values, pills, strict=True)
    )
    food = tuple(
        None if value is None else value - (pill or 0.0)
        for value, pill in zip(values, taken, strict=True)
    )
    series = (Series("food", "food", food), Series("supplement", "supplements", taken))
    return series if any(taken) else series[:1]


def _label(finding: Finding, text: str) -> str:
    """Return a figure, with a word where it is not within its band."""
    word = verdict(finding)
    return f"{text} {word}" if word in _TOLD else text


def _reached(days: Sequence[Day], findings: Iterable[Finding]) -> tuple[Panel, ...]:
    """Return the mean of the week as a share of what is recommended, nutrient by nutrient."""
    judged = [
        one for one in findings if one.day is None and one.lower and _is_nutrient(one.nutrient)
    ]
    pills = [pills_mean(finding.nutrient, days) for finding in judged]
    title = "Mean a day, per cent of what is wanted"
    return _shares(title, judged, [finding.lower or 0.0 for finding in judged], pills, "lower")


def _used(days: Sequence[Day], findings: Iterable[Finding]) -> tuple[Panel, ...]:
    """Return the highest day as a share of each upper bound, by what the bound counts."""
    by_day = {day.day: day for day in days}
    daily = (finding for finding in findings if finding.day is not None and finding.upper)
    judged = [max(own, key=lambda one: (one.value or 0.0) / (one.upper or 1.0))
              for own in by_band(daily) if _is_nutrient(own[0].nutrient)]  # fmt: skip
    pills = [pills_mean(finding.nutrient, [by_day[finding.day or 0]]) for finding in judged]
    title = "Highest day, per cent of the most"
    return _shares(title, judged, [finding.upper or 0.0 for finding in judged], pills, "upper")


def _is_nutrient(key: str) -> bool:
    return key not in (RATIO, _ENERGY) and key not in read_shares()


def _shares(
    title: str,
    judged: Sequence[Finding],
    wholes: Sequence[float],
    pills: Sequence[float],
    side: str,
) -> tuple[Panel, ...]:
    """Return bars in per cent of ``wholes``, each with its figures in words; none without any."""
    if not judged:
        return ()
    values = [None if finding.value is None else _WHOLE * finding.value / whole
              for finding, whole in zip(judged, wholes, strict=True)]  # fmt: skip
    parts = [_WHOLE * pill / whole for pill, whole in zip(pills, wholes, strict=True)]
    labels = [_of_text(finding, side) for finding in judged]
    bound = {"lower": None, "upper": None, side: _WHOLE}
    words = "100 % or more" if side == "lower" else "at most 100 %"
    return (
        Panel(
            kind=BARS,
            title=title,
            places=tuple(name_on(finding.nutrient, finding.basis) for finding in judged),
            series=pools(values, parts),
            labels=tuple(labels),
            bands=(Band.level(words, bound["lower"], bound["upper"], len(judged)),),
            most=read_settings("pictures.toml")["axis"][side],
        ),
    )


def _of_text(finding: Finding, side: str) -> str:
    """Describe a figure beside its bound: ``"614 of 320 mg"``, ``"2.1 of 15 µg short"``."""
    value, lower, upper = finding_texts(finding)
    bound = lower if side == "lower" else upper
    return _label(
        finding,
        "{value} of {bound}".format(value=value, bound=f"{bound} {unit_word(finding.nutrient)}"),
    )


def _sources(own: WeekDocument) -> tuple[Panel, ...]:
    """Return the magnesium of the foods that bring most, the largest first, and of all others."""
    found = main_sources(own.plan, own.foods, _MAGNESIUM)
    pills = {item.item_id for day in own.plan.days for item in day.items() if item.is_supplement}
    most = read_settings("pictures.toml")["axis"]["sources"]
    shown, rest = found[:most], found[most:]
    amounts = [source.amount for source in shown]
    series = pools(amounts, [source.amount * (source.food_id in pills) for source in shown])
    names, labels = [named(source.name) for source in shown], [_source_text([one]) for one in shown]
    if rest:  # a figure and no bar, beside which the others would be short
        names, labels = (
            [*names, f"{len(rest)} others together"],
            [*labels, _source_text(rest)],
        )
        series = tuple(replace(pool, values=(*pool.values, None)) for pool in series)
    title = "Mean a day, and its share of all"
    return (Panel(BARS, title, tuple(names), series, tuple(labels)),)


def _source_text(sources: Sequence[Source]) -> str:
    """Describe what some foods bring together: ``"39 mg, 5 %"``."""
    amount, share = sum(source.amount for source in sources), sum(one.share for one in sources)
    text = f"{amount_text(_MAGNESIUM, amount)} {unit_word(_MAGNESIUM)}"
    return f"{text}, {_WHOLE * share:.0f} %"


SVG, PNG, HTML = ".svg", ".png", ".html"
ENDINGS = (SVG, PNG, HTML)


def check_chart(path: Path) -> None:
    """Make sure that a chart may have this name.

    Raises
    ------
    ConfigError
        When it ends in something else.
    """
    if path.suffix.lower() not in ENDINGS:
        raise fault(ConfigError, "chart_name", name=path.name, endings=", ".join(ENDINGS))


def chart_content(picture: Picture, path: Path, told: Iterable[Block], units: str) -> str | bytes:
    """Return the content of the file of a picture.

    Parameters
    ----------
    picture, path
        What is drawn, and the file that its ending comes from.
    told, units
        What stands below it on a page, and the units of whoever reads it, for its paper.
    """
    ending = path.suffix.lower()
    if ending == PNG:
        return as_png(picture)
    if ending == SVG:
        return as_svg(picture)
    paper = "letter" if units == "us" else "a4"
    return as_page(Document(picture.title, (Pictures((picture,)), *told), paper=paper))
