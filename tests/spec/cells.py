"""Cells of decision tables."""

from tests.spec.cases import Cell, Topic

TOPIC = Topic(
    "Cells",
    "A cell says which values of its term a row is for. It holds constants only.",
    (
        Cell("Anything", "A dash, or a term left out, tests nothing.", "-", "integer", ("0", "17"), ()),
        Cell("Truth", "The value itself.", "yes", "boolean", ("yes",), ("no",)),
        Cell("One of several", "Codes with commas between them.", "KG, KZ", "country", ("KG", "KZ"), ("TJ",)),
        Cell("Anything else", "Every other value that is known.", "not(TM, TJ)", "country", ("KG", "RU"), ("TM", "TJ")),
        Cell("At least", "The bound belongs to it.", ">= 18", "integer", ("18", "90"), ("17",)),
        Cell("More than", "The bound does not belong to it.", "> 18", "integer", ("19",), ("18", "17")),
        Cell("At most", "The bound belongs to it.", "<= 5", "integer", ("5", "-1"), ("6",)),
        Cell("Less than", "The bound does not belong to it.", "< 5", "integer", ("4",), ("5",)),
        Cell("Between", "Both ends belong to it.", "12..24", "integer", ("12", "18", "24"), ("11", "25")),
        Cell("Open ranges", "One end may be left out.", "..24", "integer", ("24", "-5"), ("25",)),
        Cell("Open ranges upwards", "The other end may be left out too.", "12..", "decimal", ("12", "12.5"), ("11.99",)),
        Cell("Alternatives", "Single numbers and ranges may be mixed.", "1, 5..9", "integer", ("1", "5", "9"), ("2", "4", "10")),
        Cell("Money", "With its unit, which must be that of the term.", ">= 500000 TRY", "money TRY", ("500000 TRY",), ("499999.99 TRY",)),
        Cell("Dates", "Compared like numbers.", ">= 2024-10-01", "date", ("2024-10-01", "2025-01-01"), ("2024-09-30",)),
        Cell("Groups of occupations", "A shorter code is every code that begins so.", "22", "occupation", ("2211", "2221"), ("2356", "9112")),
        Cell("Not a group", "The same, turned.", "not(22)", "occupation", ("2356", "9112"), ("2221",)),
        Cell("A choice", "One of the options.", "outside", "choice outside inside", ("outside",), ("inside",)),
    ),
)
