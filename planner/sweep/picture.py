"""The picture of a sweep: points, and what a week brings and costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.export.figures import amount_text
from planner.pictures.picture import CURVE, Mark, Panel, Picture, Series
from planner.request.override import RATIO
from planner.shops import as_told, cost_as, currency
from planner.sweep.curve import STOPPED, WORDS_OF, Sweep, SweepPoint
from planner.sweep.way import Value
from planner.targets.target import heading_of

_MAGNESIUM = "magnesium_mg"


def sweep_picture(sweep: Sweep, *, plain: bool = False) -> Picture | None:
    """Return curves over what is varied; ``None`` where that is no number, or nothing was planned.

    Those of points are left out where it is ``plain``.
    """
    if not (sweep.axes[0].is_numeric and sweep.has_plan):
        return None
    knees, panels = sweep.knees(), list[Panel]()
    for second, points in sweep.curves():
        drawn = _Curve(sweep, second, points, knees.get(second), plain)
        panels += drawn.panels()
    return Picture("sweep", f"What {sweep.axes[0].name} changes", tuple(panels))


class _Curve:
    """The points along the first axis, at one value of the second."""

    def __init__(
        self,
        sweep: Sweep,
        second: Value | None,
        points: Sequence[SweepPoint],
        knee: SweepPoint | None,
        plain: bool,
    ) -> None:
        self.points, self.knee, self.along = points, knee, sweep.axes[0].name
        self.at = tuple(float(one.way.at[0]) for one in points)
        self.where = "" if second is None else f", {sweep.axes[1].name} {value_text(second)}"
        self.whole, self.plain = second is None, plain
        self.turn = "turning point" if plain else "knee"

    def panels(self) -> Iterator[Panel]:
        """Return a panel of points; of one curve also what it brings."""
        if not self.plain:
            yield self._panel("Points, fewer are better", "points")
        if self.whole:
            yield self._panel(f"Stocked kitchen, {currency()}", "kitchen_usd")
            yield self._panel(heading_of(_MAGNESIUM), _MAGNESIUM)
            yield self._panel(heading_of(RATIO), RATIO)

    def _panel(self, title: str, key: str) -> Panel:
        values = tuple(one.figures[key] for one in self.points)
        shown = tuple(v if v is None or key != "kitchen_usd" else as_told(v) for v in values)
        return Panel(
            CURVE,
            f"{title}{self.where}",
            tuple(value_text(one.way.at[0]) for one in self.points),
            (Series("value", title, shown),),
            tuple(self._label(one, key) for one in self.points),
            (),
            self.at,
            self.along,
            marks=tuple(self._marks()),
        )

    def _label(self, point: SweepPoint, key: str) -> str:
        value = point.figures[key]
        if value is None:
            return WORDS_OF[point.status]
        if key in (_MAGNESIUM, RATIO):
            text = amount_text(key, value)
        else:
            text = cost_as(value) if key == "kitchen_usd" else _points(value)
        return f"{text} ({self.turn})" if point is self.knee else text

    def _marks(self) -> Iterator[Mark]:
        """Mark the knee, and the stretches without a plan up to halfway to their neighbours."""
        if self.knee is not None:
            at = float(self.knee.way.at[0])
            yield Mark(self.turn, at, at)
        begun: int | None = None
        for number, one in enumerate([*self.points, None]):
            lacks = one is not None and not one.has_plan and one.status != STOPPED
            if lacks and begun is None:
                begun = number
            elif not lacks and begun is not None:
                yield Mark("no plan", self._edge(begun, -1), self._edge(number - 1, 1))
                begun = None

    def _edge(self, number: int, step: int) -> float:
        other = number + step
        if not 0 <= other < len(self.at):
            other = number - step if 0 <= number - step < len(self.at) else number
            return self.at[number] + (self.at[number] - self.at[other]) / 2
        return (self.at[number] + self.at[other]) / 2


def value_text(value: Value) -> str:
    """Return a value of what is varied as it is typed."""
    return value if isinstance(value, str) else f"{value:.10g}"


def _points(value: float) -> str:
    return f"{value:.1f}"
