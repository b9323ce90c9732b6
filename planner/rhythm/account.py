"""Why a plan in a rhythm is as it is: what its rows leave, what things are there for, why not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from planner.candidates.candidate import Column
from planner.candidates.names import Meaning, find_meaning
from planner.explain.account import (
    EaterAccount,
    ItemReason,
    RuleRoom,
    Standin,
    Tally,
    WeekAccount,
    WhyNot,
)
from planner.model.days import ENERGY
from planner.plan.plan import Day, Item, Plan
from planner.plan.shares import own_plan
from planner.request.days import DAYS_PER_WEEK
from planner.rhythm.change import Change
from planner.rhythm.choices import Choices
from planner.rhythm.missed import (
    BESIDE,
    BETTER,
    DEARER,
    INSTEAD,
    NO_PLACE,
    NOT_FOUND,
    RULES_BROKEN,
    WOULD_GO,
    answer_plainly,
    serving,
)
from planner.rhythm.options import Option
from planner.rhythm.programme import HELD, KINDS, Programme
from planner.rhythm.refusal import rows_told
from planner.rhythm.rhythms import MAIN, Occasion
from planner.rhythm.swap import RoleSwap, standing_weeks
from planner.rhythm.week import days_of
from planner.rhythm.weeks import StandingPlan
from planner.settings import read_settings
from planner.shops import named
from planner.wording import listed

BANDS = ("band_day", "band_week", "cautious", "greens", "meal_upper", "evening")
"""Kinds of rows that count amounts: close to their bound they are said to stand at it."""
MEALS = ("one", "served", "needs", "meal_energy", "times", "apart", "food_day", "food_week")
"""Kinds of rows that say what a meal is: always at a bound, and no reason for a thing."""
MAY_TAKE = "{name} may stand at: {roles}."
ELSEWHERE = "{name} is not for what is asked: it may stand at {roles}."
MOVES = "Other things of the week that change with it: {count}."
MOST_ROLES = 6
NEAREST = "No week was found with it; the nearest has it on day {day} at {slot}: {column}."
NO_ROLE = (
    "{name} may be eaten, but no meal of this rhythm takes it: each asks for little enough work, "
    "for what keeps until it is eaten up, or for another kind of dish."
)


@dataclass(frozen=True)
class KnownSwap(RoleSwap):
    """A swap in a week that stands already."""

    known: Change

    @cached_property
    def change(self) -> Change:
        """Return the week as it stands."""
        return self.known


@dataclass(frozen=True)
class Wish(KnownSwap):
    """What some binaries of the table would do in the place of a decision."""

    at: int
    wanted: frozenset[int]

    @cached_property
    def decision(self) -> int:
        """Return the decision in whose place they are tried."""
        return self.at

    def offered(self, option: Option) -> str:
        """Return what an option has of what is wanted."""
        return next((self.change.candidate(at) for at in option if at in self.wanted), "")

    def nearest(self) -> Option | None:
        """Return the week with it that misses least, whether it holds or not."""
        bath, number = self.bath(is_near=True)
        starts = self.starts(bath, number)
        return bath.cooled(starts[0], [number]) if starts else None


@dataclass(frozen=True)
class RoleAccount:
    """What there is to say of the weeks of one eater in a rhythm.

    Parameters
    ----------
    standing
        The plan of the table.
    eater
        Whose account it is.
    weeks
        Each week of the table as it stands.
    """

    standing: StandingPlan
    eater: str
    weeks: Sequence[Change]

    @classmethod
    def of_table(cls, standing: StandingPlan) -> dict[str, RoleAccount]:
        """Return that of everybody at a table, whose weeks are built once.

        Raises
        ------
        ConfigError
            When something in them may not be planned any more.
        """
        weeks = standing_weeks(standing, standing.table.count)
        return {name: cls(standing, name, weeks) for name in standing.table.weeks}

    @cached_property
    def plan(self) -> Plan:
        """Return the plan of the eater alone."""
        return own_plan(self.standing.plan, self.eater)

    def account(
        self,
        told: EaterAccount,
        numbers: Sequence[int],
        keys: Sequence[str],
        slot: str,
        *,
        is_day: bool,
    ) -> EaterAccount:
        """Return an account with the reasons of things, and what holds weeks or the day.

        Parameters
        ----------
        told
            What is known without a model: sources and means.
        numbers, keys
            Days from 1, and nutrients.
        slot
            The meal whose things are asked for; empty: all.
        is_day
            Whether one day is asked for rather than the plan.
        """
        weeks = sorted({self.standing.place_of(number - 1)[0] for number in numbers})
        held = [self._held(week) for week in weeks]
        day = self._held_on(numbers[0]) if is_day else None
        items = [
            self._reason(of_day, meal.slot, item, keys, is_day and slot in ("", meal.slot))
            for of_day in self.plan.days
            if of_day.day in numbers
            for meal, item in of_day.served()
        ]
        return EaterAccount(told.sources, told.means, tuple(items), tuple(held), day)

    def _of(self, week: int) -> tuple[Choices, Programme, tuple[int, ...]]:
        """Return binaries, programme and what is taken of a week of the eater."""
        change = self.weeks[week]
        taken = change.week.own(self.eater, change.standing)
        return change.week.choices[self.eater], change.week.programmes[self.eater], taken

    def _held(self, week: int) -> WeekAccount:
        choices, programme, taken = self._of(week)
        count = len(choices.source.weekend)
        rooms = _rooms(programme, taken, range(len(programme.names)))
        plan = _tally(choices, programme, taken)
        return WeekAccount(week * DAYS_PER_WEEK + 1, count, plan, tuple(rooms))

    def _held_on(self, number: int) -> WeekAccount:
        """Return what holds a day of the plan, from 1: the rows that are of it alone."""
        week, day = self.standing.place_of(number - 1)
        choices, programme, taken = self._of(week)
        rows = [
            at for at, name in enumerate(programme.names) if name.split(".")[-1] == str(day + 1)
        ]
        plan = _tally(choices, programme, taken)
        return WeekAccount(number, 1, plan, tuple(_rooms(programme, taken, rows)))

    def _reason(
        self, of_day: Day, slot: str, item: Item, keys: Sequence[str], is_asked: bool
    ) -> ItemReason:
        amounts = {key: item.nutrients.get(key) for key in keys}
        energy = item.nutrients.get("energy_kcal")
        named_so = of_day.day, slot, item.item_id, item.name, item.measure, amounts, energy
        week, day = self.standing.place_of(self.plan.days.index(of_day))
        at = self._seat(week, day, slot, item.item_id)
        if item.is_beside or at is None:
            return ItemReason(*named_so, item.cost, {})
        choices, programme, taken = self._of(week)
        choice = choices.choices[at]
        role = choices.rhythm.roles[choice.role]
        gone = {
            binary
            for binary in taken
            if binary == at or (choice.part == MAIN and choices.choices[binary].role == choice.role)
        }
        rest = [binary for binary in taken if binary not in gone]
        holds = rows_told(_reasons(programme, rest)) if is_asked else {}
        is_looked_at = is_asked and not of_day.day <= max(self.standing.past, default=0)
        instead = self._instead(week, of_day.day, slot, item) if is_looked_at else None
        meals = dict.fromkeys(week * DAYS_PER_WEEK + one.day + 1 for one in role.occasions)
        return ItemReason(
            *named_so,
            item.cost,
            {"taste": choice.points / len(role.occasions)},
            tuple(holds),
            instead,
            is_looked_at,
            tuple(self._liked(choices, item)),
            () if role.anew or role.kind != MAIN else tuple(meals),
        )

    def _liked(self, choices: Choices, item: Item) -> Iterator[str]:
        held = {food for food, _ in item.ingredients}
        for what, _ in choices.source.wishes.likes:
            if item.item_id in what.dish_ids or held & what.food_ids:
                yield what.name

    def _seat(self, week: int, day: int, slot: str, item_id: str) -> int | None:
        choices, _, taken = self._of(week)
        for at in taken:
            role = choices.rhythm.roles[choices.choices[at].role]
            here = any((occasion.day, occasion.slot) == (day, slot) for occasion in role.occasions)
            if here and choices.candidate(at).source_id == item_id:
                return at
        return None

    def _instead(self, week: int, day: int, slot: str, item: Item) -> Standin | None:
        """Return the best other thing at all meals of a role; no other dish moves for it."""
        near = replace(self.standing, is_near=True)
        swap = KnownSwap(near, day, slot, item, self.eater, self.weeks[week])
        offers = swap.offers(read_settings("explain.toml")["why_not"]["most_foods"])
        if not offers:
            return None
        best, choices = offers[0], self._of(week)[0]
        change = swap.change
        part, first = change.part(swap.seat), change.week.first[self.eater]
        new = next(
            at
            for at in best.taken
            if at in change.members[swap.decision]
            and change.part(at) == part
            and change.owners[at][0] == self.eater
        )
        plate = choices.plate(new - first)
        return Standin(
            plate.candidate.source_id,
            plate.candidate.name,
            plate.serving.portion.measure,
            self._more(week, best.taken),
        )

    def _more(self, week: int, taken: Option) -> Tally:
        """Return what a week of the table has more than it has; but for points of the eater."""
        change = self.weeks[week]
        choices, programme, stood = self._of(week)
        own = change.week.own(self.eater, taken)
        more = _tally(choices, programme, own).less(_tally(choices, programme, stood))
        whole = change.week.whole
        old, new = (whole.terms(whole.taking(option)) for option in (change.standing, taken))
        terms = {name: new[name] - old[name] for name in new}
        return Tally(sum(terms.values()), terms, more.cost_usd, more.energy_kcal, more.minutes)

    def why_not(self, name: str, days: Sequence[int], slot: str = "") -> WhyNot:
        """Describe why something is not in the plan, or where it is.

        Parameters
        ----------
        name
            A food, group or dish, as a person wrote it.
        days, slot
            Days of the plan that are looked at, from 1, and the meal; any when empty.

        Raises
        ------
        CandidatesError
            When nothing is called so.
        """
        prepared = self.standing.table.weeks[self.eater]
        meaning = find_meaning(name, prepared.foods, prepared.dishes, "--why-not")
        able = {week: self._able(week, meaning) for week in range(len(self.weeks))}
        slots = [
            meal.slot for week, own in able.items() for at in own for meal in self._meals(week, at)
        ]
        is_known = any(
            candidate.source_id in meaning.dish_ids | meaning.food_ids
            for candidate in prepared.candidates.candidates
        )
        none = (NO_ROLE.format(name=named(name)),) if is_known else ()
        what = name, meaning, slot
        told = answer_plainly(what, self.plan, prepared, days, slots, none)
        return told or self._placed(name, able, days, slot)

    def _able(self, week: int, meaning: Meaning) -> list[int]:
        """Return the binaries of the eater that serve what is meant."""
        choices = self._of(week)[0]
        columns = [
            Column(at, MAIN, choices.candidate(at), choices.plate(at).serving)
            for at in range(len(choices.choices))
        ]
        return serving(columns, meaning, self.standing.table.weeks[self.eater])

    def _meals(self, week: int, at: int) -> Sequence[Occasion]:
        choices = self._of(week)[0]
        return choices.rhythm.roles[choices.choices[at].role].occasions

    def _placed(
        self, name: str, able: Mapping[int, Sequence[int]], days: Sequence[int], slot: str
    ) -> WhyNot:
        """Describe where a thing may stand, and what the best week with it costs or breaks."""
        wishes = [one for week, own in able.items() for one in self._wishes(week, own, days, slot)]
        if not wishes:
            every = range(1, len(self.plan.days) + 1)
            known = [
                one for week, own in able.items() for one in self._wishes(week, own, every, "")
            ]
            text = ELSEWHERE if known else NO_ROLE
            told = text.format(name=named(name), roles=self._places(known))
            return WhyNot(name, NO_PLACE, (told,))
        may = MAY_TAKE.format(name=named(name), roles=self._places(wishes))
        offers = [(offer.points, offer.taken, one) for one in wishes for offer in one.offers()[:1]]
        if not offers:
            return WhyNot(name, RULES_BROKEN, (may, *self._broken(wishes)))
        _, taken, wish = min(offers, key=lambda one: one[0])
        change = self._more(wish.number, taken)
        least = float(read_settings("explain.toml")["least"]["points"])
        kind = BETTER if change.points < -least else DEARER
        (day, meal), *_ = self._seats(wish)
        new, old = (self._name(wish, some) for some in (taken, wish.change.standing))
        text = INSTEAD if old else BESIDE
        said = [text.format(new=named(new), day=day, slot=meal, old=named(old))]
        others = {*taken}.difference(wish.change.standing) - wish.change.members[wish.decision]
        said += [MOVES.format(count=len(others))] if others else []
        said += [NOT_FOUND] if kind == BETTER else []
        return WhyNot(name, kind, (may, *said), change)

    def _wishes(
        self, week: int, able: Sequence[int], days: Collection[int], slot: str
    ) -> Iterator[Wish]:
        """Return the decisions of a week in whose place something may stand."""
        change = self.weeks[week]
        first = change.week.first[self.eater]
        meant = {
            at + first
            for at in able
            for meal in self._meals(week, at)
            if slot in ("", meal.slot) and week * DAYS_PER_WEEK + meal.day + 1 in days
        }
        day = self.plan.days[week * DAYS_PER_WEEK]
        item = day.items()[0]
        for number, members in enumerate(change.members):
            wanted = frozenset(meant & members)
            if any(wanted.intersection(option) for option in change.stay(number).options):
                known = self.standing, day.day, "", item, self.eater, change
                yield Wish(*known, number, wanted)

    def _places(self, wishes: Sequence[Wish]) -> str:
        """Describe the meals that wishes are of, the first few."""
        known = dict.fromkeys(
            listed([f"day {day} {slot}" for day, slot in self._seats(wish)]) for wish in wishes
        )
        more = [f"and {len(known) - MOST_ROLES} more"] if len(known) > MOST_ROLES else []
        return "; ".join([*[*known][:MOST_ROLES], *more])

    def _seats(self, wish: Wish) -> list[tuple[int, str]]:
        """Return day of the plan and meal of what a wish is about."""
        first = wish.change.week.first[self.eater]
        meals = self._meals(wish.number, min(wish.wanted) - first)
        return [(wish.number * DAYS_PER_WEEK + meal.day + 1, meal.slot) for meal in meals]

    def _name(self, wish: Wish, taken: Option) -> str:
        """Return what a week has in the place of a wish: what is wanted, else the main thing."""
        change, part = wish.change, wish.change.part(min(wish.wanted))
        own = [at for at in taken if at in change.members[wish.decision]]
        mine = [at for at in own if change.owners[at][0] == self.eater]
        best = [at for at in mine if at in wish.wanted] + [
            at for at in mine if change.part(at) == part
        ]
        choices, first = self._of(wish.number)[0], change.week.first[self.eater]
        return choices.candidate(best[0] - first).name if best else ""

    def _broken(self, wishes: Sequence[Wish]) -> Iterator[str]:
        """Describe what the week with a thing would break that breaks least."""
        tried = []
        for number, tried_wish in enumerate(wishes):
            taken = tried_wish.nearest()
            if taken is not None:
                held = tried_wish.change.held
                broken = held.broken(held.taking(taken))
                tried.append((len(broken), number, broken, taken))
        if tried:
            _, number, broken, taken = min(tried)
            wish = wishes[number]
            (day, slot), *_ = self._seats(wish)
            column = named(self._name(wish, taken))
            yield NEAREST.format(day=day, slot=slot, column=column)
            if broken:
                yield WOULD_GO.format(rules="; ".join(rows_told(broken)))


def _tally(choices: Choices, programme: Programme, taken: Sequence[int]) -> Tally:
    """Return what a week of an eater comes to."""
    x, days = programme.taking(taken), days_of(choices, taken)
    columns = [column for day in days for column in day]
    energy = choices.source.candidates.nutrients.index(ENERGY)
    sums = (
        sum(column.serving.cost_usd for column in columns),
        sum(float(column.serving.amounts[energy]) for column in columns),
        sum(column.candidate.traits.active_minutes for column in columns),
    )
    terms = programme.terms(x)
    return Tally(sum(terms.values()), terms, *(value / len(days) for value in sums))


def _rooms(programme: Programme, taken: Sequence[int], rows: Sequence[int]) -> Iterator[RuleRoom]:
    """Return the rows at whose bound a week stands, and those that cost it points."""
    x, near = programme.taking(taken), read_settings("explain.toml")["told"]["near"]
    sums, missed = programme.rows.times(x), programme.missed(x)
    soft = np.where(programme.is_hard, 0.0, programme.price) * missed
    bounds = (programme.lower - sums, sums - programme.upper)
    over = np.maximum(*(np.where(np.isfinite(bound), bound, -np.inf) for bound in bounds))
    is_told = ~np.isin(programme.kind, [KINDS.index(meal) for meal in MEALS])
    is_band = np.isin(programme.kind, [KINDS.index(band) for band in BANDS])
    slack = np.where(is_band, near, HELD) * programme.scale
    is_tight = programme.is_hard & is_told & (over >= -slack) & (programme.lower < programme.upper)
    for kind, is_here in (("tight", is_tight), ("soft", soft > 0.0)):
        names = {at: programme.names[at] for at in rows if is_here[at]}
        told: dict[str, list[int]] = {}
        for group in _groups(names):
            text = next(iter(rows_told(names[at] for at in group)))
            told[text] = group
        for text, group in told.items():
            rule = programme.names[group[0]].split(".")[0]
            tight = len(group) if kind == "tight" else 0
            points = float(sum(soft[at] for at in group))
            yield RuleRoom(rule, len(group), tight, points, text)


def _groups(names: Mapping[int, str]) -> list[list[int]]:
    """Return rows that differ in their day alone together."""
    found: dict[str, list[int]] = {}
    for at, name in names.items():
        head, _, last = name.rpartition(".")
        found.setdefault(head if last.isdigit() else name, []).append(at)
    return list(found.values())


def _reasons(programme: Programme, rest: Sequence[int]) -> Iterator[str]:
    """Name the rows that would not hold with what is left of a week, but for those of any meal."""
    for name in programme.broken(programme.taking(rest)):
        kind, *parts = name.split(".")
        if kind not in MEALS and ENERGY not in parts:
            yield name
