from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from karvan.observatory.charts.chord import Node, chord_diagram
from karvan.observatory.charts.ranking import Flow
from tests.observatory.charts.reading import figures, parsed, paths, said

NODES = tuple(Node(letter, f"State {letter}") for letter in "ABCDEFGHIJ")


def drawn(*flows, nodes=NODES, **options):
    return chord_diagram(nodes, flows, label="Flows.", **options)


def everyone_everywhere(size=lambda i: 1000.0 + i):
    routes = [(a.code, b.code) for a in NODES for b in NODES if a != b]
    return [Flow(*route, size(i)) for i, route in enumerate(routes)]


def test_flows_under_the_least_share_are_counted_and_not_drawn():
    found = drawn(Flow("A", "B", 997), Flow("B", "A", 3), least_share=0.01)
    assert (found.drawn, found.left_out, found.least) == (1, 1, 10)
    assert [word for word in said(found.svg) if "→" in word] == ["State A → State B"]


def test_an_unknown_flow_is_counted_apart_from_a_small_one():
    found = drawn(Flow("A", "B", 10), Flow("B", "A", None))
    assert (found.drawn, found.left_out, found.unknown) == (1, 0, 1)


def test_nothing_known_is_the_empty_string():
    assert drawn(Flow("A", "B", None)).svg == ""
    assert drawn().svg == ""


def test_those_who_stay_are_no_flow():
    assert drawn(Flow("A", "A", 500)).svg == ""


def test_the_largest_flows_are_numbered_and_written_out():
    words = said(drawn(Flow("A", "B", 1234), Flow("B", "C", 5678), named=2).svg)
    assert words[-6:] == ["1", "State B → State C", "5,678", "2", "State A → State B", "1,234"]


def test_there_and_back_are_different_pictures():
    assert drawn(Flow("A", "B", 5), Flow("B", "C", 1)).svg != (
        drawn(Flow("B", "A", 5), Flow("C", "B", 1)).svg
    )


def test_the_order_in_which_flows_are_given_changes_nothing():
    flows = everyone_everywhere()
    assert drawn(*flows) == drawn(*reversed(flows))


def test_every_state_is_named_even_without_flows():
    assert {node.name for node in NODES} <= set(said(drawn(Flow("A", "B", 5)).svg))


def test_ten_states_of_usual_flows_are_less_than_nine_thousand_characters():
    found = drawn(*everyone_everywhere(lambda i: 1_000_000 / (i + 1)))
    assert found.drawn + found.left_out == 90
    assert len(found.svg) < 9000


def test_names_are_escaped():
    nodes = (Node("A", "<b>"), Node("B", "B"))
    assert "<b>" in said(drawn(Flow("A", "B", 5), nodes=nodes).svg)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABCDEFGHIJ"),
            st.sampled_from("ABCDEFGHIJ"),
            st.none() | st.floats(0, 1e9, allow_nan=False),
        ),
        max_size=40,
        unique_by=lambda flow: flow[:2],
    )
)
def test_every_flow_is_drawn_or_counted(routes):
    found = drawn(*(Flow(*route) for route in routes), named=0)
    positive = [(a, b) for a, b, size in routes if size and a != b]
    assert found.drawn + found.left_out == len(positive)
    assert found.unknown == sum(size is None for _, _, size in routes)
    if found.svg:
        parsed(found.svg)
        assert sum(figures(path) for path in paths(found.svg, "c-e")) == found.drawn
