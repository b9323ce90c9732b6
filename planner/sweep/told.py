"""A sweep in words, figures and a picture: the sheet of it, its CSV, and its JSON values.

Where most Ca:Mg, or standards, stand side by side, what is eaten stands there too, and what sources
say of it, in the words of ``configs/facts.csv``. Words: ``configs/sweep.toml``.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence

from foods.own_csv import as_cell
from foods.sheet import as_csv_text
from planner.document.blocks import (
    Block,
    Document,
    Paragraph,
    Pictures,
    Section,
    Table,
    bullets,
    paragraphs,
)  # fmt: skip
from planner.document.program import PROGRAM, program_version
from planner.explain.facts import Fact, facts_on
from planner.explain.table_report import TableReport
from planner.export.figures import amount_text, mass_text
from planner.export.targets import reference_ratio
from planner.export.who import person_text
from planner.export.why import facts_answer, facts_told
from planner.pictures.picture import CURVE, Mark, Panel, Picture, Series
from planner.request.override import RATIO
from planner.settings import read_settings
from planner.shops import as_told, currency, in_its_shops, named
from planner.standards.read import read_standard
from planner.sweep.run import FIGURES, STOPPED, Sweep, SweepPoint
from planner.sweep.way import RATIOS, SETTINGS, STANDARDS, Value
from planner.targets.derive import targets_of
from planner.targets.target import heading_of, name_of
from planner.wire.plan_file import Program
from planner.wire.sweep import SweepAnswer, WrittenStretch
from planner.wording import plural

_FIT, _TURN, _MAGNESIUM = "fit", "turning point", "magnesium_mg"


@in_its_shops
def sweep_sheet(sweep: Sweep) -> Document:
    """Return a sweep as a document: its table, its picture, and what is to be said of both."""
    words, compared, picture = read_settings(SETTINGS), sweep.axes[0].compared, sweep_picture(sweep)
    legend = words["legend"]
    fit = legend["fit" if sweep.compares_points else "weight"]
    texts = [words["first"].get(compared, ""), legend["each"].format(currency=currency(), fit=fit)]
    lead: tuple[Block, ...] = (
        Paragraph(f"Planned for {person_text(sweep.request)}."),
        _figures(sweep),
        *bullets(_remarks(sweep)),
        *([Pictures((picture,))] if picture is not None else []),
        *paragraphs(texts),
    )
    varied = (
        (axis.name, *map(value_text, (axis.values[0], axis.values[-1]))) for axis in sweep.axes
    )
    ranges = "; ".join(f"{name} from {low} to {high}" for name, low, high in varied)
    title = words["titles"].get(compared) or f"What it changes: {ranges}"
    paper = "letter" if sweep.request.units == "us" else "a4"
    return Document(title, lead, tuple(_chapters(sweep)), paper=paper)


def sweep_picture(sweep: Sweep) -> Picture | None:
    """Return curves over what is varied; ``None`` where that is no number, or nothing was planned.

    Where two wishes are varied, there is one for each value of the second.
    """
    if sweep.axes[0].compared or not sweep.has_plan:
        return None
    titles = {
        _FIT: "Fits less well than the best, %",
        "kitchen_usd": f"Stocked kitchen, {currency()}",
        _MAGNESIUM: heading_of(_MAGNESIUM),
        RATIO: heading_of(RATIO),
    }
    known = [
        key for key in titles if {_value(sweep, point, key) for point in sweep.points} != {None}
    ]
    panels = []
    for points in sweep.curves():
        where = _second(sweep, points[0], ", ")
        for key in known[: 1 if where else None]:
            panels.append(_panel(sweep, points, key, f"{titles[key]}{where}"))
    return Picture("sweep", f"What {sweep.axes[0].name} changes", tuple(panels))


def _panel(sweep: Sweep, points: Sequence[SweepPoint], key: str, title: str) -> Panel:
    """Draw a figure of points, their turn, and where there is no plan, halfway to neighbors."""
    at = tuple(float(point.way.at[0]) for point in points)
    half = (at[-1] - at[0]) / max(1, len(at) - 1) / 2
    marks = [Mark(_TURN, x, x) for x, point in zip(at, points, strict=True) if point in sweep.knees]
    for run in (run for run in sweep.stretches() if run[0] in points):
        first, last = (float(end.way.at[0]) for end in (run[0], run[-1]))
        marks.append(Mark("no plan", first - half, last + half))
    values = tuple(_value(sweep, point, key) for point in points)
    labels = [
        _said(sweep, point)
        if value is None
        else f"{_text(key, value)} {_said(sweep, point)}".strip()
        for point, value in zip(points, values, strict=True)
    ]
    return Panel(
        CURVE,
        title,
        tuple(value_text(point.way.at[0]) for point in points),
        (Series("value", title, values),),
        tuple(labels),
        at=at,
        along=sweep.axes[0].name,
        marks=tuple(marks),
    )


def _value(sweep: Sweep, point: SweepPoint, key: str) -> float | None:
    """Return a figure of a point, prices in the money of its shops."""
    value = sweep.fit(point) if key == _FIT else point.figures[key]
    return as_told(value) if value is not None and key.endswith("_usd") else value


def _text(key: str, value: float | None) -> str:
    if value is None:
        return "–"
    if key == _FIT:
        return f"{value:.0f}"
    return f"{value:.2f}" if key.endswith("_usd") else amount_text(key, value)


def _said(sweep: Sweep, point: SweepPoint) -> str:
    """Return what is said of a point beside its figures."""
    status: str = read_settings(SETTINGS)["status"][point.status]
    return _TURN if point in sweep.knees else status


def value_text(value: Value) -> str:
    """Return a value of what is varied as it is typed."""
    return value if isinstance(value, str) else f"{value:.10g}"


def searched_text(done: int, of: int) -> str:
    """Describe how far a sweep is."""
    return f"{done} of {of} plans searched"


def _figures(sweep: Sweep) -> Table:
    """Return a row for each point: its values, figures, and what is to be said of it."""
    columns = read_settings(SETTINGS)["columns"]
    head = (*(axis.name for axis in sweep.axes), *columns.values(), "")
    rows = []
    for point in sweep.points:
        cells = (_text(key, _value(sweep, point, key)) for key in columns)
        rows.append((*map(value_text, point.way.at), *cells, _said(sweep, point)))
    return Table("Plans by what was varied", head, rows, (len(head) - 1,))


def _remarks(sweep: Sweep) -> Iterator[str]:
    """Describe where the curve bends, where there is no plan and why, and what was left out."""
    name, bend = sweep.axes[0].name, read_settings(SETTINGS)["legend"]["bend"]
    for point in sweep.knees:
        value = f"{value_text(point.way.at[0])}{_second(sweep, point, ', ')}"
        yield bend.format(name=name, value=value)
    for run in sweep.stretches():
        ends = dict.fromkeys(value_text(point.way.at[0]) for point in (run[0], run[-1]))
        why = f" ({run[0].told})" if run[0].told else ""
        where = f"{name} {' … '.join(ends)}{_second(sweep, run[0], ', ')}"
        yield f"{where}: {_said(sweep, run[0])}{why}"
    if left := sum(point.status == STOPPED for point in sweep.points):
        text = plural(left, "{count} plan is missing", "{count} plans are missing")
        yield f"Stopped: {text.format(count=left)}."


def _second(sweep: Sweep, point: SweepPoint, begin: str) -> str:
    """Return the second wish with its value; nothing where only one is varied."""
    each = zip(sweep.axes[1:], point.way.at[1:], strict=True)
    return "".join(f"{begin}{axis.name} {value_text(value)}" for axis, value in each)


def sweep_csv(sweep: Sweep) -> str:
    """Return a row for each point, unrounded; a blank is unknown, or there is no plan."""
    head = [*(axis.name for axis in sweep.axes), "status", *FIGURES, "knee"]
    rows = [["" if row[name] is None else row[name] for name in head] for row in sweep.rows()]
    return as_csv_text([[as_cell(name) for name in head], *rows])


def sweep_answer(sweep: Sweep) -> SweepAnswer:
    """Return everything that is known of a sweep as it is written.

    In a comparison each point has what is eaten, and ratios have what sources say.
    """
    compared, points = sweep.axes[0].compared, []
    for row, point in zip(sweep.rows(), sweep.points, strict=True):
        eaten = {"foods_g": _eaten_g(point.report)} if compared else {}
        points.append({**row, "told": point.told, "passed": point.has_plan, **eaten})
    return SweepAnswer.of(
        sweep,
        program=Program(name=PROGRAM, version=program_version()),
        units=FIGURES,
        points=points,
        stretches=[
            WrittenStretch.of(first=run[0].way.at, last=run[-1].way.at, status=run[0].status)
            for run in sweep.stretches()
        ],
        evidence=facts_answer(_facts()) if compared == RATIOS else None,
    )


def _facts() -> tuple[Fact, ...]:
    return facts_on(read_settings(SETTINGS)["compare"]["topic"])


def _chapters(sweep: Sweep) -> Iterator[Section]:
    """Return what is eaten, and what sources say or standards ask for; nothing of numbers alone."""
    compared = sweep.axes[0].compared
    if compared:
        yield Section("What is eaten", tuple(_foods(sweep)))
    if compared == RATIOS:
        yield Section("What is said of it", tuple(facts_told(_facts())))
    if compared == STANDARDS:
        yield Section("What each standard asks for", (_asked(sweep),))


def _eaten_g(report: TableReport | None) -> Mapping[str, float]:
    """Return food id → mass eaten in the plan by everybody [g]; empty without a plan."""
    eaten: dict[str, float] = {}
    for day in report.plan.days if report and report.plan else ():
        for food_id, mass_g in day.ingredients():
            eaten[food_id] = eaten.get(food_id, 0.0) + mass_g
    return dict(sorted(eaten.items()))


def _foods(sweep: Sweep) -> Iterator[Block]:
    """Tell the foods whose amounts differ most, and where the magnesium is from."""
    import pandas as pd

    rule = read_settings(SETTINGS)["compare"]
    planned = {value_text(point.way.at[0]): point.report for point in sweep.points if point.report}
    foods = ChainMap(*({**report.foods.foods} for report in planned.values()))
    told = [food for food in foods if foods[food].group not in rule["not_told"]]
    eaten = pd.DataFrame({value: _eaten_g(report) for value, report in planned.items()})
    grams = eaten[eaten.index.isin(told)].fillna(0.0)
    apart = (grams.max(axis=1) - grams.min(axis=1)).nlargest(rule["foods"])
    far = apart[apart >= rule["least_food_g"]].index
    rows = [(named(foods[food].name), *map(mass_text, grams.loc[food])) for food in far]
    if rows:
        yield Table("Foods that differ most, for the whole plan", ("", *planned), rows)
    for value, report in planned.items():
        sources = report.why.magnesium_sources if report.why else ()
        shares = ", ".join(f"{named(each.name)} {100 * each.share:.0f} %" for each in sources)
        yield from bullets([f"{value}: magnesium from {shares}"] if shares else [])


def _asked(sweep: Sweep) -> Table:
    """Tell what each standard asks for of magnesium and calcium, and their ratio."""
    rows, keys = [], (_MAGNESIUM, "calcium_mg")
    for point in sweep.points:
        targets = targets_of(point.way.request)
        found = {key: targets.find(key, "week") for key in keys}
        amounts = {key: target.lower if target else None for key, target in found.items()}
        amounts[RATIO] = reference_ratio(targets)
        name = read_standard(str(point.way.at[0])).name
        rows.append((name, *(amount_text(key, value) for key, value in amounts.items())))
    head = ("", *map(name_of, keys), "Ca:Mg")
    return Table("Recommended a day, and calcium to magnesium of these", head, rows)
