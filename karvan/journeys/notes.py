"""What a person told us, carried in their own browser in one encrypted cookie."""

import base64
import json
import zlib
from dataclasses import asdict, dataclass, field, replace

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

COOKIE = "journey"
IDLE_SECONDS = 4 * 3600
# A browser keeps 4,096 bytes of a cookie with its name and attributes.
LARGEST_COOKIE = 3800
_LARGEST_PLAIN = 16_384


class TooLarge(Exception):
    """More was told than a cookie can carry."""


@dataclass(frozen=True)
class Notes:
    """One person's answers. `asked` are the questions put, in the order they were put; `code` is
    the one under which they were just saved, and only while its page is open; `find` and `group`
    are what is being looked for until the occupation is chosen."""

    destination: str = ""
    edition: str = ""
    reader: str = "worker"
    goal: str = "work"
    on: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    chosen: str = ""
    code: str = ""
    kept_until: str = ""
    find: str = ""
    group: str = ""

    def __bool__(self) -> bool:
        return bool(self.destination)

    def answer(self, question: str, value: str) -> "Notes":
        return replace(
            self,
            answers=self.answers | {question: value},
            skipped=tuple(name for name in self.skipped if name != question),
            asked=self._asked(question),
        ).found()

    def skip(self, question: str) -> "Notes":
        answers = {name: value for name, value in self.answers.items() if name != question}
        skipped = tuple(dict.fromkeys((*self.skipped, question)))
        asked = self._asked(question)
        return replace(self, answers=answers, skipped=skipped, asked=asked).found()

    def look_for(self, *, find: str = "", group: str = "") -> "Notes":
        return replace(self, find=find, group=group)

    def found(self) -> "Notes":
        return self.look_for()

    def ask_for(self, goal: str) -> "Notes":
        """The same answers, asked for something else."""
        return replace(self, goal=goal, chosen="")

    def saved(self, code: str, kept_until: str) -> "Notes":
        return replace(self, code=code, kept_until=kept_until)

    def without_code(self) -> "Notes":
        return self.saved("", "")

    def forget(self, question: str) -> "Notes":
        """As if the question had never been put."""
        return replace(
            self,
            answers={name: value for name, value in self.answers.items() if name != question},
            skipped=tuple(name for name in self.skipped if name != question),
            asked=tuple(name for name in self.asked if name != question),
        )

    def read_in(self, edition: str) -> "Notes":
        """The person has now seen what this edition says."""
        return replace(self, edition=edition)

    def _asked(self, question: str) -> tuple[str, ...]:
        return self.asked if question in self.asked else (*self.asked, question)


def pack(notes: Notes) -> bytes:
    """Compact bytes; fields left at their default are left out."""
    told = {name: value for name, value in asdict(notes).items() if value}
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpack(packed: bytes) -> Notes:
    """Raises ValueError for anything that `pack` did not make."""
    reader = zlib.decompressobj()
    try:
        told = json.loads(reader.decompress(packed, _LARGEST_PLAIN))
        notes = Notes(**told)
    except (zlib.error, TypeError) as error:
        raise ValueError("These are no notes.") from error
    return replace(notes, skipped=tuple(notes.skipped), asked=tuple(notes.asked))


def seal(notes: Notes) -> str:
    """The cookie's value. Raises TooLarge."""
    sealed = _fernet().encrypt(pack(notes)).decode()
    if len(sealed) > LARGEST_COOKIE:
        raise TooLarge
    return sealed


def unseal(value: str) -> Notes | None:
    """The notes in a cookie; None where it was tampered with, has lapsed or is of an old form."""
    try:
        return unpack(_fernet().decrypt(value.encode(), ttl=IDLE_SECONDS))
    except (InvalidToken, ValueError):
        return None


def _fernet() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"karvan journeys: notes in a cookie")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
