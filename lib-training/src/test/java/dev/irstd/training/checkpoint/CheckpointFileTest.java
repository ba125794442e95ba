package dev.irstd.training.checkpoint;

import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What torch.save writes comes out; TorchFilesThatLieTest has what does not. */
class CheckpointFileTest {
    @TempDir
    Path folder;

    /** A zip of one storage of six floats 0 to 5 with one tensor {@code x}. */
    private float[] values(long offset, List<Long> shape, List<Long> strides) throws IOException {
        byte[] pickle = new Pickle()
                .ops("}")
                .text("x")
                .tensor("FloatStorage", "0", 6, offset, shape, strides)
                .ops("s")
                .end();
        Path file = TorchFiles.zip(folder.resolve("x.pth"), pickle, Map.of("0", TorchFiles.floats(0, 1, 2, 3, 4, 5)));
        FloatTensor tensor = CheckpointFile.read(file).stateDict().tensors().get("x");
        assertThat(tensor.shape()).isEqualTo(shape.stream().map(Long::intValue).toList());
        return tensor.values();
    }

    @Test
    void readsTensorsThatAreParts() throws IOException {
        assertThat(values(0, List.of(2L, 3L), List.of(3L, 1L))).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(values(2, List.of(2L), List.of(1L))).containsExactly(2, 3);
        assertThat(values(5, List.of(), List.of())).containsExactly(5);
        assertThat(values(6, List.of(0L), List.of(1L))).isEmpty();
        assertThat(values(6, List.of(0L, 4L), List.of(4L, 1L))).isEmpty();
    }

    @Test
    void readsTensorsThatAreNotInOrder() throws IOException {
        assertThat(values(0, List.of(3L, 2L), List.of(1L, 3L))).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(values(1, List.of(2L, 2L), List.of(3L, 1L))).containsExactly(1, 2, 4, 5);
        assertThat(values(1, List.of(3L), List.of(2L))).containsExactly(1, 3, 5);
        // Of size 1, a dimension's stride means nothing.
        assertThat(values(0, List.of(1L, 6L), List.of(77L, 1L))).containsExactly(0, 1, 2, 3, 4, 5);
        // Expanded: the same two elements three times.
        assertThat(values(4, List.of(3L, 2L), List.of(0L, 1L))).containsExactly(4, 5, 4, 5, 4, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol2", "protocol3", "protocol4", "protocol5"})
    void readsWhatPythonPickles(String protocol) throws IOException {
        byte[] pickle = resource(protocol + ".pkl");
        byte[] seven = {7, 0, 0, 0, 0, 0, 0, 0};

        assertIsTheExample(CheckpointFile.read(TorchFiles.zip(
                folder.resolve("mIoU__model_NUAA-SIRST_epoch.pth.tar"),
                pickle,
                Map.of("0", TorchFiles.floats(0, 1, 2, 3, 4, 5), "1", seven))));
    }

    @Test
    void readsTheFormatFromBeforeZips() throws IOException {
        assertIsTheExample(CheckpointFile.read(Files.write(folder.resolve("old.pth"), resource("legacy.pth"))));
    }

    /** The content of make.py. */
    private static void assertIsTheExample(CheckpointFile file) {
        assertThat(file.prefix()).isEqualTo("model.");
        assertThat(file.leftOut()).isEmpty();
        assertThat(file.rounded()).isEmpty();
        assertThat(file.stateDict().counters()).containsExactly(Map.entry("n.num_batches_tracked", 7L));
        Map<String, FloatTensor> tensors = file.stateDict().tensors();
        assertThat(tensors).containsOnlyKeys("a", "b", "c");
        assertThat(tensors.get("a").shape()).containsExactly(2, 3);
        assertThat(tensors.get("a").values()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(tensors.get("b").shape()).containsExactly(3, 2);
        assertThat(tensors.get("b").values()).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(tensors.get("c").values()).containsExactly(3, 4, 5);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CheckpointFileTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void readsEveryFloatingPointType() throws IOException {
        // 2.5 = (1 + 1/4) * 2: exponent 1 above the bias, highest two bits of the fraction 01.
        Map<String, byte[]> storages = new LinkedHashMap<>();
        storages.put("f", TorchFiles.floats(2.5f, -0.0f));
        storages.put(
                "d",
                little(16).putDouble(2.5).putDouble(Double.NEGATIVE_INFINITY).array());
        storages.put(
                "h", little(4).putShort((short) 0x4100).putShort((short) 0xFC00).array());
        storages.put(
                "b", little(4).putShort((short) 0x4020).putShort((short) 0x7F80).array());
        byte[] pickle = new Pickle()
                .ops("}(")
                .text("f")
                .vector("FloatStorage", "f", 2)
                .text("d")
                .vector("DoubleStorage", "d", 2)
                .text("h")
                .vector("HalfStorage", "h", 2)
                .text("b")
                .vector("BFloat16Storage", "b", 2)
                .ops("u")
                .end();
        Map<String, Long> sizes = Map.of("f", 2L, "d", 2L, "h", 2L, "b", 2L);

        for (Path file : List.of(
                TorchFiles.zip(folder.resolve("new.pth"), pickle, storages),
                TorchFiles.legacy(folder.resolve("old.pth"), pickle, storages, sizes))) {
            CheckpointFile read = CheckpointFile.read(file);
            Map<String, FloatTensor> tensors = read.stateDict().tensors();

            assertThat(tensors.get("f").values()).containsExactly(2.5f, -0.0f);
            assertThat(tensors.get("d").values()).containsExactly(2.5f, Float.NEGATIVE_INFINITY);
            assertThat(tensors.get("h").values()).containsExactly(2.5f, Float.NEGATIVE_INFINITY);
            assertThat(tensors.get("b").values()).containsExactly(2.5f, Float.POSITIVE_INFINITY);
            assertThat(read.rounded()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x0000, 0x0p0",
        "0x8000, -0x0p0",
        "0x0001, 0x1p-24",
        "0x03FF, 0x0.ffcp-14",
        "0x0400, 0x1p-14",
        "0x3555, 0x1.554p-2",
        "0x3C00, 0x1p0",
        "0xC000, -0x1p1",
        "0x7BFF, 65504",
        "0x7C00, Infinity",
        "0x7E00, NaN"
    })
    void readsHalfPrecisionExactly(String bits, String value) throws IOException {
        byte[] pickle = new Pickle()
                .ops("}")
                .text("h")
                .vector("HalfStorage", "0", 1)
                .ops("s")
                .end();
        byte[] storage = little(2).putShort(Integer.decode(bits).shortValue()).array();

        Path file = TorchFiles.zip(folder.resolve("half.pth"), pickle, Map.of("0", storage));

        float read = CheckpointFile.read(file).stateDict().tensors().get("h").values()[0];
        assertThat(Float.floatToIntBits(read)).isEqualTo(Float.floatToIntBits(Float.parseFloat(value)));
    }

    @Test
    void saysWhichDoublesAreRounded() throws IOException {
        byte[] pickle = new Pickle()
                .ops("}(")
                .text("third")
                .vector("DoubleStorage", "0", 1)
                .text("half")
                .vector("DoubleStorage", "1", 1)
                .text("nan")
                .vector("DoubleStorage", "2", 1)
                .ops("u")
                .end();
        Map<String, byte[]> storages = Map.of(
                "0", little(8).putDouble(1.0 / 3).array(),
                "1", little(8).putDouble(0.5).array(),
                "2", little(8).putDouble(Double.NaN).array());

        CheckpointFile read = CheckpointFile.read(TorchFiles.zip(folder.resolve("x.pth"), pickle, storages));

        assertThat(read.rounded()).containsExactly("third");
        assertThat(read.stateDict().tensors().get("third").values()).containsExactly(1 / 3f);
    }

    @Test
    void setsIntegerTensorsAside() throws IOException {
        Pickle pickle = new Pickle().ops("}(").text("x").vector("FloatStorage", "0", 1);
        Map<String, byte[]> storages = new LinkedHashMap<>();
        storages.put("0", TorchFiles.floats(1));
        for (String type : List.of("Long", "Int", "Short", "Char", "Byte", "Bool")) {
            pickle.text(type).vector(type + "Storage", type, 1);
            storages.put(type, new byte[1]);
        }
        Path file = TorchFiles.zip(folder.resolve("x.pth"), pickle.ops("u").end(), storages);

        CheckpointFile read = CheckpointFile.read(file);

        assertThat(read.stateDict().tensors()).containsOnlyKeys("x");
        assertThat(read.leftOut()).containsExactly("Long", "Int", "Short", "Char", "Byte", "Bool");
    }

    @Test
    void sharedStoragesGiveSharedArrays() throws IOException {
        byte[] pickle = new Pickle()
                .ops("}(")
                .text("one")
                .vector("FloatStorage", "0", 3)
                .text("two")
                .vector("FloatStorage", "0", 3)
                .text("part")
                .tensor("FloatStorage", "0", 3, 1, List.of(2L), List.of(1L))
                .ops("u")
                .end();
        Path file = TorchFiles.zip(folder.resolve("x.pth"), pickle, Map.of("0", TorchFiles.floats(1, 2, 3)));

        Map<String, FloatTensor> tensors = CheckpointFile.read(file).stateDict().tensors();

        assertThat(tensors.get("two").values()).isSameAs(tensors.get("one").values());
        assertThat(tensors.get("part").values()).containsExactly(2, 3);
    }

    @Test
    void readsViewsOfTheOldFormat() throws IOException {
        byte[] pickle = new Pickle()
                .ops("}")
                .text("x")
                .ops("ctorch._utils\n_rebuild_tensor\n((")
                .text("storage")
                .ops("ctorch\nFloatStorage\n")
                .text("0")
                .text("cpu")
                .number(6)
                // Elements 2 to 5 are a storage of their own, of which the tensor has all but the first.
                .ops("(")
                .text("view")
                .number(2)
                .number(4)
                .ops("ttQ")
                .number(1)
                .numbers(List.of(3L))
                .numbers(List.of(1L))
                .ops("tRs")
                .end();
        Path file = TorchFiles.legacy(
                folder.resolve("x.pth"), pickle, Map.of("0", TorchFiles.floats(0, 1, 2, 3, 4, 5)), Map.of("0", 6L));

        assertThat(CheckpointFile.read(file).stateDict().tensors().get("x").values())
                .containsExactly(3, 4, 5);
    }

    @Test
    void readsParametersAndSizes() throws IOException {
        byte[] pickle = new Pickle()
                .ops("}")
                .text("x")
                .ops("ctorch._utils\n_rebuild_parameter\n(")
                .ops("ctorch._utils\n_rebuild_tensor_v2\n(")
                .storage("FloatStorage", "0", 2)
                .number(0)
                .ops("ctorch\nSize\n(")
                .numbers(List.of(2L))
                .ops("tR")
                .numbers(List.of(1L))
                .bytes(0x89)
                .ops("ccollections\nOrderedDict\n)RtR")
                .bytes(0x88)
                .ops("ccollections\nOrderedDict\n)RtRs")
                .end();
        Path file = TorchFiles.zip(folder.resolve("x.pth"), pickle, Map.of("0", TorchFiles.floats(8, 9)));

        assertThat(CheckpointFile.read(file).stateDict().tensors().get("x").values())
                .containsExactly(8, 9);
    }

    @Test
    void readsBigEndianZips() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "archive/data.pkl",
                new Pickle()
                        .ops("}")
                        .text("x")
                        .vector("FloatStorage", "0", 1)
                        .ops("s")
                        .end());
        entries.put("archive/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
        entries.put("archive/data/0", ByteBuffer.allocate(4).putFloat(1.5f).array());

        Path file = TorchFiles.zip(folder.resolve("x.pth"), entries);

        assertThat(CheckpointFile.read(file).stateDict().tensors().get("x").values())
                .containsExactly(1.5f);
    }

    @ParameterizedTest
    @CsvSource({
        "module.a, module.b, module., a",
        "module.model.a, module.model.b, module.model., a",
        "model.module.a, model.module.b, model.module., a",
        "model.a, module.b, '', model.a",
        "module.a, b, '', module.a",
        "modules.a, modules.b, '', modules.a"
    })
    void stripsThePrefixThatEveryKeyHas(String first, String second, String prefix, String stripped)
            throws IOException {
        byte[] pickle = new Pickle()
                .ops("}(")
                .text(first)
                .vector("FloatStorage", "0", 1)
                .text(second)
                .vector("FloatStorage", "0", 1)
                .ops("u")
                .end();

        CheckpointFile read =
                CheckpointFile.read(TorchFiles.zip(folder.resolve("x.pth"), pickle, Map.of("0", TorchFiles.floats(1))));

        assertThat(read.prefix()).isEqualTo(prefix);
        assertThat(read.stateDict().tensors()).hasSize(2).containsKey(stripped);
    }

    @Test
    void readsSafetensorsLikewise() throws IOException {
        Path file = folder.resolve("x.safetensors");
        new Safetensors(
                        Map.of("format", "pt"),
                        Map.of("module.x", new FloatTensor(List.of(1), new float[] {3})),
                        Map.of(
                                "module.bn.num_batches_tracked",
                                little(8).putLong(41).array()))
                .write(file);

        CheckpointFile read = CheckpointFile.read(file);

        assertThat(read.prefix()).isEqualTo("module.");
        assertThat(read.stateDict().tensors().get("x").values()).containsExactly(3);
        assertThat(read.stateDict().counters()).containsExactly(Map.entry("bn.num_batches_tracked", 41L));
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
