"""Reading all that applies in one State: its own folder, its agreements, the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from datetime import date
from pathlib import PurePosixPath

from karvan.policy.days import Calendar, read_calendar
from karvan.policy.entries import Known
from karvan.policy.errors import ContentError, ContentErrors, Place
from karvan.policy.language import PolicyReader, declare
from karvan.policy.law import Law
from karvan.policy.linking import check_links
from karvan.policy.model import (
    Agreement,
    Authority,
    Instrument,
    Named,
    Policy,
    Reading,
    Service,
    Span,
    Sure,
    Text,
    Translation,
)
from karvan.policy.reader import Fields, Mapping, Node, as_date, as_flag, scalar
from karvan.policy.translations import Translations
from karvan.policy.values import DATE

KINDS = (
    "law",
    "decree",
    "regulation",
    "communique",
    "criteria",
    "agreement",
    "practice",
    "court",
    "announcement",
    "circular",
    "standard",
)
ALWAYS_ACTORS = ("worker", "employer", "agency")
TOPICS = ("emergency", "migration", "labour", "trafficking", "complaint", "health")


def read_state(files: Map[str, Mapping]) -> Law:
    """Build the law of the one State whose files are given. Raises ContentErrors."""
    try:
        reader = _StateReader(files)
    except ContentError as error:
        raise ContentErrors([error]) from None
    try:
        return reader.law()
    except ContentError as error:
        raise ContentErrors([*reader.known.errors, error]) from None


class _StateReader:
    def __init__(self, files: Map[str, Mapping]) -> None:
        self.files = files
        self.known = Known(types={"on": DATE}, countries=country_codes())
        found = [str(PurePosixPath(n).parent) for n in files if n.endswith("/country.yaml")]
        if not found:
            raise ContentError(Place("country.yaml", 1), "There is no file country.yaml.")
        self.base = found[0]

    def law(self) -> Law:
        known = self.known
        country = Fields(self.files[f"{self.base}/country.yaml"], "A country")
        code = country.required_text("code")
        authorities = country.mapping("authorities")
        known.actors |= {*ALWAYS_ACTORS, *authorities, *self._service_ids()}
        occupations = self._labels("vocabulary/occupations.yaml", "occupations")
        known.occupations = frozenset(c for c in occupations if len(c) == 4)
        papers = self._named("vocabulary/papers.yaml", "papers")
        charges = self._named("vocabulary/charges.yaml", "charges")
        known.papers, known.charges = set(papers), set(charges)
        instruments, readings = self._sources(f"{self.base}/sources.yaml")
        shared = self._agreement_heads(code, instruments, readings)
        known.instruments, known.readings = set(instruments), readings
        policies, agreements = self._policies(shared)
        first, _, last = country.required_text("covers").partition("..")
        covers = Span(as_date(first, country.place), as_date(last, country.place))
        if as_date(last, country.place) < as_date(first, country.place):
            raise ContentError(country.place, "The time covered ends before it begins.")
        law = Law(
            code=code,
            folder=PurePosixPath(self.base).name,
            name=Text(self.base, "name", country.required_text("name")),
            currency=country.required_text("currency"),
            covers=covers,
            citizens=self._citizens(country),
            reviewed=country.required_date("reviewed"),
            next_review=country.required_date("next_review"),
            reviewer=country.required_text("reviewer"),
            **self._charges(country),
            policies=policies,
            agreements=agreements,
            instruments=instruments,
            readings=readings,
            authorities=self._authorities(authorities),
            services=self._services(),
            papers=papers,
            charges=charges,
            occupations=occupations,
            words=self._labels("vocabulary/words.yaml", "words"),
            countries=known.countries,
            calendar=_calendar(code, covers),
            translations=self._translations(),
        )
        country.texts("languages")
        with known.collecting():
            country.done()
        if not known.errors:
            check_links(law, known.errors)
        if known.errors:
            raise ContentErrors(known.errors)
        return law

    def _citizens(self, country: Fields) -> tuple[str, ...]:
        found = country.texts("citizens")
        for code in found:
            if code not in self.known.countries:
                self.known.refuse(country.place, f"'{code}' is no code of a country.")
        return found

    def _charges(self, country: Fields) -> dict[str, str]:
        node = country.node("charges")
        if node is None:
            return {"charge_by_law": "", "charge_by_standard": ""}
        fields = Fields(node, "'charges'")
        found = {
            "charge_by_law": fields.text("law") or "",
            "charge_by_standard": fields.text("standard") or "",
        }
        for term in found.values():
            if term and term not in self.known.types:
                self.known.refuse(fields.place, f"Nothing is called '{term}'.")
        return found

    def _labels(self, file: str, key: str) -> dict[str, Text]:
        root = self.files.get(file)
        if root is None:
            return {}
        fields = Fields(root, "A vocabulary")
        folder = str(PurePosixPath(file).parent)
        found = {
            code: Text(folder, f"{key}.{code}", scalar(label, "A label"))
            for code, (_, label) in fields.mapping(key).items()
        }
        for extra in ("attribution", "source"):
            fields.text(extra)
        with self.known.collecting():
            fields.done()
        return found

    def _named(self, file: str, key: str) -> dict[str, Named]:
        root = self.files.get(file)
        if root is None:
            return {}
        folder = str(PurePosixPath(file).parent)
        found = {}
        for id, (_, node) in Fields(root, "A vocabulary").mapping(key).items():
            with self.known.collecting():
                fields = Fields(node, f"'{id}'")
                found[id] = Named(
                    id,
                    Text(folder, f"{key}.{id}.name", fields.required_text("name")),
                    Text(folder, f"{key}.{id}.text", fields.text("text") or ""),
                )
                fields.done()
        return found

    def _sources(self, file: str) -> tuple[dict[str, Instrument], dict[str, Reading]]:
        if file not in self.files:
            raise ContentError(Place(file, 1), "The file is not there.", "It lists what is cited.")
        fields = Fields(self.files[file], "The sources")
        instruments = {}
        for id, (_, node) in fields.mapping("instruments").items():
            with self.known.collecting():
                inner = Fields(node, f"The instrument '{id}'")
                instruments[id] = _instrument(inner, id, self.base, f"instruments.{id}")
                inner.done()
        readings = self._readings(fields)
        with self.known.collecting():
            fields.done()
        return instruments, readings

    def _readings(self, fields: Fields) -> dict[str, Reading]:
        readings = {}
        for id, (_, node) in fields.mapping("readings").items():
            with self.known.collecting():
                inner = Fields(node, f"The reading '{id}'")
                readings[id] = Reading(
                    id,
                    basis=inner.choice("basis", ("source", "memory")),
                    confidence=inner.choice("confidence", ("high", "medium", "low")),
                    title=inner.text("title") or "",
                    url=inner.text("url") or "",
                    published=inner.text("published") or "",
                )
                inner.done()
        return readings

    def _agreement_heads(
        self, code: str, instruments: dict[str, Instrument], readings: dict[str, Reading]
    ) -> list[tuple[Instrument, tuple[str, ...], Fields, Mapping, str]]:
        found = []
        for name in sorted(self.files):
            path = PurePosixPath(name)
            if path.name != "agreement.yaml":
                continue
            with self.known.collecting():
                folder, id = str(path.parent), path.parent.name
                fields = Fields(self.files[name], f"The agreement '{id}'")
                parties = fields.texts("parties")
                instrument = _instrument(fields, id, folder, "", default_kind="agreement")
                own = self._readings(fields)
                if "all" in parties or code in parties:
                    instruments[id] = instrument
                    readings.update(own)
                    found.append((instrument, parties, fields, self.files[name], folder))
        return found

    def _policies(
        self, shared: list[tuple[Instrument, tuple[str, ...], Fields, Mapping, str]]
    ) -> tuple[tuple[Policy, ...], tuple[Agreement, ...]]:
        roots = {
            str(PurePosixPath(name).parent): root
            for name, root in sorted(self.files.items())
            if name.startswith(f"{self.base}/policies/") and name.endswith("/policy.yaml")
        }
        vocabulary = self.files.get("vocabulary/inputs.yaml")
        all_roots = [*([vocabulary] if vocabulary else []), *roots.values()]
        all_roots += [root for *_, root, _ in shared]
        for root in all_roots:
            declare(root, self.known)
        policies = []
        if vocabulary:
            reader = PolicyReader("vocabulary", self.known)
            policies.append(reader.read(vocabulary, "vocabulary", None))
        for folder, root in roots.items():
            examples = self.files.get(f"{folder}/examples.yaml")
            reader = PolicyReader(folder, self.known)
            policies.append(reader.read(root, PurePosixPath(folder).name, examples))
        agreements = []
        for instrument, parties, fields, root, folder in shared:
            reader = PolicyReader(folder, self.known)
            examples = self.files.get(f"{folder}/examples.yaml")
            rules = reader.rules(fields, root, instrument.id, instrument.short, examples)
            agreements.append(Agreement(instrument, parties, rules))
        return tuple(policies), tuple(agreements)

    def _authorities(self, nodes: dict[str, tuple[Place, Node]]) -> dict[str, Authority]:
        found = {}
        for id, (_, node) in nodes.items():
            with self.known.collecting():
                fields = Fields(node, f"The authority '{id}'")
                facts = fields.texts("facts")
                found[id] = Authority(
                    id,
                    name=Text(self.base, f"authorities.{id}.name", fields.required_text("name")),
                    name_local=fields.text("name_local") or "",
                    role=Text(self.base, f"authorities.{id}.role", fields.text("role") or ""),
                    website=fields.text("website") or "",
                    facts=facts,
                    sure=self._sure(facts, fields.place),
                )
                fields.done()
        return found

    def _service_nodes(self) -> Iterator[tuple[str, Node]]:
        for name, root in sorted(self.files.items()):
            if name.startswith(f"{self.base}/services/") and "/texts/" not in name:
                for id, (_, node) in Fields(root, "The services").mapping("services").items():
                    yield id, node

    def _service_ids(self) -> list[str]:
        return [id for id, _ in self._service_nodes()]

    def _services(self) -> tuple[Service, ...]:
        found = []
        for id, node in self._service_nodes():
            with self.known.collecting():
                found.append(self._service(id, node))
        return tuple(found)

    def _service(self, id: str, node: Node) -> Service:
        fields, at = Fields(node, f"The service '{id}'"), f"services.{id}"
        facts, free = fields.texts("facts"), fields.text("free")
        found = Service(
            id,
            name=Text(self.base, f"{at}.name", fields.required_text("name")),
            text=Text(self.base, f"{at}.text", fields.text("text") or ""),
            hours=Text(self.base, f"{at}.hours", fields.text("hours") or ""),
            number=fields.text("number") or "",
            number_abroad=fields.text("number_abroad") or "",
            languages=fields.texts("languages"),
            free=as_flag(free, fields.place) if free else None,
            topics=fields.texts("for"),
            website=fields.text("website") or "",
            facts=facts,
            sure=self._sure(facts, fields.place),
        )
        for topic in found.topics:
            if topic not in TOPICS:
                raise ContentError(fields.place, f"'{topic}' is no topic.", f"{TOPICS}")
        fields.done()
        return found

    def _sure(self, facts: tuple[str, ...], place: Place) -> Sure:
        for fact in facts:
            if fact not in self.known.readings:
                raise ContentError(place, f"No reading '{fact}' in sources.yaml.")
        return min((self.known.readings[fact].sure for fact in facts), default=Sure.MEMORY)

    def _translations(self) -> Translations:
        """Translations by language, then by folder and key of the text."""
        found: dict[str, dict[tuple[str, str], Translation]] = {}
        for name, root in self.files.items():
            path = PurePosixPath(name)
            if path.parent.name != "texts":
                continue
            folder, language = str(path.parent.parent), path.stem
            texts = found.setdefault(language, {})
            for key, (place, node) in root.fields.items():
                with self.known.collecting():
                    fields = Fields(node, f"The text '{key}'")
                    of, text = fields.required_text("of"), fields.required_text("is")
                    fields.done()
                    texts[(folder, key)] = Translation(of, text, place)
        return Translations(found)


def _instrument(
    fields: Fields, id: str, folder: str, at: str, default_kind: str | None = None
) -> Instrument:
    prefix = f"{at}." if at else ""
    title = fields.required_text("title")
    found = Instrument(
        id,
        title=Text(folder, f"{prefix}title", title),
        short=Text(folder, f"{prefix}short", fields.text("short") or title),
        kind=fields.choice("kind", KINDS, default_kind),
        title_local=fields.text("title_local") or "",
        number=fields.text("number") or "",
        adopted=fields.date("adopted") or fields.date("signed"),
        gazette=fields.text("gazette") or "",
        in_force=fields.date("in_force"),
        until=fields.date("until"),
        url=fields.text("url") or "",
    )
    fields.node("signed")
    return found


def _calendar(code: str, covers: Span) -> Calendar | None:
    try:
        return read_calendar(code, covers.start or date.min, covers.end or date.max)
    except ValueError:
        return None


def country_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes, from Babel's CLDR data."""
    from babel import Locale  # read once, when an edition is made

    not_countries = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA"}
    names = map(str, Locale("en").territories)
    return frozenset(code for code in names if re.fullmatch("[A-Z]{2}", code)) - not_countries
