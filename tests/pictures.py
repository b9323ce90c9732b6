"""A panel by hand: two places, of 10 and 20."""

from planner.pictures.picture import COLUMNS, Panel, Series


def panel(kind=COLUMNS, **changes):
    usual = {
        "title": "Magnesium, mg",
        "places": ("Day 1", "Day 2"),
        "series": (Series("food", "food", (10.0, 20.0)),),
        "labels": ("10", "20"),
    }
    return Panel(kind, **{**usual, **changes})
