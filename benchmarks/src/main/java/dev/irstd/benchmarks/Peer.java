package dev.irstd.benchmarks;

import java.awt.image.BufferedImage;

/**
 * A way to run the {@linkplain PlainNetwork plain network}, as someone would write it who uses that library alone. What is
 * measured goes from the image to its scores, so that each peer pays for its own way of feeding a network.
 *
 * <p>A {@link Factory} makes itself known as a service. Not thread-safe.
 */
public interface Peer extends AutoCloseable {
    /**
     * Runs the network.
     *
     * @param image 8-bit grey
     * @return the probability of a target at each pixel of the image, row by row
     * @throws Exception if the library fails
     */
    float[] scores(BufferedImage image) throws Exception;

    @Override
    void close() throws Exception;

    /** Opens a peer. */
    interface Factory {
        /**
         * Returns what tables call the peer.
         *
         * @return lower case, without spaces
         */
        String name();

        /**
         * Loads the network.
         *
         * @param network what to run
         * @param threads how many may work on one operation
         * @return the peer, to be closed by the caller
         * @throws Exception if the library cannot load it
         */
        Peer open(PlainNetwork network, int threads) throws Exception;
    }
}
