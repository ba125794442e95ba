package dev.irstd.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whether a peer computes what this library computes, asked before anything is measured. Each peer is asked in a JVM of its
 * own, as not all get on with each other's native libraries; the library's scores pass from one to the next in files.
 */
public final class Agreement {
    /** The largest difference of two probabilities that counts as agreement. */
    public static final double LIMIT = 1e-4;

    private Agreement() {}

    /**
     * Runs a peer and prints, for each size, {@code size TAB largest difference}. The library itself comes first and
     * leaves its scores in the folder.
     *
     * @param arguments folder, peer, threads, sizes
     * @throws Exception if the peer cannot run the network
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String name = arguments[1];
        try (Peer peer = Peers.named(name).open(PlainNetwork.load(), Integer.parseInt(arguments[2]))) {
            for (String size : Arrays.asList(arguments).subList(3, arguments.length)) {
                BufferedImage image = Scene.draw(Size.of(size));
                float[] scores = peer.scores(image);
                Path file = folder.resolve(size + ".scores");
                if (name.equals(IrstdPeer.NAME)) {
                    write(file, scores);
                }
                System.out.println(size + "\t" + difference(read(file), scores));
            }
        }
        // Native worker threads may keep the JVM alive.
        System.exit(0);
    }

    private static void write(Path file, float[] scores) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(scores.length * Float.BYTES);
        bytes.asFloatBuffer().put(scores);
        Files.write(file, bytes.array());
    }

    private static float[] read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        float[] scores = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(scores);
        return scores;
    }

    /**
     * Runs two peers on one image.
     *
     * @param expected one peer
     * @param actual the other
     * @param size size of the image, such as {@code 640x512}
     * @return the largest difference of their scores
     * @throws Exception if one of them fails
     */
    public static double difference(Peer.Factory expected, Peer.Factory actual, String size) throws Exception {
        BufferedImage image = Scene.draw(Size.of(size));
        return difference(scores(expected, image), scores(actual, image));
    }

    private static float[] scores(Peer.Factory factory, BufferedImage image) throws Exception {
        try (Peer peer = factory.open(PlainNetwork.load(), 1)) {
            return peer.scores(image);
        }
    }

    /**
     * The largest difference of two score maps, infinite where one has no number.
     *
     * @throws IllegalArgumentException if they are not of one size
     */
    static double difference(float[] expected, float[] actual) {
        if (expected.length != actual.length) {
            throw new IllegalArgumentException(actual.length + " scores instead of " + expected.length);
        }
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(expected[i] - actual[i]);
            largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
        }
        return largest;
    }
}
