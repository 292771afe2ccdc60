# Stepping through the mathematics: `step` enters models, layers, ops, products and rectangles, and nothing of what serves
# them; `print h` shows a tensor as its shape and first numbers. `./course debug N` starts gdb with this file; a gdb of
# your own reads it with: gdb -x .gdbinit
python
import os, sys
here = next((p for p in (os.getcwd(), os.environ.get("HOURGLASS_ROOT", "")) if os.path.exists(os.path.join(p, "tools/gdb/hourglass.py"))), None)
if here:
    sys.path.insert(0, os.path.join(here, "tools/gdb"))
    import hourglass
end
set print frame-arguments scalars
skip -rfu ^(std|__gnu_cxx)::
skip -gfi */c++/*/*
skip -gfi */c++/*/bits/*
skip -gfi */tensor/scalar.h
skip -gfi */tensor/activation.h
skip -gfi */tensor/error.*
skip -gfi */tensor/shape.*
skip -gfi */tensor/tensor.*
skip -gfi */tensor/memory.*
skip -gfi */tensor/parallel.cpp
skip -gfi */tensor/denormals.h
skip -gfi */tensor/blas.*
skip -gfi */tensor/positions.h
skip -gfi */autograd/variable.*
skip -gfi */autograd/node.*
skip -gfi */autograd/grad_mode.h
skip -rfu ^hourglass::.*::check(ed)?_
skip -rfu ^hourglass::.*::(record<|worth_recording|OpNode<.*>::OpNode)
skip -rfu ^hourglass::.*::(start|unshared|made_before)[(]
skip -rfu ^hourglass::.*::Backward::(Backward|Wants|require_unspent|find|is_wanted|is_target|arrive)
skip -rfu ^hourglass::.*::(flag|cut|edge|walk|Grid::count)[(]
skip -rfu ^hourglass::[a-z0-9]+::[(]anonymous.namespace[)]::(pad|unpad|gather|scatter)[(]
skip -rfu ^hourglass::.*::(Geometry::|Windows::Windows|Observer::)
