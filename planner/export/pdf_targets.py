"""What a plan aims for, in plain words: each eater's bands beside what the weeks bring, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from planner.check.judge import Finding
from planner.explain.reasons import main_sources
from planner.export.documents import WeekDocument
from planner.export.figures import amount_text, band_text, finding_texts, verdict
from planner.export.pdf_text import DOCUMENTS
from planner.export.targets import number_as_text
from planner.export.week_text import UNSURE_LEGEND, UNSURE_MARK, Unsure, mark_of, unsure_bands
from planner.language.names import named
from planner.language.spoken import _, ngettext, spoken
from planner.request.shares import RATIO, read_shares
from planner.settings import names_in, read_settings
from planner.targets.adjust import ENERGY_KEY
from planner.targets.derive import TargetSet, targets_of
from planner.targets.target import Target
from planner.targets.words import heading_of, name_on, unit_word

Values = dict[str, Any]
_SHARE_OF = re.compile(r"^\d+ % of ")
_SIDE = re.compile(r"(_low|_high)?( \(US\))?$")


class Citations:
    """Works that are cited, numbered as they come, each with the places that are meant."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, None]] = {}

    def number(self, source: str) -> int:
        """Give the number of the work behind a source as targets name it."""
        short = next((one for one in _works() if source.startswith(one)), "")
        work = _works().get(short, source)
        place = source.removeprefix(short).strip(", ") if short else ""
        self._places.setdefault(work, {}).update({place: None} if place else {})
        return [*self._places].index(work) + 1

    def texts(self) -> list[str]:
        """Give each work in full, with its places, in the order of the numbers."""
        return [
            f"{work} Places: {'; '.join(places)}." if places else work
            for work, places in self._places.items()
        ]


@cache
def _works() -> Mapping[str, str]:
    """Give short name → citation of the works behind standards and energy, longest name first."""
    files = (*(f"standards/{name}.toml" for name in names_in("standards", ".toml")), "energy.toml")
    rows = [row for file in files for row in read_settings(file)["sources"].values()]
    full = {
        row["short"]: row["cite"] + (f" doi {row['doi']}." if "doi" in row else "")
        for row in rows
        if "short" in row
    }
    return dict(sorted(full.items(), key=lambda pair: -len(pair[0])))


def aim_values(week: WeekDocument, citations: Citations) -> Values:
    """Give what one eater's plan aims for: the first few in full, all others as a table.

    Parameters
    ----------
    week
        The eater's own plan with its check.
    citations
        Takes the works that are cited.
    """
    found = targets_of(week.request)
    unsure = unsure_bands(found.targets)
    weekly = [one for one in week.check.findings if one.period == "week"]
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in weekly:
        groups.setdefault((one.nutrient, one.basis), []).append(one)
    first = read_settings(DOCUMENTS)["handout"]["first"]
    rows = [_row(group, found, unsure, citations) for group in groups.values()]
    ranked = sorted(
        (row for row in rows if row["key"] in first), key=lambda row: first.index(row["key"])
    )
    return {
        "first": [_in_full(row, week, found) for row in ranked],
        "rows": [row for row in rows if row["key"] not in first],
        "weeks": [
            _("Week {number}").format(number=number)
            for number in sorted({one.week for one in weekly})
        ],
        "limits": "; ".join(_limits(found.targets, citations)),
        "kinds": _kinds(found.targets),
        "legend": _(UNSURE_LEGEND) if any(UNSURE_MARK in row["aim"] for row in rows) else "",
        "notes": [spoken(one) for one in found.notes],
    }


def _row(
    group: Sequence[Finding], found: TargetSet, unsure: Unsure, citations: Citations
) -> Values:
    """Give a nutrient with its band, the mean of each week, and the sources of the band."""
    one = group[0]
    _value, lower, upper = finding_texts(one)
    own = [t for t in found.targets if (t.nutrient, t.basis) == (one.nutrient, one.basis)]
    sources = dict.fromkeys(source for target in own for source in target.sources)
    missed = {verdict(finding) for finding in group} - {_("met"), _("shown")}
    return {
        "key": one.nutrient,
        "name": name_on(one.nutrient, one.basis),
        "heading": heading_of(one.nutrient, one.basis),
        "unit": unit_word(one.nutrient),
        "aim": f"{band_text(lower, upper)}{mark_of(one, unsure)}",
        "means": [finding_texts(finding)[0] for finding in group],
        "words": [verdict(finding) for finding in group],
        "is_met": not missed,
        "is_wish": not one.hard,
        "cites": sorted({citations.number(source) for source in sources}),
    }


def _in_full(row: Values, week: WeekDocument, found: TargetSet) -> Values:
    """Add to a row what its days bring, why it is aimed for, and which foods bring it."""
    key, unit = row["key"], f" {row['unit']}" if row["unit"] else ""
    told = read_settings(DOCUMENTS)["kinds"]
    rules = [rule for t in found.targets if t.nutrient == key and t.period == "week"
             and t.basis == "total" for rule in t.rules]  # fmt: skip
    missed = "" if row["is_met"] else f" ({', '.join(dict.fromkeys(row['words']))})"
    wish = _(" (a wish, not a must)") if row["is_wish"] else ""
    pattern = ngettext(
        "The plan brings {amounts}.", "The weeks bring {amounts}.", len(row["means"])
    )
    means = pattern.format(amounts=f"{', '.join(row['means'])}{_span(key, week)}{missed}")
    aim = _("Aim: {aim} a day{wish}.").format(aim=f"{row['aim']}{unit}", wish=wish)
    return row | {
        "told": f"{aim} {means}",
        "why": [_(told[kind]) for kind in map(_kind, rules) if kind in told],
        "brings": _brings(key, week),
    }


def _span(key: str, week: WeekDocument) -> str:
    """Say what the lowest and the highest day bring: ``", single days 489 to 842"``."""
    daily = [one.value for one in week.check.findings
             if (one.nutrient, one.period, one.basis) == (key, "day", "total")
             and one.value is not None]  # fmt: skip
    ends = [amount_text(key, value) for value in (min(daily), max(daily))] if daily else []
    told = _(", single days {amounts}").format(amounts=_(" to ").join(dict.fromkeys(ends)))
    return told if ends else ""


def _brings(key: str, week: WeekDocument) -> str:
    """Name the foods that bring most of a nutrient; none of a ratio and of energy."""
    asked = read_settings(DOCUMENTS)["handout"]
    if not key.endswith("_mg"):
        return ""
    largest = main_sources(week.plan, week.foods, key)[: asked["sources"]]
    told = [one for one in largest if one.share >= asked["least_share"]]
    return ", ".join(f"{named(one.name)} {100 * one.share:.0f} %" for one in told)


def _limits(targets: Iterable[Target], citations: Citations) -> Iterator[str]:
    """Say what no day goes above; energy, its shares and the ratio have bands of their own."""
    for one in targets:
        if one.period == "day" and one.upper is not None and one.hard and _is_amount(one.nutrient):
            numbers = ", ".join(str(citations.number(source)) for source in one.sources)
            amount = f"{number_as_text(one.upper)} {unit_word(one.nutrient)}"
            yield f"{name_on(one.nutrient, one.basis)} {amount} [{numbers}]"


def _is_amount(key: str) -> bool:
    return key not in (ENERGY_KEY, RATIO) and key not in read_shares()


def _kinds(targets: Iterable[Target]) -> list[str]:
    """Explain each kind of reference value that is used, once."""
    told = read_settings(DOCUMENTS)["kinds"]
    used = dict.fromkeys(_kind(rule) for target in targets for rule in target.rules)
    return [_(told[kind]) for kind in used if kind in told]


def _kind(rule: str) -> str:
    """Give the kind behind a rule: ``"70 % of RDA"`` is an RDA, ``"AMDR_low (US)"`` an AMDR."""
    return _SIDE.sub("", _SHARE_OF.sub("", rule))
