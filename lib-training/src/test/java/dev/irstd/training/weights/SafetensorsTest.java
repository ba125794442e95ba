package dev.irstd.training.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SafetensorsTest {
    private static final Safetensors SMALL = new Safetensors(
            Map.of("made", "by hand"),
            Map.of("w", new FloatTensor(List.of(1, 2), new float[] {1.5f, Float.NaN})),
            Map.of("state", new byte[] {-1, 0, 7}));

    @TempDir
    Path folder;

    @Property(tries = 50)
    void readsWhatWasWritten(
            @ForAll("metadata") Map<String, String> metadata,
            @ForAll("tensors") Map<String, FloatTensor> tensors,
            @ForAll byte[] blob)
            throws IOException {
        Path file = Files.createTempFile("irstd", ".safetensors");
        try {
            new Safetensors(metadata, tensors, Map.of("blob of bytes", blob)).write(file);

            Safetensors read = Safetensors.read(file);

            assertThat(read.metadata()).isEqualTo(metadata);
            assertThat(read.tensors().keySet()).isEqualTo(tensors.keySet());
            tensors.forEach((name, tensor) -> {
                assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
                assertThat(read.tensors().get(name).values()).isEqualTo(tensor.values());
            });
            assertThat(read.blobs()).containsOnlyKeys("blob of bytes");
            assertThat(read.blobs().get("blob of bytes")).isEqualTo(blob);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<Map<String, String>> metadata() {
        return Arbitraries.maps(text(), text()).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Map<String, FloatTensor>> tensors() {
        Arbitrary<FloatTensor> tensor = Arbitraries.integers()
                .between(0, 4)
                .list()
                .ofMaxSize(4)
                .flatMap(shape -> Arbitraries.floats()
                        .array(float[].class)
                        .ofSize(shape.stream().reduce(1, Math::multiplyExact))
                        .map(values -> new FloatTensor(shape, values)));
        return Arbitraries.maps(text(), tensor).ofMaxSize(5);
    }

    /** Without the halves of surrogate pairs, which no UTF-8 can write. */
    private static Arbitrary<String> text() {
        return Arbitraries.strings().withCharRange('\0', '\uD7FF').ofMaxLength(10);
    }

    /** The format as its description has it, byte by byte. */
    @Test
    void writesTheFormatThatOthersRead() throws IOException {
        Path file = folder.resolve("small.safetensors");
        SMALL.write(file);

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);

        int header = (int) bytes.getLong();
        assertThat(header % 8).isZero();
        assertThat(new String(bytes.array(), 8, header, StandardCharsets.UTF_8).strip())
                .isEqualTo("{\"__metadata__\":{\"made\":\"by hand\"},"
                        + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                        + "\"state\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[8,11]}}");
        bytes.position(8 + header);
        assertThat(bytes.getFloat()).isEqualTo(1.5f);
        assertThat(bytes.getFloat()).isNaN();
        assertThat(Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.limit()))
                .containsExactly(-1, 0, 7);
    }

    @Test
    void namesAFileThatIsCutOffAnywhere() throws IOException {
        Path file = folder.resolve("small.safetensors");
        SMALL.write(file);
        byte[] whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length++) {
            Path cut = folder.resolve("cut-" + length);
            Files.write(cut, Arrays.copyOf(whole, length));

            assertThatIOException()
                    .as("%d of %d bytes", length, whole.length)
                    .isThrownBy(() -> Safetensors.read(cut))
                    .withMessageContaining(cut.toString());
        }
    }

    @Test
    void refusesBytesBeyondTheTensors() throws IOException {
        Path file = folder.resolve("small.safetensors");
        SMALL.write(file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));

        assertThatIOException()
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageContaining("end at byte 11 of the data, the file at 12");
    }

    /** Headers over eight bytes of data. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // outside the file
                "{'a': {'dtype': 'F32', 'shape': [3], 'data_offsets': [0, 12]}}",
                "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [-8, 0]}}",
                "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [8, 16]}}",
                "{'a': {'dtype': 'U8', 'shape': [8], 'data_offsets': [9223372036854775800, -9223372036854775808]}}",
                // overlapping, and with a gap
                "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]},"
                        + " 'b': {'dtype': 'F32', 'shape': [1], 'data_offsets': [4, 8]}}",
                "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [4, 8]}}",
                "{}",
                // sizes that are not the shape's
                "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F32', 'shape': [8], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 7]},"
                        + " 'b': {'dtype': 'U8', 'shape': [1], 'data_offsets': [7, 8]}}",
                "{'a': {'dtype': 'U8', 'shape': [2, 3], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F32', 'shape': [-1, -2], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'U8', 'shape': [-2, -4], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F32', 'shape': [4294967298], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F32', 'shape': [4294967296, 4294967296], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F32', 'shape': [1.5], 'data_offsets': [0, 8]}}",
                // unknown types
                "{'a': {'dtype': 'F64', 'shape': [1], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F8_E4M3', 'shape': [8], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': null, 'shape': [2], 'data_offsets': [0, 8]}}",
                // other things than a header
                "{'a': {'shape': [2], 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F32', 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F32', 'shape': [2]}}",
                "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0]}}",
                "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': 8}}",
                "{'a': {'dtype': 'F32', 'shape': 2, 'data_offsets': [0, 8]}}",
                "{'a': {'dtype': 'F32', 'shape': ['x'], 'data_offsets': [0, 8]}}",
                "{'a': 5}",
                "{'__metadata__': [], 'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}}",
                "{'__metadata__': {'k': null}, 'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}}",
                "[]",
                "null",
                "{'a'",
                "PK"
            })
    void namesAFileWithASenselessHeader(String header) throws IOException {
        Path file = file(header.replace('\'', '"'));

        assertThatIOException()
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageContaining(file + " is not a whole safetensors file");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 1_000_000, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesHeaderLengthsThatCannotBe(long length) throws IOException {
        Path file = folder.resolve("header");
        Files.write(
                file,
                ByteBuffer.allocate(40)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .array());

        assertThatIOException().isThrownBy(() -> Safetensors.read(file)).withMessageContaining("no header");
    }

    @Test
    void readsTensorsInAnyOrderOfTheHeader() throws IOException {
        Path file = file("{\"b\": {\"dtype\": \"U8\", \"shape\": [4], \"data_offsets\": [4, 8]},"
                + " \"a\": {\"dtype\": \"F32\", \"shape\": [], \"data_offsets\": [0, 4]},"
                + " \"none\": {\"dtype\": \"F32\", \"shape\": [0, 3], \"data_offsets\": [4, 4]}}");

        Safetensors read = Safetensors.read(file);

        assertThat(read.tensors()).containsOnlyKeys("a", "none");
        assertThat(read.blobs().get("b")).hasSize(4);
    }

    @Test
    void readsNarrowFloatsExactlyAndIntegersAsBytes() throws IOException {
        String header = "{\"half\": {\"dtype\": \"F16\", \"shape\": [2], \"data_offsets\": [0, 4]},"
                + " \"brain\": {\"dtype\": \"BF16\", \"shape\": [2, 1], \"data_offsets\": [4, 8]},"
                + " \"count\": {\"dtype\": \"I64\", \"shape\": [], \"data_offsets\": [8, 16]}}";
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        // Half: sign, 5 bits of exponent, 10 of fraction. 0xC100 = -(1 + 1/4) * 2^(16 - 15); bfloat16 is half a float.
        bytes.putShort((short) 0xC100).putShort((short) 0x0001);
        bytes.putShort((short) 0x3F80).putShort((short) 0xC049);
        bytes.putLong(7);
        Path file = Files.write(folder.resolve("narrow"), bytes.array());

        Safetensors read = Safetensors.read(file);

        assertThat(read.tensors().get("half").values()).containsExactly(-2.5f, 0x1p-24f);
        assertThat(read.tensors().get("brain").shape()).containsExactly(2, 1);
        assertThat(read.tensors().get("brain").values()).containsExactly(1, -3.140625f);
        assertThat(read.blobs().get("count")).containsExactly(7, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void replacesAFileAndLeavesNoOtherBehind() throws IOException {
        Path file = folder.resolve("new/checkpoint.safetensors");
        SMALL.write(file);
        new Safetensors(Map.of("made", "again"), Map.of(), Map.of()).write(file);

        assertThat(Safetensors.read(file).metadata()).containsEntry("made", "again");
        assertThat(names(file.getParent())).containsExactly("checkpoint.safetensors");
    }

    @Test
    void replacesTheRestOfAWriterThatDied() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        Files.write(folder.resolve("checkpoint.safetensors.part"), new byte[5000]);

        SMALL.write(file);

        assertThat(Safetensors.read(file).metadata()).isEqualTo(SMALL.metadata());
        assertThat(names(folder)).containsExactly("checkpoint.safetensors");
    }

    @Test
    void failedWriteLeavesTheOldFileAndNoOther() throws IOException {
        Path occupied = folder.resolve("checkpoint.safetensors");
        Files.createDirectories(occupied.resolve("by a folder"));

        assertThatIOException()
                .isThrownBy(() -> SMALL.write(occupied))
                .withMessageStartingWith(occupied + " cannot be written");

        assertThat(names(folder)).containsExactly("checkpoint.safetensors");
        assertThat(occupied.resolve("by a folder")).isDirectory();
    }

    @Test
    void refusesNamesThatCollideInTheHeader() {
        Map<String, FloatTensor> tensors = Map.of("a", new FloatTensor(List.of(), new float[1]));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Safetensors(Map.of(), tensors, Map.of("a", new byte[1])))
                .withMessageContaining("\"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Safetensors(Map.of(), Map.of(), Map.of("__metadata__", new byte[1])))
                .withMessageContaining("__metadata__");
    }

    @Test
    void tensorsHaveAsManyElementsAsTheirShapeSays() {
        for (List<Integer> shape : List.of(List.of(3), List.of(2, 2), List.of(-1, -2), List.<Integer>of())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new FloatTensor(shape, new float[2]))
                    .withMessageContaining(shape.toString())
                    .withMessageContaining("2 elements");
        }
    }

    private Path file(String header) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        Path file = folder.resolve("written by hand");
        Files.write(file, bytes.putLong(json.length).put(json).array());
        return file;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        }
    }
}
