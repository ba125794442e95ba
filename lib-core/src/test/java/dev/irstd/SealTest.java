package dev.irstd;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SealTest {
    private static final byte[] PLAIN = TinyNetwork.identity().onnx();
    private static final byte[] SEALED = Model.sealed(PLAIN);

    @Test
    void isAMetadataEntryOfTheSha256OfAllBytesBeforeIt() {
        ModelProto model = TinyNetwork.parsed(SEALED).build();

        assertThat(model.getMetadataProps(model.getMetadataPropsCount() - 1).getKey())
                .isEqualTo("irstd.sha256");
        assertThat(model.getMetadataProps(model.getMetadataPropsCount() - 1).getValue())
                .isEqualTo(Model.of("plain", PLAIN).sha256());
        assertThat(ModelProto.newBuilder(model)
                        .removeMetadataProps(model.getMetadataPropsCount() - 1)
                        .build()
                        .toByteArray())
                .isEqualTo(PLAIN);
    }

    @Test
    void aSealedModelLoadsAndASealIsNeverPutTwice() {
        assertThat(Model.sealed(SEALED)).isEqualTo(SEALED);
        try (IrstdDetector detector = IrstdDetector.load(Model.of("sealed.onnx", SEALED))) {
            assertThat(detector.manifest()).isEqualTo(TinyNetwork.GREY_IS_SCORE);
        }
    }

    /** What is left are the bits of the entry's own tags and key, which say nothing of the network. */
    @Test
    void noFlippedBitOfASealedModelChangesItsScores() {
        InfraredImage image = Frames.noise(9, 7, 1);
        ScoreMap scores = scores(SEALED, image);
        for (int bit = 0; bit < 8 * SEALED.length; bit++) {
            byte[] flipped = SEALED.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            if (bit < 8 * PLAIN.length) {
                assertThatThrownBy(() -> OnnxFile.require(Model.of("flipped.onnx", flipped)))
                        .as("bit %d", bit)
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining("flipped.onnx")
                        .hasMessageContaining("damaged");
            } else {
                try {
                    assertThat(scores(flipped, image)).as("bit %d", bit).isEqualTo(scores);
                } catch (ModelException e) {
                    assertThat(e).as("bit %d", bit).hasMessageContaining("flipped.onnx");
                }
            }
        }
    }

    @Test
    void noModelIsTakenForWholeThatIsCutOff() {
        for (byte[] whole : new byte[][] {PLAIN, SEALED}) {
            for (int length = 0; length < whole.length; length++) {
                Model cut = Model.of("cut.onnx", Arrays.copyOf(whole, length));
                if (whole == SEALED && length == PLAIN.length) {
                    continue;
                }
                assertThatThrownBy(() -> IrstdDetector.load(cut).close())
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(ModelException.class)
                        .hasMessageContaining("cut.onnx");
            }
        }
    }

    @Test
    void whatIsAddedBehindTheSealIsRefused() {
        byte[] more = Arrays.copyOf(SEALED, SEALED.length + 2);
        more[SEALED.length] = 1 << 3; // IR version
        more[SEALED.length + 1] = 3;

        assertThatThrownBy(() -> IrstdDetector.load(Model.of("more.onnx", more)))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("more.onnx", "changed after it was sealed", "irstd.sha256");
    }

    private static ScoreMap scores(byte[] onnx, InfraredImage image) {
        try (Detector detector = IrstdDetector.load(Model.of("flipped.onnx", onnx))) {
            return detector.detect(image).scoreMap();
        }
    }
}
