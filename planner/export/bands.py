"""A plan against its targets: means of each week, lowest and highest days, meals, and the aims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from planner.check.judge import Finding
from planner.document.blocks import CARD, Block, Paragraph, Section, Table, bullets, paragraphs
from planner.document.fonts import DOCUMENTS
from planner.explain.days import MealAmounts, amounts_by_meal
from planner.explain.reasons import main_sources
from planner.export.documents import WeekDocument
from planner.export.figures import (
    amount_text,
    band_text,
    by_band,
    finding_texts,
    known_mean,
    number_as_text,
    share_text,
    verdict,
)
from planner.export.who import day_label, week_title
from planner.request.override import RATIO, read_shares
from planner.settings import names_in, read_settings
from planner.shops import named
from planner.targets.derive import ENERGY_KEY
from planner.targets.notes import UNSURE
from planner.targets.target import Target, heading_of, name_on, unit_word
from planner.wording import plural

UNSURE_MARK, UNSURE_LEGEND = "*", "* the figure of the band is not confirmed at its source"
_DAY_HEAD = ("", "lowest", "at least", "highest", "at most", "")
_SHARE_OF = re.compile(r"^\d+ % of ")
_SIDE = re.compile(r"(_low|_high)?( \(US\))?$")
_NONE, _TOTAL = "-", "total"
Unsure = frozenset[tuple[str, str, str]]
Group = Sequence[Finding]


def week_bands(own: WeekDocument) -> Iterator[Block]:
    """Return each week against its targets: mean, band, share of it, and how that stands."""
    weekly = [finding for finding in own.check.findings if finding.period == "week"]
    weeks = sorted({finding.week for finding in weekly})
    for number in weeks:
        title = week_title(number, own.plan).rstrip(",")
        rows = [_week_row(finding, _unsure(own)) for finding in weekly if finding.week == number]
        head = ["", "mean", "wanted", "of it", ""]
        table = Table("Each target" + (f", {title}" if len(weeks) > 1 else ""), head, rows,
                      (2, 4), _legend(rows))  # fmt: skip
        yield Section(title, (table,)) if len(weeks) > 1 else table


def day_bands(own: WeekDocument) -> Iterator[Block]:
    """Return each daily target beside the lowest and the highest day."""
    groups = by_band(finding for finding in own.check.findings if finding.period == "day")
    rows = [_day_row(group, _unsure(own)) for group in groups]
    if rows:
        head = [*_DAY_HEAD]
        yield Table("Each day against its bounds", head, rows, (5,), _legend(rows))


def meal_bands(own: WeekDocument) -> Iterator[Block]:
    """Return what each meal holds of a nutrient that a condition watches; nothing without one."""
    for amount in amounts_by_meal(own.plan, own.targets.clinical):
        title = amount.title
        head, *rows = _meal_rows(amount, own)
        yield Section(title, (Table(title, head, rows),))


def aims(own: WeekDocument, citations: Citations) -> Iterator[Block]:
    """Return what a plan aims for: the first few in full, all others in a table, and its limits.

    ``citations`` takes the works that are cited.
    """
    targets = own.targets.targets
    groups = by_band(finding for finding in own.check.findings if finding.period == "week")
    first = read_settings(DOCUMENTS)["handout"]["first"]
    ranked = sorted((band for band in groups if band[0].nutrient in first),
                    key=lambda group: first.index(group[0].nutrient))  # fmt: skip
    cited = {id(group): citations.of(_own_targets(group, targets)) for group in groups}
    for group in ranked:
        yield Section(_title(group), tuple(_in_full(group, own, cited[id(group)])), "", CARD)
    rows = [_aim_row(group, own, cited[id(group)]) for group in groups if group not in ranked]
    weeks = sorted({finding.week for group in groups for finding in group})
    means = [f"Week {number}" for number in weeks]
    head = ["Aim", "", *(means if len(weeks) > 1 else ["Plan"]), "", "Source"]
    below = _legend([[_aim(group, own)] for group in groups])
    name = "All other targets, mean a day"
    words = (1, len(head) - 2, len(head) - 1)
    if rows:
        yield Section(name, (Table(name, head, rows, words, below),))
    if limits := "; ".join(_limits(own, citations)):
        yield Paragraph(f"{limits}.", label="On no day above")


def good_to_know(own: WeekDocument) -> Iterator[Block]:
    """Return the notes on one eater's targets."""
    yield from bullets(own.targets.notes)


def kinds_of_targets(targets: Iterable[Target]) -> list[str]:
    """Explain each kind of reference value that is used, once."""
    told = read_settings(DOCUMENTS)["kinds"]
    used = dict.fromkeys(kind_of(rule) for target in targets for rule in target.rules)
    return [told[kind] for kind in used if kind in told]


class Citations:
    """Works that are cited, numbered as they come, each with the places that are meant."""

    def __init__(self) -> None:
        self._places: dict[str, dict[str, None]] = {}

    def number(self, source: str) -> int:
        """Return the number of the work behind a source as targets name it."""
        short = next((name for name in _works() if source.startswith(name)), "")
        work = _works().get(short, source)
        place = source.removeprefix(short).strip(", ") if short else ""
        self._places.setdefault(work, {}).update({place: None} if place else {})
        return [*self._places].index(work) + 1

    def of(self, targets: Iterable[Target]) -> str:
        """Return the numbers of the works behind targets: ``"1, 4"``."""
        sources = dict.fromkeys(source for target in targets for source in target.sources)
        return ", ".join(map(str, sorted({self.number(source) for source in sources})))

    def texts(self) -> list[str]:
        """Return each work in full, with its places, in the order of the numbers."""
        return [
            f"{work} Places: {'; '.join(places)}." if places else work
            for work, places in self._places.items()
        ]


@cache
def _works() -> Mapping[str, str]:
    """Return short name → citation of the works behind standards and energy, longest name first."""
    files = (*(f"standards/{name}.toml" for name in names_in("standards", ".toml")), "energy.toml")
    rows = [row for file in files for row in read_settings(file)["sources"].values()]
    full = {
        row["short"]: row["cite"] + (f" doi {row['doi']}." if "doi" in row else "")
        for row in rows
        if "short" in row
    }
    return dict(sorted(full.items(), key=lambda pair: -len(pair[0])))


def mark_of(finding: Finding, unsure: Unsure) -> str:
    """Return the mark of a band that is not confirmed at its source."""
    return UNSURE_MARK if (finding.nutrient, finding.period, finding.basis) in unsure else ""


def _unsure(own: WeekDocument) -> Unsure:
    """Return (nutrient, period, basis) of the bands that are not confirmed at their source."""
    return frozenset(
        (target.nutrient, target.period, target.basis)
        for target in own.targets.targets
        if target.confidence in UNSURE
    )


def _legend(rows: Iterable[Sequence[str]]) -> str:
    has_marks = any(cell.endswith(UNSURE_MARK) for row in rows for cell in row)
    return UNSURE_LEGEND if has_marks else ""


def _word(finding: Finding) -> str:
    word = verdict(finding)
    return f"{word}, {'soft'}" if not finding.hard and word != "shown" else word


def _week_row(finding: Finding, unsure: Unsure) -> tuple[str, ...]:
    value, lower, upper = finding_texts(finding)
    wanted = f"{band_text(lower, upper)}{mark_of(finding, unsure)}"
    name = heading_of(finding.nutrient, finding.basis)
    return name, value, wanted, share_text(finding), _word(finding)


def _day_row(group: Group, unsure: Unsure) -> tuple[str, ...]:
    known = [finding for finding in group if finding.value is not None]
    worst = next((finding for finding in group if not finding.holds), group[0])
    word, mark = _word(worst), mark_of(worst, unsure)
    name = heading_of(worst.nutrient, worst.basis)
    if not known:
        return (name, "?", "", "?", "", word)
    lowest = min(known, key=lambda one: one.value or 0.0)
    highest = max(known, key=lambda one: one.value or 0.0)
    low, least, _upper = finding_texts(lowest)
    high, _lower, most = finding_texts(highest)
    least, most = (f"{bound}{mark}" if bound else "" for bound in (least, most))
    return (name, low, least, high, most, word)


def _meal_rows(amounts: MealAmounts, own: WeekDocument) -> Iterator[tuple[str, ...]]:
    """Return head, a row per day, and the mean, in print."""

    def cell(value: float | None) -> str:
        return _NONE if value is None else amount_text(amounts.nutrient, value)

    yield ("", *(slot.capitalize() for slot in amounts.slots))
    for day, row in zip(own.plan.days, amounts.days, strict=True):
        yield (day_label(day), *map(cell, row))
    means = (known_mean(column) for column in zip(*amounts.days, strict=True))
    yield ("Mean", *map(cell, means))


def _own_targets(group: Group, targets: Iterable[Target]) -> list[Target]:
    key = (group[0].nutrient, group[0].basis)
    return [target for target in targets if (target.nutrient, target.basis) == key]


def _title(group: Group) -> str:
    return name_on(group[0].nutrient, group[0].basis)


def _aim(group: Group, own: WeekDocument) -> str:
    _value, lower, upper = finding_texts(group[0])
    return f"{band_text(lower, upper)}{mark_of(group[0], _unsure(own))}"


def _missed(group: Group) -> list[str]:
    words = dict.fromkeys(map(verdict, group))
    return [word for word in words if word not in ("met", "shown")]


def _aim_row(group: Group, own: WeekDocument, cited: str) -> tuple[str, ...]:
    one = group[0]
    held = ", ".join(_missed(group)) or "met"
    held = held if one.hard else f"{held} ({'wish'})"
    means = (finding_texts(finding)[0] for finding in group)
    return (heading_of(one.nutrient, one.basis), _aim(group, own), *means, held, cited)


def _in_full(group: Group, own: WeekDocument, cited: str) -> Iterator[Block]:
    """Yield what the aim is, what the days bring, why it is the aim, and which foods bring it."""
    key, unit = group[0].nutrient, unit_word(group[0].nutrient)
    told = read_settings(DOCUMENTS)["kinds"]
    rules = [rule for target in _own_targets(group, own.targets.targets) if target.period == "week"
             and target.basis == _TOTAL for rule in target.rules]  # fmt: skip
    means = [finding_texts(finding)[0] for finding in group]
    pattern = plural(len(means), "The plan brings {amounts}.", "The weeks bring {amounts}.")
    missed = f" ({', '.join(_missed(group))})" if _missed(group) else ""
    brings = pattern.format(amounts=f"{', '.join(means)}{_span(key, own)}{missed}")
    wish = "" if group[0].hard else " (a wish, not a must)"
    aim = f"{_aim(group, own)} {unit}".strip()
    said = f"Aim: {aim} a day{wish}."
    yield Paragraph(" ".join(filter(None, (said, brings, f"[{cited}]" if cited else ""))))
    yield from paragraphs(dict.fromkeys(told[kind] for kind in map(kind_of, rules) if kind in told))
    if foods := _brings(key, own):
        yield Paragraph(f"{foods}.", label="Most of it comes from")


def _span(key: str, own: WeekDocument) -> str:
    """Describe what the lowest and the highest day bring: ``", single days 489 to 842"``."""
    daily = [finding.value for finding in own.check.findings
             if (finding.nutrient, finding.period, finding.basis) == (key, "day", _TOTAL)
             and finding.value is not None]  # fmt: skip
    ends = [amount_text(key, value) for value in (min(daily), max(daily))] if daily else []
    told = ", single days {amounts}".format(amounts=" to ".join(dict.fromkeys(ends)))
    return told if ends else ""


def _brings(key: str, own: WeekDocument) -> str:
    """Name the foods that bring most of a nutrient; none of a ratio and of energy."""
    limits = read_settings(DOCUMENTS)["handout"]
    if not key.endswith("_mg"):
        return ""
    largest = main_sources(own.plan, own.foods, key)[: limits["sources"]]
    told = [source for source in largest if source.share >= limits["least_share"]]
    return ", ".join(f"{named(source.name)} {100 * source.share:.0f} %" for source in told)


def _limits(own: WeekDocument, citations: Citations) -> Iterator[str]:
    """Describe what no day goes above; energy, its shares and the ratio have bands of their own."""
    is_told = own.request.week.eaten  # a day that went otherwise is held to what is safe
    for one in own.targets.targets:
        is_held = one.hard and not (is_told and one.upper != one.safe_upper)
        if one.period == "day" and one.upper is not None and is_held and _is_amount(one.nutrient):
            amount = f"{number_as_text(one.upper)} {unit_word(one.nutrient)}"
            yield f"{name_on(one.nutrient, one.basis)} {amount} [{citations.of([one])}]"


def _is_amount(key: str) -> bool:
    return key not in (ENERGY_KEY, RATIO) and key not in read_shares()


def kind_of(rule: str) -> str:
    """Return the kind behind a rule: ``"70 % of RDA"`` is an RDA, ``"AMDR_low (US)"`` an AMDR."""
    return _SIDE.sub("", _SHARE_OF.sub("", rule))
