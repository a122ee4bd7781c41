#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""gatehousectl.py GATEHOUSECTL GATEHOUSE-SERVER: the whole journey on the command line, with a
real keyring in the state that TEST_KEYRING_STATE names."""

import csv
import io
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys

from programs import Ctl, Server, run_cases, scratch, write_policy

TIMEOUT = "global-session-timeout"
ATTEMPTS = "max-failed-login-attempts"
WINDOW = "failed-login-window"

LINK = "rank-assessment-link-expiry"
ANALYTICS = "google-analytics"

WORKSPACE_MEMBERS = {"id": str, "account": str, "name": str, "url": str, "state": str, "drafted": int, "revision": int}
SETTING_MEMBERS = [
    "number", "id", "group", "title", "help", "type", "unit", "minimum", "maximum", "choices",
    "default", "zero", "scope", "recommended", "source", "parent",
]  # fmt: skip


HELPERS = ("fresh", "without_keyring", "find_community", "community", "change_community")


class Journey:
    def __init__(self, ctl_program, server_program, directory):
        self.directory = pathlib.Path(directory)
        self.server = Server(server_program, directory)
        self.ctl = Ctl(ctl_program, self.directory / "gatehouse.db")
        status, _, answer = self.server.ask("GET", "/v1/workspaces")
        assert status == 200
        self.ids = [workspace["id"] for workspace in answer.get("items", answer.get("workspaces"))]
        self.first, self.second, self.third = self.ids[:3]

    def fresh(self, workspace):
        """Synced, with nothing drafted."""
        self.ctl("revert", workspace)
        self.ctl.does("sync", workspace)
        assert self.ctl.state(workspace) == "synced"

    # Accounts

    def account_refusals(self):
        """An account is added only with an address and a token that hold"""
        ctl, url, token = self.ctl, self.server.url, self.server.token
        assert "--token-stdin" in ctl.does("account", "add", "work", url, status=2).err
        ctl.does("account", "add", "work", url, "--token-stdin", status=2)
        ctl.does("account", "add", "work", url, "--token-stdin", status=3, stdin="wrong-token\n")
        ctl.does("account", "add", "work", "http://policy.example", "--token-stdin", status=2, stdin=token)
        ctl.does("account", "add", "no/name", url, "--token-stdin", status=2, stdin=token)
        ctl.does("account", "add", "work", "http://127.0.0.1:1", "--token-stdin", status=4, stdin=token)
        assert ctl.does("account", "list", "--json").json == []

    def account_add(self):
        """An account is added once, its token in the keyring and in no file"""
        self.ctl.does("account", "add", "work", self.server.url, "--token-stdin", stdin=self.server.token + "\n")
        self.ctl.does(
            "account", "add", "work", self.server.url, "--token-stdin", status=3, stdin=self.server.token
        )
        (account,) = self.ctl.does("account", "list", "--json").json
        assert account["name"] == "work" and account["url"].startswith(self.server.url), account
        for path in self.directory.glob("gatehouse.db*"):
            assert self.server.token.encode() not in path.read_bytes(), path

    def sign_in(self):
        """Signing in again replaces the token and keeps the draft"""
        self.fresh(self.first)
        self.ctl.does("set", self.first, f"{TIMEOUT}=17")
        self.ctl.does("account", "sign-in", "work", "--token-stdin", status=3, stdin="wrong-token")
        self.ctl.does("account", "sign-in", "work", "--token-stdin", stdin=self.server.make_token("--role", "administrator"))
        self.ctl.does("sync", self.first)
        assert self.ctl.value(self.first, TIMEOUT) == 17
        self.ctl.does("account", "sign-in", "nobody", "--token-stdin", status=2, stdin="x")
        self.ctl.does("account", "sign-in", "work", "--token-stdin", stdin=self.server.token)

    def ambiguous(self):
        """An id that two accounts have needs ACCOUNT/ID"""
        self.ctl.does("account", "add", "other", self.server.url, "--token-stdin", stdin=self.server.token)
        self.ctl.does("sync", "--account", "other")
        self.ctl.does("get", self.first, status=2)
        self.ctl.does("set", f"other/{self.first}", f"{TIMEOUT}=44")
        assert self.ctl.value(f"other/{self.first}", TIMEOUT) == 44
        assert self.ctl.value(f"work/{self.first}", TIMEOUT) != 44
        self.ctl.does("account", "remove", "other")
        self.ctl.does("get", self.first)
        self.ctl.does("account", "remove", "other", status=2)

    def databases(self):
        """Accounts of one name in two databases keep their tokens apart"""
        self.fresh(self.first)
        other = Ctl(self.ctl.program, self.directory / "other.db")
        token = self.server.make_token("--role", "reader")
        other.does("account", "add", "work", self.server.url, "--token-stdin", stdin=token)
        value = self.ctl.value(self.first, TIMEOUT) + 1
        for ctl, status in ((other, 3), (self.ctl, 0)):
            ctl.does("sync", self.first)
            ctl.does("set", self.first, f"{TIMEOUT}={value}")
            ctl.does("apply", self.first, "--yes", status=status)
        other.does("account", "remove", "work")
        self.ctl.does("set", self.first, f"{TIMEOUT}={value - 1}")
        self.ctl.does("apply", self.first, "--yes")

    # Looking

    def sync(self):
        """Syncing reads lists and policies"""
        self.ctl.does("sync", status=2)
        self.ctl.does("sync", "--all", self.first, status=2)
        self.ctl.does("sync", "--all", "--window", "2")
        self.ctl.does("sync", self.first, self.second)
        self.ctl.does("sync", "nowhere", status=2)
        workspaces = self.ctl.does("workspace", "list", "--json").json
        assert sorted(workspace["id"] for workspace in workspaces) == sorted(self.ids)
        for workspace in workspaces:
            for member, kind in WORKSPACE_MEMBERS.items():
                assert type(workspace[member]) is kind, (member, workspace)
            assert workspace["revision"] > 0 and workspace["state"] == "synced"
        assert self.first in self.ctl.does("workspace", "list").out
        assert self.ctl.does("workspace", "list", "--state", "conflict", "--json").json == []
        assert self.ctl.does("workspace", "list", "--account", "nobody", "--json").json == []
        self.ctl.does("workspace", "list", "--state", "sleepy", status=2)

    def settings(self):
        """The catalogue has every field with every member, and is searched"""
        settings = self.ctl.does("settings", "--json").json
        assert len(settings) == 74 and {setting["number"] for setting in settings} == set(range(1, 55))
        for setting in settings:
            assert list(setting) == SETTING_MEMBERS, setting
            assert (setting["parent"] is None) == ("." not in setting["id"]), setting
            bounded = setting["type"] not in ("boolean", "enum")
            assert (setting["minimum"] is not None) == (setting["maximum"] is not None) == bounded, setting
            if setting["type"] == "enum":
                assert setting["default"] in [choice["id"] for choice in setting["choices"]]
        found = [setting["id"] for setting in self.ctl.does("settings", "session timeout", "--json").json]
        assert TIMEOUT in found and len(found) < 20
        self.ctl.does("settings", "there is no such setting", status=1)

    def get(self):
        """Values in effect, what is drafted marked"""
        self.fresh(self.first)
        base = self.ctl.value(self.first, TIMEOUT)
        self.ctl.does("set", self.first, f"{TIMEOUT}=19")
        values = self.ctl.does("get", self.first, "--json").json
        assert len(values) == 74
        entry = values[TIMEOUT]
        assert (entry["value"], entry["base"], entry["drafted"]) == (19, base, True), entry
        assert sum(entry["drafted"] for entry in values.values()) == 1
        lines = self.ctl.does("get", self.first).out.splitlines()
        assert [line for line in lines if line.startswith("*")] == [line for line in lines if TIMEOUT in line]
        self.ctl.does("get", self.first, "no-such-field", status=2)
        self.ctl.does("get", "nowhere", status=2)

    # Drafting

    def set_several(self):
        """Several values are one edit; a bad one names its field and sets nothing"""
        self.fresh(self.first)
        answer = self.ctl.does("set", self.first, f"{TIMEOUT}=12", f"{ATTEMPTS}=many", status=2)
        assert ATTEMPTS in answer.err
        for bad in ("nowhere=1", f"{TIMEOUT}", f"{TIMEOUT}=-1", f"{TIMEOUT}=", f"{TIMEOUT}=99999999999999999999"):
            self.ctl.does("set", self.first, bad, status=2)
        self.ctl.does("diff", self.first, status=1)
        self.ctl.does("set", self.first, f"{TIMEOUT}=12", f"{ATTEMPTS}=3")
        self.ctl.does("set", self.first, f"{TIMEOUT}=12", status=1)
        changes = self.ctl.does("diff", self.first, "--json").json
        assert [(change["field"], change["after"]) for change in changes] == [(TIMEOUT, 12), (ATTEMPTS, 3)]
        self.ctl.does("undo", self.first)
        self.ctl.does("diff", self.first, status=1)

    def every_field(self):
        """Each switch, number and choice takes another value than its default"""
        self.fresh(self.third)
        for setting in self.ctl.does("settings", "--json").json:
            value = setting["default"]
            if setting["type"] == "boolean":
                value = not value
            elif setting["type"] == "integer":
                value = setting["maximum"] if value != setting["maximum"] else setting["minimum"]
            elif setting["type"] == "enum":
                value = setting["choices"][-1]["id"]
            else:
                continue
            text = json.dumps(value) if not isinstance(value, str) else value
            assert self.ctl("set", self.third, f"{setting['id']}={text}").status in (0, 1), setting
            assert self.ctl.value(self.third, setting["id"]) == value, setting
        self.ctl.does("revert", self.third)

    def undo_redo(self):
        """Undo and redo go on from run to run, and say what they did"""
        self.fresh(self.first)
        base = self.ctl.value(self.first, TIMEOUT)
        for value in (21, 22, 23):
            self.ctl.does("set", self.first, f"{TIMEOUT}={value}")
        assert "22" in self.ctl.does("undo", self.first).out
        assert self.ctl.value(self.first, TIMEOUT) == 22
        self.ctl.does("undo", self.first)
        self.ctl.does("undo", self.first)
        assert self.ctl.value(self.first, TIMEOUT) == base
        for value in (21, 22, 23):
            self.ctl.does("redo", self.first)
            assert self.ctl.value(self.first, TIMEOUT) == value
        self.ctl.does("redo", self.first, status=1)

    def revert(self):
        """Some fields are reverted, or all"""
        self.fresh(self.first)
        self.ctl.does("set", self.first, f"{TIMEOUT}=31", f"{ATTEMPTS}=6", f"{WINDOW}=7")
        self.ctl.does("revert", self.first, TIMEOUT, "no-such-field", status=2)
        self.ctl.does("revert", self.first, TIMEOUT)
        assert len(self.ctl.does("diff", self.first, "--json").json) == 2
        self.ctl.does("revert", self.first)
        self.ctl.does("revert", self.first, status=1)
        self.ctl.does("undo", self.first)
        assert len(self.ctl.does("diff", self.first, "--json").json) == 2

    # Headers and checks

    def headers(self):
        """Headers are the server's, byte for byte, and in each format"""
        self.fresh(self.first)
        served = self.server.ask("GET", f"/v1/workspaces/{self.first}/headers")[2]
        served = served if isinstance(served, str) else served.decode()
        assert self.ctl.does("headers", self.first, "--applied").out == served
        self.ctl.does("set", self.first, "content-type-options=false")
        assert "X-Content-Type-Options" not in self.ctl.does("headers", self.first).out
        assert self.ctl.does("headers", self.first, "--applied").out == served
        for name in ("http", "nginx", "apache", "caddy", "haproxy", "curl", "json"):
            assert self.ctl.does("headers", self.first, "--format", name).out
        assert isinstance(self.ctl.does("headers", self.first, "--json").json, dict)
        self.ctl.does("headers", self.first, "--format", "iis", status=2)

    def check(self):
        """Findings are told, and count from a severity on"""
        self.fresh(self.first)
        self.ctl.does("set", self.first, "content-type-options=false")
        judged = self.ctl("check", self.first, "--json").json
        findings = judged["findings"]
        assert judged["after"]["score"] < judged["before"]["score"], judged
        for finding in findings:
            assert {"id", "severity", "header", "fields", "message"} <= finding.keys(), finding
        assert "Strict-Transport-Security" in [f["header"] for f in findings], findings
        assert [f for f in findings if f["severity"] in ("warning", "high")]
        self.ctl.does("check", self.first, status=1)
        self.ctl.does("check", self.first, "--fail-on", "error")
        self.ctl.does("check", self.first, "--fail-on", "doom", status=2)
        self.ctl.does("check", status=2)
        policy = write_policy(self.directory / "policy.json", {"password-change-interval": 30, "forced-password-reset-interval": 10})
        self.ctl.does("check", "--policy", policy, "--fail-on", "error", status=1)

    def csp(self):
        """Whether something would load is told, with the directive that decides"""
        test = ["csp", "test", "--json", "--policy", "default-src 'self'; img-src https://a.example/x/"]
        for url, kind, status, directive in (
            ("https://a.example/x/1.png", "img", 0, "img-src"),
            ("https://a.example/y/1.png", "img", 1, "img-src"),
            ("https://self.example/1.js", "script", 0, "default-src"),
            ("https://a.example/x/1.js", "script", 1, "default-src"),
        ):
            answer = self.ctl.does(*test, "--url", url, "--as", kind, status=status).json
            assert answer["allowed"] == (status == 0) and answer["directive"] == directive, answer
        self.ctl.does(*test, "--url", "https://other.example/1.js", "--as", "script", "--self", "https://other.example")
        socket = ["csp", "test", "--policy", "connect-src https:", "--url", "wss://a.example/", "--as", "connect"]
        assert "add wss://a.example to connect-src" in self.ctl.does(*socket).out
        assert list(self.ctl.does(*socket, "--json").json) == list(answer)
        self.ctl.does(*test, "--as", "img", status=2)
        self.ctl.does(*test, "--url", "https://a.example", "--as", "dream", status=2)
        self.ctl.does(*test, "--url", "nonsense", "--as", "img", status=2)

    def analyse(self):
        """Raw headers are judged, as a block and as a stream that goes on over bad lines"""
        block = "HTTP/1.1 200 OK\r\nContent-Security-Policy: script-src 'unsafe-inline'\r\n\r\n"
        answer = self.ctl.does("analyse", "--json", stdin=block).json
        assert list(answer) == ["score", "grade", "tests", "csp", "findings"]
        assert answer["tests"]["content-security-policy"]["pass"] is False
        assert answer["csp"][0] == {
            "type": "SCRIPT_UNSAFE_INLINE",
            "severity": "HIGH",
            "directive": "script-src",
            "value": "'unsafe-inline'",
        }
        assert str(answer["score"]) in self.ctl.does("analyse", stdin=block).out
        lost = "Content-Security-Policy: script-src 'none'; report-to nowhere\r\n"
        findings = {f["id"]: f for f in self.ctl.does("analyse", "--json", stdin=lost).json["findings"]}
        assert "CSP-REPORT-TO" in findings and "CSP-WEAK" not in findings
        assert findings["CSP-REPORT-TO"]["header"] == "Content-Security-Policy"
        assert "CSP-REPORT-TO" in self.ctl.does("analyse", stdin=lost).out
        dead = self.ctl.does("analyse", "--json", stdin="X-XSS-Protection: 1\r\n").json["findings"]
        mends = {f["id"]: f["mend"] for f in dead if f["header"] == "X-XSS-Protection"}
        assert mends == {"XSS-FILTER": {"xss-protection.mode": "disable"}, "DEPRECATED": {"xss-protection": False}}
        ended = lost + "Reporting-Endpoints: nowhere=\"https://reports.example/\"\r\n"
        ids = [finding["id"] for finding in self.ctl.does("analyse", "--json", stdin=ended).json["findings"]]
        assert "CSP-REPORT-TO" not in ids
        lines = [
            {"headers": {"content-security-policy": "script-src 'unsafe-inline'"}},
            None,
            {"headers": {"X-Content-Type-Options": ["nosniff"], "Strict-Transport-Security": " max-age=63072000 "}},
            {"headers": {"X": 1}},
            {"headers": []},
            {},
        ]
        text = "".join(("nonsense" if line is None else json.dumps(line)) + "\n" for line in lines)
        path = self.directory / "lines.ndjson"
        path.write_text(text * 100, encoding="utf-8")
        for answers in (
            self.ctl.does("analyse", "--ndjson", stdin=text * 100).out.splitlines(),
            self.ctl.does("analyse", "--ndjson", path).out.splitlines(),
        ):
            assert len(answers) == 600
            parsed = [json.loads(line) for line in answers]
            assert ["error" in line for line in parsed] == [False, True, False, True, True, True] * 100
            assert parsed[0] == {**answer} and parsed[2]["score"] > parsed[0]["score"]
        self.ctl.does("analyse", "--fail-on", "error", stdin=lost)
        self.ctl.does("analyse", "--fail-on", "high", stdin=block, status=1)
        self.ctl.does("analyse", "--ndjson", "--fail-on", "high", path, status=1)
        self.ctl.does("analyse", "--fail-on", "doom", stdin=block, status=2)
        self.ctl.does("analyse", self.directory / "absent", status=2)
        self.ctl.does("analyse", "--ndjson", self.directory / "absent", status=2)

    # Applying

    def apply(self):
        """A draft is tried, applied, and is then the base"""
        self.fresh(self.first)
        before = self.server.policy(self.first)[TIMEOUT]
        value = 25 if before != 25 else 26
        self.ctl.does("apply", self.first, "--yes", status=1)
        self.ctl.does("set", self.first, f"{TIMEOUT}={value}")
        self.ctl.does("apply", self.first, "--dry-run")
        assert self.server.policy(self.first)[TIMEOUT] == before
        self.ctl.does("diff", self.first)
        (result,) = self.ctl.does("apply", self.first, "--yes", "--reason", "Because — ü", "--json").json
        assert result["outcome"] == "applied" and result["id"] == self.first
        assert self.server.policy(self.first)[TIMEOUT] == value
        self.ctl.does("diff", self.first, status=1)
        assert self.ctl.state(self.first) == "synced"
        self.ctl.does("apply", status=2)

    def apply_nothing(self):
        """What is not drafted is neither judged nor sent"""
        for workspace in (self.first, self.second):
            self.fresh(workspace)
        assert '"high"' in self.ctl("check", self.first, "--json").out
        for more in ((), ("--dry-run",), ("--yes",)):
            assert self.ctl.does("apply", self.first, *more, status=1).err == ""
        assert self.ctl.does("apply", "--all", "--yes", status=1).err == ""
        self.ctl.does("set", self.second, f"{TIMEOUT}=28")
        answer = self.ctl.does("apply", self.first, self.second, "--dry-run")
        assert self.first not in answer.err and self.second in answer.out, answer
        self.ctl.does("set", self.first, f"{TIMEOUT}=28")
        assert "AUTOLOGIN-LONGLINK" in self.ctl.does("apply", self.first, "--dry-run").err
        for workspace in (self.first, self.second):
            self.fresh(workspace)

    def refuse_errors(self):
        """What has an error finding is not applied"""
        self.fresh(self.first)
        self.ctl.does("set", self.first, "password-change-interval=30", "forced-password-reset-interval=10")
        before = self.server.policy(self.first)
        self.ctl.does("apply", self.first, "--yes", status=3)
        assert self.server.policy(self.first) == before
        self.ctl.does("revert", self.first)

    def read_only(self):
        """A token that may only read does not write"""
        self.fresh(self.second)
        self.ctl.does("set", self.second, f"{TIMEOUT}=27")
        before = self.server.policy(self.second)
        token = self.server.make_token("--role", "reader")
        self.ctl.does("apply", self.second, "--yes", "--token-stdin", status=3, stdin=token)
        assert self.server.policy(self.second) == before
        assert self.ctl.value(self.second, TIMEOUT) == 27
        self.fresh(self.second)

    def conflict(self):
        """What both changed is a conflict until it is resolved, and nothing is overwritten"""
        for choice, expected in (("ours", 41), ("theirs", 42), ("43", 43)):
            self.fresh(self.first)
            self.server.patch(self.first, global_session_timeout=40, failed_login_window=8)
            self.ctl.does("sync", self.first)
            self.ctl.does("set", self.first, f"{TIMEOUT}=41", f"{ATTEMPTS}=9")
            self.server.patch(self.first, global_session_timeout=42, failed_login_window=9)
            self.ctl.does("apply", self.first, "--yes", status=3)
            assert self.server.policy(self.first)[TIMEOUT] == 42
            assert self.ctl.state(self.first) == "conflict"
            (told,) = self.ctl.does("resolve", self.first, "--json").json
            assert told == {"field": TIMEOUT, "before": 40, "theirs": 42, "ours": 41}, told
            self.ctl.does("apply", self.first, "--yes", status=3)
            self.ctl.does("resolve", self.first, f"{ATTEMPTS}=ours", status=2)
            self.ctl.does("resolve", self.first, f"{TIMEOUT}={choice}")
            assert self.ctl.state(self.first) == "draft"
            self.ctl.does("apply", self.first, "--yes")
            policy = self.server.policy(self.first)
            assert (policy[TIMEOUT], policy[ATTEMPTS], policy[WINDOW]) == (expected, 9, 9), policy
            self.server.patch(self.first, max_failed_login_attempts=5)
        self.ctl.does("resolve", self.first, status=1)

    def partial(self):
        """Of several, each has its result, and a part that fails is said"""
        for workspace in (self.first, self.second):
            self.fresh(workspace)
        self.server.patch(self.first, global_session_timeout=50)
        self.ctl.does("sync", self.first)
        self.ctl.does("set", self.first, f"{TIMEOUT}=51")
        self.ctl.does("set", self.second, f"{TIMEOUT}=52")
        self.server.patch(self.first, global_session_timeout=53)
        results = self.ctl.does("apply", "--all", "--yes", "--json", status=5).json
        outcomes = {result["id"]: result["outcome"] for result in results}
        assert outcomes == {self.first: "conflict", self.second: "applied"}, outcomes
        self.ctl.does("resolve", self.first, f"{TIMEOUT}=theirs")

    def lost_answer(self):
        """An answer that is lost is asked for, and what became of the draft is told"""
        for fault, applied in (("drop-after-commit@PATCH", True), ("drop-before-answer@PATCH", False)):
            self.fresh(self.first)
            value = 35 if self.server.policy(self.first)[TIMEOUT] != 35 else 36
            self.ctl.does("set", self.first, f"{TIMEOUT}={value}")
            self.server.end()
            self.server.start("--fault", fault)
            answer = self.ctl("apply", self.first, "--yes")
            self.server.end()
            self.server.start()
            assert (self.server.policy(self.first)[TIMEOUT] == value) == applied, answer
            assert (answer.status == 0) == applied, answer
            assert self.ctl("diff", self.first).status == (1 if applied else 0)
            self.ctl.does("revert", self.first, status=1 if applied else 0)

    def killed_apply(self):
        """How an apply ended that was killed is told by the next sync"""
        self.fresh(self.first)
        value = 37 if self.server.policy(self.first)[TIMEOUT] != 37 else 38
        self.ctl.does("set", self.first, f"{TIMEOUT}={value}")
        self.server.end()
        self.server.start("--fault", "delay=20000@PATCH")
        process = self.ctl.start("apply", self.first, "--yes")
        while self.ctl.state(self.first) != "applying":
            assert process.poll() is None
        process.kill()
        process.wait()
        self.server.end(signal.SIGKILL)
        self.server.start()
        assert self.first in self.ctl.does("sync", self.first).err
        assert self.ctl.state(self.first) in ("draft", "synced")
        assert self.ctl.value(self.first, TIMEOUT) == value
        self.ctl("apply", self.first, "--yes")
        assert self.server.policy(self.first)[TIMEOUT] == value

    def history(self):
        """Revisions tell who, when, why and what, and an old one is drafted anew"""
        self.fresh(self.first)
        revisions = self.ctl.does("history", self.first, "--json").json
        assert [r["revision"] for r in revisions] == sorted((r["revision"] for r in revisions), reverse=True)
        for revision in revisions:
            assert {"revision", "at", "by", "reason", "changed-fields"} <= revision.keys()
        assert any(revision["reason"] == "Because — ü" for revision in revisions)
        self.ctl.does("history", self.first)
        sent = self.ctl.does("history", self.first, "--local", "--json").json
        assert {"at", "state", "revision", "reason", "patch"} == sent[0].keys(), sent
        (because,) = [entry for entry in sent if entry["reason"] == "Because — ü"]
        assert because["state"] == "applied" and TIMEOUT in because["patch"] and because["revision"] > 0, because
        old = self.server.ask("GET", f"/v1/workspaces/{self.first}/revisions/1")[2]
        self.ctl.does("restore", self.first, "1")
        self.ctl.does("apply", self.first, "--yes", "--reason", "restored")
        assert self.server.policy(self.first) == old["policy"]
        self.ctl.does("restore", self.first, "1", status=1)
        self.ctl.does("restore", self.first, "1", "--apply", "--yes", status=1)
        self.server.patch(self.first, global_session_timeout=33)
        self.ctl.does("sync", self.first)
        self.ctl.does("set", self.first, f"{ATTEMPTS}=4")
        self.ctl.does("restore", self.first, "1", "--apply", "--dry-run")
        assert self.server.policy(self.first)[TIMEOUT] == 33
        self.ctl.does("restore", self.first, "1", "--apply", "--yes", "--reason", "at once")
        assert self.server.policy(self.first) == old["policy"]
        newest = self.ctl.does("history", self.first, "--json").json[0]
        assert newest["reason"] == "at once" and newest["changed-fields"] == [TIMEOUT], newest
        assert self.ctl.value(self.first, ATTEMPTS) == 4 and self.ctl.state(self.first) == "draft"
        self.ctl.does("revert", self.first)
        self.ctl.does("restore", self.first, "1", "--reason", "x", status=2)
        self.ctl.does("restore", self.first, "99999", "--apply", "--yes", status=3)
        self.ctl.does("restore", self.first, "99999", status=3)
        self.ctl.does("restore", self.first, "first", status=2)

    # Communities

    def find_community(self):
        """Any workspace that has at least two of them, and the ids of those"""
        for workspace in self.ids:
            listed = self.ctl.does("community", "list", workspace, "--json").json
            if len(listed) >= 2:
                return workspace, [community["id"] for community in listed]
        raise AssertionError("no workspace has communities")

    def community(self, workspace, community):
        return f"/v1/workspaces/{workspace}/communities/{community}/policy"

    def change_community(self, workspace, community, values):
        """What somebody else does."""
        path = self.community(workspace, community)
        headers = {"If-Match": self.server.ask("GET", path)[1]["ETag"], "Content-Type": "application/merge-patch+json"}
        status, _, answer = self.server.ask("PATCH", path, values, headers)
        assert status == 200, answer

    def community_inheritance(self):
        """A community has its own value or the workspace's, and says which"""
        workspace, (first, second, *_) = self.find_community()
        self.fresh(workspace)
        self.change_community(workspace, first, {LINK: 60, ANALYTICS: None})
        values = self.ctl.does("community", "show", workspace, first, "--json").json
        assert len(values) == 4
        inherited = self.ctl.value(workspace, LINK)
        own = values[LINK]
        assert (own["value"], own["own"], own["inherited"], own["workspace"]) == (60, 60, False, inherited), own
        other = values[ANALYTICS]
        assert (other["value"], other["own"], other["inherited"]) == (self.ctl.value(workspace, ANALYTICS), None, True), other
        for words in ((), ("--local",)):
            lines = self.ctl.does("community", "show", workspace, first, *words).out.splitlines()
            assert [line for line in lines if LINK in line and line.endswith("own value")], lines
            assert [line for line in lines if ANALYTICS in line and line.endswith("inherited from the workspace")], lines
        listed = {c["id"]: c for c in self.ctl.does("community", "list", workspace, "--json").json}
        assert listed[first]["own"] >= 1 and listed[first]["drafted"] == 0, listed
        assert first in self.ctl.does("community", "list", workspace).out
        assert list(self.ctl.does("community", "show", workspace, first, LINK, "--json").json) == [LINK]
        for words in (("nowhere",), (first, TIMEOUT), (first, "no-such-field")):
            self.ctl.does("community", "show", workspace, *words, status=2)
        offered = self.ctl.does("complete", "--", "community", "show", workspace, "").out
        assert first in offered and second in offered, offered
        offered = self.ctl.does("complete", "--", "community", "set", workspace, first, "").out
        assert f"{LINK}=" in offered and TIMEOUT not in offered, offered

    def community_edit(self):
        """An own value is drafted, tried, applied and given back to the workspace"""
        workspace, (first, *_) = self.find_community()
        path = self.community(workspace, first)
        self.change_community(workspace, first, {LINK: 60, ANALYTICS: None})
        self.ctl.does("community", "list", workspace)
        self.ctl.does("community", "apply", workspace, status=1)
        for bad in (f"{TIMEOUT}=5", f"{LINK}=-1", f"{LINK}=soon", LINK, "nowhere=1"):
            self.ctl.does("community", "set", workspace, first, f"{ANALYTICS}=true", bad, status=2)
        self.ctl.does("community", "set", workspace, "nowhere", f"{LINK}=5", status=2)
        self.ctl.does("community", "apply", workspace, first, status=1)
        self.ctl.does("community", "set", workspace, first, f"{LINK}=61", f"{ANALYTICS}=true")
        self.ctl.does("community", "apply", workspace, "--dry-run")
        assert self.server.ask("GET", path)[2][LINK] == 60
        assert "*" in self.ctl.does("community", "show", workspace, first, "--local").out
        (drafted,) = self.ctl.does("workspace", "list", "--state", "draft", "--json").json
        assert (drafted["id"], drafted["drafted"], drafted["drafted-for-communities"]) == (workspace, 0, 2), drafted
        assert f"community apply {workspace}" in self.ctl.does("apply", workspace, "--yes", status=1).err
        (result,) = self.ctl.does("community", "apply", workspace, "--yes", "--reason", "Why — ü", "--json").json
        assert (result["outcome"], result["id"], result["workspace"]) == ("applied", first, workspace), result
        policy = self.server.ask("GET", path)[2]
        assert (policy[LINK], policy[ANALYTICS]) == (61, True), policy
        events = self.ctl.does("audit", workspace, "--json").json
        assert (events[-1]["action"], events[-1]["community"], events[-1]["reason"]) == ("community.changed", first, "Why — ü")
        assert set(events[-1]["changed-fields"]) == {LINK, ANALYTICS}
        assert first in self.ctl.does("audit", workspace).out
        assert self.ctl.does("audit", workspace, "--since", "9999-01-01T00:00:00Z", "--json").json == []
        self.ctl.does("audit", workspace, "--since", "yesterday", status=3)
        self.ctl.does("community", "reset", workspace, first, LINK)
        self.ctl.does("community", "revert", workspace, first, LINK)
        self.ctl.does("community", "revert", workspace, first, status=1)
        self.ctl.does("community", "reset", workspace, first)
        self.ctl.does("community", "apply", workspace, first, "--yes")
        assert set(self.server.ask("GET", path)[2].values()) == {None}

    def community_conflict(self):
        """What somebody else changed in a community is not overwritten"""
        workspace, (first, second, *_) = self.find_community()
        for community in (first, second):
            self.change_community(workspace, community, {LINK: 70})
        self.ctl.does("community", "list", workspace)
        for community in (first, second):
            self.ctl.does("community", "set", workspace, community, f"{LINK}=71")
        self.change_community(workspace, first, {LINK: 72})
        results = self.ctl.does("community", "apply", workspace, "--yes", "--json", status=5).json
        assert {r["id"]: r["outcome"] for r in results} == {first: "conflict", second: "applied"}, results
        shown = self.ctl.does("community", "show", workspace, first, LINK, "--json").json[LINK]
        assert (shown["value"], shown["base"], shown["conflict"]) == (71, 72, True), shown
        self.ctl.does("community", "apply", workspace, "--yes", status=3)
        assert self.server.ask("GET", self.community(workspace, first))[2][LINK] == 72
        self.ctl.does("community", "set", workspace, first, f"{LINK}=71")
        self.ctl.does("community", "apply", workspace, "--yes")
        assert self.server.ask("GET", self.community(workspace, first))[2][LINK] == 71

    def community_offline(self):
        """Without the server what was read is shown, and drafting works"""
        workspace, (first, *_) = self.find_community()
        self.change_community(workspace, first, {LINK: 80})
        self.ctl.does("community", "list", workspace)
        self.server.end()
        self.ctl.does("community", "list", workspace, status=4)
        self.ctl.does("community", "list", workspace, "--local")
        self.ctl.does("community", "set", workspace, first, f"{LINK}=81")
        shown = self.ctl.does("community", "show", workspace, first, LINK, "--local", "--json").json[LINK]
        assert (shown["value"], shown["base"], shown["drafted"]) == (81, 80, True), shown
        self.ctl.does("community", "apply", workspace, "--yes", status=4)
        self.server.start()
        self.ctl.does("community", "apply", workspace, "--yes")
        assert self.server.ask("GET", self.community(workspace, first))[2][LINK] == 81

    # Many

    def transfer(self):
        """Exporting, importing elsewhere and applying makes both alike, and once is enough"""
        for workspace in (self.first, self.second):
            self.fresh(workspace)
        path = self.directory / "exported.json"
        path.write_text(self.ctl.does("export", self.first).out, encoding="utf-8")
        assert json.loads(path.read_text())["schema"] == "gatehouse-policy/1"
        self.ctl("import", self.second, path)
        self.ctl("apply", self.second, "--yes")
        self.ctl.does("import", self.second, path, status=1)
        self.ctl.does("apply", self.second, "--yes", status=1)
        assert self.server.policy(self.second) == self.server.policy(self.first)
        self.ctl.does("set", self.first, f"{TIMEOUT}=61")
        drafted = self.ctl.does("export", self.first, "--draft").out
        assert json.loads(drafted)["policy"][TIMEOUT] == 61
        assert self.ctl.does("export", self.first).out == path.read_text()
        self.ctl.does("revert", self.first)

    def transfer_refusals(self):
        """What is not of the schema to the letter is not imported"""
        path = self.directory / "bad.json"
        for values, more in (
            ({TIMEOUT: 5}, {"schema": "gatehouse-policy/2"}),
            ({TIMEOUT: 5}, {"extra": 1}),
            ({TIMEOUT: "5"}, {}),
            ({TIMEOUT: -5}, {}),
            ({"no-such-field": 5}, {}),
            ([], {}),
            (None, {}),
        ):
            self.ctl.does("import", self.first, write_policy(path, values, **more), status=2)
        for text in ("", "{}", "[]", "{", "{'schema': 1}", '{"schema": "gatehouse-policy/1"}', "\0", '{"a":1,"a":1}'):
            path.write_text(text, encoding="utf-8")
            self.ctl.does("import", self.first, path, status=2)
        self.ctl.does("import", self.first, self.directory / "absent.json", status=2)
        self.ctl.does("diff", self.first, status=1)

    def baselines(self):
        """A baseline is kept, compared with, applied and forgotten"""
        for workspace in (self.first, self.second):
            self.fresh(workspace)
        self.ctl.does("baseline", "save", "strict", self.first)
        assert [baseline["name"] for baseline in self.ctl.does("baseline", "list", "--json").json] == ["strict"]
        self.ctl.does("compare", self.first, "--baseline", "strict")
        self.ctl.does("set", self.first, f"{TIMEOUT}=71")
        (different,) = self.ctl.does("compare", self.first, "--baseline", "strict", "--json", status=1).json
        assert different["field"] == TIMEOUT and different["values"][f"work/{self.first}"] == 71
        rows = list(csv.reader(io.StringIO(self.ctl.does("baseline", "compare", "strict", self.first, "--csv", status=1).out)))
        assert rows[0] == ["field", "strict", f"work/{self.first}"] and rows[1][0] == TIMEOUT and len(rows) == 2
        self.ctl.does("baseline", "apply", "strict", self.first)
        self.ctl.does("compare", self.first, "--baseline", "strict")
        self.ctl.does("compare", self.first, status=2)
        self.ctl.does("compare", self.first, "--baseline", "lax", status=2)
        self.ctl.does("baseline", "remove", "strict")
        self.ctl.does("baseline", "remove", "strict", status=2)

    # Without what it needs

    def offline(self):
        """Without the server the draft works, and what needs it says so"""
        self.fresh(self.first)
        self.server.end()
        self.ctl.does("set", self.first, f"{TIMEOUT}=81")
        self.ctl.does("sync", self.first, status=4)
        self.ctl.does("sync", "--all", status=4)
        self.ctl.does("apply", self.first, "--yes", status=4)
        self.ctl.does("history", self.first, status=4)
        assert self.ctl.value(self.first, TIMEOUT) == 81
        self.server.start()
        self.ctl.does("apply", self.first, "--yes")
        assert self.server.policy(self.first)[TIMEOUT] == 81

    def interrupt(self):
        """Ctrl+C ends what waits for a server, and leaves nothing behind"""
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            process = self.ctl.start("account", "add", "silent", url, "--token-stdin", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdin.write(b"token\n")
            process.stdin.flush()
            connection, _ = silent.accept()
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 130, process.returncode
            process.communicate()
            connection.close()
        assert "silent" not in self.ctl.does("account", "list").out

    def usage(self):
        """Wrong usage has a status and words of its own; help names every command"""
        help_text = self.ctl.does("--help").out
        for words in ([], ["nonsense"], ["account"], ["set"], ["get"], ["headers", "--nonsense"], ["undo", "a", "b"]):
            answer = self.ctl.does(*words, status=2)
            assert answer.err and not answer.out, (words, answer)
        commands = [line[2:] for line in help_text.splitlines() if line.startswith("  ") and line[2] != " "][1:]
        assert len(commands) >= 25, commands
        for command in commands:
            words = [word for word in command.split() if word.islower() and word.isascii() and word[0].isalpha()]
            assert "--database" in self.ctl.does(*words, "--help").out, command
        assert "gatehousectl" in self.ctl.does("--version").out
        assert "global-session-timeout" in self.ctl.does("complete", "--", "get", "x", "global").out
        for workspace in self.ctl.does("workspace", "list", "--json").json:
            assert workspace["id"] in self.ctl.does("complete", "--", "get", "").out, workspace

    def account_remove(self):
        """Removing an account removes its token and all it had"""
        self.ctl.does("account", "remove", "work")
        assert self.ctl.does("account", "list", "--json").json == []
        assert self.ctl.does("workspace", "list", "--json").json == []
        self.ctl.does("account", "add", "work", self.server.url, "--token-stdin", "--without-keyring", stdin=self.server.token)
        self.ctl.does("sync", "--all", status=3)

    def without_keyring(self):
        """Without a keyring the token is kept nowhere, and given each time"""
        ctl, token = self.ctl, self.server.token
        answer = ctl.does("account", "add", "work", self.server.url, "--token-stdin", status=3, stdin=token)
        assert "--without-keyring" in answer.err
        ctl.does("account", "add", "work", self.server.url, "--token-stdin", "--without-keyring", stdin=token)
        ctl.does("sync", "--all", status=3)
        ctl.does("sync", "--all", "--token-stdin", stdin=token)
        ctl.does("set", self.first, f"{TIMEOUT}=91")
        ctl.does("apply", self.first, "--yes", status=3)
        ctl.does("apply", self.first, "--yes", "--token-stdin", stdin=token)
        ctl.does("history", self.first, "--token-stdin", stdin=token)
        assert self.server.policy(self.first)[TIMEOUT] == 91
        for path in self.directory.glob("gatehouse.db*"):
            assert token.encode() not in path.read_bytes(), path
        ctl.does("account", "remove", "work")


def main():
    with scratch() as directory:
        journey = Journey(sys.argv[1], sys.argv[2], directory)
        names = [name for name in vars(Journey) if not name.startswith("_") and name not in HELPERS]
        if os.environ["TEST_KEYRING_STATE"] != "unlocked":
            names = ["without_keyring"]
        names.sort(key=lambda name: (name == "account_remove", name not in ("account_refusals", "account_add", "sync")))
        try:
            return run_cases([getattr(journey, name) for name in names])
        finally:
            journey.server.end()


if __name__ == "__main__":
    sys.exit(main())
