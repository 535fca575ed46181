"""Reading content/statistics: what is right is read, what is wrong is said with file and line."""

import pytest

from karvan.observatory.content import read_statistics, untranslated, vocabulary
from karvan.policy.errors import ContentErrors

REGION = """\
states:
  KG: {longitude: 74.6, latitude: 42.9}
  TR: {longitude: 32.9, latitude: 39.9}
members: [KG, TR]
observers: []
"""
CONCEPTS = """\
work_permits_issued:
  title: Work permits issued
  kind: flow
  origin: State of nationality
  destination: State that issues the permit
  order: 2
remittances_received:
  title: Money received from abroad
  kind: money
  reversed: yes
  order: 1
"""
THEMES = """\
permits:
  title: Work permits
  text: What is published.
  concepts: [work_permits_issued]
  indicators: [female_share]
"""
SERIES = """\
title: Work permits
concept: work_permits_issued
unit: permits
reporter: Ministry of Labour
reference: during_period
definition: Permits issued in the period.
categories:
  seasonal: Seasonal workers
editions:
  compiled:
    title: As compiled
    licence: Facts from public reports
    sources:
      ministry: {title: Yearbook, published: 2017}
      press: {title: A report, sure: memory}
"""
FIGURES = """\
origin,destination,sex,category,period,value,lower,upper,status,source
KG,TR,_T,_T,2016,3049,,,,ministry
KG,TR,_T,_T,2016,3490,,,E,press
KG,TR,_T,seasonal,2016-S1,,20,40,E,press
KG,TR,_T,_T,2017,,,,O,ministry
"""


@pytest.fixture
def content(tmp_path):
    """Write the files of a small content folder; a text given by its name replaces one."""

    def write(series=SERIES, figures=FIGURES, texts=""):
        base = tmp_path / "statistics"
        folder = base / "series" / "permits"
        (folder / "texts").mkdir(parents=True, exist_ok=True)
        for path, text in {
            base / "region.yaml": REGION,
            base / "concepts.yaml": CONCEPTS,
            base / "themes.yaml": THEMES,
            folder / "series.yaml": series,
            folder / "compiled.csv": figures,
        }.items():
            path.write_text(text, "utf-8")
        if texts:
            (folder / "texts" / "ru.yaml").write_text(texts, "utf-8")
        vocabulary.cache_clear()
        return tmp_path

    return write


def amiss(root):
    with pytest.raises(ContentErrors) as errors:
        read_statistics(root)
    return [str(error) for error in errors.value.errors]


def test_an_edition_is_read_with_its_figures_sources_and_bounds(content):
    (shipped,) = read_statistics(content())
    assert shipped.series.key == "permits"
    assert shipped.edition.sources["press"].sure == "memory"
    rows = shipped.figures.select("category", "period", "value", "lower", "upper", "status").rows()
    assert rows == [
        ("_T", "2016", 3049.0, None, None, "A"),
        ("_T", "2016", 3490.0, None, None, "E"),
        ("seasonal", "2016-S1", None, 20.0, 40.0, "E"),
        ("_T", "2017", None, None, None, "O"),
    ]


def test_concepts_come_in_their_order(content):
    concepts = vocabulary(content()).concepts
    assert list(concepts) == ["remittances_received", "work_permits_issued"]
    assert concepts["remittances_received"].reversed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("KGZ,TR,_T,_T,2016,1,,,,press", "'KGZ' is no country's code of two letters."),
        ("KG,TR,W,_T,2016,1,,,,press", "'W' is no sex"),
        ("KG,TR,_T,harvest,2016,1,,,,press", "The category 'harvest' is not in series.yaml."),
        ("KG,TR,_T,_T,summer,1,,,,press", "'summer' is not a period."),
        ("KG,TR,_T,_T,2018,many,,,,press", "'many' is not a number."),
        ("KG,TR,_T,_T,2018,1,,,X,press", "'X' is no status"),
        ("KG,TR,_T,_T,2018,1,,,O,press", "A figure is either given"),
        ("KG,TR,_T,_T,2018,,,,A,press", "A figure is either given"),
        ("KG,TR,_T,_T,2018,1,,,,radio", "The source 'radio' is not in series.yaml."),
        ("KG,TR,_T,_T,2016,1,,,,press", "The same cell stands in line 3."),
        ("KG,TR,2018,1", "The line has 4 cells, the header 10."),
    ],
)
def test_a_wrong_line_of_figures_is_named_with_its_line(content, line, said):
    (error,) = amiss(content(figures=f"{FIGURES}{line}\n"))
    assert error.startswith("statistics/series/permits/compiled.csv:6: ")
    assert said in error


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("concept: work_permits_issued", "concept: permits", "'concept' cannot be 'permits'"),
        ("unit: permits", "unit: sheep", "'unit' cannot be 'sheep'"),
        ("    licence: Facts from public reports\n", "", "lacks 'licence'"),
        ("title: As compiled", "published: soon\n    title: As", "'soon' is no year, month or day"),
        ("definition: Permits", "meaning: x\ndefinition: Permits", "has no key 'meaning'"),
    ],
)
def test_a_wrong_card_is_named_with_its_line(content, was, becomes, said):
    (error,) = amiss(content(series=SERIES.replace(was, becomes)))
    assert error.startswith("statistics/series/permits/series.yaml:")
    assert said in error


def test_a_text_whose_original_changed_counts_as_untranslated(content):
    texts = """\
title: {of: Work permits, is: Разрешения на работу}
definition: {of: An older definition., is: Старое определение.}
"""
    root = content(texts=texts)
    (shipped,) = read_statistics(root)
    assert shipped.series.said("title", shipped.series.title, "ru") == "Разрешения на работу"
    assert shipped.series.said("definition", shipped.series.definition, "ru") == (
        "Permits issued in the period."
    )
    missing = {path for where, path, _ in untranslated(["ru"], root) if where.endswith("permits")}
    assert "title" not in missing
    assert {"definition", "reporter", "categories.seasonal"} <= missing
