"""Texts for fuzzing: pieces of news English, of dates and of quotations, mixed with what breaks programs."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.texts import SENTENCES

ODD = (
    "\u00a0", "\u200b", "\u2009", "e\u0301", "\U0001f600", "\u202e", "\ufeff", "\r\n", "\r", "\n", "\n\n", "\t",
    "“", "”",
    '"', "«", "»", "‘", "’", "'", "\u2028", "\u0085", "\x00", "\x1b[31m", "—", "–", "-", "…", "...", ".", ",", ";", ":",
    "(", ")", "[", "]", "\ud800", "İ", "ß", "ﬁ", "Ａ", "،", "؟", "•", "§", "$", "%", "€", "@", "#", "\u0661\u0662",
)  # fmt: skip
NAMES = (
    "Oren Tal", "Ilse Varn", "Harrowland", "Seldonia", "the Valley Front", "the ministry", "Prime Minister", "Gen.",
    "President Tomas Rhel", "the U.S.", "Mr. Tal", "Baghdad", "Paris", "a senior official", "sources", "he", "she",
    "they",
    "it", "who", "Upper Harrow", "the army", "Dr. Al-Tal bin Varn",
    "Deputy Foreign Minister for Trade Anna K. Obel Jr.",
)  # fmt: skip
VERBS = (
    "said", "denied", "did not deny", "told", "warned", "agreed to", "refused to", "threatened to attack", "shelled",
    "killed 12 people", "accused", "asked whether", "according to", "promised that", "would", "could have",
    "was said to have",
    "claims", "announced", "withdrew", "if", "unless", "because", "that", "and", "or", "but", "not", "never", "nor",
    "by",
    "to", "in", "of", "from", "between", "until", "since", "before", "after", "during", "late", "early", "mid-",
)  # fmt: skip
DATES = (
    "Friday", "last week", "next month", "on 3 March 2030", "31/12/1999", "2024-02-30", "29 February",
    "February 29, 2023",
    "March", "the 1990s", "'90s", "the 19th century", "yesterday", "two days ago", "99999999 years ago",
    "in 10000 years",
    "the preceding day", "a fortnight earlier", "Ramadan", "Easter", "Nowruz 1403", "1445 AH", "Q3 2024", "FY2025",
    "10 p.m.",
    "24:00", "25:61", "noon GMT", "May", "the end of May", "between April and September of last year", "0 BC", "year 0",
    "the year 9999", "31 December 9999", "1 January 1", "the 32nd of May", "summer 2021", "the weekend",
    "Monday to Friday",
    "the third Tuesday of November", "a week from Sunday", "2025-W53", "20250131", "the past five years",
    "ten centuries hence",
    "minus two days", "12.12.12", "the eve of Christmas 1914", "half a year later", "three quarters ago", "tonight",
    "now",
)  # fmt: skip
NUMBERS = (
    "0",
    "1",
    "12",
    "1,400",
    "99999999999999999999",
    "3.5",
    "-7",
    "½",
    "twelve",
    "a hundred and one",
    "dozens",
    "١٢",
)

fragments = st.one_of(*(st.sampled_from(one) for one in (SENTENCES, ODD, NAMES, VERBS, DATES, NUMBERS)))
dates = st.one_of(*(st.sampled_from(one) for one in (DATES, DATES, NUMBERS, VERBS[-16:], ODD)))


def _joined(parts: list[str], joint: str) -> str:
    return joint.join(parts)


joints = st.sampled_from((" ", " ", " ", "", ", ", "\n\n", ". "))
news = st.builds(_joined, st.lists(fragments, min_size=1, max_size=30), joints)
dated = st.builds(_joined, st.lists(dates, min_size=1, max_size=16), joints)
repeated = st.builds(lambda part, times: part * times, st.text(min_size=1, max_size=12), st.integers(2, 400))
repeated_words = st.builds(
    lambda parts, times: (" ".join(parts) + " ") * times,
    st.lists(fragments, min_size=1, max_size=4),
    st.integers(2, 60),
)
wild = st.text(max_size=300)
any_text = st.one_of(news, news, news, repeated, repeated_words, wild)
days = st.one_of(
    st.none(),
    st.sampled_from(("0001-01-01", "9999-12-31", "2024-02-29", "2030-03-02", "1900-01-01", "1582-10-15")),
    st.dates().map(str),
)
"""The day of publication."""
