package dev.irstd.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes shared libraries for Linux on x86-64 that hold nothing but names, and that the system loads. */
public final class ElfLibrary {
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int SEGMENTS = 3;
    private static final int SYMBOL = 24;
    private static final int HASH = 16;

    private ElfLibrary() {}

    /**
     * Writes a library.
     *
     * @param file where
     * @param name its own
     * @param needed the names of the libraries that it is linked with
     * @return the file
     */
    public static Path write(Path file, String name, String... needed) throws IOException {
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        strings.write(0);
        List<long[]> dynamic = new ArrayList<>();
        dynamic.add(new long[] {14, add(strings, name)});
        for (String library : needed) {
            dynamic.add(new long[] {1, add(strings, library)});
        }
        int symbols = HEADER + SEGMENT * SEGMENTS;
        int hash = symbols + SYMBOL;
        int table = hash + HASH;
        int dynamicStart = (table + strings.size() + 7) / 8 * 8;
        dynamic.add(new long[] {4, hash});
        dynamic.add(new long[] {5, table});
        dynamic.add(new long[] {6, symbols});
        dynamic.add(new long[] {10, strings.size()});
        dynamic.add(new long[] {11, SYMBOL});
        dynamic.add(new long[] {0, 0});
        int size = dynamicStart + 16 * dynamic.size();

        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.position(16);
        elf.putShort((short) 3)
                .putShort((short) 62)
                .putInt(1)
                .putLong(0)
                .putLong(HEADER)
                .putLong(0);
        elf.putInt(0).putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) SEGMENTS);
        elf.position(HEADER);
        segment(elf, 1, 0, size, 0x1000);
        segment(elf, 2, dynamicStart, 16 * dynamic.size(), 8);
        segment(elf, 0x6474e551, 0, 0, 16);
        // One bucket that holds no symbol, and the symbol that is none.
        elf.position(hash);
        elf.putInt(1).putInt(1);
        elf.position(table);
        elf.put(strings.toByteArray());
        elf.position(dynamicStart);
        dynamic.forEach(entry -> elf.putLong(entry[0]).putLong(entry[1]));
        return Files.write(file, elf.array());
    }

    private static int add(ByteArrayOutputStream strings, String text) {
        int at = strings.size();
        strings.writeBytes((text + "\0").getBytes(StandardCharsets.US_ASCII));
        return at;
    }

    private static void segment(ByteBuffer elf, int type, long start, long size, long alignment) {
        int readAndWrite = 6;
        elf.putInt(type).putInt(readAndWrite).putLong(start).putLong(start).putLong(start);
        elf.putLong(size).putLong(size).putLong(alignment);
    }
}
