package dev.irstd;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Metadata of any kind is a manifest that can be written and read again, or a ModelException. */
class ManifestFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        ModelManifest.imageNet256("DNANet").withOutput("output"),
                        ModelManifest.basicIrstd("UNet", Normalization.NUDT_SIRST),
                        ModelManifest.basicIrstd("RRCANet", Normalization.UNIT).withInput(InputType.UINT16))
                .map(manifest -> lines(manifest.toMetadata()));
    }

    private static byte[] lines(Map<String, String> metadata) {
        StringBuilder lines = new StringBuilder();
        metadata.forEach(
                (key, value) -> lines.append(key).append('=').append(value).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void metadataIsAManifestOrRefused(byte[] lines) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n")) {
            int sign = line.indexOf('=');
            if (sign >= 0) {
                metadata.put(line.substring(0, sign), line.substring(sign + 1));
            }
        }
        ModelManifest manifest;
        try {
            manifest = ModelManifest.fromMetadata(metadata);
        } catch (ModelException e) {
            assertThat(e.getMessage()).startsWith("metadata: ");
            return;
        }
        assertThat(ModelManifest.fromMetadata(manifest.toMetadata())).isEqualTo(manifest);
    }
}
