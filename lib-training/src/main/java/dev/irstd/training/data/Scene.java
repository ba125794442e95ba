package dev.irstd.training.data;

import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import java.util.List;

/**
 * A synthetic infrared scene.
 *
 * @param image what the sensor sees
 * @param mask pixels to which a target adds at least an eighth of what it adds to its brightest one; one component a
 *     target
 * @param targets the targets, in the order in which they were placed
 */
public record Scene(InfraredImage image, Mask mask, List<SceneTarget> targets) {
    /**
     * Keeps a copy of the list.
     *
     * @param image what the sensor sees
     * @param mask pixels of the targets
     * @param targets the targets
     */
    public Scene {
        targets = List.copyOf(targets);
    }

    /**
     * This scene as a sample of a data set.
     *
     * @param id name of the sample
     * @return the sample
     */
    public Sample sample(String id) {
        return new Sample(id, image, mask);
    }
}
