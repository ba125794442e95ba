package dev.irstd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ModelManifestTest {
    private static final ModelManifest MANIFEST = new ModelManifest(
            "RRCANet-18",
            3,
            new Normalization(List.of(1f, 2f, 3f), List.of(4f, 5f, 6.5f)),
            new Geometry.PadToMultiple(16),
            Activation.LOGITS,
            0.5f,
            new Provenance("1.0", "NUAA-SIRST, 50/50 split", "mIoU 0.75 (official protocol)", "Apache-2.0"));

    private static final ModelManifest RESIZING =
            TestManifests.withGeometry(MANIFEST, new Geometry.Resize(320, 256, Geometry.Sampling.ANTIALIASED));

    @Property(tries = 200)
    void metadataGivesBackTheManifest(@ForAll("manifests") ModelManifest manifest) {
        assertThat(ModelManifest.fromMetadata(manifest.toMetadata())).isEqualTo(manifest);
    }

    @Example
    void metadataIsAPublishedFormat() {
        assertThat(MANIFEST.toMetadata())
                .isEqualTo(Map.ofEntries(
                        Map.entry("irstd.manifest", "1"),
                        Map.entry("irstd.network", "RRCANet-18"),
                        Map.entry("irstd.channels", "3"),
                        Map.entry("irstd.normalization.mean", "1.0,2.0,3.0"),
                        Map.entry("irstd.normalization.standard-deviation", "4.0,5.0,6.5"),
                        Map.entry("irstd.geometry", "pad-to-multiple"),
                        Map.entry("irstd.geometry.multiple", "16"),
                        Map.entry("irstd.activation", "logits"),
                        Map.entry("irstd.threshold", "0.5"),
                        Map.entry("irstd.version", "1.0"),
                        Map.entry("irstd.training-data", "NUAA-SIRST, 50/50 split"),
                        Map.entry("irstd.metrics", "mIoU 0.75 (official protocol)"),
                        Map.entry("irstd.licence", "Apache-2.0")));
    }

    @Property
    void eachMissingKeyIsNamed(@ForAll("keys") String key) {
        Map<String, String> metadata = new LinkedHashMap<>(MANIFEST.toMetadata());
        metadata.remove(key);

        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "irstd.manifest | one",
                "irstd.manifest | 0",
                "irstd.network | '  '",
                "irstd.channels | 2",
                "irstd.channels | 1",
                "irstd.channels | three",
                "irstd.normalization.mean | 1,x,3",
                "irstd.normalization.standard-deviation | 1,2",
                "irstd.normalization.standard-deviation | 1,0,1",
                "irstd.normalization.standard-deviation | 1,NaN,1",
                "irstd.normalization.standard-deviation | 1,1e-45,1",
                "irstd.normalization.standard-deviation | -1,1,1",
                "irstd.geometry | tiles",
                "irstd.geometry | resize",
                "irstd.geometry.multiple | 2147483648",
                "irstd.geometry.multiple | 0",
                "irstd.geometry.multiple | 1.5",
                "irstd.activation | LOGITS",
                "irstd.threshold | 1.01",
                "irstd.threshold | NaN",
                "irstd.licence | ''",
            })
    void namesKeyAndValueOfAMalformedEntry(String key, String value) {
        Map<String, String> metadata = new LinkedHashMap<>(MANIFEST.toMetadata());
        metadata.put(key, value);

        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(key.startsWith("irstd.channels") ? "channel" : key)
                .hasMessageContaining(value);
    }

    @Example
    void metadataOfAResizingModelIsAPublishedFormat() {
        assertThat(RESIZING.toMetadata())
                .containsEntry("irstd.manifest", "1")
                .containsEntry("irstd.geometry", "resize")
                .containsEntry("irstd.geometry.width", "320")
                .containsEntry("irstd.geometry.height", "256")
                .containsEntry("irstd.geometry.sampling", "antialiased")
                .doesNotContainKey("irstd.geometry.multiple");
    }

    @ParameterizedTest
    @CsvSource({
        "irstd.geometry.width, 0",
        "irstd.geometry.height, -256",
        "irstd.geometry.height, 25.6",
        "irstd.geometry.sampling, nearest",
        "irstd.output, ' '",
    })
    void namesKeyAndValueOfAMalformedSize(String key, String value) {
        Map<String, String> metadata = new LinkedHashMap<>(RESIZING.toMetadata());
        metadata.put(key, value);

        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @CsvSource({"irstd.geometry.width, 8", "irstd.geometry.height, 8", "irstd.geometry.sampling, bilinear"})
    void aPaddingModelHasNoSize(String key, String value) {
        Map<String, String> metadata = new LinkedHashMap<>(MANIFEST.toMetadata());
        metadata.put(key, value);

        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("irstd.geometry is \"pad-to-multiple\"", key);
    }

    @ParameterizedTest
    @CsvSource({"16384, 3", "23171, 1", "2147483647, 1"})
    void aMultipleWhoseSquareNoBufferHoldsIsRefused(int multiple, int channels) {
        Map<String, String> metadata =
                new LinkedHashMap<>(channels == 1 ? TinyNetwork.GREY_IS_SCORE.toMetadata() : MANIFEST.toMetadata());
        metadata.put("irstd.geometry.multiple", Integer.toString(multiple));
        String input = channels + "x" + multiple + "x" + multiple;

        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("irstd.geometry", input, "536870911");
    }

    @Example
    void aSizeThatNoBufferHoldsIsRefused() {
        Geometry huge = new Geometry.Resize(Integer.MAX_VALUE, Integer.MAX_VALUE, Geometry.Sampling.BILINEAR);

        assertThatThrownBy(() -> TestManifests.withGeometry(MANIFEST, huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("exactly 2147483647x2147483647", "536870911");
    }

    @Example
    void theOutputIsWrittenWhereItIsNamed() {
        assertThat(MANIFEST.withOutput("pred").toMetadata())
                .containsEntry("irstd.output", "pred")
                .containsAllEntriesOf(MANIFEST.toMetadata());
        assertThatThrownBy(() -> MANIFEST.withOutput(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output");
    }

    @Example
    void samplesAreAFormatThatOlderReadersRefuse() {
        assertThat(MANIFEST.withInput(InputType.UINT16).toMetadata())
                .containsEntry("irstd.manifest", "2")
                .containsEntry("irstd.input", "uint16");
        assertThat(MANIFEST.withInput(InputType.UINT8).withInput(InputType.FLOAT32))
                .isEqualTo(MANIFEST);
    }

    @ParameterizedTest
    @CsvSource({"int8, known are", "UINT8, known are", "'', known are"})
    void anInputOfAnotherTypeIsRefused(String type, String said) {
        Map<String, String> metadata =
                new LinkedHashMap<>(MANIFEST.withInput(InputType.UINT8).toMetadata());
        metadata.put("irstd.input", type);

        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("irstd.input is \"" + type, said, "\"uint8\"");
        metadata.remove("irstd.input");
        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("irstd.input");
    }

    @Example
    void samplesAreNotResized() {
        Map<String, String> metadata = new LinkedHashMap<>(RESIZING.toMetadata());
        metadata.put("irstd.manifest", "2");
        metadata.put("irstd.input", "uint8");

        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("irstd.input is \"uint8\"", "resize");
    }

    @Example
    void imageNetScalesAsItsPapersSay() {
        // (grey / 255 - mean) / deviation, for grey 51: 0.2
        double[] means = {0.485, 0.456, 0.406};
        double[] deviations = {0.229, 0.224, 0.225};
        for (int channel = 0; channel < 3; channel++) {
            float mean = Normalization.IMAGE_NET.mean().get(channel);
            float deviation = Normalization.IMAGE_NET.standardDeviation().get(channel);
            assertThat((51 - mean) / deviation)
                    .isCloseTo((float) ((0.2 - means[channel]) / deviations[channel]), within(1e-6f));
        }
    }

    @Example
    void anImpossibleMeanIsNamed() {
        Map<String, String> metadata = new LinkedHashMap<>(MANIFEST.toMetadata());
        metadata.put("irstd.normalization.mean", "1,Infinity,3");

        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("irstd.normalization")
                .hasMessageContaining("Infinity");
    }

    @Example
    void aNewerFormatAsksForANewerIrstd() {
        Map<String, String> metadata = new LinkedHashMap<>(MANIFEST.toMetadata());
        metadata.put("irstd.manifest", "3");
        metadata.remove("irstd.geometry");

        assertThatThrownBy(() -> ModelManifest.fromMetadata(metadata))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("version 3")
                .hasMessageContaining("newer irstd");
    }

    @Example
    void entriesOfOthersAreIgnored() {
        Map<String, String> metadata = new LinkedHashMap<>(MANIFEST.toMetadata());
        metadata.put("author", "somebody");
        metadata.put("irstd.of-a-later-version", "anything");

        assertThat(ModelManifest.fromMetadata(metadata)).isEqualTo(MANIFEST);
    }

    @Example
    void theNormalizationMustSuitTheChannels() {
        assertThatThrownBy(() -> new ModelManifest(
                        "grey",
                        1,
                        MANIFEST.normalization(),
                        MANIFEST.geometry(),
                        Activation.LOGITS,
                        0.5f,
                        Provenance.unknown()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 channel")
                .hasMessageContaining("3");
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(MANIFEST.toMetadata().keySet());
    }

    @Provide
    Arbitrary<ModelManifest> manifests() {
        Arbitrary<String> texts = Arbitraries.strings().ofMinLength(1).filter(text -> !text.isBlank());
        Arbitrary<Float> means =
                Arbitraries.integers().map(Float::intBitsToFloat).filter(mean -> Math.abs(mean) <= 1e19f);
        Arbitrary<Float> deviations = means.map(Math::abs).filter(deviation -> deviation >= 1e-19f);
        Arbitrary<Normalization> normalizations = Arbitraries.of(1, 3).flatMap(channels -> Combinators.combine(
                        means.list().ofSize(channels), deviations.list().ofSize(channels))
                .as(Normalization::new));
        Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 10_000);
        Arbitrary<Geometry> geometries = Arbitraries.oneOf(
                sizes.map(Geometry.PadToMultiple::new),
                Combinators.combine(sizes, sizes, Arbitraries.of(Geometry.Sampling.class))
                        .as(Geometry.Resize::new));
        Arbitrary<Provenance> provenances =
                Combinators.combine(texts, texts, texts, texts).as(Provenance::new);
        return Combinators.combine(
                        texts,
                        normalizations,
                        geometries,
                        Arbitraries.of(Activation.class),
                        Arbitraries.floats().between(0, 1),
                        provenances,
                        texts.optional(),
                        Arbitraries.of(InputType.class))
                .as((network, normalization, geometry, activation, threshold, provenance, output, input) ->
                        new ModelManifest(
                                network,
                                normalization.channels(),
                                normalization,
                                geometry,
                                activation,
                                threshold,
                                provenance,
                                output,
                                geometry instanceof Geometry.Resize ? InputType.FLOAT32 : input));
    }
}
