"""Counts which lines of tensor/, autograd/ and nn/ the engine's tests reach, in either build; fails below 95%.

    tools/python-env mutation tools/python/coverage.py        (any Python does: nothing is imported from outside)
"""

import collections
import json
import pathlib
import sys

import mutation

FOLDERS = ("tensor", "autograd", "nn")


def measure():
    mutation.WORK = mutation.ROOT / "build" / "coverage"
    mutation.FLAGS = mutation.FLAGS.replace("-O1", "-O0 --coverage")
    mutation.TESTS["f32"] += ["io/*.cpp", "threads_test.cpp"]  # they check what a checkpoint holds
    reached = collections.defaultdict(dict)  # file -> line -> whether it ran
    for build in mutation.BUILDS:
        place = mutation.WORK / build
        objects = mutation.objects(build)
        linked = mutation.run("g++ --coverage -o t %s %s" % (" ".join(objects.values()), mutation.LIBRARIES), 600, place)
        tested = mutation.run("rm -f *.gcda && ./t", 1800, place)
        if linked.returncode or tested is None or tested.returncode:
            sys.exit("coverage: the tests of %s failed" % build)
        for record in sorted(place.glob("*.gcda")):
            for line in mutation.run("gcov -t -j %s" % record, 600, place).stdout.splitlines():
                for each in json.loads(line)["files"]:
                    path = pathlib.Path(each["file"])
                    if path.is_absolute() and path.is_relative_to(mutation.ROOT):
                        path = path.relative_to(mutation.ROOT)
                    if path.parts[0] in FOLDERS:
                        for one in each["lines"]:
                            known = reached[str(path)].get(one["line_number"], False)
                            reached[str(path)][one["line_number"]] = known or one["count"] > 0
    return reached


def main():
    reached = measure()
    for folder in FOLDERS:
        lines = [ran for path, found in reached.items() if path.startswith(folder) for ran in found.values()]
        print("%-10s %5d of %5d lines: %.1f%%" % (folder, sum(lines), len(lines), 100.0 * sum(lines) / len(lines)))
    for path in sorted(reached):
        missed = sorted(line for line, ran in reached[path].items() if not ran)
        if missed:
            print("not reached: %s: %s" % (path, " ".join(map(str, missed))))
    total = [ran for found in reached.values() for ran in found.values()]
    print("%.1f%% of %d lines" % (100.0 * sum(total) / len(total), len(total)))
    sys.exit(sum(total) < 0.95 * len(total))


if __name__ == "__main__":
    main()
