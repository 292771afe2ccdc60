#!/usr/bin/env python3
"""Verdicts of grade.sh, a line each on standard input, as the results.json of Gradescope on standard output. Each task is
worth one point, of which a part is given for the tests that hold."""

import json
import sys

tests = []
for line in sys.stdin:
    verdict = json.loads(line)
    tests.append(
        {
            "name": f"{verdict['lesson']} {verdict['task']}",
            "score": verdict["passed"] / max(1, verdict["passed"] + verdict["failed"]),
            "max_score": 1,
            "status": "passed" if verdict["solved"] else "failed",
            "output": "\n".join(verdict["messages"]),
        }
    )
json.dump({"tests": tests}, sys.stdout, indent=1)
