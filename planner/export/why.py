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
from planner.model.keys import RULES
from planner.plan.rounding import percent_near
from planner.settings import read_settings
from planner.shops import cost_as, currency, named
from planner.targets.words import name_on, unit_word
from planner.wording import listed

ABOUT = (
    "Prices come from the best mix of average days, in which dishes may be divided freely: it "
    "has {mix} points, this week of whole dishes {plan}. Each price was found by moving the "
    "bound and solving the mix again; in a week of whole dishes the cost may be higher or lower."
)
ABOUT_DAY = (
    "The dishes of the day stay, and only their amounts move, between the portions offered; the "
    "other days stay too. Each was found by solving the day again."
)
NO_MIX = "No mix of its own amounts keeps all rules, so there are no prices."
ALONE = "Each eater is priced alone, as if nothing were shared."
WISHES = (
    "Each against the best mix without it, in points of everything else. What is left out for an "
    "allergy or for safety is not priced; days between servings have no price in a mix."
)
TERMS: Mapping[str, str] = {
    "taste": "taste",
    "cost": "price",
    "effort": "work",
    "portion": "portions and lines on the table",
    "supplement": "supplements",
    "history": "eaten lately",
    "draw": "chance of taste",
    "season": "out of season",
    "pattern": "not of the meal pattern",
    "variety": "habits and variety",
    "soft_targets": "soft targets",
    "waste": "packages and things to buy",
    "rest": "the place that it takes",
}
_PRICES = {  # side of the bound and what is done to it → sentence
    ("min", "tighter"): "{step} more would cost {points} points a week{changes}.",
    ("min", "looser"): "{step} less would free {points} points a week{changes}.",
    ("max", "tighter"): "{step} less would cost {points} points a week{changes}.",
    ("max", "looser"): "{step} more would free {points} points a week{changes}.",
}
_MARGINS = {
    "min": "With {step} more, the week would fit your wishes {how}.",
    "max": "With {step} less, the week would fit your wishes {how}.",
}
_BOUNDS = {"min": "at least {amount}", "max": "at most {amount}"}
_LEFT = "min"


def account_told(account: Account, dates: Mapping[int, date]) -> Iterator[Block]:
    """Return the account of a plan; ``dates`` are those of its days, by number."""
    for name, answers in account.why_not.items():
        for one in answers:
            title = f"Why not {listed([named(one.name)])}"
            told = bullets(_why_not_texts(one))
            yield from section(f"{name}: {title}" if name else title, told)
    for name, own in account.eaters.items():
        title = "Why this plan is as it is"
        if len(account.days) == 1:
            title = f"Why {number_label(account.days[0], dates)} is as it is"
        blocks = _reasons(own.items, dates) if account.slot else _of_eater(own, name, dates)
        yield from section(f"{name}: {title}" if name else title, blocks)
    till = [] if account.slot else [till_text(account.shopping)]
    yield from section("What it costs", paragraphs(till, STRONG))


def _of_eater(own: EaterAccount, name: str, dates: Mapping[int, date]) -> Iterator[Block]:
    yield from paragraphs([ALONE] if name else [])
    reasons = section("Why it is there", _reasons(own.items, dates))
    yield from reasons if own.day is not None else ()
    if own.day is not None:
        title = "What its rules cost, with its dishes as they stand"
        yield from section(title, _prices(own.day, ABOUT_DAY))
    for week in own.weeks if own.day is None else ():
        title = "What holds the week, and what it would cost to move it"
        if len(own.weeks) > 1:
            first = number_label(week.first_day, dates)
            title = f"What holds the week of {first}"
        yield from section(title, _prices(week, ABOUT))
    yield from section("Where it comes from", bullets(_source_texts(own)))
    yield from section("What each thing brings", _things(own.items, dates))
    yield from reasons if own.day is None else ()
    wishes = (Paragraph(WISHES), *bullets(map(_wish_text, own.wishes)))
    yield from section("What wishes cost", wishes if own.wishes else ())
    yield from section("Rules with room", paragraphs([_room_text(own.weeks)]))


def _prices(week: WeekAccount, about: str) -> Iterator[Block]:
    if week.mix is None:
        yield Paragraph(NO_MIX)
        return
    told = about.format(mix=_points(week.mix.points), plan=_points(week.plan.points))
    prices = [one for one in week.prices if one.tighter is not None or one.looser is not None]
    yield Paragraph(told)
    yield from bullets(price_text_of(one, week.days) for one in prices)


def price_text_of(price: BoundPrice, days: int) -> str:
    """Say what moving a bound costs or frees; ``days`` are those that weekly rows sum over."""
    parts = [_bound_text(price, days)]
    if price.in_plan is not None:
        eaten = "{amount} of it is eaten in the plan."
        told = eaten if price.key.rule == "budget" else "The plan has {amount}."
        parts.append(told.format(amount=_amount(price, price.in_plan)))
    if not price.shadow and price.in_mix is not None:
        room = "It has room: the best mix has {amount}."
        parts.append(room.format(amount=_amount(price, price.in_mix)))
    for way, quote in (("tighter", price.tighter), ("looser", price.looser)):
        if quote is not None:
            parts.append(_quote_text(price, way, quote))
    if price.tighter is None:
        step = _amount(price, price.step)
        parts.append(
            f"{step} more: no mix keeps every rule."
            if price.key.side == "min"
            else f"{step} less: no mix keeps every rule."
        )
    return " ".join(filter(None, parts))


def at_the_margin(price: BoundPrice, week_points: float) -> str:
    """Say how much less a week would suit with a step of a bound: as a part of its points."""
    share = f"{100 * price.shadow * price.step / week_points:.0f}" if week_points else "0"
    how = f"{share} % less well" if share != "0" else "hardly less well"
    return _MARGINS[price.key.side or _LEFT].format(step=_amount(price, price.step), how=how)


def _quote_text(price: BoundPrice, way: str, quote: Quote) -> str:
    """Say what a step costs or frees; that it costs nothing, and nothing of what frees nothing."""
    step, points = _amount(price, price.step), abs(quote.more.points)
    side = price.key.side or _LEFT
    if points < read_settings("explain.toml")["least"]["points"]:
        if way == "looser":
            return ""
        free = "{step} more costs nothing." if side == "min" else "{step} less costs nothing."
        return free.format(step=step)
    changes = _a_day(quote.more, quote.steady)
    return _PRICES[side, way].format(step=step, points=_points(points), changes=changes)


def _bound_text(price: BoundPrice, days: int) -> str:
    key = price.key
    if not RULES[key.rule].is_band:
        return f"{row_in_words(key, price.bound, days)[2]}."
    bound = _BOUNDS[key.side].format(amount=_amount(price, price.bound))
    if key.preferred:
        bound = f"preferably {bound}"
    when = "each day" if key.rule.endswith("_day") else "a day over the week"
    name = name_on(key.subject, key.basis)
    return f"{name}: {bound} {when}."


def _amount(price: BoundPrice, value: float) -> str:
    if not RULES[price.key.rule].is_band:
        return price_text(value) if price.key.rule == "budget" else f"{value:g}"
    return f"{amount_text(price.key.subject, value)} {unit_word(price.key.subject)}".strip()


def _a_day(more: Tally, which: Collection[str] | None = None) -> str:
    """Say what is more and less a day: money, energy, work; ``None``: of these what counts."""
    if which is None:
        least = read_settings("explain.toml")["least"]
        which = [one for one in TALLIED if abs(getattr(more, one)) >= least[one]]
    told = []
    if "cost_usd" in which:
        amount = price_text(abs(more.cost_usd))
        told.append(("{amount} more" if more.cost_usd > 0 else "{amount} less", amount))
    if "energy_kcal" in which:
        amount = f"{abs(more.energy_kcal):,.0f} kcal"
        told.append(("{amount} more" if more.energy_kcal > 0 else "{amount} less", amount))
    if "minutes" in which:
        amount = "{minutes} min".format(minutes=f"{abs(more.minutes):.1f}")
        work = "{amount} more work" if more.minutes > 0 else "{amount} less work"
        told.append((work, amount))
    changes = ", ".join(text.format(amount=amount) for text, amount in told)
    return f"; a day {changes}" if changes else ""


def _points(points: float) -> str:
    return f"{round(points, 2) + 0.0:,.2f}"


def _source_texts(own: EaterAccount) -> Iterator[str]:
    for key, sources in own.sources.items():
        total = f"{amount_text(key, own.means[key])} {unit_word(key)}"
        told = [f"{named(one.name)} {f'{100 * one.share:.0f} %'}" for one in sources]
        text = "{name}, {amount} a day: {sources}."
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
        yield Table(title, [title, *heads, "kcal", currency(), "points"], rows)


def _reasons(items: Sequence[ItemReason], dates: Mapping[int, date]) -> Iterator[Block]:
    if items and not any(one.is_looked_at for one in items):
        yield Paragraph("--day DAY says it of the things of one day.")
    days = {day: [*own] for day, own in groupby(items, key=lambda one: one.day)}
    yield from bullets(_reason_text(one, days[one.day], dates) for one in items if one.is_looked_at)


def _reason_text(one: ItemReason, of_day: Sequence[ItemReason], dates: Mapping[int, date]) -> str:
    where = f"{number_label(one.day, dates)}, {one.slot}"
    put = RULES["put"].sentence
    parts = [f"{where}: {named(one.name)}."]
    if put in one.holds:
        parts.append("You put it there.")
    parts += _wish_texts(one, dates)
    parts += _share_texts(one, of_day)
    if rules := "; ".join(rule for rule in one.holds if rule != put):
        parts.append(f"Without it these would not hold: {rules}.")
    if one.instead is None:
        parts.append("No single other thing there keeps every rule.")
    else:
        more = one.instead.change
        text = "The best instead, {name}, costs {points} points{terms}."
        if more.points < 0:
            text = "With {name} instead the week would even have {points} points fewer{terms}."
        portion = one.instead.measure
        name = f"{named(one.instead.name)} ({portion})"
        points = _points(abs(more.points))
        parts.append(text.format(name=name, points=points, terms=_terms(more.terms)))
        parts += _worse_texts(one.instead)
    return " ".join(parts)


def _wish_texts(one: ItemReason, dates: Mapping[int, date]) -> Iterator[str]:
    """Say what of it is liked, and which meals one cooking is for."""
    if one.liked:
        yield f"You like {listed([*map(named, one.liked)])}."
    if len(one.meals) > 1:
        days = ", ".join(number_label(day, dates) for day in one.meals)
        yield f"It is cooked once for {len(one.meals)} meals: {days}."


def _worse_texts(instead: Standin) -> Iterator[str]:
    """Say which rules and wishes what could stand there keeps less well, the dearest first."""
    told = read_settings("explain.toml")
    ranked = sorted(instead.rules.items(), key=lambda pair: (-pair[1], pair[0]))
    worse = [rule for rule, points in ranked if points >= told["least"]["points"]]
    if worse:
        rules = "; ".join(RULES[rule].sentence for rule in worse[: told["told"]["terms"]])
        yield f"These would then be kept less well: {rules}."


def _share_texts(one: ItemReason, of_day: Sequence[ItemReason]) -> Iterator[str]:
    """Say how much of its day's magnesium and energy a thing brings, where that is known."""
    magnesium_mg = sum(each.amounts.get(MAGNESIUM) or 0.0 for each in of_day)
    energy_kcal = sum(each.energy_kcal or 0.0 for each in of_day)
    if magnesium_mg and energy_kcal:
        told = "It brings {magnesium} of the day's magnesium with {energy} of its energy."
        yield told.format(
            magnesium=percent_near((one.amounts.get(MAGNESIUM) or 0.0) / magnesium_mg),
            energy=percent_near((one.energy_kcal or 0.0) / energy_kcal),
        )


def _terms(terms: Mapping[str, float]) -> str:
    """Say what points are made of, the largest parts: ``" (work +1.20, taste -0.50)"``."""
    told = read_settings("explain.toml")
    ranked = sorted(terms.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    shown = [
        f"{term_word(name)} {f'{points:+.2f}'}"
        for name, points in ranked[: told["told"]["terms"]]
        if abs(points) >= told["least"]["points"]
    ]
    return f" ({', '.join(shown)})" if shown else ""


def term_word(name: str) -> str:
    """Say what points are for: a term, or a rule, with its nutrient behind a colon."""
    rule, _colon, subject = name.partition(":")
    if rule in TERMS:
        return TERMS[rule]
    word = RULES[rule].sentence
    return name_on(subject, "") if subject else word


def _wish_text(wish: WishCost) -> str:
    least = read_settings("explain.toml")["least"]
    if wish.more is None:
        return f"{wish.flag}: there is no mix without it to compare with."
    points = wish.more.points
    text = "{flag}: costs nothing."
    if abs(points) >= least["points"]:
        text = "{flag}: {points} points a week{changes}."
    told = text.format(flag=wish.flag, points=_points(points), changes=_a_day(wish.more))
    if wish.in_plan >= least["points"]:
        against = "Going against it costs this plan {points} points."
        told = f"{told} {against.format(points=_points(wish.in_plan))}"
    return told


def _room_text(weeks: Sequence[WeekAccount]) -> str:
    """Name the rules that neither hold the plan nor cost it anything, in all weeks."""
    slack = [{room.rule for room in week.rooms if room.is_slack} for week in weeks]
    most = read_settings("explain.toml")["told"]["slack"]
    names = [rule for rule in RULES if slack and all(rule in one for one in slack)]
    told = [RULES[rule].sentence for rule in names[:most]]
    more = f"and {len(names) - most} more"
    return f"{'; '.join([*told, *([more] if len(names) > most else [])])}." if told else ""


def _why_not_texts(answer: WhyNot) -> Iterator[str]:
    yield from answer.sentences
    if answer.change is not None:
        text = "The week would then have {points} points more{terms}{changes}."
        if answer.change.points < 0:
            text = "The week would then have {points} points fewer{terms}{changes}."
        yield text.format(
            points=_points(abs(answer.change.points)),
            terms=_terms(answer.change.terms),
            changes=_a_day(answer.change),
        )
    if answer.reduced is not None:
        text = (
            "At the prices of the best mix a serving costs {points} points: what it uses, less "
            "what it brings{terms}."
        )
        yield text.format(points=_points(answer.reduced), terms=_terms(answer.parts))
