package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.irstd.training.network.BatchNorm;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.Ops;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Reads a network as an ONNX graph: an image is the name of a value. A shared weight is stored once. */
final class OnnxOps implements Ops<String> {
    private static final String RESIZE_SCALES = "resize.scales";

    private final GraphProto.Builder graph;
    private final Weights weights;
    private final Set<String> stored = new HashSet<>();

    OnnxOps(GraphProto.Builder graph, Weights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    @Override
    public String conv(Conv2d conv, String x) {
        List<String> inputs = new ArrayList<>(List.of(x, weight(conv.weightKey())));
        if (conv.bias()) {
            inputs.add(weight(conv.biasKey()));
        }
        return node(
                "Conv",
                inputs,
                ints("kernel_shape", conv.kernel(), conv.kernel()),
                ints("pads", LongStream.generate(conv::padding).limit(4).toArray()));
    }

    @Override
    public String batchNorm(BatchNorm norm, String x) {
        List<String> inputs = List.of(
                x,
                weight(norm.scaleKey()),
                weight(norm.shiftKey()),
                weight(norm.meanKey()),
                weight(norm.varianceKey()));
        AttributeProto epsilon = AttributeProto.newBuilder()
                .setName("epsilon")
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) BatchNorm.EPSILON)
                .build();
        return node("BatchNormalization", inputs, epsilon);
    }

    @Override
    public String relu(String x) {
        return node("Relu", List.of(x));
    }

    @Override
    public String sigmoid(String x) {
        return node("Sigmoid", List.of(x));
    }

    @Override
    public String maxPool2(String x) {
        return node("MaxPool", List.of(x), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
    }

    @Override
    public String upsample2(String x) {
        String scales = store(RESIZE_SCALES, new FloatTensor(List.of(4), new float[] {1, 1, 2, 2}));
        String noRegionOfInterest = "";
        return node(
                "Resize",
                List.of(x, noRegionOfInterest, scales),
                text("mode", "linear"),
                text("coordinate_transformation_mode", "align_corners"));
    }

    @Override
    public String globalAvgPool(String x) {
        return node("GlobalAveragePool", List.of(x));
    }

    @Override
    public String globalMaxPool(String x) {
        return node("GlobalMaxPool", List.of(x));
    }

    @Override
    public String concat(List<String> xs) {
        AttributeProto channels = AttributeProto.newBuilder()
                .setName("axis")
                .setType(AttributeProto.AttributeType.INT)
                .setI(1)
                .build();
        return node("Concat", xs, channels);
    }

    @Override
    public String add(String a, String b) {
        return node("Add", List.of(a, b));
    }

    @Override
    public String mul(String a, String b) {
        return node("Mul", List.of(a, b));
    }

    /** Gives a value the name it is to have outside the graph. */
    void name(String value, String name) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value)
                .addOutput(name));
    }

    private String node(String type, List<String> inputs, AttributeProto... attributes) {
        String output = type + "_" + graph.getNodeCount();
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    private String weight(String name) {
        return store(name, weights.get(name));
    }

    private String store(String name, FloatTensor tensor) {
        if (stored.add(name)) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(tensor.values());
            TensorProto.Builder initializer = TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(TensorProto.DataType.FLOAT_VALUE)
                    .setRawData(ByteString.copyFrom(bytes));
            tensor.shape().forEach(initializer::addDims);
            graph.addInitializer(initializer);
        }
        return name;
    }

    private static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }
}
