#include "tests/printing.h"

TEST_CASE("a tensor is printed as NumPy prints an array") { check_printing(); }
