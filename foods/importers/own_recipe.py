"""A recipe as somebody wrote it down, whatever program it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnRecipe:
    """A recipe as somebody wrote it down.

    Parameters
    ----------
    name
        Its title.
    lines
        Ingredients, one line each, in the words of the recipe.
    steps
        How to make it.
    servings
        For how many it is; ``None`` where it does not say.
    minutes, active_minutes
        Time from start to table, and time of preparation [min]; ``None`` where it does not say.
    words
        Categories, keywords, course and cuisine, in its own words.
    yields
        How much it makes in its own words: "1 loaf (10 slices)".
    """

    name: str
    lines: tuple[str, ...]
    steps: tuple[str, ...]
    servings: float | None = None
    minutes: float | None = None
    active_minutes: float | None = None
    words: tuple[str, ...] = ()
    yields: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it has a name and ingredient lines, without which nothing can be made of it."""
        return bool(self.name and self.lines)
