"""Words that documents on paper have of their own, by the names that templates use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "day": "Day",
        "all": "All",
        "asked_for": "Asked for",
        "asked_by_all": "Asked for by all",
        "sample": "A sample person",
        "contents": "What is in it",
        "who": "Whom it is for",
        "glance": "The week at a glance",
        "aims": "What this plan aims for",
        "aim": "Aim",
        "brings": "Most of it comes from",
        "other_aims": "All other targets, mean a day",
        "plan": "Plan",
        "source": "Source",
        "met": "met",
        "wish": "wish",
        "limits": "On no day above",
        "kinds": "What these words mean",
        "know": "Good to know",
        "days": "The days",
        "same": "The recipe is that of",
        "page": "page",
        "sources": "Sources",
        "read": "Please read",
    }
)
