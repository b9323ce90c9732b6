"""Draw a picture with matplotlib: axes, bands, marks and words, nothing else.

Why nothing of the reader's own matplotlib settings counts: the same plan gives the same file.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from math import ceil, nan
from typing import TYPE_CHECKING, Any

from planner.pictures.fonts import fonts_at_hand, load_matplotlib
from planner.pictures.picture import BARS, COLUMNS, CURVE, POINTS, Mark, Panel, Picture
from planner.settings import read_settings

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOK = "pictures.toml"
_HALF, _BAR = 0.5, 0.66  # of the distance between two places
_WIDE = ("W", "F")  # of Unicode's classes of width
_SHARES = "axes fraction"  # places of a text as shares of the axes, not in their numbers
Place = tuple[float, float]
_BAND, _LINE, _MARK = 0, 1, 2  # what lies over what, the highest last


@contextmanager
def drawn(picture: Picture) -> Iterator[Figure]:
    """Return a picture as a figure of matplotlib, to be saved as it is.

    The settings that it is to be saved with hold inside the ``with``.
    """
    load_matplotlib()
    import matplotlib
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_settings(picture))
        heights = [_height(panel) for panel in picture.panels]
        sizes = read_settings(LOOK)["sizes"]
        title = _wrapped(picture.title, "title_letters", len(picture.title))
        handles, columns = _legend(picture), int(sizes["legend_columns"])
        lines = title.count("\n") + 1 + ceil(len(handles) / columns)
        whole = sum(heights) + lines * sizes["title_line"] + sizes["margin"]
        around = ConstrainedLayoutEngine(h_pad=sizes["margin"] / 2, w_pad=sizes["margin"])
        figure = Figure(figsize=(sizes["width"], whole), layout=around)
        figure.suptitle(title, x=0.02, ha="left", size=sizes["title"], weight="bold")
        grid = figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)
        following = (*picture.panels[1:], None)
        for axes, panel, after in zip(grid[:, 0], picture.panels, following, strict=True):
            _DRAWN[panel.kind](axes, panel)
            _head(axes, panel)
            if after is not None and after.places == panel.places and panel.kind in _UPRIGHT:
                axes.tick_params(labelbottom=False)  # they stand below the next one
        if handles:
            figure.legend(handles=handles, loc="outside lower left", ncols=columns,
                          frameon=False)  # fmt: skip
        yield figure


def _settings(picture: Picture) -> dict[str, Any]:
    look = read_settings(LOOK)
    ink, sizes = look["ink"], look["sizes"]
    coloured = ("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color")
    return {
        **dict.fromkeys(coloured, ink),
        "font.family": list(fonts_at_hand()),
        "font.size": sizes["text"],
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": sizes["edge"],
        "axes.axisbelow": True,
        "hatch.linewidth": sizes["edge"],
        "hatch.color": ink,
        "figure.facecolor": look["paper"],
        "figure.dpi": sizes["dpi"],
        "svg.fonttype": "none",
        "svg.hashsalt": picture.name,
        "text.parse_math": False,
        "text.usetex": False,
    }


def _height(panel: Panel) -> float:
    sizes = read_settings(LOOK)["sizes"]
    if panel.kind == BARS:
        return float(sizes["panel_head"] + sizes["bar_row"] * sum(_rows(panel)[1]))
    return float(sizes["curve_panel" if panel.kind == CURVE else "column_panel"])


def _legend(picture: Picture) -> list[Artist]:
    """Describe what the parts of a picture are, where a panel has several, and what is wanted."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    found: dict[str, Artist] = {}
    for panel in picture.panels:
        for one in panel.series if len(panel.series) > 1 else ():
            is_filled = panel.kind in (COLUMNS, BARS)
            found.setdefault(
                one.name,
                Patch(**_filled(one.part)) if is_filled else Line2D([], [], **_marked(one.part)),
            )
        for band in panel.bands:
            found.setdefault(band.word, Patch(**_shade()))
    for name, sign in found.items():
        sign.set_label(name)
    return list(found.values())


def _head(axes: Axes, panel: Panel) -> None:
    """Write title and bounds over a panel: in one line where there is room."""
    look = read_settings(LOOK)
    lines = look["lines"]
    is_upright = panel.kind in _UPRIGHT
    first = lines["title_over_figures"] if is_upright else lines["first"]
    above = lines["next"] if panel.bounds and not is_upright else 0.0
    size = look["sizes"]["panel_title"]
    _write(axes, panel.title, (0.0, 1.0), (0.0, first + above), size=size, weight="bold")
    side = {"ha": "right"} if is_upright else {}
    if panel.bounds:
        x = 1.0 if is_upright else 0.0
        _write(axes, panel.bounds, (x, 1.0), (0.0, first), color=look["quiet"], **side)


def _write(
    axes: Axes, text: str, at: Place, apart_pt: Place, of: Any = _SHARES, **style: Any
) -> None:
    """Write beside a place, so many points apart; ``of`` says what its two numbers are."""
    axes.annotate(text, at, apart_pt, xycoords=of, textcoords="offset points", **style)


def _columns(axes: Axes, panel: Panel) -> None:
    """Draw upright columns from zero, parts on each other, with bands behind."""
    _bands(axes, panel, lowest=0.0)
    bottoms = [0.0] * len(panel.places)
    for series in panel.series:
        values = [value or 0.0 for value in series.values]
        axes.bar(panel.positions, values, _BAR, bottoms, **_filled(series.part))
        bottoms = [low + value for low, value in zip(bottoms, values, strict=True)]
    _figures(axes, panel)
    _upright(axes, panel)


def _points(axes: Axes, panel: Panel) -> None:
    """Draw a mark at each place."""
    _bands(axes, panel, lowest=None)
    for series in panel.series:
        style = {**_marked(series.part), "linestyle": ""}
        axes.plot(panel.positions, _known(series.values), **style)
    _figures(axes, panel)
    _upright(axes, panel)


def _curve(axes: Axes, panel: Panel) -> None:
    """Draw lines over a number; bands run along, where they have a bound."""
    look = read_settings(LOOK)
    low, high = _range(panel, None)
    for band in panel.bands:
        sides = list(zip(band.lower, band.upper, strict=True))
        lower = [low if bound is None else bound for bound in band.lower]
        upper = [nan if side == (None, None) else side[1] or high for side in sides]
        axes.fill_between(panel.positions, lower, upper, **_shade())
        for side in (band.lower, band.upper):
            axes.plot(panel.positions, _known(side), color=look["ink"], lw=look["sizes"]["edge"])
    for series in panel.series:
        axes.plot(panel.positions, _known(series.values), **_marked(series.part))
    for mark in panel.marks:
        _mark(axes, mark)
    axes.set_ylim(low, high)
    axes.set_xlabel(panel.along)


def _mark(axes: Axes, mark: Mark) -> None:
    """Draw a stretch hatched, and a single place as a line, with what is said of it."""
    look = read_settings(LOOK)
    style = {"edgecolor": look["quiet"], "linewidth": look["sizes"]["edge"], "zorder": _BAND}
    if mark.first == mark.last:
        axes.axvline(mark.first, color=look["ink"], lw=look["sizes"]["edge"], ls=":")
    else:
        axes.axvspan(mark.first, mark.last, facecolor="none", hatch=look["mark"]["hatch"], **style)
    paper = {"facecolor": look["paper"], "edgecolor": "none", "pad": 1.0}
    at, apart_pt = ((mark.first + mark.last) / 2, 1.0), (0.0, -look["lines"]["first"])
    style = {"ha": "center", "va": "top", "color": look["quiet"], "bbox": paper}
    _write(axes, mark.name, at, apart_pt, ("data", _SHARES), **style)


def _bars(axes: Axes, panel: Panel) -> None:
    """Draw lying bars, the first on top, with their names left and their figures right."""
    look = read_settings(LOOK)
    sizes = look["sizes"]
    rows, heights = _rows(panel)
    most = panel.most or max(panel.numbers, default=1.0)
    edges = [(row - tall / 2, row + tall / 2) for row, tall in zip(rows, heights, strict=True)]
    for first, last, lower, upper in _runs(panel, edges):
        start, end = lower or 0.0, most if upper is None else min(upper, most)
        axes.barh(first, end - start, last - first, start, align="edge", zorder=_BAND, **_shade())
        for bound in filter(None, (lower, upper)):
            axes.vlines(bound, first, last, look["ink"], lw=sizes["line"], zorder=_MARK)
    lefts = [0.0] * len(panel.places)
    for series in panel.series:
        ends = [min(most, x + (v or 0.0)) for x, v in zip(lefts, series.values, strict=True)]
        widths = [end - left for end, left in zip(ends, lefts, strict=True)]
        axes.barh(rows, widths, _BAR, lefts, **_filled(series.part))
        lefts = ends
    for row, top, label in zip(rows, panel.tops, panel.labels, strict=True):
        if top is not None and top > most:
            axes.plot(most, row, ">", color=look["ink"], ms=sizes["cut_mark"], clip_on=False,
                      zorder=_MARK)  # fmt: skip
        at, apart_pt = (1.0, row), (sizes["mark"], 0.0)
        _write(axes, label, at, apart_pt, (_SHARES, "data"), va="center_baseline")
    axes.set_yticks(rows, _names(panel))
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(0.0, most)
    axes.set_ylim(sum(heights), 0.0)


def _rows(panel: Panel) -> tuple[list[float], list[float]]:
    """Return the middle and height of each bar's row; a row with a two-line name is taller."""
    line = read_settings(LOOK)["sizes"]["name_line"]
    heights = [1.0 + line * name.count("\n") for name in _names(panel)]
    ends = accumulate(heights)
    return [end - tall / 2 for end, tall in zip(ends, heights, strict=True)], heights


_UPRIGHT = (COLUMNS, POINTS)
_DRAWN = {COLUMNS: _columns, POINTS: _points, CURVE: _curve, BARS: _bars}


def _bands(axes: Axes, panel: Panel, lowest: float | None) -> None:
    """Shade what is wanted at each place, with its bounds as lines; set the range of the axis."""
    look = read_settings(LOOK)
    low, high = _range(panel, lowest)
    axes.set_ylim(low, high)
    edges = [(x - _HALF, x + _HALF) for x in panel.positions]
    for first, last, lower, upper in _runs(panel, edges):
        start = low if lower is None else lower
        end = high if upper is None else min(upper, high)
        axes.bar(first, end - start, last - first, start, align="edge", zorder=_BAND, **_shade())
        for bound in (lower, upper):
            if bound is not None and bound < high:
                axes.hlines(bound, first, last, look["ink"], lw=look["sizes"]["line"],
                            zorder=_LINE)  # fmt: skip


def _runs(
    panel: Panel, edges: Sequence[tuple[float, float]]
) -> Iterator[tuple[float, float, float | None, float | None]]:
    """Yield (first edge, last edge, lower, upper) of places side by side with the same bounds."""
    for band in panel.bands:
        runs: list[tuple[float, float, float | None, float | None]] = []
        for (first, last), lower, upper in zip(edges, band.lower, band.upper, strict=True):
            if runs and runs[-1][1:] == (first, lower, upper):
                first = runs.pop()[0]
            runs.append((first, last, lower, upper))
        yield from runs


def _range(panel: Panel, lowest: float | None) -> tuple[float, float]:
    """Return the ends of an upright axis, with room for the figures.

    A far upper bound is only said, and a lower one always shown.
    """
    room = read_settings(LOOK)["room"]
    reached = max(panel.numbers, default=1.0)
    bounds = [bound for band in panel.bands for side in (band.lower, band.upper) for bound in side]
    near = [one for one in bounds if one is not None and one <= room["show_bound"] * reached]
    lowers = [bound for band in panel.bands for bound in band.lower if bound is not None]
    top = max([reached, *near, *lowers])
    start = min([*panel.numbers, *near, *lowers]) if lowest is None else lowest
    height = (top - start) or abs(top) or 1.0
    below = room["above"] * height if lowest is None else 0.0
    return start - below, top + room["above"] * height


def _figures(axes: Axes, panel: Panel) -> None:
    """Write the figure of each place in a row over the axes, where nothing is drawn."""
    lift_pt = read_settings(LOOK)["lines"]["first"]
    for x, label in zip(panel.positions, panel.labels, strict=True):
        _write(axes, label, (x, 1.0), (0.0, lift_pt), ("data", _SHARES), ha="center", va="bottom")


def _upright(axes: Axes, panel: Panel) -> None:
    axes.set_xticks(panel.positions, panel.places)
    axes.tick_params(bottom=False, left=False, labelleft=False)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(min(panel.positions) - _HALF, max(panel.positions) + _HALF)


def _known(values: tuple[float | None, ...]) -> list[float]:
    return [float("nan") if value is None else value for value in values]


def _shade() -> dict[str, Any]:
    band = read_settings(LOOK)["band"]
    return {"color": band["colour"], "alpha": band["alpha"], "linewidth": 0.0}


def _filled(part: str) -> dict[str, Any]:
    look = read_settings(LOOK)
    own = look["parts"][part]
    return {
        "facecolor": own["colour"],
        "edgecolor": look["ink"],
        "hatch": own["hatch"] or None,
        "linewidth": look["sizes"]["edge"],
        "zorder": _LINE,
    }


def _marked(part: str) -> dict[str, Any]:
    look = read_settings(LOOK)
    own, sizes = look["parts"][part], look["sizes"]
    return {
        "color": own["colour"],
        "marker": own["mark"],
        "markersize": sizes["mark"],
        "markeredgecolor": look["ink"],
        "markeredgewidth": sizes["edge"],
        "linestyle": own["dash"],
        "linewidth": sizes["line"],
        "zorder": _MARK,
        "clip_on": False,
    }


def _names(panel: Panel) -> list[str]:
    lines = read_settings(LOOK)["sizes"]["name_lines"]
    return [_wrapped(name, "name_letters", lines) for name in panel.places]


def _wrapped(text: str, letters: str, most_lines: int) -> str:
    """Break a text into lines of so many letters as ``[sizes]`` says; what is too long is cut.

    Of letters that are twice as wide, as Chinese ones are, half as many stand in a line.
    """
    is_wide = any(unicodedata.east_asian_width(letter) in _WIDE for letter in text)
    width = read_settings(LOOK)["sizes"][letters] // (2 if is_wide else 1)
    return "\n".join(textwrap.wrap(text, width, max_lines=max(1, most_lines), placeholder=" …"))
