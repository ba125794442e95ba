package dev.irstd.metrics;

import dev.irstd.Mask;

/**
 * The predicted regions of an image and the true ones, shared by all protocols.
 *
 * @param prediction what a detector says
 * @param truth what is there, of the same size
 */
record ImagePair(Regions prediction, Regions truth) {

    TargetMetrics count(TargetProtocol protocol) {
        return switch (protocol.matching()) {
            case FIRST_IN_RASTER_ORDER -> OneToOneCount.of(this, protocol);
            case OVERLAP_AND_BOX_CENTRE -> OverlapCount.of(this, protocol);
        };
    }

    int pixels() {
        Mask mask = truth.mask();
        return mask.width() * mask.height();
    }
}
