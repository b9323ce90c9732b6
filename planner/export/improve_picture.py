"""Before and after: what a day holds as it is eaten, and with one, two, three changes."""

from __future__ import annotations

from collections.abc import Sequence

from planner.check.amounts import CALCIUM, MAGNESIUM, RATIO_KEY
from planner.diary.analysis import Analysis
from planner.export.figures import amount_text, band_text
from planner.export.plan_pictures import pools
from planner.improve.improvement import Improvement, Option
from planner.language.spoken import _, ngettext
from planner.pictures.picture import COLUMNS, POINTS, Band, Panel, Picture, Series, Values
from planner.targets.derive import TargetSet
from planner.targets.words import heading_of

_WEEK, _DAY = "week", "day"
_PANELS = {MAGNESIUM: COLUMNS, CALCIUM: COLUMNS, RATIO_KEY: POINTS}
NAME = "improve"


def improvement_picture(found: Improvement) -> Picture:
    """Give the picture: a panel for magnesium, calcium and their ratio, beside what is wanted."""
    shown = _best_of_each(found)
    analyses = [found.before, *(one.after for one in shown)]
    places = [_("as eaten"), *(_place(one) for one in shown)]
    keys = [key for key in _PANELS if key != RATIO_KEY or found.before.targets.shows_ratio]
    panels = tuple(_panel(key, places, analyses) for key in keys)
    return Picture(NAME, _("How far few changes get"), panels)


def _best_of_each(found: Improvement) -> list[Option]:
    """Give the first way of each number of changes."""
    best: dict[int, Option] = {}
    for one in found.options:
        best.setdefault(one.most, one)
    return list(best.values())


def _place(option: Option) -> str:
    count = len(option.way.changes)
    return ngettext("{count} change", "{count} changes", count).format(count=count)


def _panel(key: str, places: Sequence[str], analyses: Sequence[Analysis]) -> Panel:
    values = tuple(
        one.mean.ca_mg_ratio if key == RATIO_KEY else one.mean.totals.get(key) for one in analyses
    )
    return Panel(
        _PANELS[key],
        heading_of(key),
        tuple(place.replace(" ", "\n", 1) for place in places),
        _series(key, values, analyses),
        tuple(amount_text(key, value) for value in values),
        _bands(analyses[0].targets, key, len(places)),
    )


def _series(key: str, values: Values, analyses: Sequence[Analysis]) -> tuple[Series, ...]:
    """Give the values; of an amount what food and what supplements bring, where there are any."""
    if _PANELS[key] != COLUMNS:
        return (Series("value", "value", values),)
    return pools(values, [one.mean.supplement_totals.get(key, 0.0) for one in analyses])


def _bands(targets: TargetSet, key: str, count: int) -> tuple[Band, ...]:
    """Give what is wanted of the mean, or of a day where nothing is of the mean."""
    target = targets.find(key, _WEEK) or targets.find(key, _DAY)
    if target is None or (target.lower is None and target.upper is None):
        return ()
    bounds = [
        None if one is None else amount_text(key, one) for one in (target.lower, target.upper)
    ]
    name = band_text(*(one or "" for one in bounds))
    return (Band.level(name, target.lower, target.upper, count),)
