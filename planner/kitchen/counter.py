"""The lines of a shopping list for one food: its packages, by trip."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from foods.food import Food
from planner.kitchen.bought import (
    SMALL_G,
    WORTH_TELLING,
    Left,
    amount_in_words,
    left_of,
    need_in_words,
    weighed_in_words,
)
from planner.kitchen.errand import Errand, ShoppingLine, Use
from planner.kitchen.sold import (
    EACH,
    FREEZER,
    SETTINGS,
    WEIGHT,
    Bought,
    Keeping,
    Package,
    Stock,
    buy,
    from_home,
    in_packs_of,
    keeping_of,
    price_of,
)
from planner.request.days import DAYS_PER_WEEK
from planner.settings import read_settings


def cut_in_weeks(days: Sequence[int], wanted: Iterable[int]) -> tuple[frozenset[int], ...]:
    """Return those of the days that are wanted, by week of all days; no week is empty."""
    weeks = (days[at : at + DAYS_PER_WEEK] for at in range(0, len(days), DAYS_PER_WEEK))
    return tuple(filter(None, (frozenset(week).intersection(wanted) for week in weeks)))


def trips_of(
    days: Sequence[int], count: int, closed: Container[int] = (), sooner: int = 0
) -> tuple[int, ...]:
    """Return the first day of each trip's days; one shops on the day before it.

    Earlier trips have the longer stretch: of seven days two trips have four and three. From the
    second on none is on a ``closed`` day: it is earlier, or else later. ``sooner``: the days by
    which these are earlier than that.
    """
    count = min(count, len(days))
    first, *later = (days[-(-len(days) * number // count)] for number in range(count))
    starts = [first]
    for start in later:
        earlier = range(max(start - sooner, starts[-1] + 1), starts[-1], -1)
        tried = [*earlier, *range(earlier[0] + 1, days[-1] + 1)]
        starts.append(next((day for day in tried if day - 1 not in closed), earlier[0]))
    return tuple(dict.fromkeys(day for day in starts if day <= days[-1]))


def split_trips(
    days: Sequence[int],
    starts: Sequence[int],
    opened: Mapping[int, int],
    keeping: Keeping,
    *,
    only_late: bool = False,
    weeks: Sequence[frozenset[int]] = (),
) -> Iterator[tuple[int, list[int]]]:
    """Yield (number of a trip, days it buys for): a later trip only for what is better fresh.

    That is what keeps a week at most, unopened: leaves, herbs, soft fruit, bread, fish. It is
    bought on the last trip before the day on which its package is opened; the rest on the first,
    while it keeps.

    Parameters
    ----------
    days, starts
        All days, and the first of each trip.
    opened
        Day → packages that are opened on it.
    keeping
        How long the food keeps.
    only_late
        Whether a later trip is only for what would be past its days, and is not frozen until then.
    weeks
        The days of each week that buys what it opens; empty: the first trip buys for all days.
    """
    own: list[int] = []
    bought_on = 0
    most_days: int = read_settings(SETTINGS)["trips"]["fresh_days"]
    forever = max(most_days, days[-1]) + 1
    keeps = forever if keeping.fresh_days is None else keeping.fresh_days
    is_fresh = keeps <= most_days and not (only_late and keeping.freezes)
    buying = [week for week in weeks if any(map(opened.get, week))]
    for number, start in enumerate(starts, start=1):
        end = starts[number] if number < len(starts) else days[-1] + 1
        stretch = [day for day in days if start <= day < end]
        if own:
            late = start if is_fresh and not only_late else starts[bought_on - 1] + keeps
            is_bought = is_fresh or not keeping.freezes
            is_late = is_bought and any(opened.get(day) for day in stretch if day >= late)
            if not (is_late or any(start == min(week) for week in buying)):
                own += stretch
                continue
            yield bought_on, own
        own, bought_on = stretch, number
    yield bought_on, own


def with_rests(
    trips: Iterable[tuple[int, list[int]]], opened: Mapping[int, int]
) -> list[tuple[int, list[int]]]:
    """Return trips and days of ``split_trips`` with the days that use what a trip before left."""
    found: list[tuple[int, list[int]]] = []
    for number, days in trips:
        first = next((at for at, day in enumerate(days) if opened.get(day)), len(days))
        if found:
            found[-1][1].extend(days[:first])
        if own := days[first:] if found else days:
            found.append((number, own))
    return found


def days_too_late(keeping: Keeping, start: int, days: Iterable[int]) -> tuple[int, ...]:
    """Return the days that come too late for what was bought fresh."""
    if keeping.fresh_days is None:
        return ()
    last = start - 1 + keeping.fresh_days  # one shops on the day before
    return tuple(day for day in days if day > last)


def frozen_days(keeping: Keeping, start: int, days: Iterable[int]) -> tuple[int, ...]:
    """Return the days that come too late for what was bought fresh, where it may be frozen."""
    return days_too_late(keeping, start, days) if keeping.freezes else ()


AT_HOME = "open from before"
IN_BAGS = "on the day you shop, in a bag"
LEFTOVERS = "from your leftovers"
NO_PACKAGE = "no package size is known for it, so it is listed here by weight"


@dataclass(slots=True)
class Need:
    """What a plan needs of one food as it is bought, by the day on which it is cooked.

    Parameters
    ----------
    edible_g, price_usd, uses
        Day → edible mass [g], usual price of what is eaten [USD], meals it is for and how much of
        it each takes [g].
    """

    edible_g: dict[int, float] = field(default_factory=dict)
    price_usd: dict[int, float] = field(default_factory=dict)
    uses: dict[int, dict[Use, float]] = field(default_factory=dict)

    def add(self, day: int, edible_g: float, price_usd: float, use: Use) -> None:
        """Put something more on a day."""
        self.edible_g[day] = self.edible_g.get(day, 0.0) + edible_g
        self.price_usd[day] = self.price_usd.get(day, 0.0) + price_usd
        own = self.uses.setdefault(day, {})
        own[use] = own.get(use, 0.0) + edible_g


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts the packages of one food.

    Parameters
    ----------
    food, need
        The food as it is bought, and what is needed of it.
    errand
        How one shops.
    days, wanted, starts
        Days of the plan, those to buy for, and the first of each trip.
    is_needed
        Whether a later trip is only for what would be past its days, and is not frozen until then.
    """

    food: Food
    need: Need
    errand: Errand
    days: tuple[int, ...]
    wanted: tuple[int, ...]
    starts: tuple[int, ...]
    is_needed: bool = False

    @property
    def weeks(self) -> tuple[frozenset[int], ...]:
        """The days to buy for in each week that has some."""
        return cut_in_weeks(self.days, self.wanted)

    @property
    def used_g(self) -> list[float]:
        """What each day needs, as it is bought [g]."""
        return [self.need.edible_g.get(day, 0.0) * self._gross for day in self.days]

    def used_until(self, day: int | None) -> float:
        """Return what all days need, or those until one, as it is bought [g]."""
        needs = zip(self.days, self.used_g, strict=True)
        return sum(mass_g for own, mass_g in needs if day is None or own <= day)

    def got(self, home: Stock) -> Bought | None:
        """Return the packages that are bought; ``None`` where none is known."""
        sizes, keeping = self.errand.shelves.get(self.food.food_id), keeping_of(self.food)
        if sizes is None:
            return None
        own = self._of_kind(sizes), self.food, keeping, home, self.errand.kept
        got = buy(self.used_g, *own, fresh_from=self._fresh_from(keeping))
        return replace(got, fresh_until=self._fresh_until(keeping) if got.freezing else ())

    def _keeps(self, keeping: Keeping) -> int | None:
        """Return the days that it keeps where they are few, opened or not; else ``None``."""
        soon = read_settings(SETTINGS)["count"]["soon_days"]
        is_soon = (keeping.fresh_days or soon + 1) <= soon and not keeping.freezes
        return keeping.fresh_days if is_soon else None

    def _fresh_from(self, keeping: Keeping) -> tuple[int, ...]:
        """Return the places of the days from which a second trip of a week buys anew.

        They are the same for the list of a week and of several, so that these cost the same.
        """
        soon = read_settings(SETTINGS)["count"]["soon_days"]
        is_so = self._keeps(keeping) == soon  # what keeps less is opened in time anyway
        return tuple(range(soon, len(self.days), DAYS_PER_WEEK)) if is_so else ()

    def _fresh_until(self, keeping: Keeping) -> tuple[int, ...]:
        """Return for each day how long what it opens is fresh, if that keeps only a few days."""
        if (keeps := self._keeps(keeping)) is None:
            return ()
        bought = (max((one for one in self.starts if one <= day), default=day) for day in self.days)
        return tuple(
            max(day, start - 1 + keeps) for start, day in zip(bought, self.days, strict=True)
        )

    def _of_kind(self, sizes: Sequence[Package]) -> Sequence[Package]:
        """Return the pieces of the one kind that all recipes take, large rolls; else the usual."""
        kinds = {use.kind for own in self.need.uses.values() for use in own}
        usual = [size for size in sizes if size.pack != EACH or not size.label]
        return [one for one in sizes if one.pack == EACH and kinds == {one.label}] or usual or sizes

    def lines(self, home: Stock) -> Iterator[ShoppingLine]:
        """Return a line for each trip that buys something, or uses what is at home."""
        used, got = self.used_g, self.got(home)
        if got is None:
            yield self._by_the_gram(used, home)
            return
        keeping, room = keeping_of(self.food), self.errand.boxes
        opened = dict(zip(self.days, got.opened, strict=True))
        trips = [
            (number, own, line)
            for number, own in with_rests(
                split_trips(
                    self.wanted,
                    self.starts,
                    opened,
                    keeping if room is None or room else replace(keeping, freezes=False),
                    only_late=self.is_needed,
                    weeks=() if self.errand.trips else self.weeks,
                ),
                opened,
            )
            if (line := self._line(used, got, own, home)).uses
        ]
        thawed, bags = self._days_thawed(keeping, home, got), set[int]()
        for number, own, line in trips:
            is_last = number == trips[-1][0]  # what stays before is used by a later trip
            kept_usd, lost_usd = self._rest_usd(used, got, line.left) if is_last else (0.0, 0.0)
            drawn = self._days_drawn(used, got, own)
            frozen = frozen_days(keeping, self.starts[number - 1], drawn)
            bag_g = self._bags_g(used, got, drawn)
            frozen = tuple(day for day in frozen if day not in thawed and bag_g[day] >= SMALL_G)
            late = days_too_late(keeping, self.starts[number - 1], filter(opened.get, own))
            rests = (day for day in self._days_of_rests(got, is_thawed=True) if day not in bags)
            fresh = self.days_fresh(got).intersection(own)
            yield replace(
                line,
                left=_in_bags(line.left, drawn, frozen) if is_last else None,
                kept_usd=kept_usd,
                lost_usd=lost_usd,
                trip=number,
                freeze=frozen,
                late=() if keeping.freezes else late,
                fresh=tuple(sorted(fresh)),
                portions=tuple(self._in_words(bag_g[day]) for day in frozen),
                thaw=tuple(day for day in (*thawed, *rests) if day in own),
                stored=tuple(day for day in thawed if day in own),
            )
            bags |= {*frozen}

    def _bags_g(self, used: Sequence[float], got: Bought, drawn: Sequence[int]) -> dict[int, float]:
        """Return what days use of what a trip buys, beside what was open on the first [g]."""
        at, bags = [self.days.index(day) for day in drawn], dict[int, float]()
        rest_g = got.open_g[at[0]] - got.past_g[at[0]] if at else 0.0
        for day, number in zip(drawn, at, strict=True):
            used_g = used[number]
            bags[day] = max(0.0, used_g - rest_g)
            rest_g = max(0.0, rest_g - used_g)
        return bags

    @property
    def _gross(self) -> float:
        return self.food.sold_g_per_100g / 100

    def _line(
        self, used: Sequence[float], got: Bought, own: Sequence[int], home: Stock
    ) -> ShoppingLine:
        at = [self.days.index(day) for day in own]
        opened = dict(zip(own, (got.opened[index] for index in at), strict=True))
        count = sum(opened.values())
        need_g, home_g = sum(used[index] for index in at), sum(got.home_g[index] for index in at)
        surplus_g = got.open_g[at[-1] + 1] + sum(got.past_g[index] for index in at)
        price = price_of(got.package, self.food)
        counts = [sum(opened.get(day, 0) for day in week) for week in self.weeks]
        paid = () if price is None else tuple(round(each * price, 2) for each in counts)
        is_weighed = got.package.pack == WEIGHT
        return replace(
            self._plain(own, need_g, home_g),
            name=got.package.name or self.food.name,
            buy=amount_in_words(got.package, count, self.errand.units)
            if count
            else self._at_home(need_g, home_g, home.cooked_g if at[0] == 0 else 0.0),
            packages=None if is_weighed and count else count,
            price_usd=None if price is None else round(sum(paid), 2),
            weeks_usd=paid,
            surplus_g=surplus_g,
            left=left_of(
                surplus_g,
                got.within(at[0], at[-1]),
                self.food,
                self.days,
                max([*self._days_used(own), *self._days_of_left(used, got, at[-1])], default=0),
                self.errand.kept,
            ),
            is_pantry=not count,
        )

    def _rest_usd(
        self, used: Sequence[float], got: Bought, left: Left | None
    ) -> tuple[float, float]:
        """Return what was paid for what is left: of what keeps for the weeks after, and the rest.

        What was open before these days is used before what they buy, or past its days by then.
        """
        price, at = price_of(got.package, self.food), [self.days.index(day) for day in self.wanted]
        if price is None:
            return 0.0, 0.0
        bought_g = sum(got.opened[index] for index in at) * got.package.size_g
        short_g = sum(used[index] - got.home_g[index] for index in at)
        past_g = next((got.past_g[one] for one in at if got.opened[one] or got.past_g[one]), 0.0)
        most_g = min(bought_g, max(0.0, got.open_g[at[0]] - past_g + bought_g - short_g))
        long = self.wanted[-1] + read_settings(SETTINGS)["count"]["kept_days"]
        keeps = left is not None and (left.until_day is None or left.until_day >= long)
        kept_g = min(most_g, left.mass_g) if left is not None and keeps else 0.0
        per_g = price / got.package.size_g
        return kept_g * per_g, (most_g - kept_g) * per_g

    def _by_the_gram(self, used: Sequence[float], home: Stock) -> ShoppingLine:
        at = [self.days.index(day) for day in self.wanted]
        need_g = sum(used[index] for index in at)
        taken = from_home(used, home)
        home_g = sum(taken[index] for index in at)
        price, short_g = self.food.price_usd_per_100g, need_g - home_g
        each_g = {self.days[index]: used[index] - taken[index] for index in at}
        per_g = None if price is None else price / 100 / self._gross
        return replace(
            self._plain(self.wanted, need_g, home_g),
            buy=weighed_in_words(self.food, short_g)
            if short_g
            else self._at_home(need_g, home_g, home.cooked_g),
            packages=None if short_g else 0,
            price_usd=None if per_g is None else short_g * per_g,
            weeks_usd=()
            if per_g is None
            else tuple(per_g * sum(each_g[day] for day in week) for week in self.weeks),
            is_pantry=not short_g,
            unknown=NO_PACKAGE if short_g else "",
        )

    def _plain(self, own: Iterable[int], need_g: float, home_g: float) -> ShoppingLine:
        """Return what every line says, with nothing bought."""
        days = tuple(own)
        every = [pair for day in days for pair in self.need.uses.get(day, {}).items()]
        kinds = {use.kind: 0.0 for use, _g in every}
        for use, edible_g in every:
            kinds[use.kind] += edible_g
        sizes, ways = self.errand.shelves.get(self.food.food_id, ()), self.errand.bought_as
        return ShoppingLine(
            aisle=next((size.aisle for size in sizes if size.aisle), self.food.aisle),
            food_id=self.food.food_id,
            name=self.food.name,
            bought_as=ways.get(self.food.food_id, ways.get(self.food.group, "")),
            need_g=need_g,
            eaten_usd=sum(self.need.price_usd.get(day, 0.0) for day in days),
            home_g=home_g,
            uses=tuple(sorted(dict(every), key=lambda use: use.day)),
            kinds_g=kinds,
        )

    def _days_of_left(self, used: Sequence[float], got: Bought, last: int) -> Iterator[int]:
        """Return the days after one, by its place, that use what is open on it."""
        for at, day in enumerate(self.days[last + 1 :], start=last + 1):
            if got.open_g[at] <= 0.0 or got.past_g[at] > 0.0:
                return
            if used[at]:
                yield day
            if got.opened[at]:
                return

    def _days_drawn(self, used: Sequence[float], got: Bought, own: Iterable[int]) -> list[int]:
        """Return the days, of later weeks too, that use packages opened on some, or stock."""
        found, on, days = list[int](), None, {*own}
        for at, day in enumerate(self.days):
            on = day if got.opened[at] else on
            if used[at] and (day if on is None else on) in days:
                found.append(day)
        return found

    def _days_of_rests(
        self, got: Bought, *, is_thawed: bool, least_g: float = SMALL_G
    ) -> Iterator[int]:
        """Return the days that use what an open package left, frozen: to be thawed, or as it is."""
        for at, day in enumerate(self.days):
            frozen, rest_g = got.frozen_rest(at, self.days), got.open_g[at] - got.past_g[at]
            is_so = frozen is not None and frozen.is_thawed == is_thawed
            if self.used_g[at] and is_so and rest_g >= least_g:
                yield day

    def days_fresh(self, got: Bought) -> frozenset[int]:
        """Return the days with a dish, like salad, that needs food fresh whose rest was frozen."""
        rule = read_settings(SETTINGS)["frozen"]

        def is_raw(day: int) -> bool:
            names = {use.item for use in self.need.uses.get(day, {})}
            return any(
                dish.tags & set(rule["raw_tags"])
                or any(word in " ".join(dish.steps).lower() for word in rule["raw_words"])
                for dish in self.errand.recipes
                if dish.name in names
            )

        least_g = WORTH_TELLING * got.package.size_g
        rests = self._days_of_rests(got, is_thawed=False, least_g=least_g)
        return frozenset(filter(is_raw, rests))

    def _days_thawed(self, keeping: Keeping, home: Stock, got: Bought) -> tuple[int, ...]:
        """Return the days that use food frozen at home; food that is sold frozen is not thawed."""
        is_thawed = home.is_frozen and keeping.freezes
        days = zip(self.days, got.home_g, strict=True)
        return tuple(day for day, home_g in days if is_thawed and home_g)

    def _in_words(self, need_g: float) -> str:
        food = in_packs_of(self.food, self.errand.shelves)
        return need_in_words(food, need_g, self.errand.units)

    def _at_home(self, need_g: float, home_g: float, cooked_g: float) -> str:
        """Describe what is needed of what is at home; what is left over is not looked for raw."""
        raw_g = max(0.0, need_g - cooked_g)
        if cooked_g and not round(raw_g):
            return LEFTOVERS
        return self._in_words(raw_g) if home_g else AT_HOME

    def _days_used(self, own: Iterable[int]) -> list[int]:
        return [day for day in own if self.need.edible_g.get(day)]


def _in_bags(left: Left | None, drawn: Sequence[int], frozen: Collection[int]) -> Left | None:
    """Return what is left, marked as in bags if it is frozen and its package was divided."""
    if left is None or left.where != FREEZER or not drawn or drawn[-1] not in frozen:
        return left
    return replace(left, how=IN_BAGS)
