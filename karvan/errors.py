"""How an action says no."""


class Refused(Exception):
    """Raised by an action that will not act.

    `code` is stable and for programs. `message` is a whole sentence for people, with
    named placeholders that `facts` fills: `Refused("lapsed", "The offer ended on {day}.", day=…)`.
    It stays unfilled here so that the handler can translate it first.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(code, message, facts)
        self.code = code
        self.message = message
        self.facts = facts

    def __str__(self) -> str:
        return self.message.format(**self.facts)
