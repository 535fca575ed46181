"""Numbers as people type them, in any of the region's ways."""

import re
import unicodedata
from decimal import Decimal

_SPACES = re.compile(r"[\s'’_]+")
# What an Arabic keyboard writes between figures.
_SIGNS = str.maketrans("٫٬", ".,")
# Thousands never follow a lone nought: 0.001 is no way to write one.
_WHOLE = re.compile(r"\d{1,15}|[1-9]\d{0,2}([.,]\d{3})+", re.ASCII)
_PARTS = re.compile(
    r"(?P<whole>\d{1,15}|[1-9]\d{0,2}(?:[.,]\d{3})+)(?:[.,](?P<part>\d{1,2}))?", re.ASCII
)
_DECIMAL = re.compile(r"\d{1,15}([.,]\d{1,6})?", re.ASCII)


def read_whole(typed: str) -> int | None:
    """60 000, 60.000 and 60,000 are the same whole number."""
    text = _plain(typed)
    return int(re.sub(r"[.,]", "", text)) if _WHOLE.fullmatch(text) else None


def read_amount(typed: str) -> Decimal | None:
    """Money. Three digits after a point or comma are thousands, one or two are small coin: no
    currency here is written with three, so 60.000 is never sixty."""
    found = _PARTS.fullmatch(_plain(typed))
    if not found:
        return None
    whole = re.sub(r"[.,]", "", found["whole"])
    return Decimal(f"{whole}.{found['part']}") if found["part"] else Decimal(whole)


def read_decimal(typed: str) -> Decimal | None:
    """Other numbers: a point or a comma begins the decimals."""
    text = _plain(typed)
    return Decimal(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def _plain(typed: str) -> str:
    """Without spaces, and in the figures 0 to 9 whatever script they were typed in."""
    text = _SPACES.sub("", typed.translate(_SIGNS))
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
