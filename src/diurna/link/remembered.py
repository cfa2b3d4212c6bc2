"""What linking remembers of names and wordings while it runs: bounded, and let go of when a run ends.

A process that links a few reports an hour for weeks would otherwise fill every one of these memories.
"""

from __future__ import annotations

import functools
import sys

_OURS = ("diurna.link.", "diurna.flow.resolving")


def forget() -> None:
    """Let go of all that was remembered of single names, words and clauses; lexicons stay."""
    for name, module in list(sys.modules.items()):
        if not name.startswith(_OURS):
            continue
        for one in vars(module).values():
            if isinstance(one, functools._lru_cache_wrapper) and (one.cache_info().maxsize or 0) > 1:
                one.cache_clear()
