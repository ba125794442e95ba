package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.irstd.Activation;
import dev.irstd.InputType;
import dev.irstd.ModelManifest;
import dev.irstd.ScoreMap;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Weights;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.irstd.training.onnx.NoiseScores.distance;
import static dev.irstd.training.onnx.NoiseScores.noise;
import static dev.irstd.training.onnx.NoiseScores.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A file that computes in 8 bits scores nearly as the one of floats does. */
class QuantisationTest {
    private static final Precision INT8 = Precision.int8(List.of(noise(1), noise(2)));

    private static byte[] export(String name, InputType input, ExportOptions options) {
        Network network = Networks.named(name);
        ModelManifest manifest = Onnx.manifest(network, Activation.PROBABILITY).withInput(input);
        return OnnxExporter.export(
                network, Weights.initial(network, Initialisation.PYTORCH, 0.5, 1), manifest, options);
    }

    private static byte[] export(String name, Precision precision) {
        return export(name, InputType.FLOAT32, ExportOptions.standard().withPrecision(precision));
    }

    @ParameterizedTest
    @CsvSource({"RRCANet-ResNet10, EXACT", "RRCANet-ResNet10, NONE", "ResUNet, EXACT", "AMFU, EXACT", "ACM, EXACT"})
    void scoresDifferByRounding(String name, Rewriting rewriting) {
        ExportOptions options = ExportOptions.standard().withRewriting(rewriting);
        ScoreMap floats = scores(export(name, InputType.FLOAT32, options));
        ScoreMap integers = scores(export(name, InputType.FLOAT32, options.withPrecision(INT8)));

        assertThat(distance(integers, floats)).isPositive().isLessThan(0.05);
    }

    @Test
    void theSameImagesMakeTheSameFile() {
        assertThat(export("RRCANet-ResNet10", INT8)).isEqualTo(export("RRCANet-ResNet10", INT8));
    }

    @Test
    void samplesAndMaskGoWithIntegers() {
        ScoreMap floatInput = scores(export("RRCANet-ResNet10", INT8));
        ExportOptions mask = ExportOptions.standard().withOutputs(Exported.MASK).withPrecision(INT8);

        assertThat(scores(export("RRCANet-ResNet10", InputType.UINT8, mask))).isEqualTo(floatInput);
    }

    @Test
    void narrowConvolutionsStayInFloatsAndWideOnesHaveIntegerWeights() throws Exception {
        GraphProto graph =
                ModelProto.parseFrom(export("RRCANet-ResNet10", INT8)).getGraph();
        List<String> constants =
                graph.getInitializerList().stream().map(TensorProto::getName).toList();

        assertThat(graph.getNodeList())
                .filteredOn(node -> node.getOpType().equals("Conv"))
                .extracting(node -> constants.contains(node.getInput(1)))
                .contains(true, false);
        assertThat(graph.getInitializerList())
                .filteredOn(tensor -> tensor.getDimsCount() == 4 && tensor.getDims(0) >= 16 && tensor.getDims(1) >= 16)
                .isNotEmpty()
                .extracting(TensorProto::getDataType)
                .containsOnly(DataType.INT8_VALUE);
        assertThat(graph.getNodeList()).extracting(NodeProto::getOpType).contains("QuantizeLinear");
    }

    /** Processors without VNNI add pairs of products in 16 bits. */
    @Test
    void twoProductsOfAnActivationAndAWeightFitInto16Bits() throws Exception {
        GraphProto graph =
                ModelProto.parseFrom(export("RRCANet-ResNet10", INT8)).getGraph();

        assertThat(graph.getInitializerList())
                .filteredOn(tensor -> tensor.getDataType() == DataType.INT8_VALUE)
                .isNotEmpty()
                .allSatisfy(tensor -> {
                    int largest = 0;
                    for (byte weight : tensor.getRawData().toByteArray()) {
                        largest = Math.max(largest, Math.abs(weight));
                    }
                    assertThat(largest).isGreaterThan(60);
                    assertThat(2 * 255 * largest).isLessThanOrEqualTo(Short.MAX_VALUE);
                });
    }

    @Test
    void whatLiesOutsideOfAnImageCoarsensNoActivation() throws Exception {
        GraphProto graph =
                ModelProto.parseFrom(export("RRCANet-ResNet10", INT8)).getGraph();

        assertThat(graph.getInitializerList())
                .filteredOn(tensor -> tensor.getName().endsWith(", scale") && tensor.getDimsCount() == 0)
                .isNotEmpty()
                .extracting(tensor -> tensor.getRawData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getFloat())
                .allMatch(scale -> scale > 0 && scale < 1);
    }

    @Test
    void aRangeGoesFromTheLowestToTheHighestValueAndHasZeroInIt() {
        assertThat(Range.of(new float[] {2, 5, 3})).isEqualTo(new Range(0, 5));
        assertThat(Range.of(new float[] {-51, 2, 204, 3, -40})).isEqualTo(new Range(-51, 204));
        assertThat(Range.of(new float[] {-7, -1})).isEqualTo(new Range(-7, 0));
    }

    @Test
    void scaleAndZeroPointSpreadARangeOver8Bits() {
        Range range = new Range(-51, 204);

        assertThat(range.scale()).isEqualTo(1);
        assertThat(range.zeroPoint()).isEqualTo(51);
        assertThat(new Range(-10, 0).zeroPoint()).isEqualTo(255);
        assertThat(new Range(0, 510).scale()).isEqualTo(2);
        assertThat(new Range(0, 0).scale()).isEqualTo(1);
        assertThat(new Range(-1, 2).union(new Range(-3, 1))).isEqualTo(new Range(-3, 2));
    }

    @Test
    void refusesActivationsWithoutRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Range.of(new float[] {Float.POSITIVE_INFINITY}))
                .withMessageContaining("Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Range.of(new float[] {Float.NaN, 1}))
                .withMessageContaining("NaN");
    }

    @Test
    void refusesToGuessRanges() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Precision.int8(List.of()))
                .withMessageContaining("calibration images");
    }

    @Test
    void refusesANetworkOfOneSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> export("LPNetGA", INT8))
                .withMessageContaining("LPNetGA");
    }
}
