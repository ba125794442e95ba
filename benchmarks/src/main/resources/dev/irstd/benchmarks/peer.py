"""Measures the network of network.py with PyTorch, eager and compiled: a line "device;what;size;batch;ms" a figure.

usage: peer.py DEVICE SIZES BATCHES SECONDS      such as: peer.py cuda 256x256,640x512 1,4,16 1
"""
import array
import os
import statistics
import sys
import time

import torch

from network import Network

HERE = os.path.dirname(os.path.abspath(__file__))
SIDE = 256
LIMIT = 1e-3


def floats(name):
    values = array.array("f")
    with open(os.path.join(HERE, name), "rb") as file:
        values.frombytes(file.read())
    return torch.tensor(values)


def check(network, device):
    image = floats("input.bin").reshape(1, 1, SIDE, SIDE).to(device)
    difference = (network(image).cpu().flatten() - floats("output.bin")).abs().max().item()
    print("PyTorch on %s: largest difference from ONNX Runtime on the CPU %.1e" % (device, difference), file=sys.stderr)
    if not difference <= LIMIT:
        sys.exit("PyTorch on %s: DIFFERENT, limit %.0e; not measured" % (device, LIMIT))


def milliseconds(run, device, seconds):
    def timed():
        begin = time.perf_counter()
        run()
        if device == "cuda":
            torch.cuda.synchronize()
        return 1000 * (time.perf_counter() - begin)

    for _ in range(3):
        timed()
    end = time.perf_counter() + seconds
    times = [timed()]
    while time.perf_counter() < end:
        times.append(timed())
    return statistics.median(times)


def main(device, sizes, batches, seconds):
    torch.manual_seed(1)
    eager = Network(floats("weights.bin")).eval().to(device).to(memory_format=torch.channels_last)
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    check(eager, device)
    for tf32 in (False, True) if device == "cuda" else (False,):
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = tf32
        for mode in ("eager", "compiled"):
            for size in sizes:
                width, height = map(int, size.split("x"))
                for batch in batches:
                    what = "PyTorch %s, %s%s" % (torch.__version__, mode, ", TF32" if tf32 else "")
                    host = torch.randn(batch, 1, height, width)
                    image = host.to(device)
                    try:
                        torch._dynamo.reset()
                        network = torch.compile(eager) if mode == "compiled" else eager
                        there = milliseconds(lambda: network(image), device, seconds)
                        whole = milliseconds(lambda: network(host.to(device)).cpu(), device, seconds)
                    except Exception as e:  # no compiler, no memory: the others may still run
                        line = " ".join(str(e).split())[:300]
                        print("%s, %s, batch %d: COULD NOT RUN: %s" % (what, size, batch, line), file=sys.stderr)
                        continue
                    print("%s;%s, as irstd;%s;%d;%.4f" % (device, what, size, batch, whole))
                    print("%s;%s, without the way there and back;%s;%d;%.4f" % (device, what, size, batch, there))
                    sys.stdout.flush()


if __name__ == "__main__":
    with torch.inference_mode():
        main(sys.argv[1], sys.argv[2].split(","), [int(n) for n in sys.argv[3].split(",")], float(sys.argv[4]))
