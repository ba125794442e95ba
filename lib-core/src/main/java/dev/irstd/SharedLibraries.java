package dev.irstd;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The shared libraries that the system's loader finds, on Linux and Windows.
 *
 * @param folders where it looks
 * @param known text that holds the names of further ones, such as those loaded already
 */
record SharedLibraries(List<Path> folders, String known) {
    private static final String LINUX_FOLDERS =
            "/lib:/lib64:/usr/lib:/usr/lib64:/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu";

    private static final int ELF = 0x464c457f;
    private static final int LOADED_SEGMENT = 1;
    private static final int DYNAMIC_SEGMENT = 2;
    private static final int NEEDED = 1;
    private static final int STRING_TABLE = 5;

    /** A part of a file and where it comes to lie in memory. */
    private record Segment(int type, long offset, long address, long size) {}

    /** Those of this machine and process. */
    static SharedLibraries here() {
        Map<String, String> environment = System.getenv();
        if (isWindows()) {
            String system = environment.getOrDefault("SystemRoot", "C:\\Windows") + "\\System32";
            return new SharedLibraries(folders(environment.getOrDefault("PATH", "") + ";" + system), "");
        }
        return new SharedLibraries(
                folders(environment.getOrDefault("LD_LIBRARY_PATH", "") + ":" + LINUX_FOLDERS),
                text("/etc/ld.so.cache") + text("/proc/self/maps"));
    }

    /** Tells which of the two systems this is. */
    static boolean isWindows() {
        return File.pathSeparatorChar == ';';
    }

    private static List<Path> folders(String paths) {
        List<Path> folders = new ArrayList<>();
        for (String path : paths.split(File.pathSeparator)) {
            try {
                if (!path.isEmpty()) {
                    folders.add(Path.of(path));
                }
            } catch (InvalidPathException e) {
                // The loader finds nothing there either.
            }
        }
        return folders;
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Tells whether a library is found by its whole name, such as {@code libcudart.so.13}. */
    boolean find(String name) {
        return known.contains("/" + name) || folders.stream().anyMatch(folder -> Files.exists(folder.resolve(name)));
    }

    /**
     * The names of the libraries that another one is linked with.
     *
     * @throws IOException if the file cannot be read, or is no 64-bit little-endian ELF library
     */
    static List<String> neededBy(Path library) throws IOException {
        try (FileChannel file = FileChannel.open(library)) {
            ByteBuffer header = read(file, 0, 64);
            if (header.getInt(0) != ELF || header.get(4) != 2 || header.get(5) != 1) {
                throw new IOException(library + ": not a 64-bit ELF library");
            }
            List<Segment> segments = segments(file, header);
            List<String> names = new ArrayList<>();
            for (Segment dynamic : segments) {
                if (dynamic.type() == DYNAMIC_SEGMENT) {
                    names.addAll(needed(file, segments, read(file, dynamic.offset(), dynamic.size())));
                }
            }
            return names;
        }
    }

    private static List<Segment> segments(FileChannel file, ByteBuffer header) throws IOException {
        int size = header.getShort(54);
        int count = header.getShort(56);
        ByteBuffer table = read(file, header.getLong(32), (long) size * count);
        List<Segment> segments = new ArrayList<>();
        for (int at = 0; at < size * count; at += size) {
            segments.add(new Segment(
                    table.getInt(at), table.getLong(at + 8), table.getLong(at + 16), table.getLong(at + 32)));
        }
        return segments;
    }

    private static List<String> needed(FileChannel file, List<Segment> segments, ByteBuffer entries)
            throws IOException {
        List<Long> offsets = new ArrayList<>();
        long strings = -1;
        while (entries.remaining() >= 16) {
            long tag = entries.getLong();
            long value = entries.getLong();
            if (tag == NEEDED) {
                offsets.add(value);
            } else if (tag == STRING_TABLE) {
                strings = value;
            }
        }
        List<String> names = new ArrayList<>();
        for (Segment segment : segments) {
            long inside = strings - segment.address();
            if (segment.type() == LOADED_SEGMENT && inside >= 0 && inside < segment.size()) {
                for (long offset : offsets) {
                    names.add(string(file, segment.offset() + inside + offset));
                }
            }
        }
        return names;
    }

    private static String string(FileChannel file, long start) throws IOException {
        ByteBuffer bytes = read(file, start, Math.max(0, Math.min(256, file.size() - start)));
        int length = 0;
        while (length < bytes.limit() && bytes.get(length) != 0) {
            length++;
        }
        return new String(bytes.array(), 0, length, StandardCharsets.US_ASCII);
    }

    private static ByteBuffer read(FileChannel file, long start, long size) throws IOException {
        if (start < 0 || size < 0 || size > 1 << 20) {
            throw new IOException("not a library: a part of " + size + " bytes at " + start);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
