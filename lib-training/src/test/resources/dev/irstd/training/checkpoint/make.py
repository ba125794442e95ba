"""Makes the files beside it: pickles as CPython and NumPy write them, without PyTorch.

python3 make.py FOLDER

Stand-ins take the place of torch's functions and classes; a pickle holds their names only. The tensors and where their
elements are: a = floats 0..5 of shape [2, 3], b = its transpose, c = its second row, n = the counter 7.
"""

import collections
import pickle
import struct
import sys
import types

import numpy


def module(name):
    sys.modules[name] = types.ModuleType(name)
    return sys.modules[name]


def _rebuild_tensor_v2(*arguments):
    raise AssertionError


class FloatStorage:
    pass


class LongStorage:
    pass


class Storage:
    def __init__(self, kind, key, size):
        self.id = ("storage", kind, key, "cpu", size)


class Tensor:
    def __init__(self, storage, offset, shape, strides):
        self.arguments = (storage, offset, shape, strides, False, collections.OrderedDict())

    def __reduce__(self):
        return _rebuild_tensor_v2, self.arguments


class Pickler(pickle.Pickler):
    def __init__(self, file, protocol, view):
        super().__init__(file, protocol)
        self.view = view

    def persistent_id(self, value):
        return value.id + self.view if isinstance(value, Storage) else None


torch = module("torch")
module("torch._utils")._rebuild_tensor_v2 = _rebuild_tensor_v2
_rebuild_tensor_v2.__module__ = "torch._utils"
for kind in FloatStorage, LongStorage:
    kind.__module__ = "torch"
    setattr(torch, kind.__name__, kind)


def state_dict():
    floats = Storage(FloatStorage, "0", 6)
    tensors = collections.OrderedDict()
    tensors["model.a"] = Tensor(floats, 0, (2, 3), (3, 1))
    tensors["model.b"] = Tensor(floats, 0, (3, 2), (1, 3))
    tensors["model.c"] = Tensor(floats, 3, (3,), (1,))
    tensors["model.n.num_batches_tracked"] = Tensor(Storage(LongStorage, "1", 1), 0, (), ())
    tensors._metadata = collections.OrderedDict([("", {"version": 1})])
    return tensors


def checkpoint():
    return {
        "epoch": 300,
        "state_dict": state_dict(),
        "loss": 0.125,
        "mean_IOU": numpy.float64(0.75),
        "total_loss": [0.5, 0.25, numpy.float32(1), 2**70, None, b"x"],
    }


folder = sys.argv[1]
for protocol in 2, 3, 4, 5:
    with open(f"{folder}/protocol{protocol}.pkl", "wb") as file:
        Pickler(file, protocol, ()).dump(checkpoint())

with open(f"{folder}/legacy.pth", "wb") as file:
    pickle.dump(0x1950A86A20F9469CFC6C, file, 2)
    pickle.dump(1001, file, 2)
    sizes = {"short": 2, "int": 4, "long": 4}
    pickle.dump({"protocol_version": 1001, "little_endian": True, "type_sizes": sizes}, file, 2)
    Pickler(file, 2, (None,)).dump(checkpoint())
    pickle.dump(["0", "1"], file, 2)
    file.write(struct.pack("<q6f", 6, *range(6)))
    file.write(struct.pack("<qq", 1, 7))
