package dev.irstd.benchmarks;

import dev.irstd.IrstdDetector;
import dev.irstd.models.Models;
import java.awt.image.BufferedImage;

/** This library, with the model it ships: it finds the targets too. */
public final class IrstdPeer implements Peer {
    static final String NAME = "irstd";

    private final IrstdDetector detector;

    private IrstdPeer(IrstdDetector detector) {
        this.detector = detector;
    }

    @Override
    public float[] scores(BufferedImage image) {
        return detector.detect(image).scoreMap().toArray();
    }

    @Override
    public void close() {
        detector.close();
    }

    /** Opens it. */
    public static final class Factory implements Peer.Factory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Peer open(PlainNetwork network, int threads) {
            return new IrstdPeer(IrstdDetector.builder()
                    .model(Models.rrcanet18())
                    .threads(threads)
                    .build());
        }
    }
}
