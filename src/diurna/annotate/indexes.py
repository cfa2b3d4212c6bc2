"""Where a stretch of text belongs: which actor it is about, which statement's content it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate

from diurna.annotate.parse import Parse
from diurna.model.annotation import StatementDraft
from diurna.model.record import Actor
from diurna.model.span import Span

_TITLING = frozenset({"NN", "NNP", "NNPS", "JJ", "HYPH", "AFX", "DT"})
"""Tags of the words of a title before a name."""


class ActorIndex:
    """Which actor a stretch of text is about: the one with a mention on the same head word."""

    def __init__(self, parse: Parse, actors: Sequence[Actor]) -> None:
        self._parse = parse
        self._by_head: dict[int, str] = {}
        self._by_span: dict[Span, str] = {}
        self._named_by: dict[int, int] = {}
        for actor in actors:
            for mention in actor.mentions:
                if actor.kind == "person":
                    inside = parse.tokens_in(mention)
                    self._named_by.setdefault(inside[-1], inside[0])
                self._by_span.setdefault(mention, actor.id)
                head = parse.head_in(mention)
                if head is not None:
                    self._by_head.setdefault(head, actor.id)

    def at(self, span: Span | None) -> str | None:
        """The id of the actor `span` is about, or None."""
        if span is None:
            return None
        exact = self._by_span.get(span)
        if exact:
            return exact
        head = self._parse.head_in(span)
        if head is None:
            return None
        return self._last_named(span) or self._by_head.get(head) or self._inside(span, head)

    def at_head(self, head: int) -> str | None:
        """The id of the actor with a mention on this token, or None."""
        return self._by_head.get(head)

    @property
    def heads(self) -> Collection[int]:
        """The tokens that head a mention of an actor."""
        return self._by_head.keys()

    def of_document(self, span: Span) -> tuple[str | None, str | None]:
        """The actor that heads a document's phrase, and the body the document belongs to ("the ministry's letter")."""
        head = self._parse.head_in(span)
        actor = self._by_span.get(span) or (None if head is None else self._by_head.get(head))
        if actor is not None or head is None:
            return actor, None
        owners = self._parse.children_by(head, "compound", "nmod", "poss")
        return None, next((self._by_head[i] for i in owners if i in self._by_head), None)

    def _last_named(self, span: Span) -> str | None:
        """The person whose name ends the phrase, only words of a title before it ("firm co-founder Ana Ruel")."""
        inside = self._parse.tokens_in(span)
        if not inside or self._parse.tags[inside[-1]] != "NNP":
            return None
        first = self._named_by.get(inside[-1])
        plain = first is not None and all(self._parse.tags[i] in _TITLING for i in range(inside[0], first))
        return self._by_head.get(inside[-1]) if plain else None

    def _inside(self, span: Span, head: int) -> str | None:
        """The actor of the appositive or name part of the phrase under `head`, where the head itself is no mention."""
        inside = self._parse.tokens_in(span)
        names = self._parse.children_by(head, "appos", "compound", "flat", "nmod")
        return next((self._by_head[i] for i in names if i in inside and i in self._by_head), None)


class ContentIndex:
    """Which statement's content a stretch of text stands in, the narrowest where contents lie in one another.

    Attributes:
        widest_first: statements by length of content, longest first, so that a parent comes before its children.
    """

    def __init__(self, statements: Sequence[StatementDraft]) -> None:
        self._statements = statements
        self._sizes = [sum(s.end - s.start for s in one.content) for one in statements]
        rows = sorted((span.start, span.end, number) for number, one in enumerate(statements) for span in one.content)
        self._rows = rows
        self._starts = [start for start, _, _ in rows]
        self._furthest = list(accumulate((end for _, end, _ in rows), max))
        self.widest_first = sorted(range(len(statements)), key=lambda i: (-self._sizes[i], i))

    def holding(self, span: Span) -> int | None:
        """The statement with the shortest content that holds `span`, by index."""
        return min(self._over(span), key=self._rank, default=None)

    def parent_of(self, child: int) -> int | None:
        """The statement whose content holds the child's cue and content most narrowly.

        A parent's content is always longer than its child's, so there are no circles.
        """
        one = self._statements[child]
        over = self._over(one.content[0])
        for span in (*one.cue, *one.content[1:]):
            over = [i for i in over if any(content.contains(span) for content in self._statements[i].content)]
        return min((i for i in over if self._sizes[i] > self._sizes[child]), key=self._rank, default=None)

    def _rank(self, number: int) -> tuple[int, int]:
        return self._sizes[number], number

    def _over(self, span: Span) -> list[int]:
        """Statements with a content span that holds `span`."""
        found = []
        row = bisect_right(self._starts, span.start) - 1
        while row >= 0 and self._furthest[row] >= span.end:
            _, end, number = self._rows[row]
            if end >= span.end:
                found.append(number)
            row -= 1
        return found
