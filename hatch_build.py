"""The wheel carries the plan of every shipped profile, compiled: no first run has to read and compile the packs."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PlansHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # a checkout compiles what it holds now
            return
        sys.path.insert(0, self.root)
        os.environ["CHECKER_NO_CACHE"] = "1"
        from checker.config import Config
        from checker.plans import plan_for, profiles, to_bytes

        self.made = tempfile.TemporaryDirectory()
        for profile in profiles():
            path = Path(self.made.name) / f"{profile}.plan"
            path.write_bytes(to_bytes(plan_for(Config(profile=profile))))
            build_data["force_include"][str(path)] = f"checker/_plans/{profile}.plan"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "made"):
            self.made.cleanup()
