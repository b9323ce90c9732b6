"""Why a plan is as it is, as text: prices of bounds, sources, things, wishes, what is missed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from planner.document.blocks import STRONG, Block, Paragraph, Table, bullets, paragraphs, section
from planner.explain.account import (
    TALLIED,
    Account,
    BoundPrice,
    EaterAccount,
    ItemReason,
    Quote,
    Standin,
    Tally,
    WeekAccount,
    WhyNot,
    WishCost,
)
from planner.explain.uncertain import MAGNESIUM
from planner.explain.words import row_in_words
from planner.export.figures import amount_text, price_text
from planner.export.paid import till_text
from planner.export.who import number_label
from planner.language.figures import cost_as, number_text
from planner.language.names import listed, measured, named, slot_within
from planner.language.shops import currency
from planner.language.spoken import _, mark, said, spoken
from planner.model.keys import RULES
from planner.plan.rounding import percent_near
from planner.settings import read_settings
from planner.targets.words import name_on, unit_word

ABOUT = mark(
    "Prices come from the best mix of average days, in which dishes may be divided freely: it "
    "has {mix} points, this week of whole dishes {plan}. Each price was found by moving the "
    "bound and solving the mix again; in a week of whole dishes the cost may be higher or lower."
)
ABOUT_DAY = mark(
    "The dishes of the day stay, and only their amounts move, between the portions offered; the "
    "other days stay too. Each was found by solving the day again."
)
NO_MIX = mark("No mix of its own amounts keeps all rules, so there are no prices.")
ALONE = mark("Each eater is priced alone, as if nothing were shared.")
WISHES = mark(
    "Each against the best mix without it, in points of everything else. What is left out for an "
    "allergy or for safety is not priced; days between servings have no price in a mix."
)
TERMS: Mapping[str, str] = {
    "taste": mark("taste"),
    "cost": mark("price"),
    "effort": mark("work"),
    "portion": mark("portions and lines on the table"),
    "supplement": mark("supplements"),
    "history": mark("eaten lately"),
    "draw": mark("chance of taste"),
    "season": mark("out of season"),
    "pattern": mark("not of the meal pattern"),
    "variety": mark("habits and variety"),
    "soft_targets": mark("soft targets"),
    "waste": mark("packages and things to buy"),
    "rest": mark("the place that it takes"),
}
_PRICES = {  # side of the bound and what is done to it → sentence
    ("min", "tighter"): mark("{step} more would cost {points} points a week{changes}."),
    ("min", "looser"): mark("{step} less would free {points} points a week{changes}."),
    ("max", "tighter"): mark("{step} less would cost {points} points a week{changes}."),
    ("max", "looser"): mark("{step} more would free {points} points a week{changes}."),
}
_MARGINS = {
    "min": mark("With {step} more, the week would fit your wishes {how}."),
    "max": mark("With {step} less, the week would fit your wishes {how}."),
}
_BOUNDS = {"min": mark("at least {amount}"), "max": mark("at most {amount}")}
_LEFT = "min"


def account_told(account: Account, dates: Mapping[int, date]) -> Iterator[Block]:
    """Return the account of a plan; ``dates`` are those of its days, by number."""
    for name, answers in account.why_not.items():
        for one in answers:
            title = _("Why not {name}").format(name=listed([named(one.name)]))
            told = bullets(_why_not_texts(one))
            yield from section(f"{name}: {title}" if name else title, told)
    for name, own in account.eaters.items():
        title = _("Why this plan is as it is")
        if len(account.days) == 1:
            title = _("Why {day} is as it is").format(day=number_label(account.days[0], dates))
        blocks = _reasons(own.items, dates) if account.slot else _of_eater(own, name, dates)
        yield from section(f"{name}: {title}" if name else title, blocks)
    till = [] if account.slot else [till_text(account.shopping)]
    yield from section(_("What it costs"), paragraphs(till, STRONG))


def _of_eater(own: EaterAccount, name: str, dates: Mapping[int, date]) -> Iterator[Block]:
    yield from paragraphs([_(ALONE)] if name else [])
    reasons = section(_("Why it is there"), _reasons(own.items, dates))
    yield from reasons if own.day is not None else ()
    if own.day is not None:
        title = _("What its rules cost, with its dishes as they stand")
        yield from section(title, _prices(own.day, ABOUT_DAY))
    for week in own.weeks if own.day is None else ():
        title = _("What holds the week, and what it would cost to move it")
        if len(own.weeks) > 1:
            first = number_label(week.first_day, dates)
            title = _("What holds the week of {day}").format(day=first)
        yield from section(title, _prices(week, ABOUT))
    yield from section(_("Where it comes from"), bullets(_source_texts(own)))
    yield from section(_("What each thing brings"), _things(own.items, dates))
    yield from reasons if own.day is None else ()
    wishes = (Paragraph(_(WISHES)), *bullets(map(_wish_text, own.wishes)))
    yield from section(_("What wishes cost"), wishes if own.wishes else ())
    yield from section(_("Rules with room"), paragraphs([_room_text(own.weeks)]))


def _prices(week: WeekAccount, about: str) -> Iterator[Block]:
    if week.mix is None:
        yield Paragraph(_(NO_MIX))
        return
    told = _(about).format(mix=_points(week.mix.points), plan=_points(week.plan.points))
    prices = [one for one in week.prices if one.tighter is not None or one.looser is not None]
    yield Paragraph(told)
    yield from bullets(price_text_of(one, week.days) for one in prices)


def price_text_of(price: BoundPrice, days: int) -> str:
    """Say what moving a bound costs or frees; ``days`` are those that weekly rows sum over."""
    parts = [_bound_text(price, days)]
    if price.in_plan is not None:
        eaten = _("{amount} of it is eaten in the plan.")
        told = eaten if price.key.rule == "budget" else _("The plan has {amount}.")
        parts.append(told.format(amount=_amount(price, price.in_plan)))
    if not price.shadow and price.in_mix is not None:
        room = _("It has room: the best mix has {amount}.")
        parts.append(room.format(amount=_amount(price, price.in_mix)))
    for way, quote in (("tighter", price.tighter), ("looser", price.looser)):
        if quote is not None:
            parts.append(_quote_text(price, way, quote))
    if price.tighter is None:
        step = _amount(price, price.step)
        parts.append(
            _("{step} more: no mix keeps every rule.").format(step=step)
            if price.key.side == "min"
            else _("{step} less: no mix keeps every rule.").format(step=step)
        )
    return " ".join(filter(None, parts))


def at_the_margin(price: BoundPrice, week_points: float) -> str:
    """Say how much less a week would suit with a step of a bound: as a part of its points."""
    share = (
        number_text(f"{100 * price.shadow * price.step / week_points:.0f}") if week_points else "0"
    )
    how = (
        _("{percent} % less well").format(percent=share) if share != "0" else _("hardly less well")
    )
    return _(_MARGINS[price.key.side or _LEFT]).format(step=_amount(price, price.step), how=how)


def _quote_text(price: BoundPrice, way: str, quote: Quote) -> str:
    """Say what a step costs or frees; that it costs nothing, and nothing of what frees nothing."""
    step, points = _amount(price, price.step), abs(quote.more.points)
    side = price.key.side or _LEFT
    if points < read_settings("explain.toml")["least"]["points"]:
        if way == "looser":
            return ""
        free = _("{step} more costs nothing.") if side == "min" else _("{step} less costs nothing.")
        return free.format(step=step)
    changes = _a_day(quote.more, quote.steady)
    return _(_PRICES[side, way]).format(step=step, points=_points(points), changes=changes)


def _bound_text(price: BoundPrice, days: int) -> str:
    key = price.key
    if not RULES[key.rule].is_band:
        return f"{spoken(row_in_words(key, price.bound, days)[2])}."
    bound = _(_BOUNDS[key.side]).format(amount=_amount(price, price.bound))
    if key.preferred:
        bound = _("preferably {bound}").format(bound=bound)
    when = _("each day") if key.rule.endswith("_day") else _("a day over the week")
    name = name_on(key.subject, key.basis)
    return _("{name}: {bound} {when}.").format(name=name, bound=bound, when=when)


def _amount(price: BoundPrice, value: float) -> str:
    if not RULES[price.key.rule].is_band:
        return price_text(value) if price.key.rule == "budget" else number_text(f"{value:g}")
    return f"{amount_text(price.key.subject, value)} {unit_word(price.key.subject)}".strip()


def _a_day(more: Tally, which: Collection[str] | None = None) -> str:
    """Say what is more and less a day: money, energy, work; ``None``: of these what counts."""
    if which is None:
        least = read_settings("explain.toml")["least"]
        which = [one for one in TALLIED if abs(getattr(more, one)) >= least[one]]
    told = []
    if "cost_usd" in which:
        amount = price_text(abs(more.cost_usd))
        told.append((_("{amount} more") if more.cost_usd > 0 else _("{amount} less"), amount))
    if "energy_kcal" in which:
        amount = number_text(f"{abs(more.energy_kcal):,.0f} kcal")
        told.append((_("{amount} more") if more.energy_kcal > 0 else _("{amount} less"), amount))
    if "minutes" in which:
        amount = _("{minutes} min").format(minutes=number_text(f"{abs(more.minutes):.1f}"))
        work = _("{amount} more work") if more.minutes > 0 else _("{amount} less work")
        told.append((work, amount))
    changes = ", ".join(text.format(amount=amount) for text, amount in told)
    return _("; a day {changes}").format(changes=changes) if changes else ""


def _points(points: float) -> str:
    return number_text(f"{round(points, 2) + 0.0:,.2f}")


def _source_texts(own: EaterAccount) -> Iterator[str]:
    for key, sources in own.sources.items():
        total = f"{amount_text(key, own.means[key])} {unit_word(key)}"
        told = [f"{named(one.name)} {number_text(f'{100 * one.share:.0f} %')}" for one in sources]
        text = _("{name}, {amount} a day: {sources}.")
        yield text.format(name=name_on(key, ""), amount=total, sources="; ".join(told))


def _things(items: Sequence[ItemReason], dates: Mapping[int, date]) -> Iterator[Block]:
    """Give a table of things for each day."""
    keys = list(items[0].amounts) if items else []
    heads = [f"{name_on(key, '')} {unit_word(key)}" for key in keys]
    for day, own in groupby(items, key=lambda one: one.day):
        rows = [
            [
                named(one.name),
                *(amount_text(key, one.amounts[key]) for key in keys),
                amount_text("energy_kcal", one.energy_kcal),
                cost_as(one.cost_usd),
                _points(sum(one.points.values())),
            ]
            for one in own
        ]
        title = number_label(day, dates)
        yield Table(title, [title, *heads, "kcal", currency(), _("points")], rows)


def _reasons(items: Sequence[ItemReason], dates: Mapping[int, date]) -> Iterator[Block]:
    if items and not any(one.is_looked_at for one in items):
        yield Paragraph(_("--day DAY says it of the things of one day."))
    days = {day: [*own] for day, own in groupby(items, key=lambda one: one.day)}
    yield from bullets(_reason_text(one, days[one.day], dates) for one in items if one.is_looked_at)


def _reason_text(one: ItemReason, of_day: Sequence[ItemReason], dates: Mapping[int, date]) -> str:
    where = f"{number_label(one.day, dates)}, {slot_within(one.slot)}"
    put = said(RULES["put"].sentence)
    parts = [_("{where}: {name}.").format(where=where, name=named(one.name))]
    if put in one.holds:
        parts.append(_("You put it there."))
    parts += _wish_texts(one, dates)
    parts += _share_texts(one, of_day)
    if rules := "; ".join(spoken(rule) for rule in one.holds if rule != put):
        parts.append(_("Without it these would not hold: {rules}.").format(rules=rules))
    if one.instead is None:
        parts.append(_("No single other thing there keeps every rule."))
    else:
        more = one.instead.change
        text = _("The best instead, {name}, costs {points} points{terms}.")
        if more.points < 0:
            text = _("With {name} instead the week would even have {points} points fewer{terms}.")
        portion = measured(one.instead.measure, one.instead.source_id)
        name = f"{named(one.instead.name)} ({portion})"
        points = _points(abs(more.points))
        parts.append(text.format(name=name, points=points, terms=_terms(more.terms)))
        parts += _worse_texts(one.instead)
    return " ".join(parts)


def _wish_texts(one: ItemReason, dates: Mapping[int, date]) -> Iterator[str]:
    """Say what of it is liked, and which meals one cooking is for."""
    if one.liked:
        yield _("You like {names}.").format(names=listed([*map(named, one.liked)]))
    if len(one.meals) > 1:
        days = ", ".join(number_label(day, dates) for day in one.meals)
        yield _("It is cooked once for {count} meals: {days}.").format(
            count=len(one.meals), days=days
        )


def _worse_texts(instead: Standin) -> Iterator[str]:
    """Say which rules and wishes what could stand there keeps less well, the dearest first."""
    told = read_settings("explain.toml")
    ranked = sorted(instead.rules.items(), key=lambda pair: (-pair[1], pair[0]))
    worse = [rule for rule, points in ranked if points >= told["least"]["points"]]
    if worse:
        rules = "; ".join(_(RULES[rule].sentence) for rule in worse[: told["told"]["terms"]])
        yield _("These would then be kept less well: {rules}.").format(rules=rules)


def _share_texts(one: ItemReason, of_day: Sequence[ItemReason]) -> Iterator[str]:
    """Say how much of its day's magnesium and energy a thing brings, where that is known."""
    magnesium_mg = sum(each.amounts.get(MAGNESIUM) or 0.0 for each in of_day)
    energy_kcal = sum(each.energy_kcal or 0.0 for each in of_day)
    if magnesium_mg and energy_kcal:
        told = _("It brings {magnesium} of the day's magnesium with {energy} of its energy.")
        yield told.format(
            magnesium=percent_near((one.amounts.get(MAGNESIUM) or 0.0) / magnesium_mg),
            energy=percent_near((one.energy_kcal or 0.0) / energy_kcal),
        )


def _terms(terms: Mapping[str, float]) -> str:
    """Say what points are made of, the largest parts: ``" (work +1.20, taste -0.50)"``."""
    told = read_settings("explain.toml")
    ranked = sorted(terms.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    shown = [
        f"{term_word(name)} {number_text(f'{points:+.2f}')}"
        for name, points in ranked[: told["told"]["terms"]]
        if abs(points) >= told["least"]["points"]
    ]
    return f" ({', '.join(shown)})" if shown else ""


def term_word(name: str) -> str:
    """Say what points are for: a term, or a rule, with its nutrient behind a colon."""
    rule, _colon, subject = name.partition(":")
    if rule in TERMS:
        return _(TERMS[rule])
    word = _(RULES[rule].sentence)
    return name_on(subject, "") if subject else word


def _wish_text(wish: WishCost) -> str:
    least = read_settings("explain.toml")["least"]
    if wish.more is None:
        return _("{flag}: there is no mix without it to compare with.").format(flag=wish.flag)
    points = wish.more.points
    text = _("{flag}: costs nothing.")
    if abs(points) >= least["points"]:
        text = _("{flag}: {points} points a week{changes}.")
    told = text.format(flag=wish.flag, points=_points(points), changes=_a_day(wish.more))
    if wish.in_plan >= least["points"]:
        against = _("Going against it costs this plan {points} points.")
        told = f"{told} {against.format(points=_points(wish.in_plan))}"
    return told


def _room_text(weeks: Sequence[WeekAccount]) -> str:
    """Name the rules that neither hold the plan nor cost it anything, in all weeks."""
    slack = [{room.rule for room in week.rooms if room.is_slack} for week in weeks]
    most = read_settings("explain.toml")["told"]["slack"]
    names = [rule for rule in RULES if slack and all(rule in one for one in slack)]
    told = [_(RULES[rule].sentence) for rule in names[:most]]
    more = _("and {count} more").format(count=len(names) - most)
    return f"{'; '.join([*told, *([more] if len(names) > most else [])])}." if told else ""


def _why_not_texts(answer: WhyNot) -> Iterator[str]:
    yield from map(spoken, answer.sentences)
    if answer.change is not None:
        text = _("The week would then have {points} points more{terms}{changes}.")
        if answer.change.points < 0:
            text = _("The week would then have {points} points fewer{terms}{changes}.")
        yield text.format(
            points=_points(abs(answer.change.points)),
            terms=_terms(answer.change.terms),
            changes=_a_day(answer.change),
        )
    if answer.reduced is not None:
        text = _(
            "At the prices of the best mix a serving costs {points} points: what it uses, less "
            "what it brings{terms}."
        )
        yield text.format(points=_points(answer.reduced), terms=_terms(answer.parts))
