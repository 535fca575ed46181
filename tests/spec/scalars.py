"""YAML, strictly."""

from tests.spec.cases import Ask, Law, Refused, Topic

NORWAY = """
tables:
  visa_rule:
    name: Visa
    gives: {visa_free: {type: boolean}}
    rows:
      - {id: norway, when: {citizenship: NO}, then: no, from: unknown, cite: [act]}
      - {id: rest, otherwise: yes, then: yes, from: unknown, cite: [act]}
"""

TOPIC = Topic(
    "YAML, strictly",
    "Every scalar is text until the schema says what it is.",
    (
        Law(
            "NO is Norway, no is no",
            "A country stays a country where YAML 1.1 would have made it a truth value.",
            NORWAY,
            (
                Ask({"citizenship": "NO"}, {"visa_free": "no"}),
                Ask({"citizenship": "KG"}, {"visa_free": "yes"}),
            ),
        ),
        Law(
            "An amount never passes through a float",
            "Sixteen digits and more stay as they are written.",
            """
            parameters:
              wage:
                name: Wage
                type: money
                unit: TRY/month
                values:
                  - {from: unknown, is: 12345678901234.10, cite: [act]}
            """,
            (Ask({}, {"wage": "12345678901234.1 TRY/month"}),),
        ),
        Refused(
            "A key stands once",
            "Two keys of one name are refused, with both lines.",
            """
            title: Work
            title: Stay
            """,
            2,
            "The key 'title' stands twice in one mapping (first in line 1). Keep one of them.",
        ),
        Refused(
            "Unknown keys are refused",
            "A misspelt key would otherwise be a rule that silently does not hold.",
            """
            title: Work
            tabels: {}
            """,
            2,
            "A policy has no key 'tabels'. Known here: inputs, parameters, procedures, statuses, "
            "summary, tables, title, values.",
        ),
        Refused(
            "No anchors, no aliases",
            "What is written is what is read.",
            "title: &name Work",
            1,
            "Anchors and aliases are not used. Write the text out.",
        ),
        Refused(
            "No tags",
            "The schema alone says what a text means.",
            "title: !!str Work",
            1,
            "The tag tag:yaml.org,2002:str is not used. Remove it.",
        ),
        Refused(
            "One document in a file",
            "A second document would be passed over.",
            """
            title: Work
            ---
            title: Stay
            """,
            2,
            "A file holds one document. Remove the second '---'.",
        ),
        Refused(
            "What is not YAML says where",
            "A text with a colon and a space needs quotes.",
            "title: Work: and stay",
            1,
            "This is not YAML: mapping values are not allowed in this context. Quote a text that "
            "contains ': ' or ' #', and indent with spaces.",
        ),
    ),
)
