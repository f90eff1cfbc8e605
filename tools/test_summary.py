#!/usr/bin/env python3
"""Runs one part of the tests, keeps its log and counts what it reports; adds all parts up to one last line.

usage: test_summary.py run NAME [--single] -- COMMAND…     log and counts go to build/test-logs/NAME.{txt,json}
       test_summary.py total                               prints "N passed, N failed"; exit status 1 on any failure

Understands doctest, TAP ("ok - name", "not ok - name", also "# skip"), unittest and node's runner, in any mixture.
What must stay true: a part that ends with an error counts at least one failure; a part that reports no test at all has
failed, for it proved nothing (--single: the command is itself one test); tests a part skipped are shown, never hidden.
"""
import json
import os
import re
import subprocess
import sys
import time

LOGS = os.environ.get("MITWIRKEN_TEST_LOGS", os.path.join("build", "test-logs"))
SHOWN = 60  # lines of a failed part

DOCTEST = re.compile(r"\[doctest\] test cases:\s*(\d+) \|\s*(\d+) passed \|\s*(\d+) failed(?: \|\s*(\d+) skipped)?")
TAP = re.compile(r"(not )?ok\b(?:\s+\d+)?(?:\s*-)?\s*(.*)")
UNITTEST = re.compile(r"Ran (\d+) tests? in ")
UNITTEST_END = re.compile(r"(?:OK|FAILED)(?: \((.*)\))?$")
PREFIX = re.compile(r"^(?:\d+: )?(?:\x1b\[[0-9;]*m)*")  # ctest -V numbers its lines; colours


def count(lines):
    """passed, failed, skipped as the lines report them."""
    passed = failed = skipped = 0
    ran = None
    for line in lines:
        text = re.sub(r"\x1b\[[0-9;]*m", "", PREFIX.sub("", line)).rstrip()
        if match := DOCTEST.match(text):
            passed += int(match[2])
            failed += int(match[3])
            skipped += int(match[4] or 0)
        elif match := UNITTEST.match(text):
            ran = int(match[1])
        elif ran is not None and (match := UNITTEST_END.match(text)):
            numbers = dict(re.findall(r"([a-z ]+)=(\d+)", match[1] or ""))
            bad = sum(int(n) for what, n in numbers.items() if what.strip() in ("failures", "errors"))
            left = sum(int(n) for what, n in numbers.items() if what.strip() == "skipped")
            passed, failed, skipped = passed + max(0, ran - bad - left), failed + bad, skipped + left
            ran = None
        elif match := TAP.match(text):
            if re.search(r"#\s*skip", match[2], re.IGNORECASE):
                skipped += 1
            elif match[1]:
                failed += 1
            else:
                passed += 1
    return passed, failed, skipped


def run(name, command, single):
    os.makedirs(LOGS, exist_ok=True)
    log = os.path.join(LOGS, name + ".txt")
    started = time.monotonic()
    with open(log, "wb") as out:
        try:
            status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, check=False).returncode
        except OSError as error:
            out.write(f"{error}\n".encode())
            status = 127
    with open(log, encoding="utf-8", errors="replace") as text:
        lines = text.read().splitlines()
    passed, failed, skipped = (0, 0, 0) if single else count(lines)
    note = ""
    if single:
        passed, failed = (1, 0) if status == 0 else (0, 1)
    elif status != 0 and failed == 0:
        failed, note = 1, f" (ended with status {status})"
    elif passed + failed + skipped == 0:
        failed, note = 1, " (reported no test)"
    seconds = time.monotonic() - started
    with open(os.path.join(LOGS, name + ".json"), "w", encoding="utf-8") as out:
        json.dump({"name": name, "passed": passed, "failed": failed, "skipped": skipped, "seconds": seconds}, out)
    if failed:
        print(f"---- {name}: the last lines of {log}", *lines[-SHOWN:], f"---- end of {name}", sep="\n")
    left = f", {skipped} skipped" if skipped else ""
    mark = "NOT OK" if failed else "ok    "
    print(f"{mark}  {name}: {passed} of {passed + failed} passed{left}, {seconds:.1f} s{note}", flush=True)
    return 1 if failed else 0


def total():
    passed = failed = skipped = 0
    bad = []
    for file in sorted(os.listdir(LOGS)) if os.path.isdir(LOGS) else []:
        if file.endswith(".json"):
            with open(os.path.join(LOGS, file), encoding="utf-8") as text:
                part = json.load(text)
            passed, failed = passed + part["passed"], failed + part["failed"]
            skipped += part["skipped"]
            if part["failed"]:
                bad.append(part["name"])
    if passed + failed == 0:
        failed = 1
        bad.append("no part ran")
    if bad:
        print("failed parts: " + ", ".join(bad))
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


def main(arguments):
    if arguments[:1] == ["total"]:
        return total()
    if arguments[:1] == ["run"] and "--" in arguments[2:]:
        cut = arguments.index("--")
        return run(arguments[1], arguments[cut + 1:], "--single" in arguments[2:cut])
    sys.exit(__doc__)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
