"""The printed answer: a week, short or in full, a day with its recipes, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from planner.check.judge import Finding
from planner.document.blocks import (
    TITLE,
    Block,
    Bullets,
    Paragraph,
    Section,
    bullets,
    paragraphs,
    section,
)  # fmt: skip
from planner.document.terminal import as_plain
from planner.explain.offers import ACCEPT
from planner.explain.report import Concession, Refusal, Report
from planner.explain.table_report import NONE_FOUND, TableReport
from planner.export.diff import difference_blocks, points_of
from planner.export.documents import TableDocument
from planner.export.figures import amount_text, band_text, by_band, finding_texts, values_text
from planner.export.meals import days_told, figures_table, find_day, menus, salt_told
from planner.export.people import wishes_text
from planner.export.trust import checked_text
from planner.export.week import ToldWeek, week_blocks
from planner.export.week_notes import asked_of_closest, notes_of, warnings_of
from planner.export.who import person_text
from planner.plan.diff import TableDifference
from planner.request.override import RATIO
from planner.request.preferences import EATEN, KITCHEN
from planner.shops import in_its_shops, price_as
from planner.targets.target import name_of
from planner.wording import plural


def as_text(report: TableReport, day: int | None = None, *, full: bool = True) -> str:
    """Return the whole answer as plain text.

    Parameters
    ----------
    report
        What the pipeline answered.
    day
        Number of a day to show alone, with its recipes; ``None`` for the week.
    full
        Whether everything is told of the week, or what must be known of it.

    Raises
    ------
    ExportError
        When the plan has no such day.
    """
    return as_plain(report_blocks(report, day, full=full))


@in_its_shops
def report_blocks(
    report: TableReport, day: int | None = None, *, full: bool = True, kept_as: str = ""
) -> tuple[Block, ...]:
    """Return the blocks of ``as_text``; ``kept_as`` is the file that the plan was read from."""
    if report.plan is None:
        return tuple(refusal_blocks(report))
    if not report.passed:
        return tuple(failed_check(report))
    week = TableDocument.of(report)
    if day is not None:
        return tuple(_one_day(week, report, day))
    if full:
        return week_blocks(week, "full")
    return (*week_blocks(week, "short"), *_more(kept_as))


@in_its_shops
def screen_blocks(report: TableReport) -> tuple[Block, ...]:
    """Return the first screen: who, what there is to eat, what it brings, how far to trust it."""
    return week_blocks(TableDocument.of(report), "screen")


def alternatives(reports: Sequence[TableReport], wanted: int) -> Iterator[Block]:
    """Return some first screens below each other, each with its points; ``wanted`` were asked."""
    for number, report in enumerate(reports, start=1):
        points = report.outcome.objective
        title = f"Week {number} of {len(reports)}"
        told = ": {points} points, fewer are better"
        behind = "" if points is None else told.format(points=f"{points:.2f}")
        yield Section(f"{title}{behind}", screen_blocks(report))
    if len(reports) < wanted:
        text = "No other week is different enough; you asked for {count}."
        yield Paragraph(text.format(count=wanted))


@in_its_shops
def edited(
    report: TableReport,
    difference: TableDifference | None,
    before: Mapping[str, float | None],
    notes: Iterable[str] = (),
) -> tuple[Block, ...]:
    """Return what differs from an earlier plan and the first screen of the new one, or why not.

    Parameters
    ----------
    report
        The new plan, or why there is none.
    difference
        What differs; ``None`` without a plan that passes its check.
    before
        Name → points of that eater's earlier plan.
    notes
        Why more differs than was asked for.
    """
    if difference is None or report.plan is None:
        return report_blocks(report)
    told = difference_blocks(difference, before, points_of(report))
    return (*told, *paragraphs(notes), *screen_blocks(report))


def _one_day(week: TableDocument, report: TableReport, number: int) -> Iterator[Block]:
    find_day(week.plan.days, number)
    yield from paragraphs(salt_told(week, number)[:1])
    yield from days_told(week, number=number, once=False)
    yield from ToldWeek(week).told("hours")
    yield from section("Please read", (Paragraph(checked_text(week)), *warnings_of(report)))


def _more(kept_as: str) -> Iterator[Paragraph]:
    more = f"magplan show {kept_as}" if kept_as else "magplan plan …"
    keep = "" if kept_as else "; to keep the plan, change meals and shop for it: --out FOLDER"
    told = "For a day with its recipes: `{command} --day 1`; for all days: `--full`{keep}."
    yield Paragraph(told.format(command=more, keep=keep))


HEADLINES = {
    "infeasible": "No plan fits everything you asked for; the conflicts are listed below.",
    "no_plan_in_time": NONE_FOUND,
}
TRIED = "Any one of these changes works: a plan was found with each"
TRIED_ONE = "This change works: a plan was found with it"
_AT_CHECKOUT = "{price} at checkout"
_PRICES = {
    EATEN: "{price} of food eaten a week",
    KITCHEN: "{price} a week with a stocked kitchen",
}
CHECK_FAILED = "No plan: the one that was put together does not pass the check, so it is not shown."


def refusal_blocks(report: TableReport) -> Iterator[Block]:
    """Return the answer "no": what collides, with the eater in the way, and what opens a way."""
    yield from conflict_blocks(report)
    yield from closest_plan(report)
    yield from refusal_notes(report)


def conflict_blocks(report: TableReport, *, with_ways: bool = True) -> Iterator[Block]:
    """Return what collides; without ``with_ways`` what opens a way is told by ``ways_told``."""
    parts = [
        (f"{name}:" if name else "", _of_eater(own, own.refusal, with_ways))
        for name, own in report.reports.items()
        if own.refusal is not None
    ]
    if report.refusal is not None:
        whole = ("The whole table:", collision(report.refusal, with_ways=with_ways))
        # what collides comes first: that of the table, or that of eaters before its ways out
        parts = [whole, *parts] if report.refusal.conflict else [*parts, whole]
    if not parts:
        yield Paragraph(HEADLINES[report.outcome.status], TITLE)
    for title, blocks in parts:
        yield from section(title, blocks) if title else blocks


def refusal_notes(report: TableReport) -> Iterator[Block]:
    """Return the notes below a refusal; nothing where there is no more than its headline."""
    if report.refusal is None and all(one.refusal is None for one in report.reports.values()):
        return
    yield from section("Notes", bullets(notes_of(report)))
    yield from section("Please read", warnings_of(report))


def _of_eater(report: Report, refusal: Refusal, with_ways: bool) -> Iterator[Block]:
    headline = HEADLINES.get(report.outcome.status, HEADLINES["infeasible"])
    yield Paragraph(headline, TITLE)
    yield Paragraph(_asked_text(report))
    yield from collision(refusal, with_ways=with_ways)


def collision(refusal: Refusal, *, with_ways: bool = True) -> Iterator[Block]:
    """Describe what collides, and the smallest concessions where there are any."""
    yield from section("What conflicts", bullets(clash[2] for clash in refusal.conflict))
    ways = tuple(_concessions(refusal))
    if ways and with_ways:
        yield Section(_title_of(refusal.relaxations), (Bullets(ways, is_numbered=True),))
    yield from paragraphs([in_vain_text(refusal), *refusal.withheld])
    yield from buys_told(refusal.buys)


def buys_told(buys: Iterable[str]) -> Iterator[Block]:
    """Describe what a budget buys of magnesium; nothing where nobody reckoned that."""
    yield from section("What this budget buys of magnesium", bullets(buys))


def failed_check(report: TableReport) -> Iterator[Block]:
    """Describe why a plan that fails its check is not shown."""
    for name, own in report.reports.items():
        if own.check is None or own.check.passed:
            continue
        broken = [
            f"{finding.nutrient}, {_when(finding)}: {' / '.join(finding_texts(finding))}"
            for finding in own.check.findings
            if finding.hard and not finding.holds
        ]
        yield Paragraph(CHECK_FAILED, TITLE, name)
        yield Paragraph(_asked_text(own))
        yield from section("Bounds that do not hold (value, lower, upper)", bullets(broken))
        yield from section("Faults", bullets(own.check.faults))


def _when(finding: Finding) -> str:
    if finding.day is None:
        return "week"
    return f"day {finding.day}"


def _asked_text(report: Report) -> str:
    wishes = wishes_text(report.request)
    asked = f"{person_text(report.request)}{f'; {wishes}' if wishes else ''}"
    return f"Asked for: {asked}."


def in_vain_text(refusal: Refusal) -> str:
    """Return a sentence that no way out was found; empty if there is one, or if none was tried."""
    if refusal.relaxations or not refusal.tried:
        return ""
    return plural(
        refusal.tried,
        "No way out is offered: one change to a single wish was tried with the work left for "
        "that, and it did not lead to a plan; several changes together, or a bigger one, might.",
        "No way out is offered: {count} changes to a single wish were tried with the work left "
        "for that, and none led to a plan; several changes together, or a bigger one, might.",
    ).format(count=refusal.tried)


def _title_of(ways: Sequence[Concession]) -> str:
    are_tried = any(way.is_tried for way in ways)
    if not are_tried:
        return "Any one of these changes may work"
    return TRIED if len(ways) > 1 else TRIED_ONE


def ways_told(report: TableReport) -> list[tuple[str, str]]:
    """Return each way out that a refusal offers, in their order, and what a week has with it."""
    return [(_change_text(offer), cost_text(offer)) for offer in report.offers]


def ways_title(report: TableReport) -> str:
    """Return the title above the ways out: whether a plan was found with each."""
    return _title_of(report.offers)


def _change_text(one: Concession) -> str:
    text = one.text
    if not one.instead_of:
        return text
    told = "{change} instead of {before}"
    return told.format(change=text, before=one.instead_of)


def _concessions(refusal: Refusal) -> Iterator[str]:
    is_mixed = len({relaxation.is_tried for relaxation in refusal.relaxations}) > 1
    for number, relaxation in enumerate(refusal.relaxations, start=1):
        said = _change_text(relaxation)
        if relaxation.is_tried:
            accept = f"{ACCEPT} {number}"
            flags = f"{accept} or {relaxation.flag}"
            flags = flags if relaxation.flag and not relaxation.whose else accept
            said = f"{said}: add {flags}"
        elif relaxation.flag:
            said = f"{said}: add {relaxation.flag}"
        said += " (not tried)" if is_mixed and not relaxation.is_tried else ""
        yield ". ".join(filter(None, (said, cost_text(relaxation))))


def cost_text(way: Concession) -> str:
    """Describe in a sentence what a week with this way out costs; empty if no such week is known.

    The week that is then planned is a new one: of a budget it may use all, so no price is named.
    """
    cost = way.cost
    if cost is None:
        return ""
    price = _PRICES.get(cost.counts, _AT_CHECKOUT).format(price=price_as(cost.usd_per_week))
    known: Mapping[str, float | None] = cost.ca_mg_ratio_of or {"": cost.ca_mg_ratio}
    ratios = (
        f"{amount_text(RATIO, quotient)}{f' ({name})' if name else ''}"
        for name, quotient in known.items()
        if quotient is not None
    )
    ratio = " ".join(("Ca:Mg", " / ".join(ratios))) if any(known.values()) else ""
    points = f"{cost.points:.0f}"
    parts = (
        "" if way.budget_usd else price,
        ratio,
        f"{points} points (fewer are better)",
    )
    return "Found with it: {parts}.".format(parts=", ".join(filter(None, parts)))


def closest_plan(report: TableReport) -> Iterator[Block]:
    """Show the nearest plan that was found, its figures and what it misses; nothing without one."""
    best = report.best_effort
    if best is None or best.plan is None:
        return
    missed = missed_texts(best) or [offer.text for offer in report.offers[:1]]
    title = (
        "The closest plan: the week with change 1, which misses the following parts of your request"
    )
    document = TableDocument.of(best)
    meals = menus(document.table, document.table.book, with_snacks=False)
    figures = (figures_table(own, name) for name, own in document.named())
    asked = asked_of_closest(document, report)
    yield from section(title, (*bullets(missed), *meals, *figures, *asked))


def missed_texts(report: TableReport) -> list[str]:
    """List what a plan misses of what it is judged by, with the eater if there are several."""
    texts = []
    for name, own in report.reports.items():
        check = own.check
        if check is None:
            continue
        who = f"{name}: " if name else ""
        broken = by_band(one for one in check.findings if one.hard and not one.holds)
        texts += [f"{who}{_missed_text(same)}" for same in broken]
        texts += [f"{who}{fault}" for fault in check.faults]
    return texts


def _missed_text(broken: Sequence[Finding]) -> str:
    """Describe what days and week have of one nutrient, and what the week, or last day, wants."""
    last = broken[-1]  # of the week, where that misses it too
    _value, lower, upper = finding_texts(last)
    told = "{nutrient}: {values}, wanted {band}"
    return told.format(
        nutrient=name_of(last.nutrient), values=values_text(broken), band=band_text(lower, upper)
    )
