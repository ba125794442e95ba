package dev.irstd.training.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Files that are cut off, damaged, something else or made to do harm. */
class RefusedCheckpointsTest {
    @TempDir
    Path folder;

    private void assertRefused(Path file, String... parts) {
        assertThatIOException()
                .isThrownBy(() -> CheckpointFile.read(file))
                .withMessageContaining(file.toString())
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private void assertPickleRefused(byte[] pickle, String... parts) throws IOException {
        assertRefused(
                TorchFiles.zip(folder.resolve("x.pth"), pickle, Map.of("0", TorchFiles.floats(0, 1, 2, 3, 4, 5))),
                parts);
    }

    /** A pickle that would run a command, delete files or fetch code if Python loaded it. */
    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "nt, system",
        "subprocess, Popen",
        "builtins, eval",
        "__builtin__, eval",
        "builtins, getattr",
        "torch, load",
        "torch.hub, load",
        "torch.jit._pickle, build_intlist",
        "numpy, load",
        "collections, Counter",
        "model.model_RRCANet, RRCANet"
    })
    void namesWhatItDoesNotRun(String module, String member) throws IOException {
        Pickle byLines = new Pickle().ops("c" + module + "\n" + member + "\n(").text("touch harm");
        Pickle byStack = new Pickle().text(module).text(member).bytes(0x93).ops("(");

        assertPickleRefused(byLines.ops("tR").end(), module + "." + member, "no plain state_dict");
        assertPickleRefused(byStack.ops("tR").end(), module + "." + member, "no plain state_dict");
    }

    static Stream<Arguments> picklesThatMakeNoSense() {
        byte[] nested = new byte[1_000_000];
        Arrays.fill(nested, (byte) ']');
        return Stream.of(
                arguments("memo of nothing", new Pickle().ops("h").bytes(3), "recalls value 3"),
                arguments("high memo of nothing", new Pickle().ops("j").int32(-1), "recalls value 4294967295"),
                arguments("stack underflow", new Pickle().ops("0"), "not there"),
                arguments("pair of nothing", new Pickle().bytes(0x86), "not there"),
                arguments("value below a mark", new Pickle().ops("N(0"), "not there"),
                arguments("mark that is not there", new Pickle().ops("t"), "did not begin"),
                arguments("append to a number", new Pickle().number(1).ops("Na"), "no list"),
                arguments("entries of a list", new Pickle().ops("]NNs"), "no dict"),
                arguments("key without value", new Pickle().ops("}(").text("k").ops("u"), "no dict"),
                arguments("dict as a key", new Pickle().ops("}}Ns"), "keys"),
                arguments("call of a text", new Pickle().text("x").ops(")R"), "no function"),
                arguments("call without a tuple", new Pickle().ops("ccollections\nOrderedDict\nNR"), "no function"),
                arguments("state of a list", new Pickle().ops("]Nb"), "state"),
                arguments("storage of nothing", new Pickle().ops("NQ"), "no storage"),
                arguments(
                        "storage as a number",
                        new Pickle().ops("(").text("storage").ops("NtQ"),
                        "no storage"),
                arguments("tensor of nothing", new Pickle().ops("ctorch._utils\n_rebuild_tensor_v2\n)R"), "tensor"),
                arguments(
                        "parameter of nothing", new Pickle().ops("ctorch._utils\n_rebuild_parameter\n)R"), "_rebuild"),
                arguments("instance", new Pickle().ops("(ios\nsystem\n"), "0x69"),
                arguments("new object", new Pickle().ops(")").bytes(0x81), "0x81"),
                arguments("registered extension", new Pickle().bytes(0x82, 1), "0x82"),
                arguments("later protocol", new Pickle().bytes(0x80, 77), "protocol 77"),
                arguments("text of 4 GB", new Pickle().ops("X").int32(-1), "cut off"),
                arguments("text of 2 GB", new Pickle().ops("X").int32(Integer.MAX_VALUE), "cut off"),
                arguments("text of 8 EB", new Pickle().bytes(0x8d, 255, 255, 255, 255, 255, 255, 255, 127), "cut off"),
                arguments("number of 2 GB", new Pickle().bytes(0x8b).int32(Integer.MAX_VALUE), "cut off"),
                arguments("bytes of 8 EB", new Pickle().bytes(0x8e, 255, 255, 255, 255, 255, 255, 255, 127), "cut off"),
                arguments("name without end", new Pickle().ops("c" + "a".repeat(100_000)), "more than 200"),
                arguments(
                        "a million lists", new Pickle().ops(new String(nested, StandardCharsets.US_ASCII)), "no dict"),
                arguments("endless work", new Pickle().ops("N" + "20".repeat(1_500_000)), "steps"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void picklesThatMakeNoSense(String name, Pickle pickle, String part) throws IOException {
        assertPickleRefused(pickle.end(), part);
    }

    @Test
    void endsForValuesNestedInEachOther() throws IOException {
        // Each list in the one before it: whatever walks through them by recursion overflows the stack.
        String lists = "]".repeat(300_000) + "a".repeat(299_999);
        Pickle pickle = new Pickle().ops("}").text("deep").ops(lists).ops("s");

        assertPickleRefused(pickle.end(), "\"deep\" is no tensor");
    }

    @Test
    void endsForAListThatContainsItself() throws IOException {
        Pickle pickle = new Pickle()
                .ops("}")
                .text("self")
                .ops("]q")
                .bytes(0)
                .ops("h")
                .bytes(0)
                .ops("as");

        assertPickleRefused(pickle.end(), "\"self\" is no tensor");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 7, 1",
        "1, 6, 1",
        "7, 0, 1",
        "0, 2, 6",
        "9223372036854775807, 1, 1",
        "0, 9223372036854775807, 9223372036854775807",
        "0, 1000000000000, 0",
        "0, 6, 4611686018427387904",
        "0, -1, 1",
        "-1, 1, 1",
        "2, 2, -1"
    })
    void refusesVectorsOutsideOfTheirStorage(long offset, long length, long stride) throws IOException {
        byte[] pickle = new Pickle()
                .ops("}")
                .text("x")
                .tensor("FloatStorage", "0", 6, offset, List.of(length), List.of(stride))
                .ops("s")
                .end();

        Throwable thrown = catchThrowable(() -> CheckpointFile.read(
                TorchFiles.zip(folder.resolve("x.pth"), pickle, Map.of("0", TorchFiles.floats(0, 1, 2, 3, 4, 5)))));

        // Nothing of 7 elements from the seventh on is nothing.
        if (length == 0) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown).isInstanceOf(IOException.class).hasMessageContaining("x.pth");
        }
    }

    @Test
    void refusesShapesThatOverflow() throws IOException {
        List<Long> two32 = List.of(1L << 32, 1L << 32);
        assertPickleRefused(
                new Pickle()
                        .ops("}")
                        .text("x")
                        .tensor("FloatStorage", "0", 6, 0, two32, List.of(1L, 1L))
                        .ops("s")
                        .end(),
                "\"x\"",
                "does not fit");
        assertPickleRefused(
                new Pickle()
                        .ops("}")
                        .text("x")
                        .tensor("FloatStorage", "0", 6, 0, List.of(1L << 30, 1L << 30, 0L), List.of(1L, 1L, 1L))
                        .ops("s")
                        .end(),
                "does not fit");
    }

    @Test
    void refusesStoragesOfAnotherSize() throws IOException {
        for (long size : new long[] {0, 5, 7, 1L << 40, Long.MAX_VALUE}) {
            byte[] pickle = new Pickle()
                    .ops("}")
                    .text("x")
                    .tensor("FloatStorage", "0", size, 0, List.of(), List.of())
                    .ops("s")
                    .end();

            assertPickleRefused(pickle, "x.pth");
        }
    }

    @Test
    void refusesMoreViewsThanTheFileIsLarge() throws IOException {
        int size = 10_000;
        Pickle pickle = new Pickle().ops("}(");
        for (int i = 0; i < 500; i++) {
            pickle.text("x" + i).tensor("FloatStorage", "0", size, i, List.of((long) size - 1000), List.of(1L));
        }
        Path file = TorchFiles.zip(
                folder.resolve("x.pth"), pickle.ops("u").end(), Map.of("0", TorchFiles.floats(new float[size])));

        assertRefused(file, "larger than the file");
    }

    @Test
    void refusesTwoOpinionsOfAStorage() throws IOException {
        assertPickleRefused(
                new Pickle()
                        .ops("}(")
                        .text("x")
                        .vector("FloatStorage", "0", 6)
                        .text("y")
                        .vector("DoubleStorage", "0", 3)
                        .ops("u")
                        .end(),
                "storage 0");
    }

    @Test
    void refusesAMissingStorage() throws IOException {
        assertPickleRefused(
                new Pickle()
                        .ops("}")
                        .text("x")
                        .vector("FloatStorage", "../../secret", 6)
                        .ops("s")
                        .end(),
                "missing");
    }

    @Test
    void refusesCompressedEntries() throws IOException {
        Path file = folder.resolve("bomb.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[50_000_000]);
        }

        assertThat(file).hasSize(Files.size(file)).matches(f -> f.toFile().length() < 100_000);
        assertRefused(file, "data.pkl is compressed");
    }

    @Test
    void refusesTorchScript() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("net/data.pkl", new Pickle().ops("}").end());
        entries.put("net/constants.pkl", new Pickle().ops(")").end());

        assertRefused(TorchFiles.zip(folder.resolve("x.pt"), entries), "TorchScript", "state_dict()");
    }

    static Stream<Arguments> otherFiles() {
        return Stream.of(
                arguments("", "empty"),
                arguments("\b\b\022\013irstd", "neither"),
                arguments("some text", "neither"),
                arguments("<!DOCTYPE html><title>Sign in</title>", "web page"),
                arguments("\n <html>", "web page"),
                arguments("version https://git-lfs.github.com/spec/v1\noid sha256:1", "Git LFS"),
                arguments("PK\003\004", ""),
                arguments("\u0080", "cut off"),
                arguments("\u0080\002K\001.", "torch.save"),
                arguments("\011\000\000\000\000\000\000\000{\"a\": 5}", "safetensors"));
    }

    @ParameterizedTest
    @MethodSource("otherFiles")
    void saysWhatAFileIsInstead(String content, String part) throws IOException {
        assertRefused(Files.write(folder.resolve("weights.pth"), content.getBytes(StandardCharsets.ISO_8859_1)), part);
    }

    @Test
    void refusesAZipWithoutAPickle() throws IOException {
        assertRefused(
                TorchFiles.zip(folder.resolve("x.npz"), Map.of("input.npy", new byte[3])), "zip without a data.pkl");
    }

    @Test
    void saysWhatATopLevelLacks() throws IOException {
        assertPickleRefused(new Pickle().vector("FloatStorage", "0", 6).end(), "no dict");
        assertPickleRefused(new Pickle().ops("}").end(), "no tensor");
        assertPickleRefused(
                new Pickle()
                        .ops("}(")
                        .text("epoch")
                        .number(3)
                        .text("net")
                        .ops("}u")
                        .end(),
                "\"epoch\"",
                "state_dict");
    }

    @Test
    void missingFileIsItself() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> CheckpointFile.read(folder.resolve("nowhere.pth")));
    }

    @Test
    void refusesAFolder() {
        assertThatIOException().isThrownBy(() -> CheckpointFile.read(folder));
    }

    /** Of each format one small file. */
    private List<byte[]> smallFiles() throws IOException {
        byte[] pickle = new Pickle()
                .ops("}")
                .text("state_dict")
                .ops("}(")
                .text("module.x")
                .tensor("FloatStorage", "0", 6, 0, List.of(3L, 2L), List.of(1L, 3L))
                .text("module.y.num_batches_tracked")
                .tensor("LongStorage", "1", 1, 0, List.of(), List.of())
                .ops("us")
                .end();
        Map<String, byte[]> storages = new LinkedHashMap<>();
        storages.put("0", TorchFiles.floats(0, 1, 2, 3, 4, 5));
        storages.put("1", new byte[8]);
        Path zip = TorchFiles.zip(folder.resolve("small zip"), pickle, storages);
        Path old = TorchFiles.legacy(folder.resolve("small old"), pickle, storages, Map.of("0", 6L, "1", 1L));
        assertThat(CheckpointFile.read(zip).prefix()).isEqualTo("module.");
        assertThat(CheckpointFile.read(old).prefix()).isEqualTo("module.");
        return List.of(Files.readAllBytes(zip), Files.readAllBytes(old));
    }

    @Test
    void refusesAFileCutOffAnywhere() throws IOException {
        for (byte[] whole : smallFiles()) {
            for (int length = 0; length < whole.length; length++) {
                Path file = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, length));
                Throwable thrown = catchThrowable(() -> CheckpointFile.read(file));
                assertThat(thrown)
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(file.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedFilesGiveAResultOrAnIOException(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (byte[] whole : smallFiles()) {
            for (int i = 0; i < 500; i++) {
                byte[] damaged = whole.clone();
                for (int flip = random.nextInt(1, 5); flip > 0; flip--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Path file = Files.write(folder.resolve("damaged.pth"), damaged);
                Throwable thrown = catchThrowable(() -> CheckpointFile.read(file));
                if (thrown != null) {
                    assertThat(thrown).isInstanceOf(IOException.class).hasMessageContaining("damaged.pth");
                }
            }
        }
    }

    /** The checksum of a zip hides the pickle from random damage; here it is made to fit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomPicklesGiveAResultOrAnIOException(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = new Pickle()
                .ops("}(")
                .text("x")
                .vector("FloatStorage", "0", 6)
                .text("y")
                .tensor("FloatStorage", "0", 6, 1, List.of(2L, 2L), List.of(2L, 1L))
                .ops("u")
                .end();
        for (int i = 0; i < 400; i++) {
            ByteArrayOutputStream pickle = new ByteArrayOutputStream();
            for (byte b : whole) {
                switch (random.nextInt(60)) {
                    case 0 -> pickle.write(random.nextInt(256));
                    case 1 -> {}
                    case 2 -> {
                        pickle.write(b);
                        pickle.write(b);
                    }
                    default -> pickle.write(b);
                }
            }
            Path file = TorchFiles.zip(
                    folder.resolve("random.pth"),
                    pickle.toByteArray(),
                    Map.of("0", TorchFiles.floats(0, 1, 2, 3, 4, 5)));
            Throwable thrown = catchThrowable(() -> CheckpointFile.read(file));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(IOException.class).hasMessageContaining("random.pth");
            }
        }
    }
}
