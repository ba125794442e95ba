/** ONNX Runtime for CUDA 13, in the place of the one for processors: nothing to call, it is enough to be there. */
@org.jspecify.annotations.NullMarked
module dev.irstd.cuda {
    requires dev.irstd.core;
    requires static org.jspecify;

    provides dev.irstd.spi.NativeRuntime with
            dev.irstd.cuda.Cuda13Runtime;
}
