package dev.irstd.testing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;

/** The resident memory of a process over what it does, as a CSV file of {@code work,count,resident_mb}. */
public final class MemoryCurve {
    private static final String HEADER = "work,count,resident_mb";
    private static final Path STATUS = Path.of("/proc/self/status");

    private MemoryCurve() {}

    /** Skips the running test where resident memory cannot be read. */
    public static void requireReadable() {
        if (!Files.exists(STATUS)) {
            throw new TestAbortedException(
                    "skipped: resident memory is read from " + STATUS + ", which only Linux has");
        }
    }

    /** Writes the curve of the process that it lives in. */
    public static final class Recorder implements AutoCloseable {
        private final BufferedWriter out;

        /**
         * Starts a curve.
         *
         * @param file the CSV file, replaced
         */
        public Recorder(Path file) throws IOException {
            out = Files.newBufferedWriter(file);
            out.write(HEADER + "\n");
        }

        /**
         * Reads the resident memory now.
         *
         * @param work what is repeated
         * @param count how often it was done so far
         */
        public void record(String work, int count) throws IOException {
            String line = Files.readAllLines(STATUS).stream()
                    .filter(text -> text.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            double megabytes = Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            out.write(String.format(Locale.ROOT, "%s,%d,%.1f%n", work, count, megabytes));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /**
     * How far the memory rises once it has seen a fifth of the work: the highest reading after that above the highest
     * before.
     *
     * @param file the CSV file
     * @param work which part of the curve
     * @return megabytes, negative if it falls
     */
    public static double growth(Path file, String work) throws IOException {
        List<Double> readings = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split(",");
            if (fields[0].equals(work)) {
                readings.add(Double.valueOf(fields[2]));
            }
        }
        int settled = readings.size() / 5;
        return highest(readings.subList(settled, readings.size())) - highest(readings.subList(0, settled));
    }

    private static double highest(List<Double> readings) {
        return readings.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
