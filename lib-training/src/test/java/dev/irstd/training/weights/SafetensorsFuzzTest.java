package dev.irstd.training.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes of any kind are tensors that can be written and read again, or an IOException that names the file. */
class SafetensorsFuzzTest {
    private static final byte[] DATA = new byte[24];

    @TempDir
    static Path folder;

    static Stream<byte[]> files() throws IOException {
        Path file = folder.resolve("seed");
        new Safetensors(
                        Map.of("format", "pt"),
                        Map.of("w", new FloatTensor(List.of(2, 1), new float[] {1, Float.NaN})),
                        Map.of("state", new byte[] {1, 2, 3}))
                .write(file);
        return Stream.of(Files.readAllBytes(file));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "10m")
    void fileIsSafetensorsOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(bytes);
    }

    static Stream<byte[]> headers() {
        return Stream.of(
                        "{\"w\":{\"dtype\":\"F16\",\"shape\":[3,4],\"data_offsets\":[0,24]}}",
                        "{\"__metadata__\":{\"a\":\"b\"},\"i\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[8,1],\"data_offsets\":[8,24]}}")
                .map(header -> header.getBytes(StandardCharsets.UTF_8));
    }

    /** Before data that is always there, and of the right length. */
    @MethodSource("headers")
    @FuzzTest(maxDuration = "10m")
    void headerIsOfTensorsOrRefused(byte[] header) throws IOException {
        readOrRefuse(ByteBuffer.allocate(Long.BYTES + header.length + DATA.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(DATA)
                .array());
    }

    private static void readOrRefuse(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("fuzzed"), bytes);
        Safetensors read;
        try {
            read = Safetensors.read(file);
        } catch (IOException e) {
            assertThat(e.getMessage()).startsWith(file + " ");
            return;
        }
        read.write(file);
        Safetensors again = Safetensors.read(file);
        assertThat(again.metadata()).isEqualTo(read.metadata());
        assertThat(again.tensors().keySet()).isEqualTo(read.tensors().keySet());
        again.tensors().forEach((name, tensor) -> assertThat(tensor.values())
                .isEqualTo(read.tensors().get(name).values()));
        again.blobs()
                .forEach((name, blob) -> assertThat(blob).isEqualTo(read.blobs().get(name)));
    }
}
