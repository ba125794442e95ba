package dev.irstd;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be known without a GPU. */
class CudaSessionsTest {
    private static final OrtEnvironment ENVIRONMENT = SharedEnvironment.get().environment();

    @TempDir
    Path folder;

    @Test
    void trialNetworkIsOneConvolutionAndASigmoid() {
        assertThat(CudaSessions.trial())
                .isEqualTo(TinyNetwork.ofChannels(1)
                        .thenConvolution(1, 1, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0)
                        .then("Sigmoid")
                        .onnx(Map.of(), TinyNetwork.DYNAMIC, 1, TinyNetwork.DYNAMIC, TinyNetwork.DYNAMIC));
    }

    @Test
    void trialNetworkRuns() throws OrtException {
        try (SessionOptions options = new SessionOptions();
                OrtSession session = ENVIRONMENT.createSession(CudaSessions.trial(), options);
                OnnxTensor image = OnnxTensor.createTensor(ENVIRONMENT, new float[1][1][8][8]);
                OrtSession.Result result = session.run(Map.of("value0", image))) {
            assertThat(((float[][][][]) result.get(0).getValue())[0][0][7][7]).isEqualTo(0.5f);
        }
    }

    /** ONNX Runtime has the processor compute sizes, however well the GPU could. */
    @Test
    void fixedSizesLeaveNoArithmeticOfSizes() throws OrtException, IOException {
        byte[] network = reshapingToTheSizeOfItsInput();

        assertThat(operations(network, false)).contains("Shape", "Concat");
        assertThat(operations(network, true)).containsExactly("Sigmoid", "Reshape");
    }

    private static byte[] reshapingToTheSizeOfItsInput() {
        byte[] chain = TinyNetwork.ofChannels(1)
                .then("Sigmoid")
                .then("Shape")
                .onnx(Map.of(), TinyNetwork.DYNAMIC, 1, TinyNetwork.DYNAMIC, TinyNetwork.DYNAMIC);
        var model = TinyNetwork.parsed(chain);
        model.getGraphBuilder()
                .addNode(NodeProto.newBuilder()
                        .setOpType("Concat")
                        .addInput("value2")
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("axis")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(0))
                        .addOutput("sizes"))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Reshape")
                        .addInput("value1")
                        .addInput("sizes")
                        .addOutput("reshaped"))
                .getOutputBuilder(0)
                .setName("reshaped");
        return model.build().toByteArray();
    }

    private List<String> operations(byte[] network, boolean fixed) throws OrtException, IOException {
        Path optimised = folder.resolve("optimised.onnx");
        try (SessionOptions options = new SessionOptions()) {
            if (fixed) {
                try (SessionOptions open = new SessionOptions();
                        OrtSession session = ENVIRONMENT.createSession(network, open)) {
                    CudaSessions.fixSizes(options, session.getInputInfo());
                }
            }
            // What is done before nodes are given to devices.
            options.setOptimizationLevel(OptLevel.BASIC_OPT);
            options.setOptimizedModelFilePath(optimised.toString());
            ENVIRONMENT.createSession(network, options).close();
        }
        return TinyNetwork.parsed(Files.readAllBytes(optimised)).getGraph().getNodeList().stream()
                .map(NodeProto::getOpType)
                .toList();
    }
}
