"""Every sentence of the interface is said in every language."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[2] / "karvan" / "locale"


def catalogue(language):
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


@pytest.mark.parametrize("language", ["ru", "tr"])
def test_no_sentence_is_missing_or_unsure(language):
    for message in catalogue(language):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", ["ru", "tr"])
def test_placeholders_are_those_of_the_original(language):
    for message in catalogue(language):
        asked = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = set().union(*(names_in(text) for text in asked))
        for text in said:
            assert names_in(text) <= allowed, message.id
        if len(asked) == 1:
            assert names_in(said[0]) == allowed, message.id


def names_in(text):
    named = {name for _, name, _, _ in Formatter().parse(text.replace("%(", "%%(")) if name}
    return named | {part.split(")")[0] for part in text.split("%(")[1:]}


def test_russian_keeps_numbers_and_their_words_together():
    for message in catalogue("ru"):
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            assert ")s дн" not in text
            assert "из-за" not in text


def test_no_two_plurals_share_a_singular():
    """gettext finds a plural by its singular alone, so a second one would never be said."""
    plurals = {}
    for path in LOCALE.parent.rglob("*.html"):
        for block in path.read_text().split("{% blocktranslate")[1:]:
            head, *rest = block.split("{% endblocktranslate")[0].split("{% plural %}")
            if rest:
                singular = " ".join(head.split("%}", 1)[1].split())
                plurals.setdefault(singular, set()).add(" ".join(rest[0].split()))
    assert {singular for singular, found in plurals.items() if len(found) > 1} == set()
    in_code = {m.id[0]: m.id[1] for m in catalogue("ru") if isinstance(m.id, tuple)}
    for singular, (plural,) in plurals.items():
        said = in_code.get(singular.replace("{{ ", "%(").replace(" }}", ")s"))
        assert said == plural.replace("{{ ", "%(").replace(" }}", ")s"), singular
