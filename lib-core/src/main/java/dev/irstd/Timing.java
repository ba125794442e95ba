package dev.irstd;

import java.time.Duration;
import java.util.Objects;

/**
 * The time that the stages of a detection took on the clock.
 *
 * @param preprocessing from the image to the network's input
 * @param inference the network, with all transfers to and from its device; in a batch, an equal share of the
 *     batch's time
 * @param postprocessing from the network's output to score map, mask and targets
 */
public record Timing(Duration preprocessing, Duration inference, Duration postprocessing) {
    /** Checks for null. */
    public Timing {
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(inference, "inference");
        Objects.requireNonNull(postprocessing, "postprocessing");
    }
}
