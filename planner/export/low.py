"""What a week is low in although it passes: soft floors that it misses by much, and what to do.

Source: ``configs/targets.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from planner.check.judge import Finding
from planner.language.names import lowered
from planner.language.spoken import _
from planner.settings import read_settings
from planner.targets.words import name_of


def low_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Give the soft floors of the week that are missed by much, the lowest first; each once."""
    most = float(read_settings("targets.toml")["low"]["share"])
    low: dict[str, Finding] = {}
    for one in sorted(findings, key=_share):
        if one.period == "week" and not one.hard and not one.holds and _share(one) < most:
            low.setdefault(one.nutrient, one)
    return list(low.values())


def low_text(findings: Iterable[Finding]) -> str:
    """Say what a week is low in and what to do about it; empty where it is low in nothing."""
    does = read_settings("targets.toml")["low"]["does"]
    said = [
        _("{name} at {share} % of what is wanted ({does})").format(
            name=_within(one), share=_percent(one), does=_(does.get(one.nutrient, does["usual"]))
        )
        for one in low_findings(findings)
    ]
    return _("Still low: {what}.").format(what="; ".join(said)) if said else ""


def low_words(findings: Iterable[Finding]) -> str:
    """Name what a week is low in: ``"low, though not required: vitamin D 32 % of the target"``."""
    said = [f"{_within(one)} {_percent(one)} %" for one in low_findings(findings)]
    return (
        _("low, though not required: {what} of the target").format(what=", ".join(said))
        if said
        else ""
    )


def _share(finding: Finding) -> float:
    """Give how much of a floor is reached; 1 where there is none, or the value is unknown."""
    if finding.value is None or not finding.lower:
        return 1.0
    return finding.value / finding.lower


def _percent(finding: Finding) -> int:
    return math.floor(100 * _share(finding))


def _within(finding: Finding) -> str:
    """Name a nutrient within a sentence; a vitamin keeps its letter."""
    return lowered(name_of(finding.nutrient))
