"""Types and the values written in them."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from tests.spec.cases import Topic, Value

TOPIC = Topic(
    "Types and values",
    "Each type is written in one way. What cannot be read is refused, never guessed.",
    (
        Value(
            "Truth",
            "Two words, and no others.",
            "boolean",
            {"yes": "yes", "no": "no", "true": None, "No": None, "1": None},
        ),
        Value(
            "Whole numbers",
            "Digits, with a minus where needed.",
            "integer",
            {
                "18": "18",
                "-3": "-3",
                "007": "7",
                "1.5": None,
                "1_000": None,
                "": None,
                "eighteen": None,
            },
        ),
        Value(
            "Decimals",
            "Exact, and without needless zeros when shown.",
            "decimal",
            {"1.5": "1.5", "2.50": "2.5", "3": "3", "NaN": None, "Infinity": None, "1,5": None},
        ),
        Value(
            "Money",
            "An amount with its currency and, where it is paid again and again, its period. The unit of the term may be left out; another unit is an error.",
            "money TRY/month",
            {
                "33030 TRY/month": "33030 TRY/month",
                "33030": "33030 TRY/month",
                "33 030.50 TRY/month": "33030.5 TRY/month",
                "33030 TRY": None,
                "33030 USD/month": None,
                "33030 TRY/fortnight": None,
                "33.030,50 TRY/month": None,
            },
        ),
        Value(
            "Dates",
            "Year, month, day, and only days that exist.",
            "date",
            {
                "2024-10-01": "2024-10-01",
                "2024-02-29": "2024-02-29",
                "2023-02-29": None,
                "01.10.2024": None,
                "20241001": None,
                "2024-W40-2": None,
            },
        ),
        Value(
            "Choices",
            "One of the options.",
            "choice outside inside",
            {"inside": "inside", "Inside": None, "abroad": None},
        ),
        Value(
            "Countries",
            "ISO 3166-1 alpha-2, in capitals.",
            "country",
            {"KG": "KG", "kg": None, "KGZ": None, "Kyrgyzstan": None},
        ),
        Value(
            "Occupations",
            "An ISCO-08 unit group: four digits.",
            "occupation",
            {"2221": "2221", "22": None, "nurse": None},
        ),
    ),
)
