"""Names that share no word: states, their peoples and well-known bodies under all the names the lexicons have.

For names of one text only: across reports "Congress" or "the Foreign Office" may be any state's.
"""

from __future__ import annotations

from diurna.lexicon import Table, load, made_of
from diurna.link.names import alias_words, folded


def _faults_in_countries(table: Table) -> list[str]:
    return [f"{code} has no list of {key}" for code, row in table.items() for key in ("names", "adjectives")
            if not isinstance(row, dict) or not isinstance(row.get(key), list)]  # fmt: skip


def _faults_in_bodies(table: Table) -> list[str]:
    return [f"body {number} has no names" for number, row in enumerate(table.get("body", ())) if not row.get("names")]


@made_of("countries", "organisations")
def other_names() -> dict[str, str]:
    """What states and well-known bodies are called, folded, each with the one name it stands for.

    Raises:
        LexiconError: a lexicon is missing or wrong.
    """
    found = dict(alias_words().listed)
    rows = [list(row["names"]) for row in load("countries", "en", _faults_in_countries).values()]
    rows += [list(row) for body in load("organisations", "en", _faults_in_bodies)["body"] for row in body["names"]]
    for row in rows:
        names = [folded(name) for name in row]
        key = next((found[name] for name in names if name in found), names[0])
        for name in names:
            found.setdefault(name, key)
    return found


@made_of("countries")
def peoples() -> dict[str, str]:
    """Peoples in the plural, folded ("belgians"), each with its state as `other_names` has it.

    Raises:
        LexiconError: the lexicon is missing or wrong.
    """
    found: dict[str, str] = {}
    for row in load("countries", "en", _faults_in_countries).values():
        state = other_names()[folded(row["names"][0])]
        found |= {f"{folded(word)}s": state for word in row["adjectives"] if not word.endswith(("s", "sh", "ch", "e"))}
        found |= {folded(word): state for word in row.get("people", ())}
    return found
