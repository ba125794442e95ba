#!/bin/sh
# Checks, measures and trains on a machine that has neither Java nor a network; --help tells how.
set -u

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

usage() {
    cat <<'TEXT'
usage: ./run.sh check [--device cpu|cuda]            parity of every model with the reference vectors, by default on both
       ./run.sh bench [--device cpu|cuda] [--quick]  tables; they stay in results/
       ./run.sh train ARGUMENTS                      trains, on the first GPU unless --device says otherwise (archives
                                                     irstd-training.*); ARGUMENTS as of "irstd train"
       ./run.sh irstd ARGUMENTS                      the command line

Exit code: 0 all well; 1 a device computes something else, or training failed; 3 something could not run, the rest is well.
CUDA's libraries are looked for in $CUDA_HOME, beside Python's packages, in /usr/local/cuda* and where ldconfig knows.
TEXT
}

python_folders() {
    command -v python3 >/dev/null && python3 - 2>/dev/null <<'PYTHON'
import glob, sys
for folder in sys.path:
    for found in sorted(glob.glob(folder + "/nvidia/*/lib") + glob.glob(folder + "/nvidia/lib")):
        print(found)
PYTHON
}

# Folders with libraries of CUDA, each once, in the order in which they count.
cuda_folders() {
    {
        [ -n "${CUDA_HOME-}" ] && printf '%s\n' "$CUDA_HOME/lib64" "$CUDA_HOME/lib" "$CUDA_HOME/extras/CUPTI/lib64"
        python_folders
        for root in /usr/local/cuda /usr/local/cuda-[0-9]*; do
            printf '%s\n' "$root/lib64" "$root/extras/CUPTI/lib64"
        done
        printf '%s\n' /usr/local/nvidia/lib64
    } | while IFS= read -r folder; do
        for library in "$folder"/libcu*.so.* "$folder"/libnccl.so.* "$folder"/libnv*.so.*; do
            if [ -e "$library" ]; then
                printf '%s\n' "$folder"
                break
            fi
        done
    done | awk '!seen[$0]++'
}

export_libraries() {
    LD_LIBRARY_PATH=$(cuda_folders | tr '\n' ':')${LD_LIBRARY_PATH-}
    export LD_LIBRARY_PATH
    # Otherwise idle worker threads spin on each other's cores.
    export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
    export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}"
}

# Says what CUDA code lacks here; $1 is one of our libraries, $2 a folder with more of ours.
report_cuda() {
    if command -v nvidia-smi >/dev/null; then
        nvidia-smi --query-gpu=index,name,driver_version,compute_cap,memory.total --format=csv,noheader 2>&1 |
            sed 's/^/GPU: /'
    else
        echo "GPU: no nvidia-smi, so probably no NVIDIA driver"
    fi
    if ! command -v ldd >/dev/null; then
        echo "CUDA: no ldd here to tell which libraries are missing"
        return
    fi
    missing=$(LD_LIBRARY_PATH=$2:$LD_LIBRARY_PATH ldd "$1" 2>/dev/null | awk '/not found/ {print $1}' | sort -u | tr '\n' ' ')
    if [ -n "$missing" ]; then
        echo "CUDA: NOT FOUND: $missing"
        echo "CUDA: looked in $(cuda_folders | tr '\n' ' ')and where ldconfig knows; CUDA_HOME=DIR adds DIR/lib64"
    else
        LD_LIBRARY_PATH=$2:$LD_LIBRARY_PATH ldd "$1" | awk '$1 ~ /^lib(cu|nccl|nv)/ {print "CUDA: " $1 " is " $3}'
    fi
}

run_java() {
    "$here/jre/bin/java" -Djava.awt.headless=true -Donnxruntime.native.path="$here/onnxruntime" \
        '-Djava.util.logging.SimpleFormatter.format=irstd: %5$s%n' -cp "$here/lib/*" "$@"
}

status=0
# Keeps the worst: 1, then 3. A code of Java's own, as of a crash, counts as 3.
note() {
    case $1 in
    0) ;;
    1) status=1 ;;
    *)
        [ "$1" = 3 ] || echo "$2: COULD NOT RUN: Java ended with code $1"
        [ $status = 1 ] || status=3
        ;;
    esac
}

read_options() {
    devices="cpu cuda"
    quick=
    while [ $# -gt 0 ]; do
        case $1 in
        --device)
            case ${2-} in
            cpu | cuda) devices=$2 ;;
            *)
                echo "run.sh: --device is cpu or cuda, not \"${2-}\"" >&2
                exit 2
                ;;
            esac
            shift
            ;;
        --quick) quick=--quick ;;
        *)
            echo "run.sh: unknown option $1" >&2
            usage >&2
            exit 2
            ;;
        esac
        shift
    done
    cat "$here/VERSIONS"
    case $devices in
    *cuda*) report_cuda "$here/onnxruntime/libonnxruntime_providers_cuda.so" "$here/onnxruntime" ;;
    esac
}

check() {
    for device in $devices; do
        run_java dev.irstd.benchmarks.Parity check "$here/vectors" "$device"
        note $? "$device"
    done
}

measure_pytorch() {
    if ! command -v python3 >/dev/null || ! python3 -c 'import torch' 2>/dev/null; then
        echo "PyTorch: COULD NOT RUN: there is no python3 with torch"
        return
    fi
    for device in $devices; do
        if [ "$device" = cuda ] && ! python3 -c 'import sys, torch; sys.exit(not torch.cuda.is_available())'; then
            echo "PyTorch on cuda: COULD NOT RUN: torch sees no GPU"
            continue
        fi
        sizes=256x256,640x512
        batches=1,4
        seconds=1
        [ "$device" = cuda ] && batches=1,4,16,64
        if [ -n "$quick" ]; then
            sizes=64x64
            batches=1,2
            seconds=0.1
        fi
        # Its own libraries, not ours.
        LD_LIBRARY_PATH=$own_libraries python3 "$here/peer/peer.py" "$device" $sizes $batches $seconds \
            >>"$here/results/pytorch.csv" || echo "PyTorch on $device: COULD NOT RUN: see above"
    done
}

bench() {
    mkdir -p "$here/results"
    rm -f "$here/results/pytorch.csv"
    measure_pytorch
    for device in $devices; do
        page=$here/results/$device.md
        { run_java dev.irstd.benchmarks.DevicePage "$here/results" $quick "$device"; echo $? >"$page.code"; } | tee "$page"
        note "$(cat "$page.code")" "$device"
        rm -f "$page.code"
    done
}

irstd() {
    if [ -d "$here/torch" ]; then
        run_java -Djava.library.path="$here/torch" -Dorg.bytedeco.javacpp.pathsFirst=true \
            -Dorg.bytedeco.javacpp.platform.extension=-gpu -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
            dev.irstd.cli.Irstd "$@"
    else
        run_java dev.irstd.cli.Irstd "$@"
    fi
}

train() {
    if [ ! -d "$here/torch" ]; then
        echo "run.sh: this bundle cannot train; unpack the archives irstd-training.* into the same folder too" >&2
        exit 3
    fi
    report_cuda "$here/torch/libtorch_cuda.so" "$here/torch" >&2
    case " $* " in
    *" --device "* | *" --device="*) irstd train "$@" ;;
    *) irstd train --device cuda:0 "$@" ;;
    esac
}

own_libraries=${LD_LIBRARY_PATH-}
command=${1-}
[ $# -gt 0 ] && shift
case $command in
check | bench)
    export_libraries
    read_options "$@"
    "$command"
    exit $status
    ;;
train | irstd)
    export_libraries
    "$command" "$@"
    exit $?
    ;;
*)
    usage
    [ "$command" = --help ] || [ "$command" = -h ] || exit 2
    ;;
esac
