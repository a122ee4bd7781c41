#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""house.py ROOT APPLICATION_ID: checks, as TAP, what the compiler cannot: that the rooms keep
to their floors, that files stay small, licensed and listed for translation."""

import pathlib
import re
import sys

ROOT, APPLICATION_ID = pathlib.Path(sys.argv[1]), sys.argv[2]

# What each room may include beside itself.
BELOW = {
    "policy": set(),
    "headers": {"policy"},
    "store": {"policy"},
    "remote": {"policy"},
    "fleet": {"policy", "headers", "store", "remote"},
    "server": {"policy", "headers"},
    "conformance": {"policy"},
    "cli": {"policy", "headers", "store", "remote", "fleet", "conformance"},
    "app": {"policy", "headers", "store", "remote", "fleet"},
}
LONGEST_SOURCE = 500
LONGEST_FORM = 250
TABLES = r"-table$|^gh-settings-"
LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */"

SOURCES = sorted((ROOT / "src").rglob("*.[ch]"))
TESTS = sorted((ROOT / "tests").rglob("*.[ch]"))
FORMS = sorted((ROOT / "ui").rglob("*.ui"))


def name(path):
    return path.relative_to(ROOT).as_posix()


def room(path):
    return path.relative_to(ROOT / "src").parts[0]


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def includes(path):
    return re.findall(r'^\s*#\s*include\s+([<"][^>"]+)[>"]', path.read_text(encoding="utf-8"), re.M)


def floors():
    """A room includes only rooms on lower floors."""
    owner = {path.name: room(path) for path in SOURCES if path.suffix == ".h"}
    for path in SOURCES:
        if room(path) not in BELOW:
            yield f"{name(path)}: no such room in the plan of the house"
            continue
        for include in includes(path):
            other = owner.get(pathlib.Path(include[1:]).name) if include[0] == '"' else None
            if other and other != room(path) and other not in BELOW[room(path)]:
                yield f"{name(path)}: {room(path)} includes {include[1:]} of {other}"


def toolkit():
    """GTK and libadwaita are known in src/app only."""
    for path in SOURCES:
        if room(path) != "app":
            for include in includes(path):
                if re.match(r"<(gtk|gdk|gsk|adwaita)\b", include):
                    yield f"{name(path)}: includes {include[1:]}"


def sizes():
    """No file is too long to be read; tables of data may be."""
    for path, longest in [(p, LONGEST_SOURCE) for p in SOURCES] + [(p, LONGEST_FORM) for p in FORMS]:
        if len(lines(path)) > longest and not re.search(TABLES, path.stem):
            yield f"{name(path)}: {len(lines(path))} lines, {longest} at most"


def licences():
    """Each source begins with its licence."""
    for path in SOURCES + TESTS:
        if lines(path)[:1] != [LICENCE]:
            yield f"{name(path)}: does not begin with {LICENCE}"


def translations():
    """Each file with words for people is in po/POTFILES, and nothing else is."""
    listed = {line for line in lines(ROOT / "po/POTFILES") if line and not line.startswith("#")}
    speaking = {
        name(path)
        for path in SOURCES
        if path.suffix == ".c"
        and re.search(r"\b(N?C?_|n?gettext|dn?gettext|g_dn?gettext)\s*\(\s*\"", path.read_text(encoding="utf-8"))
    } | {name(path) for path in FORMS if 'translatable="yes"' in path.read_text(encoding="utf-8")}
    for path in sorted(speaking - listed):
        yield f"po/POTFILES: lacks {path}"
    for path in sorted(listed):
        if not (ROOT / path).is_file():
            yield f"po/POTFILES: lists {path}, which is not there"


def formats():
    """No sentence for people is cut short by a macro that xgettext does not know."""
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        for call in re.finditer(r"\b(?:N?C?_|\w*gettext) \((?:[^()\"]|\"(?:[^\"\\]|\\.)*\")*", text):
            tokens = re.findall(r'"(?:[^"\\]|\\.)*"|\w+|,', call.group())
            if any(a[0] == '"' and b[0].isalpha() and b[:3] != "PRI" for a, b in zip(tokens, tokens[1:])):
                number = text.count("\n", 0, call.start()) + 1
                yield f"{name(path)}:{number}: no macro but PRId64 and its like in what is translated"


def identity():
    """The application id is written in the root meson.build and nowhere else in the code."""
    for path in SOURCES + FORMS + sorted((ROOT / "data").glob("*.in")):
        for number, line in enumerate(lines(path), 1):
            if APPLICATION_ID in line:
                yield f"{name(path)}:{number}: names {APPLICATION_ID}"


CHECKS = (floors, toolkit, sizes, licences, translations, formats, identity)
print(f"1..{len(CHECKS)}")
for number, check in enumerate(CHECKS, 1):
    complaints = list(check())
    for complaint in complaints:
        print("#", complaint)
    print("not ok" if complaints else "ok", number, "-", check.__doc__.splitlines()[0].rstrip("."))
