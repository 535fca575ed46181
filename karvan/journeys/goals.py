"""What a person may want of a law, said in the person's words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from karvan.policy.law import Law
from karvan.policy.model import GOALS

FIRST = GOALS[0]


@dataclass(frozen=True)
class Opened:
    """How many ways are open: `some` takes their number `n` by %."""

    some: Promise
    none: Promise

    def say(self, n: int) -> str:
        return str(self.some % {"n": n} if n else self.none)


@dataclass(frozen=True)
class Words:
    """`wish` follows “I want to”; `asks` is the question that the result answers."""

    wish: Promise
    asks: Promise
    opened: Opened


WORDS: Mapping[str, Words] = {
    "work": Words(
        gettext_lazy("work"),
        gettext_lazy("How may I work?"),
        Opened(
            ngettext_lazy(
                "One way to work is open to you", "%(n)s ways to work are open to you", "n"
            ),
            gettext_lazy("No way to work is open to you yet"),
        ),
    ),
    "stay": Words(
        gettext_lazy("visit, or stay for a short time"),
        gettext_lazy("May I enter, and how long may I stay?"),
        Opened(
            ngettext_lazy(
                "One way to enter or stay is open to you",
                "%(n)s ways to enter or stay are open to you",
                "n",
            ),
            gettext_lazy("No way to enter or stay is open to you yet"),
        ),
    ),
    "residence": Words(
        gettext_lazy("live there for longer"),
        gettext_lazy("May I live there for longer?"),
        Opened(
            ngettext_lazy(
                "One way to live there is open to you",
                "%(n)s ways to live there are open to you",
                "n",
            ),
            gettext_lazy("No way to live there is open to you yet"),
        ),
    ),
    "protection": Words(
        gettext_lazy("find protection"),
        gettext_lazy("What protects me?"),
        Opened(
            ngettext_lazy(
                "One way to protection is open to you",
                "%(n)s ways to protection are open to you",
                "n",
            ),
            gettext_lazy("No way to protection is open to you yet"),
        ),
    ),
    "return": Words(
        gettext_lazy("leave, or go home"),
        gettext_lazy("How do I leave, and what follows?"),
        Opened(
            ngettext_lazy(
                "One way to leave is open to you", "%(n)s ways to leave are open to you", "n"
            ),
            gettext_lazy("It is not settled yet which way to leave is open to you"),
        ),
    ),
    "recruitment": Words(
        gettext_lazy("recruit people, or be recruited"),
        gettext_lazy("What does recruitment need?"),
        Opened(
            ngettext_lazy(
                "One way to recruit or be recruited is open to you",
                "%(n)s ways to recruit or be recruited are open to you",
                "n",
            ),
            gettext_lazy("No way to recruit or be recruited is open to you yet"),
        ),
    ),
}

HIRING = Opened(
    ngettext_lazy(
        "One way to hire this person is open", "%(n)s ways to hire this person are open", "n"
    ),
    gettext_lazy("No way to hire this person is open yet"),
)


def opened_for(goal: str, reader: str) -> Opened:
    return HIRING if reader == "employer" else WORDS[goal].opened


def goals_of(law: Law) -> tuple[str, ...]:
    """What the ways of this law lead to."""
    led_to = {goal for status in law.statuses.values() for goal in status.goals}
    return tuple(goal for goal in GOALS if goal in led_to)
