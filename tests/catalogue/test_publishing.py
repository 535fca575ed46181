"""Editions are published once, checked first, and never change."""

from datetime import UTC, datetime

import pytest

from karvan.catalogue.actions import publish_edition
from karvan.catalogue.bundles import pack, unpack
from karvan.catalogue.models import Edition
from karvan.catalogue.queries import current_edition, current_editions, edition_in_folder
from karvan.errors import Refused
from karvan.policy.checking import Problem
from karvan.policy.edition import load_edition
from karvan.policy.errors import Place
from tests.factories import editions

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_amiss(monkeypatch):
    monkeypatch.setattr("karvan.catalogue.actions.check", lambda edition: [])


def test_a_bundle_gives_back_the_files_and_is_the_same_for_the_same_files():
    files = {"b.yaml": "ş".encode(), "a/c.yaml": b"x" * 1000}
    assert unpack(pack(files)) == files
    assert pack(files) == pack(dict(reversed(files.items())))
    assert len(pack(files)) < 500


def test_a_new_edition_is_published_with_all_it_was_made_from(nothing_amiss):
    edition = load_edition("TR")
    row = publish_edition(edition=edition)
    assert row.edition_id == edition.id
    assert unpack(bytes(row.bundle)) == dict(edition.files)


def test_publishing_the_same_again_changes_nothing(nothing_amiss):
    edition = load_edition("TR")
    publish_edition(edition=edition)
    before = list(Edition.objects.values())
    assert publish_edition(edition=edition) is None
    assert list(Edition.objects.values()) == before


def test_an_edition_that_is_amiss_is_refused_and_nothing_is_kept(monkeypatch):
    def check(edition):
        yield Problem(Place("policy.yaml", 3), "The row is uncited.")
        yield Problem(Place("policy.yaml", 4), "No translation.", serious=False)

    monkeypatch.setattr("karvan.catalogue.actions.check", check)
    with pytest.raises(Refused, match=r"1 things are amiss, first policy.yaml:3"):
        publish_edition(edition=load_edition("TR"))
    assert Edition.objects.count() == 0


def test_the_newest_edition_is_the_current_one():
    editions.published(at=datetime(2026, 1, 1, tzinfo=UTC))
    newer = editions.published_with(editions.reworded(), at=datetime(2026, 2, 1, tzinfo=UTC))
    assert current_edition("TR").id == newer.id
    assert [edition.id for edition in current_editions()] == [newer.id]
    assert edition_in_folder("turkiye").id == newer.id


def test_going_back_to_earlier_content_makes_that_edition_current_again(nothing_amiss):
    first = editions.published(at=datetime(2026, 1, 1, tzinfo=UTC))
    editions.published_with(editions.reworded(), at=datetime(2026, 2, 1, tzinfo=UTC))
    publish_edition(edition=first)
    assert current_edition("TR").id == first.id
    assert Edition.objects.count() == 2


def test_a_state_without_an_edition_is_refused():
    with pytest.raises(Refused) as refused:
        current_edition("KG")
    assert refused.value.code == "no_edition"


def test_the_current_edition_costs_one_query_once_it_is_known(django_assert_num_queries):
    editions.published()
    current_edition("TR")
    with django_assert_num_queries(1):
        current_edition("TR")
