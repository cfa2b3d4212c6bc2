"""Property tests here touch files and start cold: their single examples have no deadline, the whole run has."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("files", deadline=None)
settings.load_profile("files")
