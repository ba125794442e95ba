package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of floats of 16 bits as one of 32 whose results are rounded to 16 one by one, with sums in 32: what a GPU computes,
 * on any processor.
 */
final class RoundedToHalf {
    private RoundedToHalf() {}

    static byte[] model(byte[] onnx) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(onnx).toBuilder();
            round(model.getGraphBuilder());
            // The seal goes: it is the last entry.
            model.removeMetadataProps(model.getMetadataPropsCount() - 1);
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void round(GraphProto.Builder graph) {
        Set<String> halves = new HashSet<>();
        for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            if (tensor.getDataType() == DataType.FLOAT16_VALUE) {
                halves.add(tensor.getName());
                tensor.setDataType(DataType.FLOAT_VALUE).setRawData(singles(tensor.getRawData()));
            }
        }
        List<NodeProto> nodes = List.copyOf(graph.getNodeList());
        graph.clearNode().clearValueInfo();
        for (NodeProto node : nodes) {
            boolean cast = node.getOpType().equals("Cast");
            boolean half = cast
                    ? node.getAttribute(0).getI() == DataType.FLOAT16_VALUE
                    : !node.getOpType().equals("Shape")
                            && node.getInputList().stream().anyMatch(halves::contains);
            if (!half) {
                graph.addNode(node);
                continue;
            }
            String output = node.getOutput(0);
            String exact = cast ? node.getInput(0) : output + ", exact";
            if (!cast) {
                graph.addNode(node.toBuilder().setOutput(0, exact));
            }
            addCast(graph, exact, output + ", rounded", DataType.FLOAT16_VALUE);
            addCast(graph, output + ", rounded", output, DataType.FLOAT_VALUE);
            halves.add(output);
        }
    }

    private static void addCast(GraphProto.Builder graph, String from, String to, int type) {
        graph.addNodeBuilder()
                .setOpType("Cast")
                .setName(to + ", cast")
                .addInput(from)
                .addOutput(to)
                .addAttribute(OnnxGraph.integer("to", type));
    }

    private static ByteString singles(ByteString halves) {
        ShortBuffer from =
                halves.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        ByteBuffer to = ByteBuffer.allocate(4 * from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            to.putFloat(single(from.get()));
        }
        return ByteString.copyFrom(to.flip());
    }

    static float single(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float size = exponent == 0 ? fraction * 0x1p-24f : (fraction + 1024) * (float) Math.scalb(1.0, exponent - 25);
        return bits < 0 ? -size : size;
    }
}
