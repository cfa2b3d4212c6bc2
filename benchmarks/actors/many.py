"""Time names of one text being joined, by their number: python benchmarks/actors/many.py [MOST].

Names are made by chance of syllables: a third are short for another; each stands once in a text of as many sentences.
"""

from __future__ import annotations

import random
import sys
import time

from diurna.link.within import Form, groups_within

_SYLLABLES = ["ba", "ko", "lim", "tor", "ven", "sa", "du", "ri", "mel", "zan", "fo", "gre", "pi", "nu", "hal", "che"]
_PER_FAMILY = 3


def names_of(count: int) -> list[Form]:
    """As many names as asked for, the same each time."""
    rng = random.Random(count)
    word = lambda least: "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(least, 4))).title()  # noqa: E731
    found: set[str] = set()
    while len(found) < count:
        given, family = word(2), word(3)
        found |= {f"{given} {family}", *([family] if rng.randrange(_PER_FAMILY) == 0 else ())}
    return [Form(name, "person" if n % 2 else "body") for n, name in enumerate(sorted(found)[:count])]


def main() -> None:
    """Print the processor time of each number of names, and of one name."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for count in (n for n in (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000) if n <= most):
        forms = names_of(count)
        text = " ".join(f"On that day {form.text} came to the hall." for form in forms)
        begun = time.process_time()
        groups = groups_within(forms, text)
        took = time.process_time() - begun
        print(
            f"{count} names: {took:.2f} s, {1000 * took / count:.2f} ms a name, {len(groups.members)} groups",
            flush=True,
        )


if __name__ == "__main__":
    main()
