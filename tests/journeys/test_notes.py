"""Answers travel in one small encrypted cookie, or not at all."""

import time

import pytest

from karvan.journeys import notes as module
from karvan.journeys.notes import Notes, TooLarge, pack, seal, unpack, unseal

NOTES = Notes(
    destination="TR",
    edition="TR-0123456789ab",
    answers={"citizenship": "KG", "salary": "60000 TRY/month"},
    skipped=("entry_date",),
    asked=("where_now", "entry_date", "salary"),
    chosen="work_permit_abroad",
)


def test_notes_come_back_as_they_were():
    assert unseal(seal(NOTES)) == NOTES
    assert unpack(pack(NOTES)) == NOTES


def test_a_sealed_cookie_shows_nothing_of_what_it_holds():
    assert "KG" not in seal(NOTES).replace("=", "") or seal(NOTES) != seal(NOTES)
    assert seal(NOTES) != seal(NOTES)


def test_even_a_long_interview_stays_far_below_what_a_browser_keeps():
    answers = {f"a_question_with_a_long_name_{n}": "33030 TRY/month" for n in range(60)}
    notes = Notes("TR", "TR-0123456789ab", answers=answers, asked=tuple(answers))
    assert len(seal(notes)) < 2000


def test_more_than_a_cookie_holds_is_refused():
    import secrets

    answers = {secrets.token_hex(20): secrets.token_hex(20) for _ in range(90)}
    with pytest.raises(TooLarge):
        seal(Notes("TR", answers=answers))


def test_notes_lapse_when_they_lie_idle(monkeypatch):
    sealed = seal(NOTES)
    later = time.time() + module.IDLE_SECONDS + 5
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: later)
    assert unseal(sealed) is None


@pytest.mark.parametrize("value", ["", "nonsense", "ы" * 100, seal(NOTES)[:-4]])
def test_what_we_did_not_seal_is_not_read(value):
    assert unseal(value) is None


def test_notes_of_an_older_form_are_not_read():
    import json
    import zlib

    packed = zlib.compress(json.dumps({"destination": "TR", "colour": "blue"}).encode())
    with pytest.raises(ValueError, match="no notes"):
        unpack(packed)


def test_a_bomb_is_not_unpacked():
    import zlib

    with pytest.raises(ValueError):  # noqa: PT011
        unpack(zlib.compress(b'{"destination":"' + b"T" * 10**7 + b'"}'))


def test_answering_skipping_and_forgetting_leave_everything_else_alone():
    told = NOTES.answer("entry_date", "2026-01-05")
    assert told.skipped == ()
    assert told.asked == NOTES.asked
    assert told.skip("salary").answers == {"citizenship": "KG", "entry_date": "2026-01-05"}
    assert NOTES.forget("salary").asked == ("where_now", "entry_date")
