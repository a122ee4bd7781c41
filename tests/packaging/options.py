#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""options.py PAGE PROGRAM [COMMAND...]: the manual page names exactly the options that the
program names in its help and in that of each COMMAND."""

import re
import subprocess
import sys

COMMON = {"--help", "--help-all", "--help-gapplication", "--version", "--json"}


def options(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", text)) - COMMON


def main():
    page, program, commands = sys.argv[1], sys.argv[2], sys.argv[3:]
    helped = set()
    for command in [[], *(command.split() for command in commands)]:
        run = subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True)
        helped |= options(run.stdout)
    with open(page, encoding="utf-8") as source:
        written = options(source.read().replace("\\-", "-"))

    for option in sorted(helped - written):
        print(f"{page} lacks {option}")
    for option in sorted(written - helped):
        print(f"{page} names {option}, which {program} does not have")
    sys.exit(helped != written)


main()
