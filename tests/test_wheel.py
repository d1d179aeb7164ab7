"""The built wheel, installed away from the checkout, runs the main job with the rules it ships."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARTICLE = "# 币安新手教程\n\n现在注册币安并填写邀请码 AB12CD，手续费立返 20%。\n"


def test_the_wheel_ships_its_rules(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("article_checker-*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", str(wheel)], check=True, capture_output=True)
    (tmp_path / "article.md").write_text(ARTICLE, encoding="utf-8")
    command = [home / "bin" / "checker", "check", "--format", "json", "article.md"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 1, ran.stderr
    report = json.loads(ran.stdout)
    assert ("solicitation", 3) in {(v["category"], v["start"]["line"]) for v in report["violations"]}
    where = subprocess.run(
        [python, "-c", "import checker; print(checker.__file__)"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert str(home) in where.stdout
