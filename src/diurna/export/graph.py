"""Who acts on whom as a graph, for Gephi and its like: actors are nodes, deeds are edges with their days.

Actors of different reports are one node where they have the same name; whether they are the same is not judged here.
Nodes come before edges, so both wait in temporary files until the last record is known.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, product
from xml.sax.saxutils import quoteattr

from diurna.export.format import deeds
from diurna.export.spill import Spill
from diurna.model.record import Party, Reading

_ILLEGAL = {code: "\ufffd" for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
"""Characters no XML may hold."""

_ROOM = 1 << 20


@dataclass(frozen=True, slots=True)
class _Edge:
    """One deed of one actor towards one recipient."""

    id: str
    source: str
    target: str
    type: str
    quad: int
    first: str
    last: str


def write_gexf(readings: Iterable[Reading]) -> Iterator[bytes]:
    """GEXF 1.3, dynamic: an edge begins and ends with its deed."""
    yield (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        b'<graph mode="dynamic" timeformat="date" defaultedgetype="directed">\n'
        b'<attributes class="node"><attribute id="country" title="country" type="string"/></attributes>\n'
        b'<attributes class="edge"><attribute id="quad" title="quad" type="integer"/></attributes>\n<nodes>\n'
    )
    yield from _graph(readings, _gexf_node, _gexf_edge, between=b"</nodes>\n<edges>\n")
    yield b"</edges>\n</graph>\n</gexf>\n"


def _gexf_node(name: str, country: str) -> str:
    return f"<node id={_attribute(name)} label={_attribute(name)}>" + (
        f'<attvalues><attvalue for="country" value={_attribute(country)}/></attvalues></node>\n'
        if country
        else "</node>\n"
    )


def _gexf_edge(edge: _Edge) -> str:
    days = (f' start="{edge.first}"' if edge.first else "") + (f' end="{edge.last}"' if edge.last else "")
    return (
        f"<edge id={_attribute(edge.id)} source={_attribute(edge.source)} target={_attribute(edge.target)} "
        f'label="{edge.type}"{days}><attvalues><attvalue for="quad" value="{edge.quad}"/></attvalues></edge>\n'
    )


_KEYS = (
    ("label", "node"),
    ("country", "node"),
    ("type", "edge"),
    ("quad", "edge"),
    ("first", "edge"),
    ("last", "edge"),
)


def write_graphml(readings: Iterable[Reading]) -> Iterator[bytes]:
    """GraphML, directed, several edges between the same two actors where there are several deeds."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for key, kind in _KEYS:
        holds = "int" if key == "quad" else "string"
        yield f'<key id="{key}" for="{kind}" attr.name="{key}" attr.type="{holds}"/>\n'.encode()
    yield b'<graph edgedefault="directed">\n'
    yield from _graph(readings, _graphml_node, _graphml_edge)
    yield b"</graph>\n</graphml>\n"


def _graphml_node(name: str, country: str) -> str:
    return f"<node id={_attribute(name)}>{_data('label', name)}{_data('country', country)}</node>\n"


def _graphml_edge(edge: _Edge) -> str:
    facts = "".join(_data(key, str(getattr(edge, key))) for key, kind in _KEYS if kind == "edge")
    ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
    return f"<edge id={_attribute(edge.id)} {ends}>{facts}</edge>\n"


def _graph(
    readings: Iterable[Reading],
    node: Callable[[str, str], str],
    edge: Callable[[_Edge], str],
    between: bytes = b"",
) -> Iterator[bytes]:
    """The nodes, each once, by name, with the first country that is given for them; then the edges as they came."""
    with Spill() as nodes, tempfile.TemporaryFile() as edges:
        for reading in readings:
            for one in _edges(reading, nodes):
                edges.write(_bytes(edge(one)))
        for name, rows in groupby(nodes.ordered(), lambda row: str(row[0])):
            yield _bytes(node(name, next((country for _, _, country in rows if country), "")))
        yield between
        edges.seek(0)
        while block := edges.read(_ROOM):
            yield block


def _edges(reading: Reading, nodes: Spill) -> Iterator[_Edge]:
    """The deeds of a reading; its actors go into `nodes`: name, number, country or ""."""
    for event in deeds(reading):
        when = event.happened_at
        first, last = ((when.earliest or "")[:10], (when.latest or "")[:10]) if when else ("", "")
        for number, (actor, recipient) in enumerate(product(event.actors, event.recipients)):
            ends = [_name(reading, party) for party in (actor, recipient)]
            for name, party in zip(ends, (actor, recipient), strict=True):
                nodes.add(name, len(nodes), party.country or "")
            yield _Edge(f"{event.id}-{number}", ends[0], ends[1], event.type, event.quad, first, last)


def _name(reading: Reading, party: Party) -> str:
    known = reading.actor(party.actor)
    return " ".join((known.name if known else party.text).split())


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _attribute(text: str) -> str:
    return quoteattr(text.translate(_ILLEGAL))


def _data(key: str, text: str) -> str:
    return f'<data key="{key}">{quoteattr(text.translate(_ILLEGAL))[1:-1]}</data>' if text else ""
