package dev.irstd.training.checkpoint;

import dev.irstd.training.files.ElementType;
import dev.irstd.training.files.WholeFile;
import dev.irstd.training.weights.FloatTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a state_dict as torch.save does since PyTorch 1.6. Equal state_dicts give equal files. */
final class TorchZip {
    private static final String FOLDER = "archive/";
    /** Any that fits a zip's header: one before it, such as the start of 1980, gets a field of its own. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;
    /** The id under which PyTorch's own writer pads. */
    private static final short PADDING = 0x4246;

    private final List<byte[]> storages = new ArrayList<>();
    private final Map<float[], String> keys = new IdentityHashMap<>();

    private TorchZip() {}

    static void write(Path file, StateDict stateDict, Layout layout) throws IOException {
        TorchZip archive = new TorchZip();
        byte[] pickle = archive.pickle(stateDict, layout);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, bytes, "data.pkl", pickle);
            add(zip, bytes, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < archive.storages.size(); i++) {
                add(zip, bytes, "data/" + i, archive.storages.get(i));
            }
            add(zip, bytes, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
        WholeFile.write(file, ByteBuffer.wrap(bytes.toByteArray()));
    }

    /** An uncompressed file whose content begins at a multiple of 64 bytes, so that PyTorch may map it. */
    private static void add(ZipOutputStream zip, ByteArrayOutputStream written, String name, byte[] content)
            throws IOException {
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(TIME);
        entry.setSize(content.length);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setCrc(checksum.getValue());
        zip.flush();
        int unpadded = written.size() + LOCAL_HEADER + entry.getName().length() + EXTRA_HEADER;
        int padding = Math.floorMod(-unpadded, ALIGNMENT);
        entry.setExtra(ByteBuffer.allocate(EXTRA_HEADER + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(PADDING)
                .putShort((short) padding)
                .array());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private byte[] pickle(StateDict stateDict, Layout layout) {
        PickleOutput out = new PickleOutput();
        if (layout.wrapper() == Wrapper.STATE_DICT) {
            out.dict().mark().text("state_dict");
        }
        Map<String, Long> counters = stateDict.counters();
        String prefix = layout.prefix().text();
        out.orderedDict().mark();
        for (Map.Entry<String, FloatTensor> entry : stateDict.tensors().entrySet()) {
            FloatTensor tensor = entry.getValue();
            out.text(prefix + entry.getKey()).tensor(ElementType.FLOAT32, storage(tensor.values()), tensor.shape());
        }
        for (Map.Entry<String, Long> entry : counters.entrySet()) {
            out.text(prefix + entry.getKey()).tensor(ElementType.INT64, storage(entry.getValue()), List.of());
        }
        out.setItems();
        if (layout.wrapper() == Wrapper.STATE_DICT) {
            out.setItems();
        }
        return out.end();
    }

    private String storage(float[] values) {
        String known = keys.get(values);
        if (known != null) {
            return known;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        String key = add(bytes.array());
        keys.put(values, key);
        return key;
    }

    private String storage(long value) {
        return add(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    private String add(byte[] storage) {
        storages.add(storage);
        return Integer.toString(storages.size() - 1);
    }
}
