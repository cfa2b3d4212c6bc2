"""Who acts on whom as a graph, for Gephi and its like: actors are nodes, deeds are edges with their days.

Actors of different reports are one node where they have the same name; whether they are the same is not judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from xml.sax.saxutils import quoteattr

from diurna.export.format import deeds
from diurna.model.record import Party, Reading

_ILLEGAL = {code: "\ufffd" for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
"""Characters no XML may hold."""


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


Nodes = dict[str, str]
"""Names of actors with their countries, "" where unknown."""


def write_gexf(readings: Iterable[Reading]) -> Iterator[bytes]:
    """GEXF 1.3, dynamic: an edge begins and ends with its deed."""
    nodes, edges = _collected(readings)
    yield (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        b'<graph mode="dynamic" timeformat="date" defaultedgetype="directed">\n'
        b'<attributes class="node"><attribute id="country" title="country" type="string"/></attributes>\n'
        b'<attributes class="edge"><attribute id="quad" title="quad" type="integer"/></attributes>\n<nodes>\n'
    )
    for name, country in nodes.items():
        yield (
            f"<node id={_attribute(name)} label={_attribute(name)}>"
            f'<attvalues><attvalue for="country" value={_attribute(country)}/></attvalues></node>\n'
        ).encode("utf-8", "replace")
    yield b"</nodes>\n<edges>\n"
    for edge in edges:
        days = (f' start="{edge.first}"' if edge.first else "") + (f' end="{edge.last}"' if edge.last else "")
        yield (
            f"<edge id={_attribute(edge.id)} source={_attribute(edge.source)} target={_attribute(edge.target)} "
            f'label="{edge.type}"{days}><attvalues><attvalue for="quad" value="{edge.quad}"/></attvalues></edge>\n'
        ).encode("utf-8", "replace")
    yield b"</edges>\n</graph>\n</gexf>\n"


def write_graphml(readings: Iterable[Reading]) -> Iterator[bytes]:
    """GraphML, directed, several edges between the same two actors where there are several deeds."""
    nodes, edges = _collected(readings)
    keys = (("country", "node"), ("type", "edge"), ("quad", "edge"), ("first", "edge"), ("last", "edge"))
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for key, kind in keys:
        yield f'<key id="{key}" for="{kind}" attr.name="{key}" attr.type="string"/>\n'.encode()
    yield b'<graph edgedefault="directed">\n'
    for name, country in nodes.items():
        yield f"<node id={_attribute(name)}>{_data('country', country)}</node>\n".encode("utf-8", "replace")
    for edge in edges:
        facts = "".join(_data(key, str(getattr(edge, key))) for key, kind in keys if kind == "edge")
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        yield f"<edge id={_attribute(edge.id)} {ends}>{facts}</edge>\n".encode("utf-8", "replace")
    yield b"</graph>\n</graphml>\n"


def _collected(readings: Iterable[Reading]) -> tuple[Nodes, list[_Edge]]:
    nodes: Nodes = {}
    edges = []
    for reading in readings:
        for event in deeds(reading):
            when = event.happened_at
            first, last = ((when.earliest or "")[:10], (when.latest or "")[:10]) if when else ("", "")
            for number, (actor, recipient) in enumerate(product(event.actors, event.recipients)):
                ends = [_node(reading, party, nodes) for party in (actor, recipient)]
                edges.append(_Edge(f"{event.id}-{number}", ends[0], ends[1], event.type, event.quad, first, last))
    return nodes, edges


def _node(reading: Reading, party: Party, nodes: Nodes) -> str:
    known = reading.actor(party.actor)
    name = " ".join((known.name if known else party.text).split())
    nodes[name] = nodes.get(name) or party.country or ""
    return name


def _attribute(text: str) -> str:
    return quoteattr(text.translate(_ILLEGAL))


def _data(key: str, text: str) -> str:
    return f'<data key="{key}">{quoteattr(text.translate(_ILLEGAL))[1:-1]}</data>' if text else ""
