package dev.irstd.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A row of the tables: a way from the image to the scores, or a part of it. */
enum Program {
    IRSTD("DetectionBenchmark.detector", IrstdPeer.NAME, ClassPath.OWN, Extent.EVERY_SIZE),
    SESSION("DetectionBenchmark.session", "", ClassPath.OWN, Extent.EVERY_SIZE),
    ONNX_RUNTIME("PeerBenchmark.scores", "onnxruntime", ClassPath.OWN, Extent.EVERY_SIZE),
    DJL_ONNX_RUNTIME("PeerBenchmark.scores", "djl-onnxruntime", ClassPath.DJL_ONNX_RUNTIME, Extent.EVERY_SIZE),
    PYTORCH("PeerBenchmark.scores", "pytorch", ClassPath.OWN, Extent.SMALL_SIZES),
    DJL_PYTORCH("PeerBenchmark.scores", "djl-pytorch", ClassPath.DJL_PYTORCH, Extent.SMALL_SIZES),
    OPENCV("PeerBenchmark.scores", "opencv-dnn", ClassPath.OWN, Extent.SMALL_SIZES);

    /** At which sizes a program is measured. */
    enum Extent {
        EVERY_SIZE,
        SMALL_SIZES
    }

    private final String benchmark;
    private final String peer;
    private final ClassPath classPath;
    private final Extent extent;

    Program(String benchmark, String peer, ClassPath classPath, Extent extent) {
        this.benchmark = benchmark;
        this.peer = peer;
        this.classPath = classPath;
        this.extent = extent;
    }

    /** Class and method. */
    String benchmark() {
        return benchmark;
    }

    /** Name of the {@link Peer}, empty if it is none. */
    String peer() {
        return peer;
    }

    ClassPath classPath() {
        return classPath;
    }

    Extent extent() {
        return extent;
    }

    /** What JMH is told, and finds its results by. */
    Map<String, String> parameters(Size size) {
        Map<String, String> parameters = new TreeMap<>(Map.of("size", size.toString()));
        switch (this) {
            case IRSTD -> parameters.put("model", MeasuredModel.RRCANET_18);
            case SESSION -> parameters.putAll(Map.of("model", MeasuredModel.RRCANET_18, "batch", "1"));
            default -> parameters.put("peer", peer);
        }
        return parameters;
    }

    /** What tables call it. */
    String title(Path benchmarks) {
        String onnxRuntime = classPath.version(benchmarks, "onnxruntime");
        return switch (this) {
            case IRSTD -> "**irstd**, image to targets";
            case SESSION -> "its network alone";
            case ONNX_RUNTIME -> "ONNX Runtime " + onnxRuntime;
            case DJL_ONNX_RUNTIME ->
                "DJL " + classPath.version(benchmarks, "onnxruntime-engine") + " on ONNX Runtime " + onnxRuntime;
            case PYTORCH -> "PyTorch " + classPath.version(benchmarks, "pytorch") + ", eager";
            case DJL_PYTORCH ->
                "DJL " + classPath.version(benchmarks, "pytorch-engine") + " on PyTorch "
                        + classPath.version(benchmarks, "pytorch-native-cpu").replaceFirst("-.*", "") + ", TorchScript";
            case OPENCV -> "OpenCV " + classPath.version(benchmarks, "opencv") + " dnn";
        };
    }
}
