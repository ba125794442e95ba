package dev.irstd.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.irstd.Activation;
import dev.irstd.InputType;
import dev.irstd.ModelManifest;
import dev.irstd.ScoreMap;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.irstd.training.onnx.NoiseScores.distance;
import static dev.irstd.training.onnx.NoiseScores.scores;
import static org.assertj.core.api.Assertions.assertThat;

/** A file that computes in 16 bits scores nearly as the one of 32 does. */
class HalfPrecisionTest {
    private static byte[] export(String name, InputType input, Rewriting rewriting, Precision precision) {
        Network network = Networks.named(name);
        ModelManifest manifest = Onnx.manifest(network, Activation.PROBABILITY).withInput(input);
        ExportOptions options =
                ExportOptions.standard().withRewriting(rewriting).withPrecision(precision);
        return OnnxExporter.export(network, RandomWeights.of(network, 1), manifest, options);
    }

    /**
     * Every result rounded to 16 bits, as a processor has it that computes with them: ONNX Runtime on a CPU leaves most
     * roundings out. Random weights amplify rounding.
     */
    @ParameterizedTest
    @CsvSource({
        "RRCANet, EXACT", "RRCANet, NONE",
        "ResUNet+RuCB, EXACT", "ResUNet+RuCB, NONE",
        "AMFU, EXACT", "AMFU, NONE",
        "DNANet, EXACT", "DNANet, NONE"
    })
    void scoresDifferByRoundingAlone(String name, Rewriting rewriting) {
        ScoreMap single = scores(export(name, InputType.FLOAT32, rewriting, Precision.FLOAT32));
        byte[] half = export(name, InputType.FLOAT32, rewriting, Precision.FLOAT16);
        double asRun = distance(scores(half), single);
        double rounded = distance(scores(RoundedToHalf.model(half)), single);

        assertThat(asRun).isPositive().isLessThan(1e-3);
        assertThat(rounded).isPositive().isLessThan(1e-3);
    }

    @Test
    void samplesAreScaledAsInSinglePrecision() {
        byte[] floats = export("RRCANet", InputType.FLOAT32, Rewriting.EXACT, Precision.FLOAT16);
        for (InputType input : InputType.values()) {
            byte[] samples = export("RRCANet", input, Rewriting.EXACT, Precision.FLOAT16);

            assertThat(scores(samples)).isEqualTo(scores(floats));
        }
    }

    @Test
    void inputAndOutputStayInSinglePrecisionAndWeightsTakeHalfTheBytes() throws Exception {
        byte[] onnx = export("RRCANet", InputType.FLOAT32, Rewriting.NONE, Precision.FLOAT16);
        GraphProto graph = ModelProto.parseFrom(onnx).getGraph();

        assertThat(graph.getInput(0).getType().getTensorType().getElemType()).isEqualTo(DataType.FLOAT_VALUE);
        assertThat(graph.getOutput(0).getType().getTensorType().getElemType()).isEqualTo(DataType.FLOAT_VALUE);
        assertThat(graph.getInitializerList())
                .filteredOn(tensor -> tensor.getDimsCount() == 4)
                .hasSizeGreaterThan(50)
                .extracting(TensorProto::getDataType)
                .containsOnly(DataType.FLOAT16_VALUE);
        assertThat(onnx.length)
                .isLessThan(2 * export("RRCANet", InputType.FLOAT32, Rewriting.NONE, Precision.FLOAT32).length / 3);
    }

    @Test
    void roundsToTheNearestEvenAndNeverToInfinity() {
        for (int bits = 0; bits < 0x7C00; bits++) {
            float value = RoundedToHalf.single((short) bits);
            float above = RoundedToHalf.single((short) (bits + 1));
            assertThat(HalfPrecision.bits(value)).isEqualTo((short) bits);
            assertThat(HalfPrecision.bits(-value)).isEqualTo((short) (0x8000 | bits));
            if (bits < 0x7BFF) {
                float middle = (value + above) / 2;
                assertThat(HalfPrecision.bits(middle)).isEqualTo((short) (bits + bits % 2));
                assertThat(HalfPrecision.bits(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
                assertThat(HalfPrecision.bits(Math.nextDown(middle))).isEqualTo((short) bits);
            }
        }
        assertThat(HalfPrecision.bits(1e9f)).isEqualTo(HalfPrecision.bits(65504));
        assertThat(HalfPrecision.bits(-1e9f)).isEqualTo(HalfPrecision.bits(-65504));
    }

    @Test
    void theShiftOfPairsTakesItselfAwayExactly() {
        Network network = RRCANet.rrcanet10();
        Weights weights = RandomWeights.of(network, 3);
        ExportOptions options = ExportOptions.standard().withPrecision(Precision.FLOAT16);
        ModelManifest manifest = Onnx.manifest(network, Activation.PROBABILITY);
        ScoreMap pairs = scores(RoundedToHalf.model(OnnxExporter.export(network, weights, manifest, options)));
        ScoreMap plain = scores(RoundedToHalf.model(
                OnnxExporter.export(network, weights, manifest, options.withRewriting(Rewriting.NONE))));

        assertThat(distance(pairs, plain)).isLessThan(1e-3);
    }
}
