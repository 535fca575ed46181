"""Texts in cells as figures, periods, sexes and ages.

Each function takes the distinct texts of a column or a whole column at once: no row is visited.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import polars as pl
from babel import Locale

from karvan.analysis.periods import PeriodError, parse_period
from karvan.analysis.tables import FEMALE, MALE, TOTAL, Status
from karvan.observatory.importing.areas import LANGUAGES, plain

# Said where a figure is not known. A blank cell says nothing and stays out of the table.
UNKNOWN = (
    *("..", "...", "…", "-", "–", "—", ":", "n/a", "na", "n.a.", "nan", "null", "н/д", "нд"),
    *("нет данных", "veri yok", "bilinmiyor", "not available", "x", "х"),
)
_SUPPRESSED = r"^(<\s*\d+|\*+|c|suppressed)$"
_SPACES = r"[\s\u00a0\u202f\u2009'’`]"
_SEXES = {
    FEMALE: "f female females woman women w girl girls жен женщина женщины женщин женский ж "
    "kadin kadinlar k кыз аял аялдар əyol ayol qadin qadinlar zan",
    MALE: "m male males man men boy boys муж мужчина мужчины мужчин мужской м erkek erkekler e "
    "еркек эркек эркектер erkak kisi mard",
    TOTAL: "t total both all b всего итого все оба toplam tumu jami cemi баары барлыгы",
}
_SEX_OF = {plain(word): code for code, words in _SEXES.items() for word in words.split()}
# Letters alone are a sex where they fill a cell; in a longer label they may be anything.
_SEX_IN_LABEL = {word: code for word, code in _SEX_OF.items() if len(word) > 1}
_YEAR = r"((?:19|20)\d{2})"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_PERIODS = (
    (rf"{_YEAR}(?:[.]0)?", "{0}"),
    (rf"{_YEAR}\s*(?:г|гг|год|года|году|y|yil|yili|il|ж|жыл)?[.]?", "{0}"),
    (rf"(?:fy|cy)\s*{_YEAR}", "{0}"),
    (rf"{_YEAR}-a1", "{0}"),
    (rf"{_YEAR}\s*-?\s*[qkcч]\s*([1-4])", "{0}-Q{1}"),
    (rf"[qkcч]\s*([1-4])[\s./-]*{_YEAR}", "{1}-Q{0}"),
    (rf"{_YEAR}\s*-?\s*[sh]\s*([12])", "{0}-S{1}"),
    (rf"[sh]\s*([12])[\s./-]*{_YEAR}", "{1}-S{0}"),
    (rf"([12])h[\s./-]*{_YEAR}", "{1}-S{0}"),
    (rf"([1-4]|i{{1,3}}|iv)[.\s]*(?:кв|квартал|ceyrek|quarter)[.]?[\s,]*{_YEAR}.*", "{1}-Q{0}"),
    (rf"([12]|i{{1,2}})[.\s]*(?:полугодие|yariyil|half)[\s,]*{_YEAR}.*", "{1}-S{0}"),
    (rf"{_YEAR}\s*-?\s*m\s*(\d{{1,2}})", "{0}-{1:>02}"),
    (rf"{_YEAR}[-./](\d{{1,2}})", "{0}-{1:>02}"),
    (rf"(\d{{1,2}})[-./]{_YEAR}", "{1}-{0:>02}"),
    (rf"{_YEAR}-(\d{{2}})-(\d{{2}})(?:[t ]00:00(?::00)?)?", "{0}-{1}-{2}"),
    (rf"(\d{{1,2}})[.](\d{{1,2}})[.]{_YEAR}(?:\s*г[.]?)?", "{2}-{1:>02}-{0:>02}"),
)
_PATTERNS = tuple((re.compile(pattern), form) for pattern, form in _PERIODS)
_MONTH = re.compile(rf"([^\W\d]+)[.,]?\s*{_YEAR}.*|{_YEAR}\s*([^\W\d]+)")
_AGE = re.compile(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})")
_AGE_FROM = re.compile(r"(\d{1,3})\s*(?:\+|и старше|and over|ve uzeri|years and over)")

_CYRILLIC = str.maketrans(
    dict(
        zip(
            "абвгдезийклмнопрстуфхыэңөүғқһәіұўҳ",
            "abvgdeziyklmnoprstufhyenougqhaiuoh",
            strict=True,
        )
    )
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ё": "e"}
    | {"ь": "", "ъ": ""}
)


def code_of(text: str) -> str:
    """A code for words: small letters without marks, joined by hyphens, at most 40. What looks
    like a code already stays as it is."""
    if re.fullmatch(r"[A-Za-z0-9][\w-]{0,39}", text, re.ASCII):
        return text
    latin = plain(text.casefold().translate(_CYRILLIC))
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:40].strip("-")


def period_of(text: str) -> str | None:
    """A period as SDMX writes it, from the ways that files do; None where it is none."""
    given = text.strip()
    try:
        return parse_period(given).text
    except PeriodError:
        pass
    folded = _unmarked(given.casefold().replace("ı", "i"))
    for pattern, form in _PATTERNS:
        if found := pattern.fullmatch(folded):
            parts = [str(_ROMAN.get(part, part)) for part in found.groups()]
            return _period(form.format(*parts))
    if found := _MONTH.fullmatch(folded):
        word, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        if month := _months().get(plain(word)):
            return _period(f"{year}-{month:02}")
    return None


def period_within(label: str) -> str | None:
    """The period in a column's label, such as 'Women, 2020'; None where there is none, or two."""
    if whole := period_of(label):
        return whole
    years = set(re.findall(rf"(?<!\d){_YEAR}(?!\d)", label))
    return years.pop() if len(years) == 1 else None


def sex_of(text: str) -> str | None:
    if text.strip() in ("_T", "F", "M"):
        return text.strip()
    words = plain(text).split()
    return next((_SEX_OF[word] for word in words if word in _SEX_OF), None) if words else None


def sex_within(label: str) -> str | None:
    """The sex that a column's label names, such as 'мужчины, 2020'."""
    return next(
        (_SEX_IN_LABEL[word] for word in plain(label).split() if word in _SEX_IN_LABEL), None
    )


def age_of(text: str) -> str | None:
    """An age group by the codes of SDMX (CL_AGE): 15-24 is Y15T24, 65+ is Y_GE65."""
    given = text.strip()
    if re.fullmatch(r"_[TOU]|Y\w+", given):
        return given
    if found := _AGE.search(given):
        return f"Y{int(found[1])}T{int(found[2])}"
    if found := _AGE_FROM.search(plain(given) if "+" not in given else given):
        return f"Y_GE{int(found[1])}"
    if given.isdigit():
        return f"Y{int(given)}"
    return TOTAL if _SEX_OF.get(plain(given)) == TOTAL else None


def status_of(text: str) -> str | None:
    """A status of ours for one of SDMX (CL_OBS_STATUS): what was imputed or forecast is an
    estimate, what is missing is unknown."""
    given = text.strip().upper()
    if given in list(Status):
        return given
    return {"I": "E", "F": "E", "M": "O", "L": "O", "N": "A", "B": "A"}.get(given)


def imputed(text: str) -> str | None:
    """The status of a figure whose kind of source is given by the letters of the UN Population
    Division, or by 1 and 0: I and 1 are imputed."""
    given = text.strip().upper()
    return str(Status.ESTIMATED if "I" in given or given == "1" else Status.OBSERVED)


def numeric_share(texts: pl.Series) -> float:
    """The part of the texts that are figures, or say that a figure is not known."""
    sample = texts.head(2000).str.replace_all(_SPACES, "").str.to_lowercase()
    figures = sample.str.contains(r"^[-+−]?\d[\d.,]*(e[+-]\d+)?$") | sample.is_in(UNKNOWN)
    return float((figures | sample.str.contains(_SUPPRESSED)).mean() or 0)  # type: ignore[arg-type]


def decimal_mark(texts: pl.Series, said: str = "") -> tuple[str, str]:
    """(the mark before decimals, an example that could be read in two ways or '').

    The evidence of all figures counts together. A single mark before three digits is taken to
    part thousands, unless a figure without a mark has four digits or more.
    """
    if said:
        return said, ""
    bare = texts.drop_nulls().str.replace_all(_SPACES, "")
    marked = bare.filter(bare.str.contains(r"^[-+]?\d[\d.,]*$"))
    both = marked.filter(marked.str.contains(r"\..*,|,.*\."))
    if len(both):
        return (",", "") if both.str.contains(r"\..*,").any() else (".", "")
    for mark, other in ((".", ","), (",", ".")):
        sign = re.escape(mark)
        mine = marked.filter(marked.str.contains(sign))
        if not len(mine):
            continue
        if mine.str.count_matches(sign).max() > 1:  # type: ignore[operator]
            return other, ""
        thousands = mine.str.contains(rf"^[-+]?[1-9]\d{{0,2}}{sign}\d{{3}}$")
        if not thousands.all():
            return mark, ""
        if marked.str.contains(r"^[-+]?\d{4,}$").any():
            return mark, str(mine[0])
        return other, str(mine[0])
    return ".", ""


def numbers(column: str, mark: str) -> tuple[pl.Expr, pl.Expr]:
    """(the figure, its status) of a column of texts. A text that is no figure has neither; what
    is said to be unknown or suppressed has a status and no figure."""
    text = pl.col(column).str.strip_chars()
    bare = text.str.replace_all(_SPACES, "").str.replace_all("−", "-", literal=True)
    other = "," if mark == "." else "."
    bare = bare.str.replace_all(other, "", literal=True)
    if mark == ",":
        bare = bare.str.replace(",", ".", literal=True)
    # A figure that a spreadsheet holds as a number comes with an exponent: its point is a point.
    typed = text.str.contains(r"^-?\d\.\d+e[+-]\d+$")
    value = pl.when(typed).then(text).otherwise(bare).cast(pl.Float64, strict=False)
    value = pl.when(value.is_finite()).then(value)
    folded = text.str.to_lowercase()
    status = (
        pl.when(value.is_not_null())
        .then(pl.lit(str(Status.OBSERVED)))
        .when(folded.is_in(UNKNOWN))
        .then(pl.lit(str(Status.UNKNOWN)))
        .when(folded.str.contains(_SUPPRESSED))
        .then(pl.lit(str(Status.SUPPRESSED)))
    )
    return value, status


def _unmarked(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _period(text: str) -> str | None:
    try:
        return parse_period(text).text
    except PeriodError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in months[context][width].items():
                    found.setdefault(plain(name), month)
    return found
