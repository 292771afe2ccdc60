"""The debugger tour of a lesson: `tour` in gdb goes on to the next stop of its tour.md and shows the text of that stop.

A stop is a heading `## FILE#MARKER`; the program stops at the first line behind `// [MARKER]` in FILE (of the lesson, or
from the project's root). Indented lines that begin with (gdb) are commands; gdb's output follows them, with … for
anything. With HOURGLASS_TOUR_CHECK=1 all commands are executed and compared, and gdb ends with status 1 where the text
is wrong.
"""

import os
import re

import gdb


class Stop:
    def __init__(self, place):
        self.place = place
        self.text = []  # as it stands in tour.md
        self.typed = []  # [command, [lines expected of it]]

    def add(self, line):
        self.text.append(line)
        if line.startswith("    (gdb) "):
            self.typed.append((line[len("    (gdb) "):], []))
        elif line.startswith("    ") and self.typed:
            self.typed[-1][1].append(line[4:])


def read(path):
    """The opening words of a tour, and its stops."""
    opening, stops = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("## ") and "#" in line[3:]:
            stops.append(Stop(line[3:].strip()))
        elif stops:
            stops[-1].add(line)
        else:
            opening.append(line)
    return "\n".join(opening).strip(), stops


def location(place, lesson):
    """FILE:LINE of the first line of code behind a marker."""
    name, marker = place.split("#")
    path = os.path.join(lesson, name)
    if not os.path.exists(path):
        path = name
    lines = open(path, encoding="utf-8").read().split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip() == "// [%s]" % marker:
            while not lines[number].strip() or lines[number].strip().startswith("//"):
                number += 1
            return "%s:%d" % (path, number + 1)
    raise gdb.GdbError("tour: %s has no line // [%s]" % (path, marker))


def differs(expected, said):
    """The first expected line that does not occur, in order, in gdb's output; None if all do."""
    at = 0
    for line in expected:
        pattern = ".*".join(re.escape(part) for part in line.strip().split("…"))
        found = re.compile(pattern).search(said, at)
        if not found:
            return line
        at = found.end()
    return None


class Tour(gdb.Command):
    """tour: on to the next stop of the lesson's tour."""

    def __init__(self, lesson):
        super().__init__("tour", gdb.COMMAND_RUNNING)
        self.lesson, self.at = lesson, 0
        self.opening, self.stops = read(os.path.join(lesson, "tour.md"))

    def go(self, stop):
        """Runs to a stop; returns whether the program is "there", stopped "elsewhere", or has "ended"."""
        gdb.execute("tbreak " + location(stop.place, self.lesson), to_string=True)
        spot = gdb.breakpoints()[-1]
        spot.silent = True
        started = bool(gdb.selected_inferior().threads())
        gdb.execute("continue" if started else "run", to_string=True)
        if not gdb.selected_inferior().threads():
            return "ended"
        if not spot.is_valid():
            return "there"
        spot.delete()
        return "elsewhere"

    def invoke(self, argument, from_tty):
        if self.at == len(self.stops):
            print("That was the last stop; `continue` runs the lesson to its end, `quit` leaves.")
            return
        stop = self.stops[self.at]
        arrived = self.go(stop)
        if arrived == "elsewhere":
            gdb.execute("frame")
            print("(stopped before the next stop of the tour; look around, then: tour)")
            return
        if arrived == "ended":
            print("The program has ended; `tour` starts it again, from the first stop.")
            self.at = 0
            return
        self.at += 1
        print("\n── stop %d of %d: %s ──" % (self.at, len(self.stops), stop.place))
        gdb.execute("list")
        print("\n".join(stop.text).strip())
        print("\n(type what the text shows, look around, then: tour)")

    def check(self):
        """Executes the whole tour; returns the stops where the output of gdb differs."""
        wrong = []
        for stop in self.stops:
            try:
                arrived = self.go(stop)
            except gdb.GdbError as error:
                return wrong + [str(error)]
            if arrived != "there":
                return wrong + ["%s: not reached, the program %s" % (stop.place, arrived)]
            for command, expected in stop.typed:
                try:
                    said = gdb.execute(command, to_string=True)
                except gdb.error as error:
                    said = str(error)
                line = differs(expected, said)
                if line is not None:
                    wrong.append("%s: (gdb) %s\n  expected: %s\n  found:    %s" % (stop.place, command, line, said.strip()))
        return wrong


def begin():
    gdb.execute("set pagination off")
    if os.path.exists(".gdbinit"):
        gdb.execute("source .gdbinit", to_string=True)  # which prints a line for each thing that it skips
    gdb.execute("set breakpoint pending on")
    gdb.execute("set confirm off")
    tour = Tour(os.environ["HOURGLASS_TOUR"])
    if os.environ.get("HOURGLASS_TOUR_CHECK"):
        wrong = ["%s/tour.md has no stop" % tour.lesson] if not tour.stops else tour.check()
        for complaint in wrong:
            print("WRONG %s" % complaint)
        print("CHECKED %d stops" % len(tour.stops))
        gdb.execute("kill" if gdb.selected_inferior().threads() else "echo", to_string=True)
        gdb.execute("quit %d" % (1 if wrong else 0))
    print(tour.opening + "\n\n(the program has not started; `tour` runs it to the first stop)")


begin()
