"""Breaks the holes of the engine's pieces in small ways, one at a time, and counts how many breaks the checker rejects.

universalmutator writes the mutants of the lines in holes; a seeded sample of those that compile to other machine code is
judged as a student's file is. Survivors are printed; it fails when more than one in twenty survives. Those that change
nothing observable stand in tests/equivalent_mutants.txt.

    tools/python-env mutation tools/python/hole_mutation.py [COUNT] [SEED]
"""

import concurrent.futures
import pathlib
import random
import shutil
import sys

from mutation import ROOT, WORK, FLAGS, candidates, equivalent, machine_code, run


def pieces():
    """Name and sources of each piece."""
    for line in (ROOT / "lessons/engine/pieces.txt").read_text().split("\n"):
        if line and line[0] != "#":
            fields = [field.strip() for field in line.split("|")]
            yield fields[0], fields[3].split(), "f32" if "tests/f32" in fields[4] else "f64"


def lines_in_holes(source):
    inside, found = False, set()
    for i, line in enumerate((ROOT / source).read_text().split("\n")):
        if line.strip().startswith("// hole "):
            inside = True
        elif line.strip() == "// end of hole":
            inside = False
        elif inside:
            found.add(i)
    return found


def changes_code(source, path, place, build):
    """Whether the mutant compiles, and to other machine code than the original."""
    flags = FLAGS + (" -DHOURGLASS_DOUBLE" if build == "f64" else "") + ' -DHOURGLASS_DATA=\\"%s/data\\"' % ROOT
    for name, file in (("ours", ROOT / source), ("mutant", path)):
        copy = place / (name + ".cpp")
        shutil.copy(file, copy)
        made = run("g++ %s -c %s -o %s/%s.o" % (flags, copy, place, name))
        if made is None or made.returncode:
            return False
    return machine_code(place / "ours.o") != machine_code(place / "mutant.o")


def judge(task):
    number, piece, sources, build, source, path, line = task
    place = WORK / "holes" / str(number)
    place.mkdir(parents=True, exist_ok=True)
    try:
        if not changes_code(source, path, place, build):
            return "same code, or none", task
        for each in sources:
            (place / each).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path if each == source else ROOT / each, place / each)
        done = run("tools/exercise/judge.sh lessons/engine %s %s %s/made --json" % (piece, place, place), 300, ROOT)
        if done is None:
            return "killed", task
        return {0: "survived", 1: "killed", 2: "does not compile"}.get(done.returncode, "error"), task
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    harmless, pool, tally = equivalent(), [], {}
    for piece, sources, build in pieces():
        for source in sources:
            holes = lines_in_holes(source)
            pool += [(piece, sources, build, source, path, line) for path, line in candidates(source, rng) if line in holes]
    rng.shuffle(pool)
    number = 0
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        waiting = set()
        while tally.get("killed", 0) + tally.get("survived", 0) < count and (pool or waiting):
            while pool and len(waiting) < 3:
                number += 1
                waiting.add(workers.submit(judge, (number, *pool.pop())))
            done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for each in done:
                verdict, (_, piece, _, _, source, path, line) = each.result()
                before, after = (ROOT / source).read_text().split("\n")[line].strip(), path.read_text().split("\n")[line].strip()
                if verdict == "survived" and (source, before.replace("|", "¦"), after.replace("|", "¦")) in harmless:
                    verdict = "equivalent"
                tally[verdict] = tally.get(verdict, 0) + 1
                if verdict in ("survived", "error"):
                    print("%s  %s, %s:%d\n  - %s\n  + %s" % (verdict, piece, source, line + 1, before, after), flush=True)
        for each in waiting:
            each.cancel()
    killed, survived = tally.get("killed", 0), tally.get("survived", 0)
    print("%s\n%d of %d mutants rejected: %.1f%%" % (tally, killed, killed + survived, 100.0 * killed / max(1, killed + survived)))
    sys.exit(killed + survived < count or killed < 0.95 * (killed + survived))


if __name__ == "__main__":
    main()
