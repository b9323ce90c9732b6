"""What differs between two plans or two requests, and what a change did beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from foods.table import FoodTable
from planner.candidates.names import Meaning, find_meaning
from planner.candidates.portions import VEGETABLE_GROUPS
from planner.document.blocks import TITLE, Block, Paragraph, Section, Table, bullets, paragraphs
from planner.errors import CandidatesError
from planner.explain.replacements import WishMove
from planner.explain.table_report import TableReport
from planner.export.figures import amount_text, mass_text, price_text
from planner.export.meals import FIGURES
from planner.export.who import number_label, person_text
from planner.meals.rules import read_meal_rules
from planner.plan.diff import Change, DayFigures, PlanDifference, TableDifference, compare_tables
from planner.plan.plan import Item, Plan
from planner.request.edit import Wish, wish_text
from planner.request.preferences import Preferences
from planner.request.request import NAMELESS, PlanRequest
from planner.shops import cost_as, currency, named
from planner.targets.eaters import eater_requests
from planner.wording import plural

ARROW = "→"
Points = Mapping[str, float | None]
_Place = tuple[int, str, str, str]  # day, meal, id before, id after


def difference_blocks(
    difference: TableDifference, before: Points, after: Points
) -> tuple[Block, ...]:
    """Describe what moved, on the table and for each eater, and what it does to the figures.

    Parameters
    ----------
    difference
        What differs.
    before, after
        Name → points of each eater's plans; those that are not known are left out.
    """
    if NAMELESS in difference.eaters:
        own = difference.eaters[NAMELESS]
        return tuple(_plan_blocks(own, before.get(NAMELESS), after.get(NAMELESS)))
    return tuple(_table_blocks(difference, before, after))


def summary_blocks(before: Plan, after: Plan, foods: FoodTable) -> tuple[Block, ...]:
    """Sum up in a sentence how a plan differs from an earlier one, and for each eater of both."""
    whole = compare_tables(before, after)
    count, days = dinners_that_differ(before, after)
    told = f"{count} of {days} dinners differ"
    kinds = _both(*(str(len(vegetables_in(plan, foods))) for plan in (before, after)))
    vegetables = f"different vegetables: {kinds}"
    old, new = whole.table.before.cost, whole.table.after.cost
    parts = [saving_text(old, new), told, vegetables]
    own = [
        "{magnesium}, Ca:Mg {ratio}".format(
            magnesium=magnesium_text(eater.before, eater.after),
            ratio=_both(*(amount_text("ca_mg_ratio", each.ca_mg_ratio)
                          for each in (eater.before, eater.after))),
        )
        for eater in whole.eaters.values()
    ]  # fmt: skip
    names = [f"{name}: " if name else "" for name in whole.eaters]
    every = [f"{name}{text}" for name, text in zip(names, own, strict=True)]
    pattern = "B against A, a day: {parts}."
    return paragraphs([pattern.format(parts="; ".join([*every, *parts]))])


def vegetables_in(plan: Plan, foods: FoodTable) -> frozenset[str]:
    """Name the different vegetables of a plan: those of which there is more than a pinch."""
    line_g = read_meal_rules().rules["line"]["lower"]
    return frozenset(
        food.base
        for day in plan.days
        for item in day.items()
        for food_id, mass_g in item.ingredients
        if mass_g >= line_g
        and food_id in foods
        and (food := foods[food_id]).group in VEGETABLE_GROUPS
    )


def magnesium_text(old: DayFigures, new: DayFigures) -> str:
    """Describe how much more or less magnesium a day has."""
    if old.magnesium_mg is None or new.magnesium_mg is None:
        return "magnesium not known"
    more = round(new.magnesium_mg) - round(old.magnesium_mg)
    told = "{mg} mg more magnesium" if more > 0 else "{mg} mg less magnesium"
    both = _both(*(amount_text("magnesium_mg", one.magnesium_mg) for one in (old, new)))
    return f"{told.format(mg=abs(more))} ({both})" if more else "as much magnesium as before"


def saving_text(old: float, new: float) -> str:
    """Describe how much dearer or cheaper something is."""
    if price_text(old) == price_text(new):
        return "as dear as before"
    told = "{price} dearer" if new > old else "{price} cheaper"
    return told.format(price=price_text(abs(new - old)))


def dinners_that_differ(before: Plan, after: Plan) -> tuple[int, int]:
    """Count the dinners with another main dish, and the days that both plans have a dinner on."""
    old, new = (
        {
            day.day: meal.items[0].item_id
            for day in plan.days
            for meal in day.meals
            if meal.slot == "dinner"
        }
        for plan in (before, after)
    )
    both = old.keys() & new.keys()
    return sum(old[day] != new[day] for day in both), len(both)


def points_of(report: TableReport) -> Points:
    """Return name → points of each eater's plan."""
    return {name: own.outcome.objective for name, own in report.reports.items()}


def _no_thing(table: PlanDifference) -> Paragraph:
    """State that no dish differs, and whether guests came or left."""
    plates = table.guests_before, table.guests_after
    if plates[0] == plates[1]:
        return Paragraph("Nothing differs.", TITLE)
    told = "The dishes are the same. Plates for guests: {before} → {after}."
    return Paragraph(told.format(before=plates[0], after=plates[1]), TITLE)


def _plan_blocks(
    difference: PlanDifference, before: float | None, after: float | None
) -> Iterator[Block]:
    """Describe what moved in a plan as a whole; points are ``None`` where they are unknown."""
    count = len(difference.changes)
    if not count:
        yield _no_thing(difference)
        return
    title = plural(count, "{count} thing differs.", "{count} things differ.")
    yield Paragraph(title.format(count=count), TITLE)
    yield from _changes(difference.changes, difference)
    touched = {change.day for change in difference.changes}
    both = [entry for entry in difference.days if entry[0] in touched and None not in entry]
    for day, old, new in both if len(both) == 1 else ():
        assert old is not None
        assert new is not None
        yield Paragraph(magnesium_text(old, new), label=number_label(day, difference.dates))
    yield _figures(difference)
    yield from paragraphs([points_text(before, after)])


def other_people(before: PlanRequest, after: PlanRequest) -> list[str]:
    """List whom each plan is for, if the people differ: other differences may come from that."""
    old, new = _people(before), _people(after)
    if old == new:
        return []
    nobody = "nobody"
    told = [
        f"{name or 'The plan'}: {old.get(name, nobody)} {ARROW} {new.get(name, nobody)}."
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    ]
    return ["These are plans of other people, so what differs may come from that.", *told]


def _people(request: PlanRequest) -> dict[str, str]:
    """Name everybody a plan is for with who it is; the name of the only one is empty."""
    return {name: person_text(one) for name, one in eater_requests(request).items()}


def item_text(item: Item) -> str:
    """Name a thing with its portion: ``"Baked salmon (1 serving)"``."""
    portion = item.measure
    if item.leftover_of is not None:
        portion = f"{portion}, leftover"
    return f"{named(item.name)} ({portion})"


def change_text(change: Change) -> str:
    """Describe what stood there and what stands there now."""
    if change.before is None:
        assert change.after is not None
        return f"new: {item_text(change.after)}"
    if change.after is None:
        return f"gone: {item_text(change.before)}"
    if change.action == "amount" and change.before.name == change.after.name:
        old, new = (item.measure for item in (change.before, change.after))
        inside = f"{new}, with other amounts in it"
        told = f"{old} {ARROW} {new}" if old != new else inside
        return f"{named(change.before.name)}: {told}"
    return f"{item_text(change.before)} {ARROW} {item_text(change.after)}"


def _changes(changes: Iterable[Change], difference: PlanDifference) -> Iterator[Block]:
    for change in changes:
        yield Paragraph(change_text(change), label=_where(change, difference))


def _where(change: Change, difference: PlanDifference) -> str:
    return f"{number_label(change.day, difference.dates)}  {change.slot}"


def _figures(difference: PlanDifference) -> Table:
    """Return a row for each day that differs, and for the mean day."""
    head = ["", *FIGURES.values(), currency()]
    changed = {change.day for change in difference.changes}
    rows = [
        [number_label(day, difference.dates), *_cells(old, new)]
        for day, old, new in difference.days
        if day in changed and old is not None and new is not None
    ]
    rows.append(["Mean", *_cells(difference.before, difference.after)])
    return Table("Each day in figures", head, rows)


def _cells(old: DayFigures, new: DayFigures) -> list[str]:
    cells = [_both(*(amount_text(key, getattr(day_figures, key)) for day_figures in (old, new)))
             for key in FIGURES]  # fmt: skip
    return [*cells, _both(cost_as(old.cost), cost_as(new.cost))]


def _both(before: str, after: str) -> str:
    return after if before == after else f"{before} {ARROW} {after}"


def points_text(before: float | None, after: float | None) -> str:
    """Describe what the plan gives up before and after; nothing where that is not known."""
    if before is None or after is None:
        return ""
    old, new = (f"{points:.2f}" for points in (before, after))
    told = "Points (fewer are better): {before} {arrow} {after}."
    return told.format(before=old, arrow=ARROW, after=new)


def _table_blocks(difference: TableDifference, before: Points, after: Points) -> Iterator[Block]:
    if not any(eater.changes for eater in (difference.table, *difference.eaters.values())):
        yield _no_thing(difference.table)
        return
    shared = _shared(difference.eaters)
    yield Paragraph(_title(difference, shared), TITLE)
    for said, who in (("New at the table", difference.come), ("Not there", difference.gone)):
        yield from paragraphs([f"{said}: {', '.join(who)}."] if who else [])
    for held in shared.values():
        names, change = ", ".join(held), next(iter(held.values()))
        told = _names_text(change) if change.before and change.after else change_text(change)
        yield Paragraph(f"{names}: {told}", label=_where(change, difference.table))
    for name, own in difference.eaters.items():
        if own.changes:
            points = points_text(before.get(name), after.get(name))
            yield Section(f"{name}:", (*_of_eater(own, shared), *paragraphs([points])))
    old, new = difference.table.cost_before, difference.table.cost_after
    cost = "The whole table: {before} → {after}."
    whole = points_text(_sum(before, difference), _sum(after, difference))
    texts = (cost.format(before=price_text(old), after=price_text(new)), whole)
    yield from paragraphs([" ".join(filter(None, texts))])


def _shared(eaters: Mapping[str, PlanDifference]) -> dict[_Place, dict[str, Change]]:
    """Return what changes in the same way for several eaters, with their names."""
    found: dict[_Place, dict[str, Change]] = {}
    for name, own in eaters.items():
        for change in own.changes:
            if change.action != "amount":
                found.setdefault(_place(change), {})[name] = change
    return {place: held for place, held in found.items() if len(held) > 1}


def _place(change: Change) -> _Place:
    before = change.before.item_id if change.before else ""
    after = change.after.item_id if change.after else ""
    return change.day, change.slot, before, after


def _title(difference: TableDifference, shared: Mapping[_Place, Mapping[str, Change]]) -> str:
    own = sum(
        _place(change) not in shared or change.action == "amount"
        for eater in difference.eaters.values()
        for change in eater.changes
    )
    count = own + len(shared)
    if not count:
        return "Nothing differs for those who were there."
    if shared:
        told = plural(
            count,
            "{count} thing differs, {shared} of them for several.",
            "{count} things differ, {shared} of them for several.",
        )
    else:
        told = plural(count, "{count} thing differs.", "{count} things differ.")
    return told.format(count=count, shared=len(shared))


def _of_eater(
    own: PlanDifference, shared: Mapping[_Place, Mapping[str, Change]]
) -> Iterator[Block]:
    alone = (one for one in own.changes if one.action == "amount" or _place(one) not in shared)
    yield from _changes(alone, own)
    yield _figures(own)


def _names_text(change: Change) -> str:
    """Describe what takes whose place, without portions, which are each eater's own."""
    assert change.before is not None
    assert change.after is not None
    return f"{named(change.before.name)} → {named(change.after.name)}"


def _sum(points: Points, difference: TableDifference) -> float | None:
    """Add up the points of those who are in both plans; ``None`` where some are not known."""
    known = [points.get(name) for name in difference.eaters]
    return None if None in known else sum(score for score in known if score is not None)


def wishes_told(wishes: Sequence[Wish]) -> Iterator[Block]:
    """Yield the wishes in which two requests differ."""
    if not wishes:
        yield Paragraph("The requests ask for the same.", TITLE)
        return
    title = plural(len(wishes), "{count} wish differs.", "{count} wishes differ.")
    yield Paragraph(title.format(count=len(wishes)), TITLE)
    for wish in wishes:
        yield Paragraph(f"{wish_text(wish.before)} → {wish_text(wish.after)}", label=wish.name)


def moves_told(moves: Sequence[WishMove]) -> Iterator[Block]:
    """Describe what each wish alone moves in the mean day of the first request's plan."""
    head = ["with", "moved", "Mg mg", "Ca mg", "Ca:Mg", "kcal", currency(), "points"]
    rows, reasons = [], []
    for move in moves:
        name = move.wish.name if move.wish is not None else "all of them"
        if move.difference is None:
            rows.append([name, "no plan", *[""] * (len(head) - 2)])
            reasons.append(f"{name}: {move.reason}")
            continue
        whole = move.difference.table
        points = _signed(move.points_before, move.points_after, 1)
        count = str(len(whole.changes))
        rows.append([name, count, *_steps(whole.before, whole.after), points])
    title = "Which wish moves what: things that differ, and the mean day"
    if rows:
        yield Section(title, (Table(title, head, rows), *bullets(reasons)))


def _steps(before: DayFigures, after: DayFigures) -> list[str]:
    """Return by how much the figures of the mean day move."""
    cost = after.cost - before.cost
    sign = "+" if cost > 0 else "-" if cost < 0 else ""
    return [
        _signed(before.magnesium_mg, after.magnesium_mg, 0),
        _signed(before.calcium_mg, after.calcium_mg, 0),
        _signed(before.ca_mg_ratio, after.ca_mg_ratio, 2),
        _signed(before.energy_kcal, after.energy_kcal, 0),
        f"{sign}{cost_as(abs(cost))}",
    ]


def _signed(before: float | None, after: float | None, decimals: int) -> str:
    if before is None or after is None:
        return "?"
    return f"{after - before:+,.{decimals}f}"


def change_texts(before: TableReport, after: TableReport) -> Iterator[str]:
    """Describe how much of what is wished otherwise is eaten now.

    Parameters
    ----------
    before, after
        The weeks, each with its plan.
    """
    assert before.plan is not None
    assert after.plan is not None
    for meaning in _wished_otherwise(before, after):
        old, new = (_eaten_g(plan, meaning) for plan in (before.plan, after.plan))
        told = "Of {name}, in dishes too: {before} {arrow} {after} in these days."
        if old or new:
            amounts = {"before": mass_text(old), "arrow": ARROW, "after": mass_text(new)}
            yield told.format(name=named(meaning.name), **amounts)


def _wished_otherwise(before: TableReport, after: TableReport) -> Iterator[Meaning]:
    """Yield what is liked, disliked or counted otherwise than before, by whomever."""
    old = {name: _counted(one.preferences) for name, one in eater_requests(before.request).items()}
    names = {
        wish[1]: None
        for name, request in eater_requests(after.request).items()
        for wish, count in _counted(request.preferences).items()
        if old.get(name, {}).get(wish) != count
    }
    dishes = next(iter(after.reports.values())).dishes
    for name in names:
        with suppress(CandidatesError):
            yield find_meaning(name, after.foods, dishes)


def _counted(wanted: Preferences) -> Mapping[tuple[str, str], int]:
    """Return (how it is wished, name) → how much, or how often."""
    return {
        **{("like", name): grade for name, grade in wanted.like.items()},
        **{("dislike", name): grade for name, grade in wanted.dislike.items()},
        **{(rule.sense, rule.name): rule.count for rule in wanted.per_week},
    }


def _eaten_g(plan: Plan, meaning: Meaning) -> float:
    """Return what everybody eats of foods [g]: whole dishes where they are meant."""
    return sum(
        mass_g
        for day in plan.days
        for item in day.items()
        for food_id, mass_g in item.ingredients
        if food_id in meaning.food_ids or item.item_id in meaning.dish_ids
    )
