"""Words that documents on paper have of their own, by the names that templates use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.language.spoken import mark

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "day": mark("Day"),
        "all": mark("All"),
        "asked_for": mark("Asked for"),
        "asked_by_all": mark("Asked for by all"),
        "sample": mark("A sample person"),
        "contents": mark("What is in it"),
        "who": mark("Whom it is for"),
        "glance": mark("The week at a glance"),
        "aims": mark("What this plan aims for"),
        "aim": mark("Aim"),
        "brings": mark("Most of it comes from"),
        "other_aims": mark("All other targets, mean a day"),
        "plan": mark("Plan"),
        "source": mark("Source"),
        "met": mark("met"),
        "wish": mark("wish"),
        "limits": mark("On no day above"),
        "kinds": mark("What these words mean"),
        "know": mark("Good to know"),
        "days": mark("The days"),
        "same": mark("The recipe is that of"),
        "page": mark("page"),
        "sources": mark("Sources"),
        "read": mark("Please read"),
    }
)
