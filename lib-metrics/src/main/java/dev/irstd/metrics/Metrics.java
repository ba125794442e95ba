package dev.irstd.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The figures of a set of images. Immutable.
 *
 * @param pixels pixel by pixel
 * @param targets target by target, under each protocol that was asked for
 */
public record Metrics(PixelMetrics pixels, Map<TargetProtocol, TargetMetrics> targets) {

    /**
     * Copies the map.
     *
     * @param pixels pixel by pixel
     * @param targets target by target, under each protocol that was asked for
     */
    public Metrics {
        Map<TargetProtocol, TargetMetrics> copy = new EnumMap<>(TargetProtocol.class);
        copy.putAll(targets);
        targets = Collections.unmodifiableMap(copy);
    }

    /**
     * Returns the figures under one protocol.
     *
     * @param protocol one of those that were asked for
     * @return its figures
     * @throws IllegalArgumentException if it was not asked for
     */
    public TargetMetrics targets(TargetProtocol protocol) {
        TargetMetrics found = targets.get(protocol);
        if (found == null) {
            throw new IllegalArgumentException("nothing was counted under " + protocol + ", only under "
                    + targets.keySet() + "; name it when making the MetricsAccumulator");
        }
        return found;
    }

    Metrics withCentroidErrors(Function<TargetProtocol, CentroidErrors> errors) {
        Map<TargetProtocol, TargetMetrics> others = new EnumMap<>(TargetProtocol.class);
        targets.forEach(
                (protocol, counted) -> others.put(protocol, counted.withCentroidErrors(errors.apply(protocol))));
        return new Metrics(pixels, others);
    }
}
