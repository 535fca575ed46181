"""Editions: an immutable state of one State's content, known by its hash.

`load_edition` reads and checks the files and keeps the result in a cache by their hash, so that
asking again costs reading the files and no more.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import pickle
import re
import sys
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from karvan.policy.days import keep_calendar
from karvan.policy.errors import AnswerError, ContentError, ContentErrors, Place
from karvan.policy.law import Law

# What reads YAML is imported where something has to be read: a law from the cache needs none of it.
if TYPE_CHECKING:
    from karvan.policy.reader import Mapping

_CODE = re.compile(r"^code: ([A-Z]{2})$", re.MULTILINE)
# How many checked editions the cache keeps, newest first.
_KEPT_EDITIONS = 16
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Edition:
    """One State's law as its files state it. `files` are what it was made from."""

    law: Law
    hash: str
    files: Map[str, bytes] = field(repr=False)

    @property
    def state(self) -> str:
        return self.law.code

    @property
    def folder(self) -> str:
        return self.law.folder

    @cached_property
    def id(self) -> str:
        return f"{self.law.code}-{self.hash[:12]}"

    @cached_property
    def memo(self) -> dict[object, object]:
        """Compiled forms of this edition, by epoch."""
        return {}

    def __getstate__(self) -> dict[str, object]:
        return {"law": self.law, "hash": self.hash, "files": {}}


def content_root() -> Path:
    """The folder of the content: KARVAN_CONTENT, the checkout's, or the installed package's."""
    named = os.environ.get("KARVAN_CONTENT")
    if named:
        return Path(named)
    checkout = _PACKAGE.parent.parent / "content"
    return checkout if checkout.is_dir() else _PACKAGE.parent / "_content"


def available_states(root: Path | None = None) -> dict[str, str]:
    """The States that have content: code to folder, in the order of folders."""
    found = {}
    for path in sorted((root or content_root()).glob("countries/*/country.yaml")):
        text = path.read_text("utf-8")
        plain = _CODE.search(text)
        found[plain[1] if plain else _code(text, path)] = path.parent.name
    return found


def _code(text: str, path: Path) -> str:
    from karvan.policy.reader import Fields, read_yaml

    return Fields(read_yaml(text, str(path)), "A country").required_text("code")


def load_edition(state: str, root: Path | None = None) -> Edition:
    """The edition of a State, by its code or folder, from the files as they are now.

    Raises AnswerError for a State without content, ContentErrors for content that is amiss.
    """
    root = root or content_root()
    states = available_states(root)
    folder = states.get(state.upper(), state if state in states.values() else None)
    if folder is None:
        from difflib import get_close_matches

        known = [*states, *states.values()]
        near = get_close_matches(state, known, 3, 0.5) or list(states)
        raise AnswerError(f"No law of '{state}' is here.", input="destination", nearest=near)
    return edition_from_files(files_of(root, folder))


def files_of(root: Path, folder: str) -> dict[str, bytes]:
    """What an edition is made from: the State's folder, agreements and the vocabulary."""
    wanted = [root / "vocabulary", root / "agreements", root / "countries" / folder]
    paths = [path for base in wanted for path in base.rglob("*.yaml")]
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(paths)}


def edition_from_files(files: Map[str, bytes]) -> Edition:
    """Make the edition of a set of files, from the cache where it was made before."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    hash = digest.hexdigest()
    cached = _cache_file(hash)
    kept = _kept(cached) if cached else None
    if kept:
        return _edition(kept, hash, files)
    from karvan.policy.state import read_state

    law = read_state(_parse(files))
    if cached:
        _keep(cached, _form(law))
    return _edition(law, hash, files)


def _kept(cached: Path) -> Law | None:
    """The law kept in a cache file; None where there is none, or where it is not as written."""
    try:
        content = cached.read_bytes()
    except OSError:
        return None
    seal, form = content[:32], content[32:]
    if hashlib.sha256(form).digest() != seal:
        return None
    # Everything made here lives as long as the law: looking for garbage among it costs as much
    # time as making it.
    collecting = gc.isenabled()
    gc.disable()
    try:
        law = pickle.loads(form)  # noqa: S301  # written by ourselves, 0700
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, TypeError, ValueError):
        return None
    finally:
        if collecting:
            gc.enable()
    return law if isinstance(law, Law) else None


class _Pickler(pickle.Pickler):
    """Keeps small frozen classes as a call of the class, which is read twice as fast as the state
    that dataclasses keep by themselves."""

    def reducer_override(self, thing: Any) -> Any:
        kind = type(thing)
        if is_dataclass(kind) and "__slots__" in kind.__dict__:
            return kind, tuple(getattr(thing, entry.name) for entry in fields(kind))
        return NotImplemented


def _form(law: Law) -> bytes:
    form = io.BytesIO()
    _Pickler(form, pickle.HIGHEST_PROTOCOL).dump(law)
    return form.getvalue()


def _edition(law: Law, hash: str, files: Map[str, bytes]) -> Edition:
    if law.calendar:
        keep_calendar(law.calendar)
    return Edition(law, hash, files)


def _parse(files: Map[str, bytes]) -> dict[str, Mapping]:
    from karvan.policy.reader import read_yaml

    parsed, errors = {}, []
    for name, content in files.items():
        try:
            parsed[name] = read_yaml(content.decode("utf-8"), name)
        except ContentError as error:
            errors.append(error)
        except UnicodeDecodeError:
            errors.append(ContentError(Place(name, 1), "The file is not UTF-8."))
    if errors:
        raise ContentErrors(errors)
    return parsed


def _cache_file(hash: str) -> Path | None:
    """Where the checked form is kept; it also depends on this package's own code."""
    base = os.environ.get("KARVAN_CACHE") or os.environ.get("XDG_CACHE_HOME")
    folder = Path(base) if base else Path.home() / ".cache"
    return folder / "karvan" / f"{hash[:24]}-{_code_version()}.pickle"


def _code_version() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(_PACKAGE.glob("*.py")):
        stat = path.stat()
        digest.update(f"{path.name}{stat.st_size}{stat.st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


def _keep(path: Path, content: bytes) -> None:
    """Write the cache so that a reader never sees half of it. A full disk is no reason to fail."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(hashlib.sha256(content).digest() + content)
        part.replace(path)
        by_age = sorted(path.parent.glob("*.pickle"), key=lambda kept: -kept.stat().st_mtime)
        for old in by_age[_KEPT_EDITIONS:]:
            old.unlink(missing_ok=True)
    except OSError:
        pass
