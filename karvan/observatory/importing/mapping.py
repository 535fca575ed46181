"""What each column of a grid means: as it was said, as it is remembered, or as it looks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext_noop

from karvan.analysis.tables import DIMENSIONS, TOTAL
from karvan.errors import Refused
from karvan.observatory.importing.areas import area_code, plain
from karvan.observatory.importing.cells import (
    age_of,
    code_of,
    numeric_share,
    period_of,
    period_within,
    sex_of,
    sex_within,
)
from karvan.observatory.importing.reading import Grid

VALUE, IGNORE, AREA = "value", "ignore", "area"
# Beside the dimensions: what is figure by figure, and what only some publishers' files have.
EXTRA = (VALUE, "lower", "upper", "status", "source", IGNORE)
MEANINGS = (*DIMENSIONS, *EXTRA)
_WORDS = {
    "origin": "orig, origin, country of origin, origin country, country of birth, birthplace, "
    "country of citizenship, citizenship, nationality, country of nationality, from, "
    "sending country, страна происхождения, гражданство, страна гражданства, страна выхода, "
    "страна рождения, страна исхода, откуда, uyruk, uyruğu, menşe ülke, menşei, geldiği ülke, "
    "vatandaşlık, doğum ülkesi, doğum yeri, kaynak ülke, gönderen ülke",
    "destination": "dest, destination, country of destination, destination country, residence, "
    "country of residence, host country, receiving country, to, ref area, страна назначения, "
    "страна пребывания, страна приема, страна въезда, страна проживания, куда, hedef ülke, "
    "gidilen ülke, gittiği ülke, varış ülkesi, ikamet ülkesi, ev sahibi ülke",
    AREA: "area, country, countries, state, country name, country code, country or area, страна, "
    "страны, государство, государства, наименование страны, ülke, ülkeler, ülke adı, ülke kodu, "
    "counterpart area",
    "sex": "sex, gender, пол, cinsiyet",
    "age": "age, ages, age group, возраст, возрастная группа, возрастные группы, yaş, yaş grubu",
    "period": "year, years, period, time, date, month, quarter, time period, год, годы, период, "
    "дата, месяц, квартал, отчетный период, yıl, yıllar, yıl ay, ay, dönem, tarih, çeyrek",
    "category": "category, type, kind, method, occupation, sector, activity, категория, вид, тип, "
    "отрасль, профессия, вид деятельности, kategori, tür, türü, sektör, meslek, faaliyet",
    VALUE: "value, obs value, number, count, figure, amount, stock, flow, permits, persons, "
    "people, значение, количество, кол во, число, численность, человек, сумма, değer, sayı, "
    "sayısı, adet, kişi, kişi sayısı, miktar, tutar",
    "lower": "lower, lower bound, нижняя граница, alt sınır",
    "upper": "upper, upper bound, верхняя граница, üst sınır",
    "status": "status, obs status",
    "source": "source, источник, kaynak",
    IGNORE: "index, no, n, notes, note, п п, примечание, примечания, sıra, sıra no, not, notlar, "
    "structure, structure id, structure name, action, dataflow, unit measure, unit, series key, "
    "obs key, freq",
}

_CODES: dict[str, Callable[[str], str | None]] = {
    "origin": area_code,
    "destination": area_code,
    "sex": sex_of,
    "age": age_of,
    "category": code_of,
    "period": period_of,
}


@dataclass(frozen=True)
class Column:
    """A column of a file. `meaning` is one of MEANINGS; a column of figures may fix dimensions for
    all of them: `{"sex": "F", "period": "2020"}`."""

    label: str
    meaning: str
    fixed: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        fixed = ", ".join(f"{name} {code}" for name, code in self.fixed.items())
        return f"{self.meaning}, {fixed}" if fixed else self.meaning


def parse_said(texts: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """COLUMN=MEANING texts by the plain name of the column. Raises Refused, naming the columns or
    meanings there are."""
    known = {plain(label) for label in labels}
    found = {}
    for text in texts:
        name, sign, said = text.rpartition("=")
        key, meaning = plain(name), _read_meaning(said.strip())
        if not sign or meaning is None:
            raise Refused(
                "no_meaning",
                gettext_noop(
                    "--map: '{text}' says nothing that is known. Write COLUMN=MEANING, where the "
                    "meaning is one of {meanings}, or a dimension with its code, such as sex:F."
                ),
                text=text,
                meanings=", ".join(MEANINGS),
            )
        if key not in known:
            raise Refused(
                "no_column",
                gettext_noop("--map: There is no column '{name}'. The file has: {labels}."),
                name=name,
                labels=", ".join(labels),
            )
        found[key] = meaning
    return found


def _read_meaning(text: str) -> str | None:
    """A meaning with its code, if it has one, as the tables have it: origin:Uzbekistan is
    origin:UZ."""
    name, sign, given = text.partition(":")
    if not sign:
        return text if text in MEANINGS else None
    code = _CODES[name](given) if name in _CODES else None
    return f"{name}:{code}" if code else None


def fingerprint(grid: Grid) -> str:
    """The same for files that differ only in which years their columns are of."""
    labels = {re.sub(r"\d{4}", "#", plain(name)) for name in grid.names}
    return hashlib.sha256("\n".join(sorted(labels)).encode()).hexdigest()


def meanings(
    grid: Grid, said: Mapping[str, str], constants: Mapping[str, str]
) -> tuple[Column, ...]:
    """What the columns mean. `said` gives meanings by a column's plain name; `constants` codes that
    hold for the whole file.

    Raises Refused where the file leaves open what has to be said.
    """
    guessed = [_meaning(grid, index, said) for index in range(len(grid.labels))]
    _refuse_both(guessed, constants)
    guessed = _ends(guessed, constants)
    guessed = _only_one_each(grid, guessed, said)
    guessed = _areas_across(guessed, constants)
    return tuple(_figures(guessed, constants))


def _refuse_both(columns: Sequence[Column], constants: Mapping[str, str]) -> None:
    for column in columns:
        if column.meaning in constants:
            raise Refused(
                "said_twice",
                gettext_noop(
                    "The file has a column for the {meaning}, '{label}'. Leave --{meaning} out, or "
                    "give --map '{label}=ignore'."
                ),
                meaning=column.meaning,
                label=column.label,
            )


def _meaning(grid: Grid, index: int, said: Mapping[str, str]) -> Column:
    label = grid.name(index)
    if given := said.get(plain(label)):
        meaning, _, code = given.partition(":")
        return Column(label, VALUE, {meaning: code}) if code else Column(label, meaning)
    texts = grid.texts(index).drop_nulls()
    if not len(texts):
        return Column(label, IGNORE)
    known = _word(label)
    if known:
        return Column(label, known)
    fixed = {}
    if period := period_within(label):
        fixed["period"] = period
    if sex := sex_within(label):
        fixed["sex"] = sex
    if numeric_share(texts) >= 0.5:
        if not fixed and (code := area_code(label)) and len(code) == 2:
            return Column(label, VALUE, {AREA: code})
        return Column(label, VALUE if fixed else "?", fixed)
    distinct = texts.unique().head(500).to_list()
    for meaning, reads in ((AREA, area_code), ("sex", sex_of), ("period", period_of)):
        if sum(reads(text) is not None for text in distinct) >= 0.8 * len(distinct):
            return Column(label, meaning)
    return Column(label, IGNORE)


def _word(label: str) -> str | None:
    return _word_table().get(plain(label))


@lru_cache(maxsize=1)
def _word_table() -> dict[str, str]:
    return {plain(word): meaning for meaning, words in _WORDS.items() for word in words.split(",")}


def _ends(columns: list[Column], constants: Mapping[str, str]) -> list[Column]:
    """Which end of the corridor a column of countries is, where its label does not say."""
    taken = {column.meaning for column in columns} | set(constants)
    areas = [column for column in columns if column.meaning == AREA]
    if not areas:
        return columns
    missing = [end for end in ("origin", "destination") if end not in taken]
    if len(missing) == 2:
        raise Refused(
            "which_end",
            gettext_noop(
                "The countries in the column '{label}' may be where people come from or where "
                "they are. Say which other end all rows have: --destination CODE or --origin CODE "
                "(_T for all countries)."
            ),
            label=areas[0].label,
        )
    meaning = missing[0] if missing else IGNORE
    return [
        Column(column.label, meaning) if column.meaning == AREA else column for column in columns
    ]


def _only_one_each(grid: Grid, columns: list[Column], said: Mapping[str, str]) -> list[Column]:
    """Of several columns with one meaning the one that was said; else the one with codes, since
    names are spelled in many ways."""
    kept = list(columns)
    for meaning in (*DIMENSIONS, "status", "source"):
        places = [index for index, column in enumerate(columns) if column.meaning == meaning]
        if len(places) < 2:
            continue
        chosen = min(
            places,
            key=lambda index: (
                plain(columns[index].label) not in said,
                grid.texts(index).str.len_chars().max() or 0,
            ),
        )
        for index in places:
            if index != chosen:
                kept[index] = Column(columns[index].label, IGNORE)
    return kept


def _areas_across(columns: list[Column], constants: Mapping[str, str]) -> list[Column]:
    """Columns that are each of a country: they hold the end that the rows do not."""
    across = [column for column in columns if AREA in column.fixed]
    if not across:
        return columns
    taken = {column.meaning for column in columns} | set(constants)
    missing = [end for end in ("origin", "destination") if end not in taken]
    if len(missing) != 1:
        raise Refused(
            "which_end",
            gettext_noop(
                "Countries stand in rows and in columns. Say which of them the rows are: "
                "--map '{label}=origin' or --map '{label}=destination'."
            ),
            label=columns[0].label,
        )
    return [
        Column(column.label, VALUE, {missing[0]: column.fixed[AREA]})
        if AREA in column.fixed
        else column
        for column in columns
    ]


def _figures(columns: list[Column], constants: Mapping[str, str]) -> list[Column]:
    """Settles which columns hold the figures. Where several do, one without a period that the
    others have is a sum over them, and one without a sex is of both."""
    unnamed = [column for column in columns if column.meaning == "?"]
    named = [column for column in columns if column.meaning == VALUE]
    if len(unnamed) == 1 and not named:
        named = [Column(unnamed[0].label, VALUE)]
        columns = [named[0] if column.meaning == "?" else column for column in columns]
    elif unnamed and not named:
        raise Refused(
            "which_value",
            gettext_noop(
                "Several columns hold numbers: {labels}. Say what one of them is, such as "
                "--map '{first}=value', or --map '{first}=category:seasonal'."
            ),
            labels=", ".join(column.label for column in unnamed),
            first=unnamed[0].label,
        )
    if not named:
        raise Refused(
            "no_figures",
            gettext_noop(
                "No column holds figures. Say which one does: --map 'COLUMN=value'. The file has: "
                "{labels}."
            ),
            labels=", ".join(column.label for column in columns),
        )
    elsewhere = {column.meaning for column in columns} | set(constants)
    sexes = any("sex" in column.fixed for column in named)
    periods = any("period" in column.fixed for column in named)
    settled = []
    for column in columns:
        if column.meaning == "?":
            column = Column(column.label, IGNORE)
        elif column.meaning == VALUE:
            fixed = {name: code for name, code in column.fixed.items() if name not in elsewhere}
            if sexes and "sex" not in elsewhere:
                fixed.setdefault("sex", TOTAL)
            if periods and "period" not in elsewhere and "period" not in fixed:
                column = Column(column.label, IGNORE)
            else:
                column = Column(column.label, VALUE, fixed)
        settled.append(column)
    if "period" not in elsewhere and not periods:
        raise Refused(
            "no_period",
            gettext_noop("Nothing says of what time the figures are. Give --period, such as 2024."),
        )
    return settled
