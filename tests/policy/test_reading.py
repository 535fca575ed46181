"""Reading the files of a State, and keeping what was read."""

# ruff: noqa: E501  (a row of law is read across, as in the content itself)

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest

from karvan.policy import edition as editions
from karvan.policy.edition import edition_from_files, load_edition
from karvan.policy.errors import AnswerError, ContentError, ContentErrors
from karvan.policy.reader import Mapping, Scalar, read_yaml
from tests.policy.worlds import COUNTRY, COUNTRY_TEXT, POLICY, SOURCES, files, state


def refused(text: str) -> str:
    with pytest.raises(ContentError) as error:
        read_yaml(text, "a.yaml")
    return str(error.value)


def errors(named: dict[str, bytes]) -> list[str]:
    with pytest.raises(ContentErrors) as error:
        edition_from_files(named)
    return [str(one) for one in error.value.errors]


# YAML


@pytest.mark.parametrize(
    "text", ["NO", "yes", "1.10", "2024-10-01", "0x1F", "1_000", "~", "null", "''"]
)
def test_every_scalar_stays_text(text: str) -> None:
    root = read_yaml(f"key: {text}", "a.yaml")
    assert isinstance(root, Mapping)
    node = root.fields["key"][1]
    assert isinstance(node, Scalar)
    assert node.text == text.strip("'")


def test_nodes_know_their_lines() -> None:
    root = read_yaml("a: 1\n\nb:\n  c: 2\n", "a.yaml")
    assert isinstance(root, Mapping)
    inner = root.fields["b"][1]
    assert isinstance(inner, Mapping)
    assert str(inner.fields["c"][0]) == "a.yaml:4"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.yaml:1: The file is empty."),
        ("# nothing\n", "a.yaml:1: The file is empty."),
        ("- a\n- b\n", "a.yaml:1: The file must be a mapping of keys to values."),
        (
            "a: 1\nb: 2\na: 3\n",
            "a.yaml:3: The key 'a' stands twice in one mapping (first in line 1). Keep one of them.",
        ),
        (
            "x:\n  a: 1\n  a: 2\n",
            "a.yaml:3: The key 'a' stands twice in one mapping (first in line 2). Keep one of them.",
        ),
        ("a: &x 1\n", "a.yaml:1: Anchors and aliases are not used. Write the text out."),
        ("a: 1\nb: *x\n", "a.yaml:2: Anchors and aliases are not used. Write the text out."),
        ("a: !!int 1\n", "a.yaml:1: The tag tag:yaml.org,2002:int is not used. Remove it."),
        ("a: !x {b: c}\n", "a.yaml:1: The tag !x is not used. Remove it."),
        ("a: 1\n---\nb: 2\n", "a.yaml:2: A file holds one document. Remove the second '---'."),
        ("? [a, b]\n: c\n", "a.yaml:1: A key must be a single word or text."),
    ],
)
def test_what_strict_yaml_refuses(text: str, message: str) -> None:
    assert refused(text) == message


@pytest.mark.parametrize("text", ["a: [1, 2\n", "a: b: c\n", "a:\n\t- b\n", "a: 'b\n", "a: \x07\n"])
def test_what_is_not_yaml_is_told_with_its_line(text: str) -> None:
    assert refused(text).startswith("a.yaml:")
    assert "This is not YAML" in refused(text)


# A State


def test_all_that_is_amiss_is_told_at_once_in_the_order_of_files_and_lines() -> None:
    policy = """
    values:
      first: {type: integer, is: 1}
      second: {type: integer, is: age +, cite: [act]}
      third: {type: integer, is: nobody, cite: [act]}
    """
    assert errors(files(policy)) == [
        f"{POLICY}:2: The value 'first' is uncited. Add 'cite:'.",
        f"{POLICY}:3: In 'age +': 'age +' is not an expression of the language.",
        f"{POLICY}:4: In 'nobody': Nothing is called 'nobody'.",
    ]


def test_a_file_that_is_not_utf_8_is_told() -> None:
    assert errors(files() | {POLICY: b"title: \xff\n"}) == [f"{POLICY}:1: The file is not UTF-8."]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (COUNTRY, "country.yaml:1: There is no file country.yaml."),
        (SOURCES, f"{SOURCES}:1: The file is not there. It lists what is cited."),
    ],
)
def test_a_file_that_every_state_has_is_missed(name: str, message: str) -> None:
    named = files()
    del named[name]
    assert errors(named) == [message]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("code: TR\n", "", "A country lacks 'code'. Add 'code:'."),
        ("reviewed: 2026-01-01\n", "", "A country lacks 'reviewed'. Add 'reviewed:'."),
        ("reviewer: nobody", "reviewer:", "A country has an empty 'reviewer'. Write it out."),
        (
            "2019-01-01..2026-12-31",
            "2026-12-31..2019-01-01",
            "The time covered ends before it begins.",
        ),
        ("2019-01-01..2026-12-31", "2019..2026", "'2019' is not a date. Write 2024-10-01."),
        ("name: Toyland", "name: Toyland\nanthem: x", "A country has no key 'anthem'."),
    ],
)
def test_what_is_amiss_in_country_yaml_is_told(old: str, new: str, message: str) -> None:
    said = errors(files(country=COUNTRY_TEXT.replace(old, new)))
    assert any(message in text for text in said), said


def test_charges_are_judged_by_the_output_of_a_table() -> None:
    said = errors(files(country=COUNTRY_TEXT + "charges: {law: has_offer}\n"))
    assert ["'has_offer' cannot judge a charge" in text for text in said] == [True]


AGREEMENT = """
title: Agreement on labour
short: The agreement
parties: [TR, KG]
readings:
  AGREED: {basis: source, confidence: high}
values:
  waived: {type: boolean, is: citizenship == 'KG', cite: [labour art. 1], facts: [AGREED]}
"""


def test_an_agreement_holds_for_its_parties_and_nobody_else() -> None:
    inside = state("", **{"agreements/labour/agreement.yaml": AGREEMENT})
    assert "waived" in inside.law.values
    outside = state(
        "", **{"agreements/labour/agreement.yaml": AGREEMENT.replace("TR, KG", "KZ, KG")}
    )
    assert "waived" not in outside.law.values


def test_names_of_an_agreement_are_shared_with_the_state() -> None:
    clash = "values:\n  waived: {type: boolean, is: has_offer, cite: [act]}\n"
    said = errors(files(clash, **{"agreements/labour/agreement.yaml": AGREEMENT}))
    assert any("The name 'waived' is taken in this State" in text for text in said)


# Editions


def test_an_edition_is_known_by_what_its_files_say_and_not_by_their_order() -> None:
    named = files("title: Work\n")
    turned = dict(reversed(named.items()))
    assert edition_from_files(named).hash == edition_from_files(turned).hash
    assert edition_from_files(files("title: Stay\n")).hash != edition_from_files(named).hash


def test_text_moved_from_one_file_to_another_is_another_edition() -> None:
    one = {**files(), "vocabulary/a.yaml": b"x: 1\n", "vocabulary/b.yaml": b""}
    other = {**files(), "vocabulary/a.yaml": b"", "vocabulary/b.yaml": b"x: 1\n"}
    hashes = []
    for named in (one, other):
        digest = hashlib.sha256()
        for name, content in sorted(named.items()):
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
        hashes.append(digest.hexdigest())
    assert hashes[0] != hashes[1]


def test_an_edition_can_be_made_again_from_its_files() -> None:
    edition = state("title: Work\n")
    assert edition_from_files(dict(edition.files)).hash == edition.hash
    assert edition.id == f"TR-{edition.hash[:12]}"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KARVAN_CACHE", str(tmp_path))
    return tmp_path


def kept(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def test_the_same_files_are_read_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = state("title: Work\n")
    before = {path: path.read_bytes() for path in kept(cache)}
    assert before
    # reading the content again would fail now
    monkeypatch.setattr(editions, "_parse", lambda files: pytest.fail("read again"))
    again = state("title: Work\n")
    assert again.law.policies == first.law.policies
    assert {path: path.read_bytes() for path in kept(cache)} == before


def test_other_files_are_kept_apart(cache: Path) -> None:
    state("title: Work\n")
    one = kept(cache)
    state("title: Stay\n")
    assert set(one) < set(kept(cache))


def test_a_cache_of_other_code_is_not_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state("title: Work\n")
    one = kept(cache)
    monkeypatch.setattr(editions, "_code_version", lambda: "another")
    state("title: Work\n")
    assert len(kept(cache)) > len(one)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no pickle at all, and longer than a seal of thirty-two bytes",
        pickle.dumps({"law": "none"}),
    ],
)
def test_a_cache_that_was_not_written_so_is_ignored_and_mended(cache: Path, content: bytes) -> None:
    first = state("title: Work\n")
    for path in kept(cache):
        path.write_bytes(content)
    assert state("title: Work\n").law.policies == first.law.policies
    assert all(path.read_bytes() != content for path in kept(cache))


def test_one_changed_byte_makes_a_cache_worthless(cache: Path) -> None:
    first = state("title: Work\n")
    for path in kept(cache):
        held = bytearray(path.read_bytes())
        held[len(held) // 2] ^= 1
        path.write_bytes(bytes(held))
    assert state("title: Work\n").law.policies == first.law.policies


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("KARVAN_CACHE", str(blocked))
    assert state("title: Work\n").state == "TR"


def test_a_state_is_found_by_code_or_folder_and_missed_with_the_nearest(tmp_path: Path) -> None:
    for name, content in files().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert load_edition("TR", tmp_path).hash == load_edition("toyland", tmp_path).hash
    with pytest.raises(AnswerError) as error:
        load_edition("toylan", tmp_path)
    assert error.value.nearest == ("toyland",)
