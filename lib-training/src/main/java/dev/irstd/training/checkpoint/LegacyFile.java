package dev.irstd.training.checkpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What torch.save wrote before PyTorch 1.6, and still does on demand: pickles of a magic number, of the format's version,
 * of the machine's properties, of the object and of a list of storages; then each storage, as a count and its elements.
 */
final class LegacyFile implements Storages {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;

    private final Map<String, ByteBuffer> storages = new HashMap<>();
    private final Object content;

    /** Reads a file. Of the storages, those are found whose type the pickle told. */
    LegacyFile(ByteBuffer file) throws IOException {
        PickleInput in = new PickleInput(file);
        if (!new Unpickler(in).load().equals(MAGIC)) {
            throw new IOException("it is a pickle, but not one that torch.save wrote");
        }
        if (!new Unpickler(in).load().equals(VERSION)) {
            throw new IOException("its format is not version " + VERSION);
        }
        if (!(new Unpickler(in).load() instanceof Map<?, ?> machine)
                || !Boolean.TRUE.equals(machine.get("little_endian"))) {
            throw new IOException("it was not written on a little-endian machine");
        }
        Unpickler unpickler = new Unpickler(in);
        content = unpickler.load();
        if (!(new Unpickler(in).load() instanceof List<?> keys)) {
            throw new IOException("its list of storages is missing");
        }
        for (Object key : keys) {
            StorageRef storage =
                    key instanceof String text ? unpickler.storages().get(text) : null;
            if (storage == null) {
                throw new IOException("its list of storages has one that no tensor uses");
            }
            storages.put(storage.key(), next(file, storage));
        }
    }

    private static ByteBuffer next(ByteBuffer file, StorageRef storage) throws IOException {
        if (file.remaining() < Long.BYTES || file.remaining() - Long.BYTES < storage.bytes()) {
            throw new IOException(
                    "it is cut off within storage " + storage.key() + " of " + storage.bytes() + " bytes");
        }
        long count = file.getLong();
        if (count != storage.size()) {
            throw new IOException(
                    "its storage " + storage.key() + " has " + count + " elements, its pickle says " + storage.size());
        }
        ByteBuffer bytes = file.slice(file.position(), (int) storage.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        file.position(file.position() + (int) storage.bytes());
        return bytes;
    }

    Object content() {
        return content;
    }

    @Override
    public ByteBuffer read(StorageRef storage) throws IOException {
        ByteBuffer bytes = storages.get(storage.key());
        if (bytes == null || bytes.remaining() != storage.bytes()) {
            throw new IOException("its storage " + storage.key() + " is missing or of another size");
        }
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
}
