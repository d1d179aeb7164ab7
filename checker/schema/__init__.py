"""What may stand in packs, profiles and configs. Field descriptions are the documentation that editors show.

Values come as text (see `yamlfile`), so numbers and flags are read from text here. What needs other packs (names of
lexicons, contexts, instruments, rules) is checked by `packs`.
"""

from __future__ import annotations

from checker.schema.errors import validated
from checker.schema.pack import Config, Pack, Profile, config_schema, pack_schema, profile_schema

__all__ = ["Config", "Pack", "Profile", "config_schema", "pack_schema", "profile_schema", "validated"]
