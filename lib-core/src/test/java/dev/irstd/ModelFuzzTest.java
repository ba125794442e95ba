package dev.irstd;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes of any kind are a detector that answers, or an IrstdException that names the model. */
class ModelFuzzTest {
    private static final InfraredImage IMAGE = InfraredImage.grey8(8, 8, new byte[64], 0, 8);

    static Stream<byte[]> seeds() {
        return Stream.of(
                TinyNetwork.identity().onnx(),
                TinyNetwork.ofChannels(1)
                        .then("Mul", 2)
                        .alsoReturning("other", "Add")
                        .model(TinyNetwork.GREY_IS_SCORE.withOutput("other"))
                        .onnx(),
                TinyNetwork.ofInput(TensorProto.DataType.FLOAT, 1, 1, 8, 8)
                        .then("Sigmoid")
                        .model(TestManifests.withGeometry(
                                TinyNetwork.GREY_IS_SCORE, new Geometry.Resize(8, 8, Geometry.Sampling.BILINEAR)))
                        .onnx());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void bytesAreAModelOrRefused(byte[] onnx) {
        try (IrstdDetector detector = IrstdDetector.load(Model.of("fuzzed.onnx", onnx))) {
            Detection found = detector.detect(IMAGE);
            assertThat(found.mask().width()).isEqualTo(8);
        } catch (IrstdException e) {
            assertThat(e.getMessage()).contains("fuzzed.onnx");
        }
    }
}
