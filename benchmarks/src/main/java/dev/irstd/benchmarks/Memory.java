package dev.irstd.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a peer adds to the memory that its process holds (Linux). */
final class Memory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int RUNS = 3;

    private Memory() {}

    /**
     * Runs a peer and prints {@code stage TAB resident MB TAB highest so far}, for the JVM alone, the loaded network and
     * after some runs at each size.
     *
     * @param arguments peer, threads, sizes
     */
    public static void main(String[] arguments) throws Exception {
        List<String> sizes = Arrays.asList(arguments).subList(2, arguments.length);
        List<BufferedImage> images =
                sizes.stream().map(Size::of).map(Scene::draw).toList();
        PlainNetwork network = PlainNetwork.load();
        report("jvm");
        try (Peer peer = Peers.named(arguments[0]).open(network, Integer.parseInt(arguments[1]))) {
            report("loaded");
            for (int i = 0; i < images.size(); i++) {
                for (int run = 0; run < RUNS; run++) {
                    peer.scores(images.get(i));
                }
                report(sizes.get(i));
            }
        }
        // Native worker threads may keep the JVM alive.
        System.exit(0);
    }

    static void report(String stage) throws IOException {
        System.gc();
        System.out.printf("%s\t%d\t%d%n", stage, megabytes("VmRSS:"), megabytes("VmHWM:"));
    }

    private static long megabytes(String field) throws IOException {
        try (Stream<String> lines = Files.lines(STATUS)) {
            String line = lines.filter(candidate -> candidate.startsWith(field))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
    }
}
