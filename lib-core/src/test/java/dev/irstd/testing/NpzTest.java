package dev.irstd.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NpzTest {
    @TempDir
    Path folder;

    @Test
    void readsEveryElementType() throws IOException {
        Npz npz = npz(
                ZipEntry.DEFLATED,
                npy("f4", "<f4", "False", "(2,)", little(8).putFloat(1.5f).putFloat(-2)),
                npy("f8", "<f8", "False", "(1,)", little(8).putDouble(0.1)),
                npy("i8", "<i8", "False", "(1, 1)", little(8).putLong(-7)),
                npy("u1", "|u1", "False", "(2,)", little(2).put((byte) 200).put((byte) 1)));

        assertThat(npz.keys()).containsExactly("f4", "f8", "i8", "u1");
        assertThat(npz.floats("f4")).containsExactly(1.5f, -2);
        assertThat(npz.doubles("f4")).containsExactly(1.5, -2);
        assertThat(npz.doubles("f8")).containsExactly(0.1);
        assertThat(npz.longs("i8")).containsExactly(-7);
        assertThat(npz.bytes("u1")).containsExactly(200, 1);
        assertThat(npz.longs("u1")).containsExactly(200, 1);
    }

    @Test
    void readsScalarsAsRankZero() throws IOException {
        Npz npz = npz(ZipEntry.STORED, npy("k", "<i8", "False", "()", little(8).putLong(3)));

        assertThat(npz.shape("k")).isEmpty();
        assertThat(npz.longs("k")).containsExactly(3);
    }

    @Test
    void readsEmptyArrays() throws IOException {
        Npz npz = npz(ZipEntry.STORED, npy("none", "<f8", "True", "(0, 2)", little(0)));

        assertThat(npz.shape("none")).containsExactly(0, 2);
        assertThat(npz.doubles("none")).isEmpty();
    }

    @Test
    void turnsFortranOrderIntoRows() throws IOException {
        // [[1, 2, 3], [4, 5, 6]] column by column
        ByteBuffer columns = little(48);
        for (long value : new long[] {1, 4, 2, 5, 3, 6}) {
            columns.putLong(value);
        }

        Npz npz = npz(ZipEntry.STORED, npy("a", "<i8", "True", "(2, 3)", columns));

        assertThat(npz.longs("a")).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void readsTheReferenceVectors() throws IOException {
        Npz npz = Npz.read(Shared.require("vectors/metric_vectors.npz"));

        assertThat(npz.keys()).isNotEmpty().allMatch(npz::has);
    }

    @Test
    void namesTheMissingArray() throws IOException {
        Npz npz = npz(ZipEntry.STORED, npy("a", "|u1", "False", "(1,)", little(1)));

        assertThat(npz.has("b")).isFalse();
        assertThatThrownBy(() -> npz.bytes("b")).hasMessageContaining("\"b\"").hasMessageContaining("[a]");
    }

    @Test
    void refusesLossyConversions() throws IOException {
        Npz npz = npz(ZipEntry.STORED, npy("a", "<f8", "False", "(1,)", little(8)));

        assertThatThrownBy(() -> npz.floats("a")).hasMessageContaining("double");
    }

    @Test
    void refusesTruncatedArrays() {
        assertThatThrownBy(() -> npz(ZipEntry.STORED, npy("a", "<f8", "False", "(2,)", little(8))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.npy");
    }

    private record Entry(String name, byte[] content) {}

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Entry npy(String name, String type, String fortran, String shape, ByteBuffer data) {
        String header = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, fortran, shape);
        ByteBuffer out = little(10 + header.length() + data.capacity());
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        out.putShort((short) header.length());
        out.put(header.getBytes(StandardCharsets.ISO_8859_1)).put(data.array());
        return new Entry(name, out.array());
    }

    private Npz npz(int method, Entry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Entry entry : entries) {
                ZipEntry header = new ZipEntry(entry.name() + ".npy");
                header.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 checksum = new CRC32();
                    checksum.update(entry.content());
                    header.setSize(entry.content().length);
                    header.setCrc(checksum.getValue());
                }
                zip.putNextEntry(header);
                zip.write(entry.content());
                zip.closeEntry();
            }
        }
        Path file = folder.resolve("vectors.npz");
        Files.write(file, bytes.toByteArray());
        return Npz.read(file);
    }
}
