from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from karvan.analysis.flows import estimate
from tests.cli.conftest import karvan

START = """birthplace,residence,stock
A,A,100
A,B,10
B,A,20
B,B,200
"""
END = START.replace("100", "90").replace("10\n", "20\n")
VITAL = "residence,births,deaths\nA,7,6\nB,5,4.5\n"


def stock(text: str) -> str:
    return START.replace("A,B,10", f"A,B,{text}")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder with three files that fit; others are written over them by name."""
    monkeypatch.chdir(tmp_path)

    def write(**texts: str | bytes) -> None:
        for name, text in texts.items():
            data = text if isinstance(text, bytes) else text.encode("utf-8")
            (tmp_path / f"{name}.csv").write_bytes(data)

    write(start=START, end=END, vital=VITAL)
    return write


def flows(method: str, *more: str, vital: bool = True):
    given = ["flows", "--start", "start.csv", "--end", "end.csv", "--method", method]
    given += ["--vital", "vital.csv"] if vital else []
    return karvan(*given, "--out", "flows.csv", "--od", "od.csv", *more)


def report(method: str, *more: str, vital: bool = True) -> dict:
    result = flows(method, *more, "--json", vital=vital)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def table(name: str) -> list[dict[str, str]]:
    with open(name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_arrays() -> tuple:
    start, end = np.array([[100, 10], [20, 200]]), np.array([[90, 20], [20, 200]])
    return start, end, [7, 5], [6, 4.5]


@pytest.mark.parametrize(
    ("options", "same"),
    [
        (["closed"], {"method": "closed"}),
        (["closed", "--assumption", "independent"], {"assumption": "independent"}),
        (["closed", "--mixture", "0.87"], {"mixture": 0.87}),
        (["closed", "--births", "proportional"], {"births_rule": "proportional"}),
        (["closed", "--deaths", "accounting"], {"deaths_rule": "accounting"}),
        (["open"], {"method": "open"}),
        (["open", "--outside", "other"], {"method": "open", "outside": "other"}),
        (["rates"], {"method": "rates"}),
        (["rates", "--total", "60"], {"method": "rates", "total": 60}),
        (["differencing"], {"method": "differencing"}),
        (
            ["differencing", "--negatives", "reverse"],
            {"method": "differencing", "negatives": "reverse"},
        ),
    ],
)
def test_the_files_hold_what_the_function_works_out(options, same, files):
    files(end=END.replace("B,A,20", "B,A,14"))
    start, end, births, deaths = as_arrays()
    end[1, 0] = 14
    found = estimate(start, end, births, deaths, **same)
    report(*options)
    codes, accounting = "AB", options[0] in ("closed", "open")
    assert table("od.csv") == [
        {"origin": codes[i], "destination": codes[j], "flow": repr(float(found.od[i, j]))}
        for i in range(2)
        for j in range(2)
        if accounting or i != j
    ]
    assert table("flows.csv") == [
        {
            "origin": codes[i],
            "destination": codes[j],
            "birthplace": codes[k],
            "flow": repr(float(part[i, j])),
        }
        for k, part in enumerate(found.by_birthplace())
        for i in range(2)
        for j in range(2)
        if part[i, j]
    ]


def test_the_report_says_convergence_margins_and_balance(files):
    found = report("closed", "--mixture", "0.87")
    assert (found["method"], found["mixture"], found["assumption"]) == ("closed", 0.87, None)
    assert (found["births"], found["deaths"], found["seed"]) == ("native", "proportional", False)
    assert found["countries"] == 2
    assert found["absent_pairs"] == {"start": 0, "end": 0}
    assert found["convergence"]["converged"]
    assert found["convergence"]["iterations"] > 0
    assert found["margins"]["largest_error"] < 1e-6
    assert found["margins"]["largest_rescaling_error"] < 1e-6
    balance = found["balance"]
    grown = balance["start"] + balance["births"] - balance["deaths"] + balance["natives_adjusted"]
    assert (balance["start"], balance["end"]) == (330, 330)
    assert grown == pytest.approx(balance["end"])
    moves = [row for row in table("od.csv") if row["origin"] != row["destination"]]
    assert sum(float(row["flow"]) for row in moves) == pytest.approx(found["moves"])


def test_without_json_the_report_is_read_by_people(files):
    result = flows("open")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0].endswith(" moves between 2 countries.")
    assert "Converged in 0 iterations." in result.stdout


def test_differences_and_rates_need_no_births_and_deaths(files):
    assert report("differencing", vital=False)["moves"] == 10
    found = report("rates", vital=False)
    assert (found["balance"], found["margins"], found["stayers"]) == (None, None, None)


def test_a_seed_of_past_flows_is_used(files):
    files(seed="origin,destination,flow\nA,B,3\nB,A,1\n")
    assert report("rates", "--seed", "seed.csv")["seed"]
    past = {row["origin"]: float(row["flow"]) for row in table("od.csv")}
    assert past["A"] / past["B"] == pytest.approx(3 * 10 / 20)


def test_the_summed_flows_of_one_period_can_be_the_seed_of_the_next(files):
    report("closed")
    Path("od.csv").rename("past.csv")
    assert report("closed", "--seed", "past.csv", "--mixture", "0.5")["seed"]


def test_pairs_that_are_left_out_are_counted_aloud(files):
    files(start=START.replace("A,B,10\n", ""))
    result = flows("closed", "--json")
    assert result.stderr == "start.csv: absent pairs taken as zero: 1.\n"
    assert json.loads(result.stdout)["absent_pairs"] == {"start": 1, "end": 0}
    files(start=START.replace("A,B,10", "A,B,0"))
    whole = flows("closed", "--json")
    assert whole.stderr == ""
    assert json.loads(whole.stdout)["moves"] == json.loads(result.stdout)["moves"]


def test_what_a_method_does_not_use_is_said(files):
    files(vital="of no use")
    result = flows("differencing", "--assumption", "minimum")
    assert result.exit_code == 0
    assert result.stderr == "Not used by this method: --vital, --assumption.\n"
    assert flows("closed", "--mixture", "0.5", "--assumption", "minimum").exit_code == 2


def test_a_fit_that_does_not_converge_says_so(files):
    alone = "birthplace,residence,stock\nA,A,100\nB,B,200\n"
    files(start=alone, end=alone.replace("100", "140"))
    result = flows("closed", "--json")
    assert result.exit_code == 0
    assert "The fit did not converge" in result.stderr
    found = json.loads(result.stdout)
    assert not found["convergence"]["converged"]
    assert found["margins"]["largest_rescaling_error"] > 1


def test_columns_may_stand_in_any_order_beside_others_after_a_mark_of_byte_order(files):
    plain = report("closed")
    lines = ["\ufeffstock;residence;note;birthplace"]
    lines += [
        f"{stock};{residence};;{birthplace}"
        for birthplace, residence, stock in (row.split(",") for row in START.split()[1:])
    ]
    files(start="\r\n".join(lines) + "\r\n\r\n")
    assert report("closed")["moves"] == plain["moves"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"start": ""}, "start.csv: The file is empty. Its first line is birthplace,residence,"),
        ({"start": "birthplace,residence,stock\n"}, "start.csv: There is nothing under the first"),
        (
            {"start": START.replace("stock", "people")},
            "start.csv:1: The first line is 'birthplace,residence,people'. Nearest: "
            "birthplace,residence,stock.",
        ),
        ({"end": END + "A,B,3\n"}, "end.csv:6: birthplace A and residence B stand there twice."),
        ({"end": END + "A,C,3\n"}, "end.csv: C is not in start.csv. Both need the same countries."),
        ({"start": START + "C,C,3\n"}, "start.csv: C is not in end.csv. Both need the same"),
        ({"start": stock("-1")}, "start.csv:3: The stock of A in B is -1. It cannot be negative."),
        *(
            (
                {"start": stock(text)},
                f"start.csv:3: The stock of A in B is '{text}', which is {why}",
            )
            for text, why in (
                *(("ten", "no number."), ("NaN", "no number."), ("inf", "no number.")),
                *(("1_0", "no number."), ("٣", "no number."), ("1e999", "too large.")),
            )
        ),
        (
            {"start": stock("")},
            "start.csv:3: The stock of A in B is empty. What is unknown cannot be used",
        ),
        ({"start": START.replace("A,B,10", ",B,1")}, "start.csv:3: The birthplace is empty."),
        ({"start": START.replace("A,B,10", "A,B")}, "start.csv:3: This line has 2 columns and the"),
        ({"start": START.replace("A,A,100\n", "")}, "start.csv: The stock of A in A is missing."),
        ({"start": START.encode("utf-16")}, "start.csv: The file is not UTF-8 text."),
        (
            {"start": START.replace("100", '"100')},
            "start.csv:5: The stock of A in A is '100 A,B,10 B,A,20 B,B,200', which is no number.",
        ),
        (
            {"start": START.replace("10\n", "1\0\n")},
            "start.csv:3: The stock of A in B is '1 ', which is no number.",
        ),
        ({"vital": VITAL.replace("B,5,4.5\n", "")}, "vital.csv: There are no births and deaths of"),
        ({"vital": VITAL + "C,1,1\n"}, "vital.csv: C is not among the countries of the stocks."),
        ({"vital": VITAL + "B,1,1\n"}, "vital.csv:4: B stands there twice."),
        ({"vital": VITAL.replace("7,6", "x,6")}, "vital.csv:2: The number of births in A is 'x',"),
        ({"vital": VITAL.replace("7,6", "7,600")}, "Births and deaths miss the growth of the"),
        ({"vital": VITAL.replace("births,", "")}, "vital.csv:1: The first line is"),
        ({"seed": "origin,destination,flow\nA,B,1\n"}, "seed.csv: There is no weight from B to A."),
        ({"seed": "origin,destination\nA,B\n"}, "seed.csv:1: The first line is"),
        (
            {"seed": "origin,destination,flow\nA,B,1\nB,A,-1\n"},
            "seed.csv:3: The seed B to A is -1.",
        ),
        ({"seed": "origin,destination,flow\nA,B,1\nB,Q,1\n"}, "seed.csv: Q is not among the"),
    ],
)
def test_files_that_do_not_fit_are_refused_and_nothing_is_written(changed, message, files, refused):
    files(**changed)
    before = sorted(Path().iterdir())
    more = ["--seed", "seed.csv"] if "seed" in changed else []
    found = refused(
        *("flows", "--start", "start.csv", "--end", "end.csv", "--vital", "vital.csv"),
        *("--method", "closed", "--out", "flows.csv", "--od", "od.csv", *more),
    )
    assert found.startswith(message)
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["--out", "folder"], "folder: This is no file that can be written."),
        (["--out", "nowhere/f.csv"], "nowhere/f.csv: It cannot be written: No such file"),
        (["--od", "nowhere/f.csv"], "nowhere/f.csv: It cannot be written: No such file"),
        (["--out", "start.csv"], "--out and --start are the same file, 'start.csv'."),
        (["--od", "flows.csv"], "--od and --out are the same file, 'flows.csv'."),
        (["--start", "gone.csv"], "There is no file 'gone.csv'."),
        (["--start", "folder"], "folder: Is a directory."),
        (["--mixture", "1.5"], "Invalid value for '--mixture'"),
        (["--mixture", "nan"], "The mixture is nan; it is a weight from 0 to 1."),
        (["--method", "rates", "--total", "nan"], "The total is nan; it is a number of people."),
        (["--method", "guess"], "Invalid value for '--method'"),
        (["--assumption", "independent", "--seed", "seed.csv"], "seed.csv: There is no weight"),
    ],
)
def test_options_that_cannot_be_used_are_refused_and_nothing_is_written(
    change, message, files, refused
):
    files(seed="origin,destination,flow\nA,B,1\nB,A,1\n")
    Path("folder").mkdir()
    before = sorted(Path().iterdir())
    given = ["flows", "--start", "start.csv", "--end", "end.csv", "--vital", "vital.csv"]
    given += ["--method", "closed", "--out", "flows.csv"]
    assert refused(*given, *change).startswith(message)
    assert sorted(Path().iterdir()) == before
    assert Path("start.csv").read_text("utf-8") == START


def test_a_method_that_needs_births_and_deaths_asks_for_them(files, refused):
    given = ["flows", "--start", "start.csv", "--end", "end.csv", "--out", "flows.csv"]
    assert refused(*given, "--method", "open") == (
        "The method open needs births and deaths. Give --vital."
    )


def test_a_seed_with_differencing_is_refused(files, refused):
    files(seed="origin,destination,flow\nA,B,1\nB,A,1\n")
    given = ["flows", "--start", "start.csv", "--end", "end.csv", "--out", "flows.csv"]
    assert refused(*given, "--method", "differencing", "--seed", "seed.csv") == (
        "Differencing shares nothing out, so a seed changes nothing."
    )


def test_flows_that_were_there_before_are_replaced_as_a_whole(files):
    Path("flows.csv").write_text("old\n" * 1000, "utf-8")
    Path("flows.csv").chmod(0o644)
    report("closed")
    assert Path("flows.csv").read_text("utf-8").startswith("origin,destination,birthplace,flow\n")
    assert sorted(path.name for path in Path().iterdir()) == [
        *("end.csv", "flows.csv", "od.csv", "start.csv", "vital.csv"),
    ]
