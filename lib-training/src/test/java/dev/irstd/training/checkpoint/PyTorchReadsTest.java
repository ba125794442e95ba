package dev.irstd.training.checkpoint;

import dev.irstd.training.files.ElementType;
import dev.irstd.training.weights.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.GenericDict;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.PyTorchStreamReader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written, against PyTorch's own library. */
class PyTorchReadsTest {
    @TempDir
    Path folder;

    @Test
    void itsReaderFindsEveryStorageAligned() throws IOException {
        Path file = folder.resolve("x.pth");
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put("a", new FloatTensor(List.of(2), new float[] {1.5f, -2}));
        tensors.put("b", new FloatTensor(List.of(1, 1), new float[] {7}));
        new StateDict(tensors, Map.of("n.num_batches_tracked", 9L)).write(file, Layout.PLAIN);

        try (PointerScope scope = new PointerScope()) {
            PyTorchStreamReader reader = new PyTorchStreamReader(file.toString());
            assertThat(reader.version()).isEqualTo(3);
            assertThat(reader.getRecordSize("byteorder")).isEqualTo("little".length());
            assertThat(floats(reader, "data/0", 2)).containsExactly(1.5f, -2);
            assertThat(floats(reader, "data/1", 1)).containsExactly(7);
            assertThat(reader.getRecordSize("data/2")).isEqualTo(8);
            for (int i = 0; i < 3; i++) {
                assertThat(reader.getRecordOffset("data/" + i) % 64).isZero();
            }
        }
    }

    private static float[] floats(PyTorchStreamReader reader, String record, int count) {
        float[] values = new float[count];
        FloatPointer target = new FloatPointer(count);
        assertThat(reader.getRecordSize(record)).isEqualTo(4L * count);
        assertThat(reader.getRecord(record, target, 4L * count)).isEqualTo(4L * count);
        target.get(values);
        return values;
    }

    /** In a plain dict: the C++ library, unlike Python's, has no OrderedDict. */
    @Test
    void itsUnpicklerBuildsTheTensors() throws IOException {
        byte[] pickle = new PickleOutput()
                .dict()
                .mark()
                .text("a")
                .tensor(ElementType.FLOAT32, "0", List.of(2, 3))
                .text("n")
                .tensor(ElementType.INT64, "1", List.of())
                .setItems()
                .end();
        Path file = TorchFiles.zip(
                folder.resolve("x.pth"),
                pickle,
                Map.of("0", TorchFiles.floats(0, 1, 2, 3, 4, 5), "1", new byte[] {9, 0, 0, 0, 0, 0, 0, 0}));

        try (PointerScope scope = new PointerScope()) {
            GenericDict dict =
                    torch.pickle_load(new ByteVector(Files.readAllBytes(file))).toGenericDict();
            Tensor a = dict.at(new IValue("a")).toTensor();
            assertThat(List.of(a.size(0), a.size(1))).containsExactly(2L, 3L);
            float[] values = new float[6];
            new FloatPointer(a.data_ptr()).get(values);
            assertThat(values).containsExactly(0, 1, 2, 3, 4, 5);
            Tensor n = dict.at(new IValue("n")).toTensor();
            assertThat(n.dim()).isZero();
            assertThat(n.item_long()).isEqualTo(9);
        }
    }
}
