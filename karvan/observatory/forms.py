"""Forms that choose figures. They are sent by GET: what was chosen is the address of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from karvan.analysis.tables import DIMENSIONS, FEMALE, MALE, TOTAL
from karvan.errors import Refused
from karvan.observatory import dimensions, wording
from karvan.observatory.about import edition_title, text_of
from karvan.observatory.comparison import SHARE
from karvan.observatory.queries import Edition
from karvan.observatory.selection import LATEST, Selection, selection

MOST_CORRIDORS = 6
# A list of all countries with each of them ticked, twice, and the rest besides.
_MOST_FIELDS = 1_000
_SHOWN = 40


def asked(request: HttpRequest) -> MultiValueDict[str, str]:
    """The query of an address, with several codes in one (`sex=F.M`) taken apart.

    Raises Refused where it is too long to be one of ours. Django's own reading of it stops at the
    number of fields that a posted form may have, which a list of countries with ticks exceeds.
    """
    try:
        pairs = parse_qsl(request.META.get("QUERY_STRING", ""), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refused(
            "codes_unreadable",
            gettext_noop("This address asks for more than {most} things at once."),
            most=_MOST_FIELDS,
        ) from None
    found: MultiValueDict[str, str] = MultiValueDict()
    for name, value in pairs:
        for code in value.split(".") if name in DIMENSIONS else [value]:
            if code and code not in found.getlist(name):
                found.appendlist(name, code)
    return found


class _Nearest:
    """A choice that says, where it is none of those there are, which come near to it."""

    def valid_value(self, value: Any) -> bool:
        if super().valid_value(value):
            return True
        given = "".join(letter for letter in str(value) if letter.isprintable())[:_SHOWN]
        named = dict(self.choices)
        folded = {text.casefold(): code for code, name in named.items() for text in (code, name)}
        near = get_close_matches(given.casefold(), filter(None, folded), 3, 0.5)
        codes = list(dict.fromkeys(folded[text] for text in near)) or list(filter(None, named))[:6]
        raise forms.ValidationError(
            _("There is no “{given}” here. Nearest: {near}.").format(
                given=given,
                near=", ".join(f"{code} ({named[code]})" for code in codes),
            )
        )


class OneField(_Nearest, forms.ChoiceField):
    pass


class CodesField(_Nearest, forms.MultipleChoiceField):
    """Codes of one dimension; none chosen means all."""

    widget = forms.CheckboxSelectMultiple


class CorridorsField(forms.Field):
    """Corridors as addresses spell them: `kyrgyzstan.turkiye`. Gives pairs of codes."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[tuple[str, str]]:
        known = wording.codes_by_slug()
        found = []
        for text in value or ():
            ends = text.split(".")
            unknown = [end for end in ends if end not in known]
            if len(ends) != 2 or unknown or ends[0] == ends[1]:
                wrong = (unknown or ends)[0][:_SHOWN]
                near = get_close_matches(wrong, known, 3, 0.5)
                raise forms.ValidationError(
                    _(
                        "“{given}” is no corridor. Write two countries with a full stop between "
                        "them: {example}. Nearest: {near}."
                    ).format(
                        given=text[:_SHOWN],
                        example="kyrgyzstan.turkiye",
                        near=", ".join(near) or "–",
                    )
                )
            found.append((known[ends[0]], known[ends[1]]))
        return list(dict.fromkeys(found))


class TableForm(forms.Form):
    """What a table of one edition shows, what makes its rows and what its columns."""

    edition = OneField(required=False)
    rows = OneField(required=False)
    columns = OneField(required=False)

    def __init__(self, data: Any, *, editions: Sequence[Edition], edition: Edition) -> None:
        super().__init__(data)
        self.shown = edition
        self.fields["edition"].choices = _editions(editions)
        several = []
        for name, codes in dimensions.codes_of(edition).items():
            title = dimensions.title(edition, name)
            choices = dimensions.in_order(edition, name, codes)
            self.fields[name] = CodesField(choices=choices, label=title, required=False)
            if codes != {TOTAL}:
                several.append((name, title))
        as_suits = ("", pgettext("rows or columns", "as it suits the figures"))
        self.fields["rows"].choices = [as_suits, *several]
        self.fields["columns"].choices = [as_suits, *several]

    @property
    def lists(self) -> list[forms.BoundField]:
        """The dimensions to choose codes of: those with other codes than that of all. One that is
        asked for what it has not is among them, to say so."""
        told = {name for name, _title in self.fields["rows"].choices} | set(self.errors)
        return [self[name] for name in DIMENSIONS if name in told]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("rows") and said.get("rows") == said.get("columns"):
            raise forms.ValidationError(
                _("Rows and columns need two different dimensions. Choose another for one of them.")
            )
        return said

    @property
    def chosen(self) -> Selection:
        """What was chosen. All codes of a dimension are the same as none."""
        said = self.cleaned_data
        codes = {
            name: said[name]
            for name in DIMENSIONS
            if said.get(name) and len(said[name]) < len(self.fields[name].choices)
        }
        return selection(self.shown.series.key, said["edition"] or LATEST, **codes)

    @property
    def query(self) -> str:
        """The one address of what was chosen."""
        laid = {name: code for name in ("rows", "columns") if (code := self.cleaned_data[name])}
        return f"{self.chosen.query}&{urlencode(laid)}" if laid else self.chosen.query


class CompareForm(forms.Form):
    """Which corridors stand beside each other, counted by which edition, and whom of them."""

    corridor = CorridorsField(required=False)
    series = OneField(required=False)
    edition = OneField(required=False)
    sex = OneField(required=False)
    origin = OneField(required=False)
    destination = OneField(required=False)

    def __init__(self, data: Any, *, editions: Sequence[Edition], edition: Edition) -> None:
        """`editions` has all that know corridors; `edition` is the one that is shown."""
        super().__init__(data)
        self.shown = edition
        newest = {each.series.key: each for each in editions}
        self.fields["series"].choices = [
            (key, text_of(each, "title", each.series.title)) for key, each in newest.items()
        ]
        self.fields["edition"].choices = _editions(
            [each for each in editions if each.series.key == edition.series.key]
        )
        self.fields["sex"].choices = [
            (TOTAL, wording.sex(TOTAL)),
            (FEMALE, wording.sex(FEMALE)),
            (MALE, wording.sex(MALE)),
            (SHARE, _("women, per cent of all")),
        ]
        for end in ("origin", "destination"):
            codes = dimensions.codes_of(edition)[end]
            named = wording.in_order(code for code in codes if not code.startswith("_"))
            self.fields[end].choices = [
                ("", ""),
                *((wording.slug(code), name) for code, name in named),
            ]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        corridors = said.get("corridor", [])
        ends = [said.get(end) for end in ("origin", "destination")]
        if any(ends):
            known = wording.codes_by_slug()
            if not all(ends) or ends[0] == ends[1]:
                raise forms.ValidationError(_("Choose two different countries: from and to."))
            corridors = list(dict.fromkeys([*corridors, (known[ends[0]], known[ends[1]])]))
        if len(corridors) > MOST_CORRIDORS:
            raise forms.ValidationError(
                _("At most {most} corridors fit beside each other. Remove one first.").format(
                    most=MOST_CORRIDORS
                )
            )
        return said | {"corridor": corridors}

    def query(self, corridors: Iterable[tuple[str, str]]) -> str:
        """The address of these corridors, with all else as it was chosen."""
        said = self.cleaned_data
        pairs = [("corridor", ".".join(map(wording.slug, corridor))) for corridor in corridors]
        rest = {
            "series": self.shown.series.key,
            "edition": said["edition"] or LATEST,
            "sex": said["sex"] or TOTAL,
        }
        return urlencode([*pairs, *rest.items()])


def edition_asked(query: MultiValueDict[str, str], editions: Sequence[Edition]) -> Edition | None:
    """The edition of these that an address names; the newest of its series where it names none
    that there is, and None where it names no such series. The form says what is wrong."""
    of_series = [each for each in editions if each.series.key == query.get("series")]
    by_key = {each.card.key: each for each in of_series}
    newest = of_series[-1] if of_series else None
    return by_key.get(query.get("edition", LATEST), newest)


def _editions(editions: Sequence[Edition]) -> list[tuple[str, str]]:
    latest = (LATEST, _("the newest, whichever it is"))
    return [latest, *((each.card.key, edition_title(each)) for each in editions)]
