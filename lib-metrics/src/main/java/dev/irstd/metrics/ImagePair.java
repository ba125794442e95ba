package dev.irstd.metrics;

import dev.irstd.Mask;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is predicted in an image, which may grow pixel by pixel, beside what is there. Not thread-safe. */
final class ImagePair {
    private final Regions prediction;
    private final Regions truth;
    private int both;

    private ImagePair(int width, int height, Mask truth) {
        if (width != truth.width() || height != truth.height()) {
            throw new IllegalArgumentException("the prediction has " + width + "x" + height + " pixels, the truth "
                    + truth.width() + "x" + truth.height()
                    + "; bring the prediction back to the size of the image first");
        }
        this.prediction = new Regions(width, height);
        this.truth = Regions.of(truth);
    }

    /** Nothing predicted yet, in an image that must have the size of the truth. */
    static ImagePair unpredicted(int width, int height, Mask truth) {
        return new ImagePair(width, height, truth);
    }

    static ImagePair of(Mask prediction, Mask truth) {
        ImagePair pair = new ImagePair(prediction.width(), prediction.height(), truth);
        for (int y = 0; y < prediction.height(); y++) {
            for (int x = 0; x < prediction.width(); x++) {
                if (prediction.get(x, y)) {
                    pair.predict(y * prediction.width() + x);
                }
            }
        }
        return pair;
    }

    /** Predicts one more pixel. */
    void predict(int pixel) {
        prediction.add(pixel);
        both += truth.at(pixel) == null ? 0 : 1;
    }

    Regions prediction() {
        return prediction;
    }

    Regions truth() {
        return truth;
    }

    int pixels() {
        return truth.width() * truth.height();
    }

    /** The figures of this image alone. */
    Metrics count(Collection<TargetProtocol> protocols) {
        Map<TargetProtocol, TargetMetrics> targets = new EnumMap<>(TargetProtocol.class);
        for (TargetProtocol protocol : protocols) {
            targets.put(protocol, count(protocol));
        }
        return new Metrics(countPixels(), targets);
    }

    private PixelMetrics countPixels() {
        int onlyPredicted = prediction.area() - both;
        int onlyTrue = truth.area() - both;
        int union = both + onlyPredicted + onlyTrue;
        double iou = union == 0 ? 0 : (double) both / union;
        return new PixelMetrics(1, union == 0 ? 1 : 0, both, onlyPredicted, onlyTrue, pixels() - union, iou);
    }

    private TargetMetrics count(TargetProtocol protocol) {
        return switch (protocol.matching()) {
            case FIRST_IN_RASTER_ORDER, MOST_PAIRS_THEN_NEAREST -> OneToOneCount.of(this, protocol);
            case OVERLAP_AND_BOX_CENTRE -> OverlapCount.of(this, protocol);
        };
    }

    /** What belongs together. */
    List<Match> matches(TargetProtocol protocol) {
        return switch (protocol.matching()) {
            case FIRST_IN_RASTER_ORDER, MOST_PAIRS_THEN_NEAREST -> OneToOneCount.matches(this, protocol);
            case OVERLAP_AND_BOX_CENTRE -> OverlapCount.matches(this, protocol);
        };
    }
}
