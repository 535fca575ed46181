"""Files of all kinds, understood, read and checked. What is stored is in test_data_command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvan.errors import Refused
from karvan.observatory.exporting import write
from karvan.observatory.importing.areas import area_code, nearest_names
from karvan.observatory.importing.cells import age_of, code_of, decimal_mark, period_of, sex_of
from karvan.observatory.importing.describing import Said
from karvan.observatory.importing.preparing import Prepared, open_grid, prepare
from tests.observatory.test_exporting import EDITION, SERIES, table

pytestmark = pytest.mark.django_db

PERMITS = {"concept": "work_permits_issued", "unit": "permits", "source": "The ministry"}
INTO_TR = {"destination": "TR"}


def read(file: Path, sheet: str | None = None, **said: Any) -> Prepared:
    return prepare(open_grid(file, sheet), Said(**{**PERMITS, **said}), file.name)


@pytest.fixture
def csv(tmp_path: Path):
    """A CSV file of these lines, understood."""

    def make(*lines: str, encoding: str = "utf-8", **said: Any) -> Prepared:
        file = tmp_path / "figures.csv"
        file.write_bytes("\n".join(lines).encode(encoding))
        return read(file, **said)

    return make


@pytest.fixture
def xlsx(tmp_path: Path):
    """A workbook with these rows on a sheet, as a file."""

    def make(*rows: tuple[Any, ...], sheet: str = "Table 1", before: str = "Contents") -> Path:
        book = openpyxl.Workbook()
        book.active.title = before
        book.active.append(["What is in this file"])
        for row in rows:
            (book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)).append(row)
        book.save(tmp_path / "figures.xlsx")
        return tmp_path / "figures.xlsx"

    return make


def figures(prepared: Prepared, *names: str) -> list[tuple[Any, ...]]:
    """The figures of the only part: corridor, what is named, value."""
    assert prepared.report.filter(level="error").rows() == []
    (part,) = prepared.parts
    return part.figures.select("origin", "destination", *names, "value").rows()


def errors(prepared: Prepared) -> list[tuple[Any, ...]]:
    report = prepared.report.filter(level="error")
    return report.select("row", "column", "given", "message").rows()


@pytest.mark.parametrize(
    "name",
    [
        *("KG", "kg", "KGZ", "417", "417.0", "Kyrgyzstan", "Kyrgyz Republic", "Кыргызстан"),
        *("Киргизия", "Кыргызская Республика", "Kırgızistan", "KIRGIZİSTAN", "Kyrgyzstan*"),
        "  kyrgyzstan 1) ",
    ],
)
def test_a_country_is_known_by_many_names(name: str):
    assert area_code(name) == "KG"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("The Russian Federation", "RU"),
        ("Republic of Korea", "KR"),
        ("Dem. People's Republic of Korea", "KP"),
        ("Democratic Republic of the Congo", "CD"),
        ("Congo", "CG"),
        ("NA", "NA"),
        ("004", "AF"),
        ("World", "_T"),
        ("Всего", "_T"),
        ("Toplam", "_T"),
        ("Other countries", "_O"),
        ("Прочие", "_O"),
        ("Diğer", "_O"),
        ("не указано", "_U"),
        ("Central Asia", "region"),
        ("935", "region"),
        ("ECS", "region"),
        ("Channel Islands", "none"),
        ("SUN", "none"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_areas_totals_and_regions_are_told_apart(name: str, code: str | None):
    assert area_code(name) == code


def test_a_country_that_is_misspelled_is_met_with_the_nearest():
    assert nearest_names("Kyrgyztan") == ["Kyrgyzstan (KG)"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020", "2020"),
        ("2020 г.", "2020"),
        ("2020 yılı", "2020"),
        ("2011Q1", "2011-Q1"),
        ("Q4 2011", "2011-Q4"),
        ("II квартал 2011 г.", "2011-Q2"),
        ("1. çeyrek 2020", "2020-Q1"),
        ("2020M03", "2020-03"),
        ("03.2020", "2020-03"),
        ("March 2020", "2020-03"),
        ("март 2020", "2020-03"),
        ("Mart 2020", "2020-03"),
        ("31.12.2020", "2020-12-31"),
        ("1 полугодие 2019 г.", "2019-S1"),
        ("2019-01-01/P10M", "2019-01-01/P10M"),
        ("1990-1995", None),
        ("31.13.2020", None),
        ("last year", None),
    ],
)
def test_a_period_is_read_however_it_is_written(text: str, period: str | None):
    assert period_of(text) == period


@pytest.mark.parametrize("text", ["Women", "женщины", "Жен.", "Kadın", "F", "female"])
def test_women_are_women_in_each_language(text: str):
    assert sex_of(text) == "F"


@pytest.mark.parametrize(
    ("text", "code"), [("15–24 лет", "Y15T24"), ("65+", "Y_GE65"), ("Toplam", "_T"), ("old", None)]
)
def test_ages_get_the_codes_of_sdmx(text: str, code: str | None):
    assert age_of(text) == code


def test_words_become_a_code():
    assert code_of("Сезонные работники") == "sezonnye-rabotniki"
    assert code_of("Mevsimlik işçi") == "mevsimlik-isci"


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["1,234.5"], "."),
        (["1.234,5"], ","),
        (["12,5", "3"], ","),
        (["1.234.567"], ","),
        (["1.234", "12.000", "7"], ","),
        (["1.234", "1234"], "."),
        (["0.123"], "."),
        (["1 234", "7"], "."),
    ],
)
def test_the_decimal_mark_follows_from_all_figures_together(texts: list[str], mark: str):
    import polars as pl

    assert decimal_mark(pl.Series(texts))[0] == mark


@given(st.lists(st.integers(0, 10**9), min_size=1))
def test_whole_numbers_are_read_the_same_with_any_mark_between_thousands(values: list[int]):
    import polars as pl

    from karvan.observatory.importing.cells import numbers

    for mark in (" ", "\u00a0", "'", ",", "."):
        texts = pl.DataFrame({"text": [f"{value:,}".replace(",", mark) for value in values]})
        decimal = "," if mark == "." else "."
        assert texts.select(numbers("text", decimal)[0]).to_series().to_list() == values


def test_a_long_table_is_read(csv):
    prepared = csv(
        "citizenship,destination,sex,year,permits",
        "Kyrgyzstan,Turkey,women,2023,100",
        "Uzbekistan,Turkey,men,2024,200",
    )
    assert figures(prepared, "sex", "period") == [
        ("KG", "TR", "F", "2023", 100.0),
        ("UZ", "TR", "M", "2024", 200.0),
    ]


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("Страна;мужчины;женщины;всего", "cp1251"),
        ("Страна\tмужчины\tженщины\tвсего", "utf-8-sig"),
        ("Ülke;erkek;kadın;toplam", "cp1254"),
        ("Country,men,women,total", "utf-16"),
        ("Country|men|women|total", "utf-8"),
    ],
)
def test_sexes_may_be_columns_in_any_language_and_encoding(csv, header: str, encoding: str):
    separator = next(sign for sign in ";\t,|" if sign in header)
    lines = [header, "KGZ,40,60,100".replace(",", separator)]
    prepared = csv(*lines, encoding=encoding, constants={**INTO_TR, "period": "2024"})
    assert figures(prepared, "sex", "period") == [
        ("KG", "TR", "M", "2024", 40.0),
        ("KG", "TR", "F", "2024", 60.0),
        ("KG", "TR", "_T", "2024", 100.0),
    ]


def test_decimal_commas_and_spaces_between_thousands_are_read(csv):
    prepared = csv("origin;2023;2024", "KG;1 234,5;12\u00a0000", "UZ;0,5;7", constants=INTO_TR)
    assert figures(prepared, "period") == [
        ("KG", "TR", "2023", 1234.5),
        ("UZ", "TR", "2023", 0.5),
        ("KG", "TR", "2024", 12000.0),
        ("UZ", "TR", "2024", 7.0),
    ]


def test_a_mark_that_may_mean_two_things_is_said(csv):
    prepared = csv("origin;2024", "KG;1.234", constants=INTO_TR)
    assert figures(prepared) == [("KG", "TR", 1234.0)]
    assert prepared.report["message"].to_list() == [
        "The mark was read as thousands. If it is not, give --decimal '.'."
    ]
    assert figures(csv("origin;2024", "KG;1.234", constants=INTO_TR, decimal=".")) == [
        ("KG", "TR", 1.234)
    ]


def test_unknown_is_kept_as_unknown_and_never_zero(csv):
    prepared = csv("origin,2024", "KG,..", "UZ,…", "TJ,-", "TM,n/a", "KZ,", "AZ,<10", "TR,0",
                   constants={"destination": "RU"})  # fmt: skip
    assert figures(prepared, "status") == [
        ("KG", "RU", "O", None),
        ("UZ", "RU", "O", None),
        ("TJ", "RU", "O", None),
        ("TM", "RU", "O", None),
        ("AZ", "RU", "Q", None),
        ("TR", "RU", "A", 0.0),
    ]


def test_a_matrix_has_one_end_in_rows_and_the_other_in_columns(csv):
    prepared = csv("origin,Türkiye,Russian Federation", "KGZ,1,2", constants={"period": "2020"})
    assert figures(prepared) == [("KG", "TR", 1.0), ("KG", "RU", 2.0)]


def test_a_workbook_with_titles_two_rows_of_header_and_notes_is_read(xlsx):
    file = xlsx(
        ("Разрешения на работу иностранным гражданам",),
        (),
        ("Страна", 2023, None, None, 2024, None, None),
        (None, "всего", "мужчины", "женщины", "всего", "мужчины", "женщины"),
        (1, 2, 3, 4, 5, 6, 7),
        ("Кыргызстан", 100, 40, 60, 30.5, 10.25, 20.25),
        ("Всего", 100, 40, 60, None, None, None),
        ("Примечание: по данным министерства",),
    )
    prepared = read(file, constants=INTO_TR)
    assert prepared.grid.told == "xlsx, sheet 'Table 1'"
    assert figures(prepared, "sex", "period") == [
        ("KG", "TR", "_T", "2023", 100.0),
        ("_T", "TR", "_T", "2023", 100.0),
        ("KG", "TR", "M", "2023", 40.0),
        ("_T", "TR", "M", "2023", 40.0),
        ("KG", "TR", "F", "2023", 60.0),
        ("_T", "TR", "F", "2023", 60.0),
        ("KG", "TR", "_T", "2024", 30.5),
        ("KG", "TR", "M", "2024", 10.25),
        ("KG", "TR", "F", "2024", 20.25),
    ]
    (part,) = prepared.parts
    assert part.series.title == "Разрешения на работу иностранным гражданам"
    assert part.series.key == "razresheniya-na-rabotu-inostrannym-grazh"
    assert part.edition.key == "to-2024"


def test_a_sheet_is_chosen_by_its_name(xlsx):
    file = xlsx(("origin", "2024"), ("KG", 1), sheet="B")
    assert figures(read(file, sheet="B", constants=INTO_TR)) == [("KG", "TR", 1.0)]
    with pytest.raises(Refused, match=r"There is no sheet 'C'\. The file has: Contents, B\."):
        open_grid(file, "C")


UN_HEADER = (
    "Index",
    "Region, development group, country or area of destination",
    "Coverage",
    "Data type",
    "Location code of destination",
    "Region, development group, country or area of origin",
    "Location code of origin",
)


def test_the_workbook_of_the_united_nations_needs_no_word(xlsx):
    stock = "International migrant stock at mid-year"
    file = xlsx(
        (None, "United Nations"),
        (None, "Population Division"),
        (),
        (*[None] * 7, f"{stock} (both sexes combined)", None, f"{stock} (male)", None,
         f"{stock} (female)", None),
        (*UN_HEADER, 2020, 2024, 2020, 2024, 2020, 2024),
        (1, "WORLD", None, None, 900, "WORLD", 900, 500, 600, 200, 250, 300, 350),
        (2, "Asia", None, None, 935, "WORLD", 900, 300, 300, 100, 100, 200, 200),
        (3, "Türkiye*", None, "B R", 792, "Kyrgyzstan", 417, 30, 44, 10, 14, 20, 30),
        (4, "Türkiye*", None, "B R", 792, "Others", 2003, 3, "..", 1, "..", 2, ".."),
        (5, "DPR Korea", None, "I", 408, "China", 156, 3, 5, 1, 2, 2, 3),
    )  # fmt: skip
    prepared = prepare(open_grid(file, None), Said(), file.name)
    assert prepared.layout is not None
    (part,) = prepared.parts
    assert (part.series.key, part.edition.key) == ("un-migrant-stock", "2024-full")
    seen = {
        row[:4]: row[4:]
        for row in part.figures.select(
            "origin", "destination", "sex", "period", "value", "status"
        ).iter_rows()
    }
    assert len(seen) == 4 * 6
    assert seen["_T", "_T", "_T", "2024"] == (600.0, "A")
    assert seen["KG", "TR", "F", "2024"] == (30.0, "A")
    assert seen["KG", "TR", "M", "2020"] == (10.0, "A")
    assert seen["_O", "TR", "F", "2024"] == (None, "O")
    assert seen["CN", "KP", "_T", "2020"] == (3.0, "E")
    left_out = prepared.report.filter(kind="left_out")
    assert left_out["message"].to_list() == ["Left out with 1 rows: a group of countries."]


def test_trimmed_pairs_of_the_united_nations_need_no_word(csv):
    header = "dest,orig,sex,year,stock,type_b,type_c,type_r,type_i"
    prepared = csv(header, "TUR,KGZ,female,2024,29765,1,0,1,0", "AZE,OOO,male,2020,5,0,0,0,1")
    assert figures(prepared, "sex", "period", "status") == [
        ("KG", "TR", "F", "2024", "A", 29765.0),
        ("_O", "AZ", "M", "2020", "E", 5.0),
    ]
    assert prepared.parts[0].edition.key == "2024-pairs"


def test_totals_of_the_united_nations_say_which_end_their_area_is(csv):
    prepared = csv(
        "area,role,year,female,male,both",
        "WORLD,world,2024,3,4,7",
        "KGZ,as_origin,2024,1,1,2",
        "KGZ,as_destination,2024,0,1,1",
    )
    found = figures(prepared, "sex")
    assert found[::3] == [("_T", "_T", "F", 3.0), ("_T", "_T", "M", 4.0), ("_T", "_T", "_T", 7.0)]
    assert found[1::3] == [
        ("KG", "_T", sex, value) for sex, value in (("F", 1), ("M", 1), ("_T", 2))
    ]
    assert found[2::3] == [
        ("_T", "KG", sex, value) for sex, value in (("F", 0), ("M", 1), ("_T", 1))
    ]


def test_a_download_of_the_world_bank_becomes_one_series_an_indicator(csv):
    prepared = csv(
        '"Data Source","World Development Indicators",',
        "",
        '"Last Updated Date","2025-06-05",',
        "",
        '"Country Name","Country Code","Indicator Name","Indicator Code","2022","2023",',
        '"Kyrgyz Republic","KGZ","Remittances","BX.TRF.PWKR.CD.DT","3.5","",',
        '"Kyrgyz Republic","KGZ","Paid","BM.TRF.PWKR.CD.DT","","0.25",',
        '"Arab World","ARB","Paid","BM.TRF.PWKR.CD.DT","7","8",',
        '"Kyrgyz Republic","KGZ","Net migration","SM.POP.NETM","-5000","",',
        '"Kyrgyz Republic","KGZ","Forest","AG.LND.FRST.ZS","5","5",',
    )
    assert prepared.errors == 0
    stored = {
        part.series.key: part.figures.select("origin", "destination", "period", "value").rows()
        for part in prepared.parts
    }
    assert stored == {
        "wb-remittances-received": [("_T", "KG", "2022", 3.5)],
        "wb-net-migration": [("_T", "KG", "2022", -5000.0)],
        "wb-remittances-paid": [("KG", "_T", "2023", 0.25)],
    }
    assert {part.edition.published for part in prepared.parts} == {"2025-06-05"}
    left_out = prepared.report.filter(kind="left_out").select("row", "given").rows()
    assert left_out == [(8, "ARB"), (10, "AG.LND.FRST.ZS")]


def test_a_file_of_which_nothing_can_be_stored_is_refused(csv):
    with pytest.raises(Refused, match=r"Nothing in 'figures\.csv' can be stored"):
        csv("area,indicator,year,value", "KGZ,AG.LND.FRST.ZS,2020,5")
    with pytest.raises(Refused, match=r"Nothing in 'figures\.csv' can be stored"):
        csv("origin,2024", "Central Asia,5", constants=INTO_TR)


def test_sdmx_csv_with_names_beside_its_codes_is_read(csv):
    prepared = csv(
        "DATAFLOW,REF_AREA: Reference area,CITIZENSHIP: Citizenship,SEX: Sex,"
        "TIME_PERIOD: Time period,OBS_VALUE: Value,OBS_STATUS: Status",
        "XX:DF(1.0),TUR: Türkiye,KGZ: Kyrgyzstan,F: Female,2024-Q1: 2024-Q1,5,E: Estimated value",
    )
    assert figures(prepared, "sex", "period", "status") == [("KG", "TR", "F", "2024-Q1", "E", 5.0)]


def test_prices_of_sending_money_need_no_word(csv):
    prepared = csv("send,recv,series,period,value", "RUS,KGZ,ATCR.CORR,2020Q3,1.6")
    assert figures(prepared, "period") == [("RU", "KG", "2020-Q3", 1.6)]
    assert prepared.parts[0].series.unit == "percent"


def test_the_flows_of_abel_and_cohen_keep_each_method_apart(csv):
    methods = "sd_drop_neg,sd_rev_neg,mig_rate,da_min_open,da_min_closed,da_pb_closed"
    prepared = csv(
        f"year0,orig,dest,{methods}", "1990,KGZ,TUR,0,-1,2,3.5,4,5", "2015,KGZ,TUR,,,,,,7"
    )
    assert errors(prepared) == [(2, "sd_rev_neg", "-1", "A count cannot be negative.")]
    (part,) = prepared.parts
    assert part.figures.select("category", "period", "value", "status").rows()[-3:] == [
        ("da_min_closed", "1990-07-01/P5Y", 4.0, "E"),
        ("da_pb_closed", "1990-07-01/P5Y", 5.0, "E"),
        ("da_pb_closed", "2015-07-01/P5Y", 7.0, "E"),
    ]
    assert part.edition.key == "to-2020"


@pytest.mark.parametrize("form", ["csv", "xlsx", "sdmx-csv", "sdmx-csv-1", "sdmx-ml"])
def test_what_we_export_is_imported_as_the_same_figures(tmp_path: Path, form: str):
    file = tmp_path / f"export-{form}"
    file.write_bytes(write(table(), SERIES, EDITION, form))
    prepared = read(file, series="permits")
    assert prepared.errors == 0
    (part,) = prepared.parts
    order = table().frame.columns
    assert part.figures.select(order).sort(order).equals(table().frame.sort(order))
    if form.startswith("sdmx"):
        assert part.edition.key == "2024"


def test_categories_ages_and_sources_are_read_from_columns(csv):
    prepared = csv(
        "origin,category,age,source,year,value",
        "KG,Сезонные,15-24,Ежегодник 2024,2024,5",
        "KG,Всего,всего,Yearbook,2024,6",
        constants=INTO_TR,
    )
    assert figures(prepared, "category", "age", "source") == [
        ("KG", "TR", "sezonnye", "Y15T24", "ezhegodnik-2024", 5.0),
        ("KG", "TR", "_T", "_T", "Yearbook", 6.0),
    ]
    (part,) = prepared.parts
    assert part.series.categories == {"sezonnye": "Сезонные"}
    assert part.edition.sources["ezhegodnik-2024"].title == "Ежегодник 2024"


def test_each_row_that_is_amiss_is_named_with_its_cell(csv):
    prepared = csv(
        "origin,sex,year,value",
        "Kyrgyztan,F,2024,1",
        "KG,both of them?,2024,2",
        "KG,F,1990-1995,3",
        "KG,F,2024,many",
        "KG,M,2024,-4",
        "UZ,F,2024,5",
        "UZ,F,2024,5",
        ",F,2024,6",
        constants=INTO_TR,
    )
    assert errors(prepared) == [
        (2, "origin", "Kyrgyztan",
         "This is no country that is known. Nearest: Kyrgyzstan (KG)."),
        (4, "year", "1990-1995",
         "This is no period. Write 2024, 2024-Q3, 2024-07 or 2019-01-01/P10M."),
        (5, "value", "many", "This is no number. Write .. where a figure is not known."),
        (6, "value", "-4", "A count cannot be negative."),
        (8, "value", "5", "Row 7 gives the same cell. Keep one of them."),
        (9, "origin", None, "The origin is missing. Repeat it in each row."),
    ]  # fmt: skip


def test_bounds_are_read_and_checked_like_figures(csv):
    lines = ("origin,year,value,upper,lower", "KG,2024,,40000,20000", "UZ,2024,5,,")
    prepared = csv(*lines, constants=INTO_TR)
    assert figures(prepared, "lower", "upper", "status") == [
        ("KG", "TR", 20000.0, 40000.0, "A", None),
        ("UZ", "TR", None, None, "A", 5.0),
    ]
    odd = csv("origin,year,value,upper", "KG,2024,5,many", constants=INTO_TR)
    assert [row[:3] for row in errors(odd)] == [(2, "upper", "many")]


def test_men_and_women_in_columns_are_checked_against_the_total(csv):
    prepared = csv(
        "origin,men,women,total", "KG,40,60,105", constants={**INTO_TR, "period": "2024"}
    )
    assert errors(prepared) == [
        (2, "total", "105", "Women (60) and men (40) do not add up to this total.")
    ]


def test_a_name_of_their_own_gets_a_code(csv):
    lines = ("origin,2024", "Stateless,5")
    assert [row[2] for row in errors(csv(*lines, constants=INTO_TR))] == ["Stateless"]
    prepared = csv(*lines, constants=INTO_TR, codes={"stateless": "_O"})
    assert figures(prepared) == [("_O", "TR", 5.0)]


@pytest.mark.parametrize(
    ("lines", "said", "message"),
    [
        (("country,2024", "KG,1"), {}, "Say which other end all rows have: --destination CODE"),
        (("origin,value", "KG,1"), {"constants": INTO_TR}, "Give --period, such as 2024."),
        (("origin,2024", "KG,1"), {"constants": {"origin": "KG"}}, "has a column for the origin"),
        (("origin,a,b", "KG,1,2"), {"constants": INTO_TR}, "Several columns hold numbers: a, b."),
        (("origin,year", "KG,2024"), {"constants": INTO_TR}, "No column holds figures."),
        (("just a text",), {}, "has no table that can be read"),
    ],
)
def test_what_a_file_leaves_open_is_asked_for_by_the_option_that_says_it(
    csv, lines: tuple[str, ...], said: dict[str, Any], message: str
):
    with pytest.raises(Refused, match=message):
        csv(*lines, **said)


def test_what_is_counted_is_asked_for_after_the_columns_are_understood(csv):
    prepared = csv("origin,2024", "KG,1", constants=INTO_TR, concept="", source="")
    assert prepared.parts == ()
    assert str(prepared.missing).startswith(
        "The file does not say what it counts and who counted. Give --concept and --source"
    )


def test_a_concept_that_is_not_known_is_met_with_the_nearest(csv):
    prepared = csv("origin,2024", "KG,1", constants=INTO_TR, concept="work_permit")
    assert "no concept 'work_permit'. Nearest: work_permits_" in str(prepared.missing)


def test_a_file_that_is_not_there_or_empty_or_old_is_refused_in_one_sentence(tmp_path: Path):
    with pytest.raises(Refused, match="There is no file"):
        open_grid(tmp_path / "none.csv", None)
    (tmp_path / "empty.csv").write_text(" \n")
    with pytest.raises(Refused, match=r"The file 'empty.csv' is empty."):
        open_grid(tmp_path / "empty.csv", None)
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest")
    with pytest.raises(Refused, match=r"Save it as \.xlsx"):
        open_grid(tmp_path / "old.xls", None)
    (tmp_path / "no.xml").write_text("<?xml version='1.0'?><html></html>")
    with pytest.raises(Refused, match="is no SDMX file"):
        open_grid(tmp_path / "no.xml", None)
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(Refused):
        open_grid(tmp_path / "no.xlsx", None)
