"""What changes can do for a diary: its ways, each with the changed diary counted anew."""

from __future__ import annotations

from dataclasses import dataclass

from planner.diary.advice import LEFT_OUT
from planner.diary.analysis import Analysis, DiaryFinding
from planner.improve.rows import is_held
from planner.improve.ways import FewChanges


@dataclass(frozen=True, slots=True)
class Option:
    """A way with what the diary then holds.

    Parameters
    ----------
    most
        Most changes a day among which it is the best.
    way
        Its changes.
    after
        The changed diary, counted anew from its foods.
    is_enough
        Whether all that is to be met holds in it, by that count.
    """

    most: int
    way: FewChanges
    after: Analysis
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Improvement:
    """What changes can do for a diary.

    Parameters
    ----------
    eaten
        The diary as it is eaten, held against its targets.
    before
        The same without what may not stay in it; ``eaten`` itself where all of it may.
    met
        Keys of what is to be met, in the order of nutrients.
    options
        By number of changes, the best of each first; none where nothing has to be changed, or
        nothing helps.
    most
        Most changes a day that were asked for.
    offered
        How many changes there are to choose from.
    left_out
        How many there are beside them that take calcium away, the last resort.
    richest
        The changes of what is eaten, of all days together, that bring the most magnesium.
    """

    eaten: Analysis
    before: Analysis
    met: tuple[str, ...]
    options: tuple[Option, ...]
    most: int
    offered: int
    left_out: int
    richest: Option | None = None

    @property
    def no_further(self) -> bool:
        """Whether more changes than those listed were tried, and get no nearer."""
        tried = max((one.most for one in self.options), default=self.most)
        return tried < self.most and not self.is_enough

    @property
    def is_enough(self) -> bool:
        """Whether one of the ways is."""
        return any(one.is_enough for one in self.options)

    @property
    def may_not_stay(self) -> tuple[str, ...]:
        """What of the diary is left out by diet, allergy, wish or safety, in sentences."""
        return tuple(one.text for one in self.eaten.advice if one.code == LEFT_OUT)

    @property
    def is_met(self) -> bool:
        """Whether all that is to be met holds as it is eaten, without what may not stay."""
        return holds_all(self.before, self.met)

    def is_missed(self, finding: DiaryFinding) -> bool:
        """Whether a finding is about what is to be met, and does not hold."""
        return finding.target.nutrient in self.met and is_held(finding.target) and not finding.holds

    def gained(self, option: Option) -> tuple[str, ...]:
        """Give keys of other hard targets that a way meets, and that are missed as it is eaten."""
        missed = {_key(one) for one in self.before.findings if not one.holds and one.target.hard}
        held = {_key(one) for one in option.after.findings if one.holds}
        still = {one.target.nutrient for one in option.after.findings if not one.holds}
        keys = [key for key, _basis, _period, _day in missed & held if key not in self.met]
        return tuple(sorted({key for key in keys if key not in still}))


def holds_all(analysis: Analysis, met: tuple[str, ...]) -> bool:
    """Whether all that is to be met holds, and nothing is left in it that is left out.

    What is too little known to say so does not hold.
    """
    if any(one.code == LEFT_OUT for one in analysis.advice):
        return False
    keys = set(met)
    held = (one for one in analysis.findings if is_held(one.target))
    return all(one.holds for one in held if one.target.nutrient in keys)


def _key(finding: DiaryFinding) -> tuple[str, str, str, int | None]:
    target = finding.target
    return target.nutrient, target.basis, target.period, finding.day
