package dev.irstd.benchmarks;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import java.util.Arrays;

/**
 * What a device does at best: multiplications of large matrices, and bytes through its memory, both by ONNX Runtime
 * itself. Two graphs draw a square of random numbers on the device and work on it, one some operations longer than the
 * other; the difference of their times is free of drawing, launching and the way back.
 *
 * @param multiplications a second, each with an addition
 * @param bytes a second, read and written
 */
record DeviceFloor(double multiplications, double bytes) {
    private static final int OPSET = 17;
    private static final int IR_VERSION = 8;
    private static final int FEW = 2;

    /**
     * How much work.
     *
     * @param product order of the matrices
     * @param copied order of the square that is copied
     * @param more operations by which one graph is longer
     * @param runs of each graph, of which the median counts
     */
    record Work(int product, int copied, int more, int runs) {
        /** Enough for a GPU of this decade: 1.1 TFLOP a product, 2 GiB read and written a copy. */
        static final Work GPU = new Work(8192, 16384, 8, 9);

        static final Work CPU = new Work(2048, 4096, 4, 5);
        static final Work TINY = new Work(64, 64, 4, 3);
    }

    /**
     * Measures a device.
     *
     * @param device {@link DeviceSession#CPU} or {@link DeviceSession#CUDA}
     * @param tf32 whether the GPU may cut the mantissa of factors to 10 bits
     * @throws OrtException if the device cannot run the graphs
     */
    static DeviceFloor of(String device, boolean tf32, Work work) throws OrtException {
        double product = secondsEach("MatMul", device, tf32, work.product(), work);
        double copy = secondsEach("Neg", device, tf32, work.copied(), work);
        double squareBytes = (double) work.copied() * work.copied() * Float.BYTES;
        return new DeviceFloor(Math.pow(work.product(), 3) / product, 2 * squareBytes / copy);
    }

    private static double secondsEach(String operation, String device, boolean tf32, int order, Work work)
            throws OrtException {
        double few = seconds(graph(operation, order, FEW), device, tf32, work.runs());
        double many = seconds(graph(operation, order, FEW + work.more()), device, tf32, work.runs());
        return (many - few) / work.more();
    }

    private static double seconds(byte[] onnx, String device, boolean tf32, int runs) throws OrtException {
        try (DeviceSession session = DeviceSession.openAsWritten(onnx, device, tf32)) {
            session.takeOutput(1, 1);
            session.run();
            double[] seconds = new double[runs];
            for (int i = 0; i < runs; i++) {
                long begin = System.nanoTime();
                session.run();
                seconds[i] = (System.nanoTime() - begin) / 1e9;
            }
            Arrays.sort(seconds);
            return seconds[runs / 2];
        }
    }

    /** Random numbers, one operation several times, and the largest value, which is all that comes back. */
    static byte[] graph(String operation, int order, int times) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(operation);
        // Of such numbers a product has as large ones.
        float bound = (float) Math.sqrt(3.0 / order);
        graph.addNode(node("RandomUniform", "x0")
                .addAttribute(number("low", -bound))
                .addAttribute(number("high", bound))
                .addAttribute(AttributeProto.newBuilder()
                        .setName("shape")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(order)
                        .addInts(order)));
        for (int i = 1; i <= times; i++) {
            NodeProto.Builder node = node(operation, "x" + i).addInput("x" + (i - 1));
            graph.addNode(operation.equals("MatMul") ? node.addInput("x0") : node);
        }
        graph.addNode(node("ReduceMax", "largest").addInput("x" + times));
        graph.addOutput(ValueInfoProto.newBuilder()
                .setName("largest")
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE))));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static NodeProto.Builder node(String type, String output) {
        return NodeProto.newBuilder().setOpType(type).setName(output).addOutput(output);
    }

    private static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }
}
