"""Breaks tensor/ and autograd/ in small ways, one at a time, and counts how many breaks the tests detect.

universalmutator writes the mutants; a seeded sample of those that compile to other machine code is linked into the tests
of both builds. A mutant is killed when a test fails, crashes or takes too long. Survivors are printed; it fails when more
than one in twenty survives. Those that change nothing observable stand in tests/equivalent_mutants.txt, with reasons, and
are not counted.

    tools/python-env mutation tools/python/mutation.py [COUNT] [SEED]
"""

import concurrent.futures
import hashlib
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "mutation"
FLAGS = "-std=c++20 -O1 -w -I%s -I%s/build/release/include -isystem /usr/include/x86_64-linux-gnu/openblas-pthread" % (ROOT, ROOT)
LIBRARIES = "-lopenblas -lfmt -lz -ljpeg -llinear -lpthread"
BUILDS = {"f64": "-DHOURGLASS_DOUBLE", "f32": ""}
TESTS = {"f64": ["autograd/*.cpp", "nn/*.cpp", "models/*.cpp", "tensor/*.cpp", "oracles/*.cpp"], "f32": ["tensor/*.cpp", "metrics/distances_test.cpp", "numerics_test.cpp", "allocation_test.cpp", "faults.cpp"]}
EXCLUDED = {"tensor/blas.cpp"}  # chooses kernels by the processor: what it does differs from machine to machine


def equivalent():
    lines = (ROOT / "tests" / "equivalent_mutants.txt").read_text().split("\n")
    return {tuple(part.strip() for part in line.split(" | ")[:3]) for line in lines if line and line[0] != "#"}


def run(command, timeout=120, cwd=None):
    try:
        return subprocess.run(command, shell=True, capture_output=True, text=True, timeout=timeout, cwd=cwd)
    except subprocess.TimeoutExpired:
        return None


def code_lines(path):
    """The lines of a source that are code, without comments."""
    return [i for i, line in enumerate(path.read_text().split("\n")) if line.strip() and not line.strip().startswith("//")]


def candidates(source, rng):
    place = WORK / "mutants" / source.replace("/", "_")
    if not place.exists():
        place.mkdir(parents=True)
        shutil.copy(ROOT / source, place / pathlib.Path(source).name)
        run(sys.prefix + "/bin/mutate %s cpp --noCheck --mutantDir ." % pathlib.Path(source).name, 600, place)
    original = (ROOT / source).read_text().split("\n")
    code, found = set(code_lines(ROOT / source)), []
    for path in sorted(place.glob("*.mutant.*")):
        text = path.read_text().split("\n")
        changed = [i for i, (a, b) in enumerate(zip(original, text)) if a != b]
        if len(changed) == 1 and changed[0] in code and not re.match(r"\s*(#|namespace)", original[changed[0]]):
            found.append((path, changed[0]))
    rng.shuffle(found)
    return found


def objects(build):
    """The tests and the library of one build, compiled once with the flags that the mutants get."""
    place = WORK / build
    place.mkdir(parents=True, exist_ok=True)
    rules = ["rule cc\n command = g++ $flags -c $in -o $out\n"]
    names = []
    sources = [p for folder in ("tensor", "autograd", "nn", "models", "io", "metrics") for p in sorted((ROOT / folder).glob("*.cpp"))]
    tests = [ROOT / "tests/main.cpp"] + [p for pattern in TESTS[build] for p in sorted((ROOT / "tests" / build).glob(pattern))]
    defines = '-DHOURGLASS_SOURCE=\\"%s\\" -DHOURGLASS_BINARY=\\"%s\\" -DHOURGLASS_DATA=\\"%s/data\\" -DHOURGLASS_VERSION=\\"0\\" -DHOURGLASS_CHART_JS=\\"none\\"' % (ROOT, ROOT, ROOT)
    for source in sources + tests:
        name = str(source.relative_to(ROOT)).replace("/", "_") + ".o"
        names.append((str(source.relative_to(ROOT)), name))
        rules.append("build %s: cc %s\n flags = %s %s %s -isystem /usr/include/stb\n" % (name, source, FLAGS, BUILDS[build], defines))
    (place / "build.ninja").write_text("\n".join(rules))
    done = run("ninja", 1800, place)
    if done.returncode:
        sys.exit(done.stdout[-3000:])
    return dict(names)


def link(parts, program, build):
    return run("g++ -o %s %s %s" % (program, parts, LIBRARIES), cwd=WORK / build)


def test(program):
    # too long is measured by processor time: a busy machine kills no mutant
    limits = "ulimit -v 8000000; ulimit -t 60;"
    return run("%s exec timeout -s KILL 300 %s --abort-after=1" % (limits, program), 400)  # a shell would outlive its program


def check_unbroken(build, names):
    """Exits unless the tests link and pass: what fails without a mutant finds none."""
    for step, done in (("link", link(" ".join(names.values()), "t", build)), ("pass", test(WORK / build / "t"))):
        if done is None or done.returncode:
            sys.exit("mutation: the tests of %s do not %s without a mutant\n%s" % (build, step, done and (done.stdout + done.stderr)[-3000:]))


def machine_code(path):
    return hashlib.sha256(run("objdump -d --no-show-raw-insn %s | tail -n +4; objdump -s -j .rodata %s | tail -n +4" % (path, path)).stdout.encode()).hexdigest()


def run_mutant(task):
    number, source, path, line, known = task
    place = WORK / "trial" / str(number)
    place.mkdir(parents=True, exist_ok=True)
    verdict = "survived"
    try:
        for build in ("f64", "f32"):
            copy = place / pathlib.Path(source).name
            shutil.copy(path, copy)
            made = run("g++ %s %s -c %s -o %s/m.o" % (FLAGS, BUILDS[build], copy, place))
            if made is None or made.returncode:
                return "does not compile", task
            if machine_code(place / "m.o") == machine_code(WORK / build / known[build][source]):
                verdict = "same code" if build == "f64" else verdict
                if build == "f64":
                    return "same code", task
                continue
            others = " ".join(name for each, name in known[build].items() if each != source)
            linked = link("%s/m.o %s" % (place, others), place / "t", build)
            if linked is None or linked.returncode:
                return "does not link", task
            tested = test(place / "t")
            if tested is None or tested.returncode:
                return "killed", task
        return verdict, task
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    harmless = equivalent()
    known = {build: objects(build) for build in BUILDS}
    for build in BUILDS:
        check_unbroken(build, known[build])
    sources = [str(p.relative_to(ROOT)) for folder in ("tensor", "autograd") for p in sorted((ROOT / folder).glob("*.cpp"))]
    pool = [(s, path, line) for s in sources if s not in EXCLUDED for path, line in candidates(s, rng)]
    rng.shuffle(pool)
    results, tally, number = [], {}, 0
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        waiting = set()
        while tally.get("killed", 0) + tally.get("survived", 0) < count and (pool or waiting):
            while pool and len(waiting) < 4:
                source, path, line = pool.pop()
                number += 1
                waiting.add(workers.submit(run_mutant, (number, source, path, line, known)))
            done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for each in done:
                verdict, task = each.result()
                _, source, path, line, _ = task
                before, after = (ROOT / source).read_text().split("\n")[line].strip(), path.read_text().split("\n")[line].strip()
                if (source, before.replace("|", "¦"), after.replace("|", "¦")) in harmless:
                    verdict = "equivalent"
                tally[verdict] = tally.get(verdict, 0) + 1
                if verdict == "survived":
                    results.append({"source": source, "line": line + 1, "before": before, "after": after})
                    print("survived  %s:%d\n  - %s\n  + %s" % (source, line + 1, before, after), flush=True)
        for each in waiting:
            each.cancel()
    (WORK / "survivors.json").write_text(json.dumps(results, indent=1))
    killed, survived = tally.get("killed", 0), tally.get("survived", 0)
    print("%s\n%d of %d mutants killed: %.1f%%" % (tally, killed, killed + survived, 100.0 * killed / max(1, killed + survived)))
    sys.exit(killed + survived < count or killed < 0.95 * (killed + survived))


if __name__ == "__main__":
    main()
