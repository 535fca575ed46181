"""Flow estimates for 200 countries, beside the same methods with every cell of every birthplace and
alternate sweeps in NumPy: the way of the R package `migest`."""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt

from karvan.analysis.flows import estimate, estimate_all

Table = npt.NDArray[np.float64]

COUNTRIES = 200
ROUNDS = 5
PEER_ROUNDS = 2
# The peer stops where the package does: margins to a thousandth of a person.
TOLERANCE = 1e-3
SWEEPS = 20_000
MEGABYTE = 1024**2


def world(seed: int) -> tuple[Table, Table, Table, Table]:
    """Countries from fifty thousand people to more than a billion. Half of all pairs are empty, a
    few fill up, natives are a hundred times the migrants, and the figures do not quite add up."""
    random = np.random.default_rng(seed)
    n = COUNTRIES
    people = np.exp(random.normal(15.5, 2, n)).clip(5e4, 1.4e9)
    near = np.sqrt(people[:, None] * people) / 4e4
    migrants = np.exp(random.normal(0, 2.2, (n, n))) * near
    migrants[random.random((n, n)) < 0.45] = 0
    np.fill_diagonal(migrants, 0)
    migrants *= np.minimum(1, 0.3 * people / migrants.sum(0))
    migrants *= np.minimum(1, 0.4 * people / migrants.sum(1))[:, None]
    later = migrants * np.exp(random.normal(0, 0.25, (n, n)))
    later[(migrants == 0) & (random.random((n, n)) < 0.05)] = 12
    np.fill_diagonal(later, 0)
    births, deaths = people * random.uniform(0.05, 0.2, n), people * random.uniform(0.02, 0.08, n)
    grown = people + births - deaths + people * random.normal(0, 0.01, n)
    start = migrants + np.diag(people - migrants.sum(0))
    return start, later + np.diag(grown - later.sum(0)), births, deaths


def swept(seed: Table, rows: Table, columns: Table, axis: int = 0) -> Table:
    """Alternate sweeps over one table, or over all with the birthplaces first (`axis` 1)."""
    table = seed.copy()
    for _ in range(SWEEPS):
        for where, wanted in ((axis + 1, rows), (axis, columns)):
            reached = table.sum(where)
            scale = np.divide(wanted, reached, out=np.zeros_like(reached), where=reached > 0)
            table *= np.expand_dims(scale, where)
        if np.abs(table.sum(axis + 1) - rows).max() < TOLERANCE:
            break
    return table


def peer(start: Table, end: Table, births: Table, deaths: Table, *, method: str) -> Table:
    """The origin–destination table of `method` with the fewest moves."""
    start, end = start.copy(), end.copy()
    diagonal = np.diag_indices(len(start))
    if method == "closed":
        gap = end.sum() - start.sum() - births.sum() + deaths.sum()
        start[diagonal] *= 1 + gap / 2 / start.trace()
        end[diagonal] *= 1 - gap / 2 / end.trace()
    born = np.where(births <= end.diagonal(), np.diag(births), end * births / end.sum(0))
    start, end = start - start * deaths / start.sum(0), end - born
    if method == "closed":
        mean = (start.sum(1) + end.sum(1)) / 2
        start, end = swept(start, mean, start.sum(0)), swept(end, mean, end.sum(0))
    else:
        fewer = np.minimum(start.sum(1), end.sum(1))
        start, end = (table * (fewer / table.sum(1))[:, None] for table in (start, end))
    stayers = np.minimum(start, end)
    flows = np.broadcast_to(1.0 - np.eye(len(start)), (len(start),) * 3)
    flows = swept(flows, start - stayers, end - stayers, axis=1)
    flows[:, diagonal[0], diagonal[1]] = stayers
    summed: Table = flows.sum(0)
    return summed


def cpu_seconds(run: Any, rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        before = process_time()
        run()
        spent.append(process_time() - before)
    return median(spent)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


def command_seconds(given: tuple[Table, Table, Table, Table]) -> tuple[float, int]:
    """CPU seconds of `karvan flows` with files of 40,000 pairs, and the rows it writes."""
    karvan = str(Path(sys.executable).with_name("karvan"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        for name, table in (("start", given[0]), ("end", given[1])):
            with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["birthplace", "residence", "stock"])
                for (i, j), stock in np.ndenumerate(table):
                    rows.writerow([f"C{i}", f"C{j}", stock])
        with (path / "vital.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["residence", "births", "deaths"])
            for k, (births, deaths) in enumerate(zip(given[2], given[3], strict=True)):
                rows.writerow([f"C{k}", births, deaths])
        files = [
            text for name in ("start", "end", "vital", "out", "od")
            for text in (f"--{name}", str(path / f"{name}.csv"))
        ]  # fmt: skip
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [karvan, "flows", "--method", "closed", *files], check=True, stdout=subprocess.DEVNULL
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        with (path / "out.csv").open("rb") as file:
            written = sum(1 for _ in file) - 1
    return (
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        written,
    )


def main() -> list[str]:
    given = world(3)
    estimate(np.eye(2), np.eye(2), [0, 0], [0, 0])  # what is loaded on the first call
    lines, before = [], peak_megabytes()
    ours = {}
    for method, aim in (("closed", 1.5), ("open", 0.03)):
        found = estimate(*given, method=method)
        ours[method] = found
        seconds = cpu_seconds(lambda method=method: estimate(*given, method=method), ROUNDS)
        report = found.report
        lines.append(
            f"{method}, fewest moves, {COUNTRIES} countries: {seconds:.4f} CPU s (aim {aim:g}); "
            f"{report.iterations} iterations, margins to {report.largest_margin_error:.1g} and "
            f"residents to {report.largest_rescaling_error:.1g} people"
        )
    one = cpu_seconds(lambda: estimate(*given), ROUNDS)
    many = [np.stack([values] * 12).reshape(6, 2, *values.shape) for values in given]
    twelve = cpu_seconds(lambda: estimate_all(*many), 3)
    lines.append(f"6 years × 2 sexes in one call: {twelve:.3f} CPU s, {twelve / one:.1f} times one")
    lines.append(f"memory beyond the input: {peak_megabytes() - before:.0f} MB (at most 200)")
    for method, found in ours.items():
        theirs = peer(*given, method=method)
        assert np.allclose(theirs, found.od, rtol=1e-5, atol=0.1)
        seconds = cpu_seconds(lambda method=method: peer(*given, method=method), PEER_ROUNDS)
        mine = cpu_seconds(lambda method=method: estimate(*given, method=method), ROUNDS)
        lines.append(
            f"{method}: sweeps over every cell in NumPy {seconds:.2f} CPU s and "
            f"{COUNTRIES**3 * 8 / MEGABYTE:.0f} MB a table; ratio {mine / seconds:.4f}"
        )
    seconds, written = command_seconds(given)
    lines.append(f"karvan flows, closed, from files: {seconds:.2f} CPU s, {written:,} rows written")
    return lines
