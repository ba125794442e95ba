package dev.irstd.training.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What torch.save writes since PyTorch 1.6: a zip of a pickle and of one uncompressed file for each storage. */
final class ZipArchive implements Storages {
    private static final String PICKLE = "data.pkl";
    private static final int LARGEST_PICKLE = 1 << 26;

    private final ZipFile zip;
    private final String folder;
    private final ByteOrder order;
    /** What may still be read. Entries of a hostile zip may overlap, and so be more than the file. */
    private long budget;

    ZipArchive(ZipFile zip, long fileSize) throws IOException {
        this.zip = zip;
        this.budget = fileSize;
        this.folder = folder(
                Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList());
        this.order = order();
    }

    private static String folder(List<String> names) throws IOException {
        List<String> folders = names.stream()
                .filter(name -> name.endsWith("/" + PICKLE))
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .toList();
        if (folders.isEmpty()) {
            throw new IOException("it is a zip without a " + PICKLE + ", so torch.save did not write it");
        }
        if (folders.size() > 1) {
            throw new IOException(
                    "it is a zip with " + folders.size() + " files " + PICKLE + ", where one was expected");
        }
        String folder = folders.get(0);
        if (names.contains(folder + "constants.pkl")) {
            throw new IOException("it is a TorchScript program; save model.state_dict() with torch.save instead");
        }
        return folder;
    }

    private ByteOrder order() throws IOException {
        if (zip.getEntry(folder + "byteorder") == null) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        ByteBuffer bytes = entry("byteorder", "big".length() + "little".length());
        String text = StandardCharsets.US_ASCII.decode(bytes).toString();
        return switch (text.strip()) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw new IOException("its byte order is neither little nor big");
        };
    }

    ByteBuffer pickle() throws IOException {
        return entry(PICKLE, LARGEST_PICKLE);
    }

    @Override
    public ByteBuffer read(StorageRef storage) throws IOException {
        String name = "data/" + storage.key();
        ByteBuffer bytes = entry(name, Integer.MAX_VALUE);
        if (bytes.remaining() != storage.bytes()) {
            throw new IOException(folder + name + " has " + bytes.remaining() + " bytes, its pickle says "
                    + storage.size() + " elements of " + storage.type().bytes());
        }
        return bytes.order(order);
    }

    private ByteBuffer entry(String name, int limit) throws IOException {
        ZipEntry entry = zip.getEntry(folder + name);
        if (entry == null) {
            throw new IOException("its " + folder + name + " is missing");
        }
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new IOException("its " + entry.getName() + " is compressed, which torch.save never does");
        }
        if (entry.getSize() < 0 || entry.getSize() > Math.min(limit, budget)) {
            throw new IOException(
                    "its " + entry.getName() + " has " + entry.getSize() + " bytes, which is more than it can have");
        }
        budget -= entry.getSize();
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) entry.getSize());
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            if (bytes.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
                throw new IOException("its " + entry.getName() + " is damaged: the checksum differs");
            }
            return ByteBuffer.wrap(bytes);
        }
    }
}
