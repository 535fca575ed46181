"""Origin–destination tables for every birthplace, kept as factors.

Two hundred countries make eight million cells. None of the methods needs them at once: each table
of one birthplace is an outer product, or one row and one column, and their sum is one product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from karvan.analysis.fitting import Table


@dataclass(frozen=True, slots=True)
class Factored:
    """For birthplace k: seed · outer(leaving[k], arriving[k]), and stayers[k] on the diagonal. All
    are n × n, birthplace × country; `seed` is origin × destination, one if None."""

    stayers: Table
    leaving: Table
    arriving: Table
    seed: Table | None

    def of(self, birthplace: int) -> Table:
        table = np.outer(self.leaving[birthplace], self.arriving[birthplace])
        if self.seed is not None:
            table *= self.seed
        table[np.diag_indices_from(table)] += self.stayers[birthplace]
        return table

    def summed(self) -> Table:
        # A matrix product. einsum has no threads, whose waiting would cost more than the product.
        table: Table = np.einsum("ki,kj->ij", self.leaving, self.arriving)
        if self.seed is not None:
            table *= self.seed
        table[np.diag_indices_from(table)] += self.stayers.sum(0)
        return table

    def margins(self) -> tuple[Table, Table]:
        """Sums of the tables by birthplace × origin and by birthplace × destination."""
        if self.seed is None:
            there = self.arriving.sum(1, keepdims=True)
            here = self.leaving.sum(1, keepdims=True)
        else:
            there, here = self.arriving @ self.seed.T, self.leaving @ self.seed
        return self.stayers + self.leaving * there, self.stayers + self.arriving * here


@dataclass(frozen=True, slots=True)
class Mixed:
    """`weight` · one + (1 − weight) · other."""

    weight: float
    one: Factored
    other: Factored

    def of(self, birthplace: int) -> Table:
        return self.weight * self.one.of(birthplace) + (1 - self.weight) * self.other.of(birthplace)

    def summed(self) -> Table:
        return self.weight * self.one.summed() + (1 - self.weight) * self.other.summed()

    def margins(self) -> tuple[Table, Table]:
        (one_from, one_to), (other_from, other_to) = self.one.margins(), self.other.margins()
        rest = 1 - self.weight
        return (
            self.weight * one_from + rest * other_from,
            self.weight * one_to + rest * other_to,
        )


@dataclass(frozen=True, slots=True)
class Direct:
    """People born in k only leave k (`out`, birthplace × destination) or return to it (`back`,
    birthplace × origin)."""

    out: Table
    back: Table

    def of(self, birthplace: int) -> Table:
        table = np.zeros_like(self.out)
        table[birthplace] += self.out[birthplace]
        table[:, birthplace] += self.back[birthplace]
        return table

    def summed(self) -> Table:
        return self.out + self.back.T
