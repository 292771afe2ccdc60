"""Shows tensors in gdb: `print x` says Tensor[128, 784] {0, 0.31, …}, `print h` says by which op it was made."""

import gdb
import gdb.printing

SHOWN = 8  # numbers of a tensor


def sizes(shape):
    return [int(shape["sizes_"]["_M_elems"][axis]) for axis in range(int(shape["rank_"]))]


def member(node, name):
    """A member of *node by its offset: reading it by name makes gdb look for the op's own class, and warn."""
    for field in node.type.target().fields():
        if field.name == name:
            place = node.cast(gdb.lookup_type("char").pointer()) + field.bitpos // 8
            return place.cast(field.type.pointer()).dereference()
    raise KeyError(name)


def op_name(node):
    return member(node, "op_").string() if int(node) else None


class ShapePrinter:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return str(sizes(self.value))


class TensorPrinter:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        buffer = self.value["buffer_"]
        if not int(buffer):
            return "Tensor empty"
        shape = sizes(self.value["shape_"])
        count = 1
        for size in shape:
            count *= size
        scalar = gdb.lookup_type(buffer.dereference().type.strip_typedefs().name.rsplit("::", 1)[0] + "::Scalar")
        numbers = (buffer + 1).cast(scalar.pointer())
        shown = ", ".join("%.4g" % float(numbers[i]) for i in range(min(SHOWN, count)))
        return "Tensor%s {%s%s}" % (shape, shown, ", …" if count > SHOWN else "")


class VariablePrinter:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        numbers = TensorPrinter(self.value["value_"]).to_string().replace("Tensor", "Variable", 1)
        node = self.value["node_"]["node_"]
        if not int(node):
            return numbers + " constant"
        if bool(member(node, "parameter_")):
            return numbers + " parameter"
        edges = member(node, "edges_")["_M_impl"]
        parents, edge = [], edges["_M_start"]
        while edge != edges["_M_finish"]:
            parent = edge.dereference()["variable"]["node_"]["node_"]
            parents.append(op_name(parent) or "constant")
            edge += 1
        return "%s = %s(%s)" % (numbers, op_name(node), ", ".join(parents))


def printers():
    collection = gdb.printing.RegexpCollectionPrettyPrinter("hourglass")
    for name, printer in (("Shape", ShapePrinter), ("Tensor", TensorPrinter), ("Variable", VariablePrinter)):
        collection.add_printer(name, "^hourglass::(f32|f64)::%s$" % name, printer)
    return collection


gdb.printing.register_pretty_printer(None, printers(), replace=True)
