package dev.irstd.training.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as torch.save writes them around a pickle. */
final class TorchFiles {
    private TorchFiles() {}

    /** The zip format, with little-endian storages by key. */
    static Path zip(Path file, byte[] pickle, Map<String, byte[]> storages) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("weights/data.pkl", pickle);
        storages.forEach((key, bytes) -> entries.put("weights/data/" + key, bytes));
        entries.put("weights/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        return zip(file, entries);
    }

    static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> named : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(named.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(named.getValue().length);
                CRC32 checksum = new CRC32();
                checksum.update(named.getValue());
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(named.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    /** The format of before PyTorch 1.6; storages in the order given, each with its number of elements. */
    static Path legacy(Path file, byte[] pickle, Map<String, byte[]> storages, Map<String, Long> sizes)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new Pickle()
                .bytes(0x8a, 10)
                .bytes(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .end());
        out.writeBytes(new Pickle().number(1001).end());
        out.writeBytes(new Pickle()
                .ops("}(")
                .text("little_endian")
                .bytes(0x88)
                .text("protocol_version")
                .number(1001)
                .ops("u")
                .end());
        out.writeBytes(pickle);
        Pickle keys = new Pickle().ops("](");
        storages.keySet().forEach(keys::text);
        out.writeBytes(keys.ops("e").end());
        storages.forEach((key, bytes) -> {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(sizes.get(key))
                    .array());
            out.writeBytes(bytes);
        });
        return Files.write(file, out.toByteArray());
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
