"""`checker init`: writes a commented .checker.yaml, asking on a terminal what no option says."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from checker.errors import CheckerError
from checker.plans import profiles
from checker.schema.base import LANGUAGES, PUBLISHERS

NAME = ".checker.yaml"
_TEMPLATE = """\
# checker 的配置 / configuration of checker。每个键都可省略；未知的键会报错。Every key is optional; unknown keys are errors.

# 规则集与法域 / rule profile and jurisdiction: {profiles}
profile: {profile}

# 发布者 / publisher: site, or news-licensed (持有互联网新闻信息服务许可)
publisher: {publisher}

# 消息语言 / language of messages: zh | en
lang: {lang}

# 达到此级别即退出码 1 / lowest severity that fails a run: info | warning | error
fail_on: error

# 自有规则包，相对本文件 / own packs, relative to this file
# packs: [house-rules/]

# 只用或不用这些规则、规则包、类别 / only, or not, these rules, packs or categories
# select: []
# ignore: [typography]

# 调整级别 / change severities
# severity: {{attribution/author: error}}

# 文章不得豁免的规则或类别 / rules or categories that no article may suppress
# unsuppressable: [solicitation]

# 检查与不检查的文件 / files to check or leave out
# include: ["**/*.md"]
# exclude: ["drafts/**"]

# 非 UTF-8 的文件 / files that are not UTF-8
# encodings: {{"archive/**": gb18030}}

# 站点生成器，其短代码不算残留；不写则从仓库中识别 / site generator whose shortcodes are no leftovers; found from the repository
# unless it is named: hugo | hexo | jekyll | vuepress | gitbook | none
# site: none

# 站名，即消息和声明里的 {{site_name}} / what the site is called, {{site_name}} in messages and statements
# site_name: 本站

# 自家的声明文字 / house wording of required statements
# texts: {{disclaimer/not-advice: {{zh: "{{site_name}}的内容不构成投资建议。"}}}}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", default=".", type=Path, help="where to write it (default: .)")
    parser.add_argument("--profile", metavar="NAME", help="rule profile (default: asked on a terminal, else cn-media)")
    parser.add_argument("--publisher", choices=PUBLISHERS, help="who publishes: a site, or holder of a licence for internet news / 发布者")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of messages / 消息语言")
    parser.add_argument("--force", action="store_true", help="write over an existing file / 覆盖已有文件")


def run(args: argparse.Namespace) -> int:
    path = args.folder / NAME
    if not args.folder.is_dir():
        raise CheckerError("no such folder / 文件夹不存在", str(args.folder))
    if path.exists() and not args.force:
        raise CheckerError("exists already; --force writes over it / 已存在；用 --force 覆盖", str(path))
    names = profiles()
    answers = {
        "profile": args.profile or _ask("规则集 / profile", names, "cn-media"),
        "publisher": args.publisher or _ask("发布者 / publisher", PUBLISHERS, "site"),
        "lang": args.lang or _ask("消息语言 / language of messages", LANGUAGES, "zh"),
    }
    if answers["profile"] not in names:
        raise CheckerError(f"unknown profile {answers['profile']!r}; there are / 未知规则集，可用: {', '.join(names)}")
    try:
        path.write_text(_TEMPLATE.format(profiles=", ".join(names), **answers), encoding="utf-8", newline="\n")
    except OSError as error:
        raise CheckerError(f"cannot be written: {error.strerror} / 无法写入", str(path)) from error
    print(f"{path}: written / 已写入")
    return 0


def _ask(question: str, choices: tuple[str, ...], default: str) -> str:
    """The answer of a person at a terminal; the default elsewhere (a script, a container)."""
    if not sys.stdin.isatty():
        return default
    while True:
        try:
            answer = input(f"{question} ({' | '.join(choices)}) [{default}]: ").strip() or default
        except EOFError:
            raise CheckerError("\nno answer: nothing written / 没有回答，未写入") from None
        if answer in choices:
            return answer
        print(f"one of / 请选择: {', '.join(choices)}")
