"""How the policy language says that something is amiss: in content, or in an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a content file. `file` is relative to the content folder."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class ContentError(Exception):
    """One thing amiss in the content: where, what, and how to mend it."""

    def __init__(self, place: Place, cause: str, remedy: str = "") -> None:
        self.place = place
        self.cause = cause
        self.remedy = remedy
        super().__init__(f"{place}: {cause}" + (f" {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.place, self.cause, self.remedy)


class ContentErrors(Exception):
    """All that is amiss in one reading of the content, in the order of files and lines."""

    def __init__(self, errors: Iterable[ContentError]) -> None:
        self.errors = sorted(errors, key=lambda error: error.place)
        super().__init__("\n".join(str(error) for error in self.errors))


class AnswerError(Exception):
    """An answer, or a question put to the law, that cannot be used.

    `input` names what was answered (None where the question as a whole is meant); `nearest`
    lists the valid values closest to what was given, best first.
    """

    def __init__(self, message: str, *, input: str | None = None, nearest: Iterable[str] = ()):
        self.text = message
        self.input = input
        self.nearest = tuple(nearest)
        hint = f" Nearest: {', '.join(self.nearest)}." if self.nearest else ""
        super().__init__(f"{message}{hint}")
