"""Recompute official recipes with our engine and say how far the published figures are.

Recipes are computed from the figures of SR28, down through recipes that are ingredients of others.
Where such an inner recipe cannot be computed (an ingredient that SR28 does not have), its published
figure stands in; how often is said. Published figures rest on newer analyses for some ingredients,
so the share to reach is asked of the recipes none of whose ingredients is known to have changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from foods.embedded import data_settings
from foods.importers.recipes_fndds import NO_RETENTION, OfficialRecipe, RecipeLine
from foods.importers.release import ReleaseFigures
from foods.nutrient import known_nutrients
from foods.recipe import RecipePart, compute_recipe
from foods.said import said

OUT_NO_NUTRIENTS = "no nutrients published"
OUT_NO_RECIPE = "no recipe published"
OUT_SPECIAL = "a special code (9xxxxx) as ingredient"
OUT_FOUNDATION = "a Foundation number (100xxx) as ingredient"
OUT_NOT_IN_SR28 = "an ingredient not in SR28"
OUT_UNKNOWN = "an ingredient whose amount SR28 does not know"
OUT_RETENTION = "a retention code that is not in the table"
CAUSE_ROUNDING = "small amounts, published in whole mg"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What ``foods/data/recipe.toml`` asks of the engine."""

    nutrients: tuple[str, ...]
    within_pct: float
    least_share_pct: float
    changed_pct: float
    step_mg: float


@dataclass(frozen=True, slots=True)
class OfficialData:
    """The downloads that a proof reads.

    Parameters
    ----------
    names
        Food code → description, for every food of FNDDS.
    recipes
        Food code → recipe.
    published
        The figures of FNDDS.
    sr28
        The figures of SR28.
    retention
        Retention code → nutrient number → share kept [%].
    """

    names: Mapping[str, str]
    recipes: Mapping[str, OfficialRecipe]
    published: ReleaseFigures
    sr28: ReleaseFigures
    retention: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """One recipe, computed and published.

    Parameters
    ----------
    food_code, name
        The food.
    computed, published
        Content [mg per 100 g].
    leading
        The ingredient of SR28 that brings most of the computed amount, by number and name.
    has_changed
        Whether an ingredient, at any depth, is known to have changed.
    is_borrowed
        Whether the published figure of an inner recipe stands in.
    is_single
        Whether it has one ingredient only.
    """

    food_code: str
    name: str
    computed: float
    published: float
    leading: str
    has_changed: bool
    is_borrowed: bool
    is_single: bool

    @property
    def error_pct(self) -> float:
        """Distance from the published figure, of which less than 1 mg counts as 1 mg [%]."""
        return abs(self.computed - self.published) / max(self.published, 1.0) * 100


@dataclass(frozen=True, slots=True)
class WithinShare:
    """How many of ``recipes`` are ``within`` the tolerance, and with rounding counted too."""

    recipes: int
    within: int
    within_rounded: int


@dataclass(frozen=True, slots=True)
class RecipeProof:
    """What recomputing came to for one nutrient.

    Parameters
    ----------
    nutrient
        Key of the nutrient.
    foods
        Foods of the release.
    out
        Reason → number of foods that cannot be recomputed.
    changed
        Recomputed foods with an ingredient that is known to have changed.
    borrowed
        Recomputed foods in which a published inner figure stands in.
    shares
        Which recipes → share: ``unchanged``; of these ``several`` (two ingredients or more) and
        ``own`` (no published inner figure); ``all``.
    causes
        Cause → number of unchanged recipes outside the tolerance, most frequent first.
    worst
        The recipes farthest off among the unchanged, with the cause of each.
    within_pct, least_share_pct
        Tolerance [% of the published figure], and the share of the unchanged to reach [%].
    """

    nutrient: str
    foods: int
    out: Mapping[str, int]
    changed: int
    borrowed: int
    shares: Mapping[str, WithinShare]
    causes: Mapping[str, int]
    worst: tuple[tuple[str, Recomputed], ...]
    within_pct: float
    least_share_pct: float

    @property
    def holds(self) -> bool:
        """Whether the share of the unchanged recipes within the tolerance is reached."""
        share = self.shares["unchanged"]
        return share.recipes > 0 and share.within * 100 >= self.least_share_pct * share.recipes


class _CannotComputeError(Exception):
    """A recipe cannot be computed; its text is the reason that is counted."""


@cache
def read_thresholds() -> Thresholds:
    """Read what the engine is held to."""
    document = data_settings("recipe.toml")
    prove = document["prove"]
    return Thresholds(
        tuple(prove["nutrients"]),
        prove["within_pct"],
        prove["least_share_pct"],
        prove["changed_pct"],
        document["published"]["step_mg"],
    )


def prove_recipes(
    data: OfficialData, nutrient: str, changed: frozenset[str], worst: int
) -> RecipeProof:
    """Recompute every recipe for one nutrient and compare.

    Parameters
    ----------
    data
        The downloads.
    nutrient
        Key of a mineral, such as ``"magnesium_mg"``.
    changed
        NDB numbers known to have changed for it.
    worst
        Number of recipes to name.
    """
    out: Counter[str] = Counter()
    found: list[Recomputed] = []
    engine = _Engine(data, nutrient, changed)
    for food_code in sorted(data.names):
        try:
            found.append(engine.recompute(food_code))
        except _CannotComputeError as reason:
            out[str(reason)] += 1
    return _tally(nutrient, len(data.names), out, found, worst)


@dataclass(frozen=True, slots=True)
class _Inside:
    """A computed recipe with what one must know of its ingredients."""

    content: float
    by_ingredient: Mapping[str, float]
    has_changed: bool
    is_borrowed: bool


class _Engine:
    """Computes one nutrient of recipes, each once."""

    def __init__(self, data: OfficialData, nutrient: str, changed: frozenset[str]) -> None:
        self.data, self.nutrient, self.changed = data, nutrient, changed
        self.number = known_nutrients()[nutrient].numbers[data.sr28.release][0]
        self.known: dict[str, _Inside | _CannotComputeError] = {}

    def recompute(self, food_code: str) -> Recomputed:
        published = self._published(food_code)
        if published is None:
            raise _CannotComputeError(OUT_NO_NUTRIENTS)
        inside = self._inside(food_code)
        shares = inside.by_ingredient
        return Recomputed(
            food_code,
            self.data.names[food_code],
            inside.content,
            published,
            max(shares, key=lambda name: (shares[name], name), default=""),
            inside.has_changed,
            inside.is_borrowed,
            len(self.data.recipes[food_code].lines) == 1,
        )

    def _published(self, food_code: str) -> float | None:
        if food_code not in self.data.published.amounts:
            return None
        figure = self.data.published.figure(food_code, self.nutrient)
        return None if figure is None else float(figure)

    def _inside(self, food_code: str) -> _Inside:
        if food_code not in self.known:
            # Until it is computed it cannot be; a recipe inside itself ends here.
            self.known[food_code] = _CannotComputeError("a recipe that contains itself")
            try:
                self.known[food_code] = self._compute(food_code)
            except _CannotComputeError as reason:
                self.known[food_code] = reason
        found = self.known[food_code]
        if isinstance(found, _CannotComputeError):
            raise found
        return found

    def _compute(self, food_code: str) -> _Inside:
        recipe = self.data.recipes.get(food_code)
        if recipe is None:
            raise _CannotComputeError(OUT_NO_RECIPE)
        insides = [self._ingredient(line) for line in recipe.lines]
        parts = [
            RecipePart({self.nutrient: inside.content}, line.mass_g, self._kept(line))
            for line, inside in zip(recipe.lines, insides, strict=True)
        ]
        content = compute_recipe(parts, recipe.moisture_change_pct)[self.nutrient]
        assert content is not None
        return _Inside(
            content,
            _shares(parts, insides, self.nutrient),
            any(inside.has_changed for inside in insides),
            any(inside.is_borrowed for inside in insides),
        )

    def _ingredient(self, line: RecipeLine) -> _Inside:
        kinds: Mapping[str, Callable[[RecipeLine], _Inside]] = {
            "sr": self._from_sr28,
            "fndds": self._from_recipe,
        }
        if line.kind not in kinds:
            reasons = {"special": OUT_SPECIAL, "foundation": OUT_FOUNDATION}
            raise _CannotComputeError(reasons[line.kind])
        return kinds[line.kind](line)

    def _from_sr28(self, line: RecipeLine) -> _Inside:
        if line.code not in self.data.sr28.amounts:
            raise _CannotComputeError(OUT_NOT_IN_SR28)
        figure = self.data.sr28.figure(line.code, self.nutrient)
        if figure is None:
            raise _CannotComputeError(OUT_UNKNOWN)
        name = f"{line.code} {line.description}"
        return _Inside(float(figure), {name: 1.0}, line.code in self.changed, False)

    def _from_recipe(self, line: RecipeLine) -> _Inside:
        try:
            return self._inside(line.code)
        except _CannotComputeError:
            published = self._published(line.code)
            if published is None:
                raise
            name = f"{line.code} {line.description}"
            return _Inside(published, {name: 1.0}, self._holds_changed(line.code, ()), True)

    def _holds_changed(self, food_code: str, above: tuple[str, ...]) -> bool:
        """Say whether an ingredient at any depth has changed, computed or not."""
        if food_code in above or food_code not in self.data.recipes:
            return False
        return any(
            line.code in self.changed or self._holds_changed(line.code, (*above, food_code))
            for line in self.data.recipes[food_code].lines
        )

    def _kept(self, line: RecipeLine) -> Mapping[str, float]:
        if line.retention_code == NO_RETENTION:
            return {}
        if line.retention_code not in self.data.retention:
            raise _CannotComputeError(OUT_RETENTION)
        kept = self.data.retention[line.retention_code].get(self.number)
        return {} if kept is None else {self.nutrient: kept}


def _shares(
    parts: Sequence[RecipePart], insides: Sequence[_Inside], nutrient: str
) -> Mapping[str, float]:
    """Return the share of the amount of each ingredient of SR28 [0 to 1]."""
    amounts = [part.amount(nutrient) or 0.0 for part in parts]
    total = sum(amounts)
    shares: dict[str, float] = {}
    for amount, inside in zip(amounts, insides, strict=True):
        for name, share in inside.by_ingredient.items():
            part = amount / total * share if total else 0.0
            shares[name] = shares.get(name, 0.0) + part
    return shares


def _tally(
    nutrient: str,
    foods: int,
    out: Mapping[str, int],
    found: Sequence[Recomputed],
    worst: int,
) -> RecipeProof:
    unchanged = [one for one in found if not one.has_changed]
    off = [(_cause(one), one) for one in unchanged if not _is_within(one)]
    # What rounding explains comes last: 1 mg where 1.5 mg was computed says nothing of the engine.
    off.sort(key=lambda pair: (_is_rounding(pair[1]), -pair[1].error_pct, pair[1].food_code))
    return RecipeProof(
        nutrient=nutrient,
        foods=foods,
        out=dict(sorted(out.items())),
        changed=len(found) - len(unchanged),
        borrowed=sum(one.is_borrowed for one in found),
        shares={
            "unchanged": _share(unchanged),
            "several": _share(one for one in unchanged if not one.is_single),
            "own": _share(one for one in unchanged if not one.is_borrowed),
            "all": _share(found),
        },
        causes=dict(Counter(cause for cause, _one in off).most_common()),
        worst=tuple(off[:worst]),
        within_pct=read_thresholds().within_pct,
        least_share_pct=read_thresholds().least_share_pct,
    )


def _share(found: Iterable[Recomputed]) -> WithinShare:
    found = list(found)
    within = [one for one in found if _is_within(one)]
    rounded = [one for one in found if _is_within(one) or _is_rounding(one)]
    return WithinShare(len(found), len(within), len(rounded))


def _is_within(one: Recomputed) -> bool:
    most = one.published * read_thresholds().within_pct / 100
    return abs(one.computed - one.published) <= most + _FLOAT_SLACK


def _is_rounding(one: Recomputed) -> bool:
    """Say whether the published figure, in whole mg, can be ours rounded."""
    return abs(one.computed - one.published) <= read_thresholds().step_mg / 2 + _FLOAT_SLACK


def _cause(one: Recomputed) -> str:
    return CAUSE_ROUNDING if _is_rounding(one) else said("led by {name}", name=one.leading)


_FLOAT_SLACK = 1e-9  # a tenth of 20 is 2.0000000000000004 away from itself in floating point
