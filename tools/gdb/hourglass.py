"""Shows tensors in gdb: `print x` prints Tensor[128, 784] {0, 0.31, …}, `print h` also the op that made h.

The types come from the library's debug information. Without it, as in a program that is linked with a release build, and
for a variable that has no value yet, gdb prints the members as they are.
"""

import gdb
import gdb.printing

SHOWN = 8  # numbers of a tensor
MOST_PARENTS = 64  # of an op: more are not a graph, but memory that holds none yet


def sizes(shape):
    elements, rank = shape["sizes_"]["_M_elems"], int(shape["rank_"])
    first, last = elements.type.strip_typedefs().range()
    found = [int(elements[axis]) for axis in range(first, min(rank, last + 1))]
    if len(found) != rank or any(size < 0 for size in found):
        raise ValueError("not a shape")
    return found


def member(node, name):
    """A member of *node by its offset: reading it by name makes gdb look for the op's own class, and warn."""
    for field in node.type.target().fields():
        if field.name == name:
            place = node.cast(gdb.lookup_type("char").pointer()) + field.bitpos // 8
            return place.cast(field.type.pointer()).dereference()
    raise KeyError(name)


def op_name(node):
    return member(node, "op_").string() if int(node) else None


def tensor_text(value):
    buffer = value["buffer_"]
    if not int(buffer):
        return "Tensor empty"
    shape = sizes(value["shape_"])
    count = 1
    for size in shape:
        count *= size
    scalar = gdb.lookup_type(buffer.dereference().type.strip_typedefs().name.rsplit("::", 1)[0] + "::Scalar")
    numbers = (buffer + 1).cast(scalar.pointer())
    shown = ", ".join("%.4g" % float(numbers[i]) for i in range(min(SHOWN, count)))
    return "Tensor%s {%s%s}" % (shape, shown, ", …" if count > SHOWN else "")


def variable_text(value):
    numbers = tensor_text(value["value_"]).replace("Tensor", "Variable", 1)
    node = value["node_"]["node_"]
    if not int(node):
        return numbers + " constant"
    if bool(member(node, "parameter_")):
        return numbers + " parameter"
    edges = member(node, "edges_")["_M_impl"]
    count = int(edges["_M_finish"] - edges["_M_start"])
    if not 0 <= count <= MOST_PARENTS:
        raise ValueError("not a graph")
    parents = [op_name(edges["_M_start"][i]["variable"]["node_"]["node_"]) or "constant" for i in range(count)]
    return "%s = %s(%s)" % (numbers, op_name(node), ", ".join(parents))


class Shown:
    def __init__(self, text):
        self.text = text

    def to_string(self):
        return self.text


def printer(text):
    """The printer of values with this text; None, which leaves a value to gdb, where the text cannot be made."""

    def of(value):
        try:
            return Shown(text(value))
        except Exception:  # of whatever kind: types, members or memory are not what they are in a lesson
            return None

    return of


def printers():
    collection = gdb.printing.RegexpCollectionPrettyPrinter("hourglass")
    for name, text in (("Shape", lambda shape: str(sizes(shape))), ("Tensor", tensor_text), ("Variable", variable_text)):
        collection.add_printer(name, "^hourglass::(f32|f64)::%s$" % name, printer(text))
    return collection


gdb.printing.register_pretty_printer(None, printers(), replace=True)
