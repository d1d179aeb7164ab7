#!/usr/bin/env bash
# Installs the peers that run.py compares with, from npm and PyPI, into bench/.peers; ripgrep comes from the system (apt install ripgrep).
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p .peers && cd .peers
python3 -m venv semgrep && semgrep/bin/pip install -q semgrep
[ -f package.json ] || npm init -y >/dev/null
npm install --silent textlint textlint-rule-prh autocorrect-node zhlint
command -v rg >/dev/null || echo "ripgrep is not installed: its rows will be left out" >&2
python3 -m venv checker && checker/bin/pip install -q --force-reinstall --no-deps ../.. && checker/bin/pip install -q ../..
