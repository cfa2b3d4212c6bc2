"""Texts of ours for tests. The countries, people and groups in them are invented."""

from __future__ import annotations

import json
from importlib import resources

SENTENCES = (
    "The ministry of Harrowland said on Friday that its troops had left the valley.",
    "“We will not hand over a single rifle,” Oren Tal told the crowd. “Not now.”",
    "According to an official briefed on the talks, the envoy warned that the deal could collapse.",
    "Thousands of supporters of the Valley Front rallied in Upper Harrow on 3 March 2030.",
    "The President denied controlling the armed groups and accused Seldonia of arming them.",
    "Deputies agreed to register their weapons by 31 March, the Council’s chair announced.",
    "Prime Minister Ilse Varn spoke by telephone with President Tomas Rhel last week.",
    "At least 12 people were killed when soldiers fired on the market, two medics said.",
)


def sample_texts() -> list[str]:
    """The texts of the demo reports, with their titles."""
    rows = resources.files("diurna").joinpath("demo/reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [f"{row['title']}\n\n{row['text']}" for row in map(json.loads, rows)]
