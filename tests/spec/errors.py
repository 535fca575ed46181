"""Content that is amiss: file and line, cause, remedy."""
# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from tests.policy.worlds import COUNTRY, COUNTRY_TEXT
from tests.spec.cases import Refused, Topic

ROW = """
tables:
  visas:
    name: Visas
    gives: {{stay: {{type: integer}}}}
    rows:
      - {{id: kg, {row}}}
"""


def row(text: str) -> str:
    return ROW.format(row=text)


def value(text: str) -> str:
    return f"values:\n  twice: {{type: money, unit: TRY/month, is: {text}, cite: [act]}}\n"


def steps(text: str) -> str:
    return f"procedures:\n  permit:\n    name: Permit\n    steps:\n{text}"


TOPIC = Topic(
    "Errors of content",
    "Each names its place, its cause and, where there is one, its remedy.",
    (
        Refused(
            "Uncited",
            "Whatever states law cites it.",
            row("when: {citizenship: KG}, then: 90, from: unknown"),
            6,
            "The row 'visas.kg' is uncited. Add 'cite:'.",
        ),
        Refused(
            "Undated",
            "Rows and values begin on a day, or on one that is unknown.",
            row("when: {citizenship: KG}, then: 90, cite: [act]"),
            6,
            "The row 'visas.kg' is undated. Add 'from:'.",
        ),
        Refused(
            "No such instrument",
            "Citations name instruments of sources.yaml.",
            row("when: {citizenship: KG}, then: 90, from: unknown, cite: [law-1 art. 3]"),
            6,
            "No instrument 'law-1'. Add it to sources.yaml.",
        ),
        Refused(
            "No such reading",
            "And so do readings.",
            row("when: {citizenship: KG}, then: 90, from: unknown, cite: [act], facts: [TR-1]"),
            6,
            "No reading 'TR-1' in sources.yaml. Add it to `readings`.",
        ),
        Refused(
            "Ends before it begins",
            "The last day is not before the first.",
            row(
                "when: {citizenship: KG}, then: 90, from: 2024-01-02, until: 2024-01-01, cite: [act]"
            ),
            6,
            "The row 'visas.kg' ends before it begins.",
        ),
        Refused(
            "No such term",
            "A cell tests a term that exists.",
            row("when: {nationality: KG}, then: 90, from: unknown, cite: [act]"),
            6,
            "Nothing is called 'nationality'.",
        ),
        Refused(
            "A cell that does not fit",
            "Cells are read in the type of their term.",
            row("when: {age: grown up}, then: 90, from: unknown, cite: [act]"),
            6,
            "In the cell 'grown up': 'grown up' is not a whole number.",
        ),
        Refused(
            "A cell that holds nothing",
            "A range ends after it starts.",
            row("when: {age: 24..12}, then: 90, from: unknown, cite: [act]"),
            6,
            "In the cell '24..12': '24..12' holds nothing: its end lies before its start.",
        ),
        Refused(
            "No such code",
            "Countries are those of ISO 3166.",
            row("when: {citizenship: XX}, then: 90, from: unknown, cite: [act]"),
            6,
            "In the cell 'XX': 'XX' is no known code.",
        ),
        Refused(
            "Neither when nor otherwise",
            "A row is for some, or for the rest.",
            row("then: 90, from: unknown, cite: [act]"),
            6,
            "The row 'visas.kg' needs either 'when:' or 'otherwise: yes'.",
        ),
        Refused(
            "An outcome that does not fit",
            "Outcomes are read in the type of their output.",
            row("when: {citizenship: KG}, then: ninety, from: unknown, cite: [act]"),
            6,
            "'ninety' is not a whole number.",
        ),
        Refused(
            "Exception to no row",
            "It names a row of the same table.",
            row("when: {citizenship: KG}, then: 90, from: unknown, cite: [act], exception_to: all"),
            6,
            "No row 'all' in 'visas'.",
        ),
        Refused(
            "Exceptions in a circle",
            "No row takes precedence over itself.",
            row(
                "when: {citizenship: KG}, then: 90, from: unknown, cite: [act], exception_to: kz"
            ).rstrip()
            + "\n      - {id: kz, when: {citizenship: KZ}, then: 60, from: unknown, cite: [act], exception_to: kg}\n",
            6,
            "The row 'visas.kg' takes precedence over itself. Leave one 'exception_to' out.",
        ),
        Refused(
            "A name that is taken",
            "Names are unique within a State.",
            "values:\n  age: {type: integer, is: 3, cite: [act]}",
            2,
            "The name 'age' is taken in this State. Choose another.",
        ),
        Refused(
            "A name that cannot be",
            "Lower case, digits and underscores; some words are reserved.",
            "values:\n  Age: {type: integer, is: 3, cite: [act]}",
            2,
            "'Age' cannot be a name. Use lower_snake_case.",
        ),
        Refused(
            "No such type",
            "The types are listed.",
            "values:\n  twice: {type: number, is: 3, cite: [act]}",
            2,
            "'number' is no type. There are: boolean, integer, decimal, money, date, choice, country, occupation.",
        ),
        Refused(
            "Units that do not go together",
            "Mixing is an error.",
            value("salary + money('5 USD/month')"),
            2,
            "In 'salary + money('5 USD/month')': A money (TRY/month) and a money (USD/month) do not go together.",
        ),
        Refused(
            "An expression of another type",
            "It must give what the value is.",
            value("age + 1"),
            2,
            "'age + 1' gives a integer (years), not a money (TRY/month).",
        ),
        Refused(
            "Not part of the language",
            "Attributes, calls and the rest are refused.",
            value("salary.amount"),
            2,
            "In 'salary.amount': 'salary.amount' is not part of the language.",
        ),
        Refused(
            "A text where yes or no is wanted",
            "A condition is never a text.",
            "values:\n  fine: {type: boolean, is: \"'yes'\", cite: [act]}",
            2,
            "''yes'' gives a text, not a boolean.",
        ),
        Refused(
            "Terms that depend on one another",
            "Nothing is worked out from itself.",
            "values:\n  one: {type: integer, is: two + 1, cite: [act]}\n  two: {type: integer, is: one + 1, cite: [act]}",
            2,
            "These terms depend on one another: one → two → one.",
        ),
        Refused(
            "A parameter without a value",
            "An unknown figure is written `unknown`.",
            "parameters:\n  wage: {name: Wage, type: integer, values: []}",
            2,
            "The parameter 'wage' has no value.",
        ),
        Refused(
            "A date that names none",
            "`at` names a term that is a date.",
            "parameters:\n  wage:\n    name: Wage\n    type: integer\n    at: age\n    values:\n      - {from: unknown, is: 3, cite: [act]}",
            3,
            "'at: age' names no date. Name a date term.",
        ),
        Refused(
            "A procedure without a goal",
            "Some step gives the status.",
            steps("      apply: {title: Apply, actor: worker, place: online}\n"),
            2,
            "The procedure 'permit' has no goal. Mark the step that gives the status with 'goal: yes'.",
        ),
        Refused(
            "Steps that wait for one another",
            "They could never begin.",
            steps(
                "      apply: {title: Apply, actor: worker, place: online, after: decide}\n      decide: {title: Decide, actor: ministry, place: online, after: apply, goal: yes}\n"
            ),
            5,
            "These steps wait for one another: apply → decide → apply. Take one out of 'after'.",
        ),
        Refused(
            "Nobody of that name",
            "Actors are people, authorities or services.",
            steps("      apply: {title: Apply, actor: police, place: online, goal: yes}\n"),
            5,
            "Nobody is called 'police'. See `authorities`.",
        ),
        Refused(
            "A time that runs backwards",
            "Times are whole numbers of days, working days or months.",
            steps(
                "      apply: {title: Apply, actor: worker, place: online, goal: yes, time: {days: -3}}\n"
            ),
            5,
            "A time is a whole number, or two: 30..90.",
        ),
        Refused(
            "A fee that is no money",
            "Amounts are money, or a gap.",
            steps(
                "      apply: {title: Apply, actor: worker, place: online, goal: yes, fees: [{id: a, charge: visa, amount: age, payer: worker, cite: [act]}]}\n"
            ),
            5,
            "'age' gives a integer (years), not an amount of money.",
        ),
        Refused(
            "Reviewer and review are required",
            "Nothing is published without its next review.",
            COUNTRY_TEXT.replace("next_review: 2027-01-01\n", ""),
            1,
            "A country lacks 'next_review'. Add 'next_review:'.",
            COUNTRY,
        ),
    ),
)
