"""Small components that occur many times on a page. Larger ones are templates in ui/."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from karvan.ui import formatting

register = template.Library()

# How far the law fills the lozenge: (sign, whether it is drawn in quiet ink).
_OUTCOMES = {
    "open": ("open", False),
    "discretion": ("half", False),
    "unknown": ("ask", True),
    "silent": ("ask", True),
    "closed": ("shut", True),
    "not_applicable": ("shut", True),
}
_CONDITIONS = {
    "holds": ("full", False),
    "applies": ("full", False),
    "not_applicable": ("shut", True),
    "fails": ("shut", True),
    "unanswered": ("ask", True),
    "unknown": ("ask", True),
    "discretion": ("half", False),
    "silent": ("ask", True),
    "announced": ("half", True),
}
_AHEAD_SHOWN = 5
_BEHIND_SHOWN = 5


@register.simple_tag
def lozenge(sign: str, off: bool = False) -> SafeString:
    return format_html(
        '<svg class="loz{}" width="24" height="24" aria-hidden="true"><use href="#s-{}"/></svg>',
        " off" if off else "",
        sign,
    )


@register.simple_tag
def outcome_lozenge(outcome: str) -> SafeString:
    return lozenge(*_OUTCOMES[outcome])


@register.simple_tag
def reason_lozenge(outcome: str) -> SafeString:
    return lozenge(*_CONDITIONS[outcome])


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="i flip" width="20" height="20" aria-hidden="true"><use href="#s-{}"/></svg>',
        name,
    )


def standing_sign(standing: Mapping[str, Any]) -> tuple[str, bool]:
    if standing["force"] != "in_force":
        return "half", True
    if standing["sure"] in ("confirmed", "read"):
        return "full", False
    return ("ask" if standing["sure"] == "disputed" else "wait"), True


@register.simple_tag
def standing(said: Mapping[str, Any] | None) -> SafeString:
    if not said or not said.get("text"):
        return mark_safe("")
    return format_html('<span class="std">{}{}</span>', lozenge(*standing_sign(said)), said["text"])


@register.simple_tag
def provisions(cited: Sequence[Mapping[str, Any]] | None) -> SafeString:
    return format_html_join("; ", "{}", ((_provision(provision),) for provision in cited or ()))


def _provision(provision: Mapping[str, Any]) -> SafeString:
    if provision.get("url"):
        return format_html(
            '<a href="{}" rel="noreferrer">{}</a>', provision["url"], provision["text"]
        )
    return format_html("{}", provision["text"])


@register.simple_tag
def cite(item: Mapping[str, Any], tag: str = "p") -> SafeString:
    """The citation line of anything that states law: provisions, then how firmly it stands."""
    cited, stands = provisions(item.get("provisions")), standing(item.get("standing"))
    if not cited and not stands:
        return mark_safe("")
    return format_html(
        '<{} class="cite">{} {}</{}>', tag, format_html("<span>{}</span>", cited), stands, tag
    )


@register.simple_tag
def waypoint(label: object = "") -> SafeString:
    text = format_html('<text x="20" y="25" text-anchor="middle">{}</text>', label) if label else ""
    return format_html(
        '<svg class="wp" width="40" height="40" viewBox="0 0 40 40" aria-hidden="true">'
        '<path fill="none" stroke="currentColor" d="M20 2 38 20 20 38 2 20z"/>{}</svg>',
        text,
    )


@register.simple_tag
def caravan(done: int, ahead: int) -> SafeString:
    """Progress as a caravan: done, now, ahead. A long one shows its last and next travellers."""
    done, ahead = min(done, _BEHIND_SHOWN), min(max(ahead, 0), _AHEAD_SHOWN)
    kinds = ["a"] * done + ["y"] + ["z"] * ahead
    width = 25 * len(kinds)
    shapes = format_html_join(
        "",
        '<path class="{}" d="M{} 1 {} 10 {} 19 {} 10z"/>',
        (
            (kind, at + 12, at + 21, at + 12, at + 3)
            for at, kind in zip(range(0, width, 25), kinds, strict=True)
        ),
    )
    return format_html(
        '<svg class="way-so-far flip" width="{}" height="20" fill="none" stroke="currentColor" '
        'viewBox="0 0 {} 20" aria-hidden="true"><path class="l" d="M0 10h{}"/>{}</svg>',
        width,
        width,
        width,
        shapes,
    )


_RIBBON_WIDTH, _LABEL_ROOM = 960, 118


@register.simple_tag
def ribbon(epochs: Sequence[Mapping[str, Any]], on: date) -> SafeString:
    """The spans of one law through time; a label stands only where there is room for it."""
    days = [date.fromisoformat(epoch["from"]).toordinal() for epoch in epochs]
    first, last = days[0], date.fromisoformat(epochs[-1]["until"]).toordinal() + 1

    def at(day: int) -> float:
        return round((day - first) / (last - first) * _RIBBON_WIDTH, 1)

    ends = [*days[1:], last]
    spans = format_html_join(
        "",
        '<path class="{} d" d="M{} 34H{}V54H{}z"/>',
        (
            ("c" if epoch["now"] else "a", at(start), at(end), at(start))
            for epoch, start, end in zip(epochs, days, ends, strict=True)
        ),
    )
    room, labels = -_LABEL_ROOM, []
    for epoch, start in zip(epochs, days, strict=True):
        x = at(start)
        if room + _LABEL_ROOM <= x <= _RIBBON_WIDTH - _LABEL_ROOM / 2:
            labels.append((x + 1, formatting.day(epoch["from"], "medium")))
            room = x
    marked = at(on.toordinal())
    return format_html(
        '<svg class="ribbon" width="960" height="78" viewBox="0 0 960 78" aria-hidden="true">{}{}'
        '<path class="t" d="M{} 30l14 14-14 14-14-14z"/>'
        '<text class="b" x="{}" y="20" text-anchor="{}">{}</text></svg>',
        spans,
        format_html_join("", '<text x="{}" y="74">{}</text>', labels),
        marked,
        marked,
        "end" if marked > _RIBBON_WIDTH / 2 else "start",
        formatting.day(on),
    )
