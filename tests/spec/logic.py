"""Kleene's logic, with every kind of gap."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from tests.spec.cases import Expression, Matrix, Topic

TOPIC = Topic(
    "Logic with gaps",
    "What is not known stays so unless the rest decides. Of several gaps the weakest is told: "
    "unanswered before unknown, unknown before silent, silent before discretion. What is not "
    "applicable counts as no.",
    (
        Matrix(
            "Both",
            "One no decides.",
            "p and q",
            {
                "yes": "yes no discretion silent unknown unanswered no",
                "no": "no no no no no no no",
                "discretion": "discretion no discretion silent unknown unanswered no",
                "silent": "silent no silent silent unknown unanswered no",
                "unknown": "unknown no unknown unknown unknown unanswered no",
                "unanswered": "unanswered no unanswered unanswered unanswered unanswered no",
                "n/a": "no no no no no no no",
            },
        ),
        Matrix(
            "Either",
            "One yes decides.",
            "p or q",
            {
                "yes": "yes yes yes yes yes yes yes",
                "no": "yes no discretion silent unknown unanswered no",
                "discretion": "yes discretion discretion silent unknown unanswered discretion",
                "silent": "yes silent silent silent unknown unanswered silent",
                "unknown": "yes unknown unknown unknown unknown unanswered unknown",
                "unanswered": "yes unanswered unanswered unanswered unanswered unanswered unanswered",
                "n/a": "yes no discretion silent unknown unanswered no",
            },
        ),
        Matrix(
            "Comparison",
            "Compared with what is not applicable, nothing applies; else the weaker gap is told.",
            "p == q",
            {
                "yes": "yes no discretion silent unknown unanswered n/a",
                "no": "no yes discretion silent unknown unanswered n/a",
                "discretion": "discretion discretion discretion silent unknown unanswered n/a",
                "silent": "silent silent silent silent unknown unanswered n/a",
                "unknown": "unknown unknown unknown unknown unknown unanswered n/a",
                "unanswered": "unanswered unanswered unanswered unanswered unanswered unanswered n/a",
                "n/a": "n/a n/a n/a n/a n/a n/a n/a",
            },
        ),
        Expression(
            "Not",
            "The opposite, or the same gap.",
            (
                ("not p", {"p": "yes"}, "no"),
                ("not p", {"p": "no"}, "yes"),
                ("not p", {"p": "discretion"}, "discretion"),
                ("not p", {"p": "unanswered"}, "unanswered (p)"),
                ("not p", {"p": "n/a"}, "n/a"),
            ),
        ),
        Expression(
            "A choice that is not decided",
            "Where both ways give the same, it does not matter which is taken.",
            (
                ("5 if p else 5", {"p": "unanswered"}, "5"),
                ("5 if p else 6", {"p": "unanswered"}, "unanswered (p)"),
                (
                    "5 if p else age",
                    {"p": "unanswered", "age": "unanswered"},
                    "unanswered (age, p)",
                ),
                ("5 if p else age", {"p": "discretion", "age": "unanswered"}, "unanswered (age)"),
                ("5 if p else 6", {"p": "discretion"}, "discretion"),
                ("5 if p else unknown", {"p": "discretion"}, "unknown"),
                ("5 if p else n/a", {"p": "unanswered"}, "unanswered (p)"),
                ("5 if p else 6", {"p": "n/a"}, "6"),
                ("5 if p else age", {"p": "yes", "age": "unanswered"}, "5"),
            ),
        ),
        Expression(
            "All that is missing is asked for",
            "Every answer that could still change it.",
            (
                ("p and q", {"p": "unanswered", "q": "unanswered"}, "unanswered (p, q)"),
                (
                    "age >= days",
                    {"age": "unanswered", "days": "unanswered"},
                    "unanswered (age, days)",
                ),
                ("min(age, days)", {"age": "unanswered", "days": "unknown"}, "unanswered (age)"),
                ("p and age >= 18", {"p": "no", "age": "unanswered"}, "no"),
            ),
        ),
    ),
)
