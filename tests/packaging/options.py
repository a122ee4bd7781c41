#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""options.py PAGE PROGRAM [COMMAND...]: the manual page names exactly the commands that the
program's help lists, and exactly the options that it names there and in the help of each of
them and of each COMMAND."""

import re
import subprocess
import sys

COMMON = {"--help", "--help-all", "--help-gapplication", "--version"}


def options(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", text)) - COMMON


def help_of(program, *command):
    run = subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True)
    return run.stdout


def compare(page, kind, written, helped):
    for name in sorted(helped - written):
        print(f"{page} lacks the {kind} {name}")
    for name in sorted(written - helped):
        print(f"{page} has a {kind} {name} that is not in the help")
    return written == helped


def main():
    page, program = sys.argv[1], sys.argv[2]
    with open(page, encoding="utf-8") as source:
        text = source.read().replace("\\-", "-")

    help_text = help_of(program)
    listed = re.findall(r"^  ([a-z][a-z-]*(?: [a-z][a-z-]*)?) (?=[A-Z\[\n-]|$)", help_text, re.M)
    commands = {name for name in listed if not name.startswith("gatehouse")}
    described = set(re.findall(r"^\.TP\n\\fB([a-z][a-z -]*)\\fP", text, re.M))
    for command in [*commands, *sys.argv[3:]]:
        help_text += help_of(program, *command.split())

    same_commands = compare(page, "command", described, commands)
    same_options = compare(page, "option", options(re.sub(r"\\f[BIPR]", " ", text)), options(help_text))
    sys.exit(not (same_commands and same_options))


main()
