"""How much room words take, and how labels are kept off one another.

No font is measured: the reader's device chooses it. Widths are those of a wide ordinary sans.
"""

from collections.abc import Sequence

from karvan.observatory.charts.drawing import LETTER, LINE_EM

LINE = LETTER * LINE_EM

_NARROW, _WIDE = frozenset("iıjlIİ.,:;'’|!()[]fтrt\u00a0\u202f "), frozenset("mwMWШЩЖЮФшщжюфмМ—%@")


def width_of(text: str, letter: float = LETTER) -> float:
    ems = 0.0
    for sign in text:
        if sign in _NARROW:
            ems += 0.33
        elif sign in _WIDE:
            ems += 0.88
        else:
            ems += 0.67 if sign.isupper() else 0.57
    return ems * letter


def wrapped(text: str, room: float, letter: float = LETTER) -> tuple[str, ...]:
    """Lines of at most `room` units; a word longer than that has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, letter) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def widest(lines: Sequence[str], letter: float = LETTER) -> float:
    return max((width_of(line, letter) for line in lines), default=0.0)


def apart(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Middles for blocks of these heights, in the order of `wanted`, none touching another.

    Blocks stay as near to where they are wanted as their neighbours let them, and between low and
    high where all of them fit there.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    middles = list(wanted)
    edge = low
    for i in order:
        middles[i] = max(middles[i], edge + heights[i] / 2)
        edge = middles[i] + heights[i] / 2
    edge = high
    for i in reversed(order):
        middles[i] = min(middles[i], edge - heights[i] / 2)
        edge = middles[i] - heights[i] / 2
    return middles
