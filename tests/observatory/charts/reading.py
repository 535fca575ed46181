"""Reading a chart back: its marks as a browser would find them."""

from __future__ import annotations

import re
from xml.etree import ElementTree


def parsed(svg: str) -> ElementTree.Element:
    """Well-formed, and with nothing that the site's content policy forbids."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    for element in root.iter():
        assert "style" not in element.attrib
        assert element.tag.rpartition("}")[2] not in {"style", "script", "image", "foreignObject"}
        assert not any(name.startswith("on") for name in element.attrib)
        assert not any("nan" in value or "inf" in value for value in element.attrib.values())
    return root


def said(svg: str) -> list[str]:
    """Every block of words, its lines joined."""
    texts = (element for element in parsed(svg).iter() if element.tag.rpartition("}")[2] == "text")
    return [" ".join(text.itertext()) for text in texts]


def paths(svg: str, kind: str) -> list[ElementTree.Element]:
    """The paths of a class, or those within a group of it."""
    return [
        path
        for element in parsed(svg).iter()
        if kind in element.get("class", "").split()
        for path in ([element] if element.tag == "path" else element.findall("path"))
    ]


def strokes(svg: str) -> list[str]:
    """The runs of every line drawn through points, as path data."""
    return [
        run
        for group in parsed(svg).iter("g")
        if "c-s" in group.get("class", "")
        for path in group.findall("path")
        if path.get("class") is None
        for run in re.findall(r"M[^M]+", path.get("d", ""))
    ]


def figures(path: ElementTree.Element) -> int:
    """How many separate figures a path draws."""
    return path.get("d", "").count("M")
