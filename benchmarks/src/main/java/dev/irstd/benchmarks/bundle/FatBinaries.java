package dev.irstd.benchmarks.bundle;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fat binaries of a CUDA library: each holds the same kernels for several GPU architectures, of which a machine uses
 * one. Those that a GPU cannot run are overwritten with zeros, which compress to nothing. No byte moves, so that the
 * library's layout stays as it was linked; the driver chooses by the headers, which stay too.
 *
 * <p>A fat binary starts with the magic number, a version (u16), the size of this header (u16) and that of what follows
 * (u64). Each of its entries starts with a kind (u16, 1 for PTX, 2 for machine code), a version (u16), the size of its
 * header (u32) and that of the code (u64); the number of the architecture stands at byte 28. All little-endian, all at
 * multiples of 8 bytes.
 */
final class FatBinaries {
    private static final int MAGIC = 0xba55ed50;
    private static final int HEADER = 16;
    private static final int ENTRY_HEADER = 32;
    private static final int ARCHITECTURE = 28;
    private static final short PTX = 1;
    private static final short MACHINE_CODE = 2;

    private final MappedByteBuffer library;
    private final ComputeCapability gpu;
    private final Set<ComputeCapability> found =
            new TreeSet<>((a, b) -> Integer.compare(10 * a.major() + a.minor(), 10 * b.major() + b.minor()));
    private int binaries;
    private int without;
    private long kept;
    private long zeroed;

    private FatBinaries(MappedByteBuffer library, ComputeCapability gpu) {
        this.library = library;
        this.gpu = gpu;
    }

    /**
     * What became of a library.
     *
     * @param binaries fat binaries
     * @param without those among them that hold nothing for the GPU
     * @param kept bytes of code that the GPU can run
     * @param zeroed bytes of other code
     */
    record Result(int binaries, int without, long kept, long zeroed) {}

    /**
     * Overwrites what a GPU cannot run.
     *
     * @param library a shared library, changed in place; one without GPU code is left as it is
     * @throws IllegalArgumentException if it has GPU code, but none for this GPU; the file is unusable then
     */
    static Result keepOnly(Path library, ComputeCapability gpu) throws IOException {
        try (FileChannel file = FileChannel.open(library, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer bytes = file.map(MapMode.READ_WRITE, 0, file.size());
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            FatBinaries binaries = new FatBinaries(bytes, gpu);
            binaries.strip();
            bytes.force();
            if (binaries.binaries > 0 && binaries.kept == 0) {
                throw new IllegalArgumentException(library.getFileName() + " has no code for compute capability " + gpu
                        + "; it has " + binaries.found);
            }
            return new Result(binaries.binaries, binaries.without, binaries.kept, binaries.zeroed);
        }
    }

    private void strip() {
        int at = 0;
        while (at + HEADER <= library.limit()) {
            int end = library.getInt(at) == MAGIC ? end(at) : -1;
            if (end < 0) {
                at += Long.BYTES;
            } else {
                strip(at + HEADER, end);
                at = end;
            }
        }
    }

    /** Where a fat binary ends, or -1 if the magic number stands there by chance. */
    private int end(int at) {
        long body = library.getLong(at + 8);
        boolean real = library.getShort(at + 6) == HEADER && body >= 0 && body <= library.limit() - at - HEADER;
        return real ? at + HEADER + (int) body : -1;
    }

    private record Entry(short kind, ComputeCapability madeFor, int start, int size) {}

    private void strip(int start, int end) {
        List<Entry> entries = entries(start, end);
        if (entries.isEmpty()) {
            return;
        }
        binaries++;
        boolean hasMachineCode = entries.stream().anyMatch(this::isMachineCodeForGpu);
        boolean hasAny = false;
        for (Entry entry : entries) {
            found.add(entry.madeFor());
            if (isMachineCodeForGpu(entry) || !hasMachineCode && isPtxForGpu(entry)) {
                kept += entry.size();
                hasAny = true;
            } else {
                zero(entry);
                zeroed += entry.size();
            }
        }
        without += hasAny ? 0 : 1;
    }

    private boolean isMachineCodeForGpu(Entry entry) {
        return entry.kind() == MACHINE_CODE && gpu.runsMachineCodeOf(entry.madeFor());
    }

    private boolean isPtxForGpu(Entry entry) {
        return entry.kind() == PTX && gpu.runsPtxOf(entry.madeFor());
    }

    /** The entries up to the first that is none. */
    private List<Entry> entries(int start, int end) {
        List<Entry> entries = new ArrayList<>();
        int at = start;
        while (at + ENTRY_HEADER <= end) {
            short kind = library.getShort(at);
            long header = Integer.toUnsignedLong(library.getInt(at + 4));
            long size = library.getLong(at + 8);
            boolean real = (kind == PTX || kind == MACHINE_CODE)
                    && header >= ENTRY_HEADER
                    && header <= end - at
                    && size >= 0
                    && size <= end - at - header;
            if (!real) {
                return entries;
            }
            ComputeCapability madeFor = ComputeCapability.ofArchitecture(library.getInt(at + ARCHITECTURE));
            entries.add(new Entry(kind, madeFor, at + (int) header, (int) size));
            at += (int) (header + size);
        }
        return entries;
    }

    private void zero(Entry entry) {
        library.put(entry.start(), new byte[entry.size()]);
    }
}
