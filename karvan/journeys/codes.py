"""The code under which a journey is saved, and the keys it gives.

Sixteen characters of Crockford's alphabet hold 80 random bits, so the salt may be the same for
all: whoever has the database cannot try them out, and the server's own key is not needed to read
a saved journey (it may be changed without losing any).
"""

import base64
import re
import secrets
from dataclasses import dataclass

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Cyrillic letters that look the same, for a code copied by hand on a Russian keyboard.
_LOOK_ALIKE = str.maketrans("АВСЕНКМРТХОУ", "ABCEHKMPTX0Y")
_SALT = b"karvan journeys: saved under a code"


@dataclass(frozen=True)
class Keys:
    lookup: str
    fernet: Fernet


def new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def read_code(typed: str) -> str | None:
    """The code in its own form, however it was typed; None where it cannot be one."""
    letters = re.sub(r"[\s\-‑–—.]+", "", typed.upper()).translate(_LOOK_ALIKE).translate(_READ_AS)
    if len(letters) != 16 or set(letters) - set(ALPHABET):
        return None
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def keys_of(code: str) -> Keys:
    """Where a journey is found and how it is read. Takes about 50 ms, on purpose."""
    master = Scrypt(salt=_SALT, length=32, n=2**14, r=8, p=1).derive(code.encode())
    lookup = HKDFExpand(SHA256(), 32, b"lookup").derive(master)
    key = HKDFExpand(SHA256(), 32, b"key").derive(master)
    return Keys(lookup.hex(), Fernet(base64.urlsafe_b64encode(key)))
