"""Rows over the columns of a model of which each counts for few: kept entry by entry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sparse:
    """Rows × columns, by their entries that are not 0, row after row.

    Parameters
    ----------
    row, column, value
        Of each entry.
    shape
        Numbers of rows and columns.
    """

    row: Numbers
    column: Numbers
    value: Values
    shape: tuple[int, int]

    @classmethod
    def of(cls, table: Values) -> Sparse:
        """Take the entries of a table that are not 0."""
        row, column = np.nonzero(table)
        return cls(row, column, table[row, column], (table.shape[0], table.shape[1]))

    def __len__(self) -> int:
        return self.shape[0]

    def narrowed_to(self, columns: Numbers) -> Sparse:
        """Keep some columns."""
        at = np.full(self.shape[1], -1, dtype=np.int64)
        at[columns] = np.arange(len(columns))
        kept = at[self.column] >= 0
        shape = (self.shape[0], len(columns))
        return Sparse(self.row[kept], at[self.column[kept]], self.value[kept], shape)

    def dense(self) -> Values:
        """Return all of it as a table."""
        table = np.zeros(self.shape)
        table[self.row, self.column] = self.value
        return table

    def by_row(self) -> tuple[Numbers, Numbers, Values]:
        """Return how many entries each row has, and their columns and values, row after row."""
        return np.bincount(self.row, minlength=self.shape[0]), self.column, self.value
