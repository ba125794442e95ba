package dev.irstd.benchmarks;

import dev.irstd.ModelManifest;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * OpenCV's dnn module. Its importer must know the size of the input: it refuses the network with free ones, so that a copy
 * of it is loaded whenever the size changes.
 */
public final class OpenCvPeer implements Peer {
    private final PlainNetwork network;
    private final ModelManifest manifest;
    private long[] loaded = {};
    private Net net = new Net();

    private OpenCvPeer(PlainNetwork network) {
        this.network = network;
        this.manifest = network.manifest();
    }

    @Override
    public float[] scores(BufferedImage image) {
        NetworkInput input = NetworkInput.of(image, manifest);
        load(input.shape());
        int[] shape = {1, input.channels(), input.height(), input.width()};
        try (PointerScope scope = new PointerScope()) {
            net.setInput(new Mat(shape, opencv_core.CV_32F, new FloatPointer(input.values())));
            float[] output = new float[input.width() * input.height()];
            new FloatPointer(net.forward().data()).get(output);
            return input.crop(output);
        }
    }

    private void load(long[] shape) {
        if (!Arrays.equals(shape, loaded)) {
            net.close();
            net = opencv_dnn.readNetFromONNX(network.onnx(shape));
            loaded = shape;
        }
    }

    @Override
    public void close() {
        net.close();
    }

    /** Opens it. */
    public static final class Factory implements Peer.Factory {
        @Override
        public String name() {
            return "opencv-dnn";
        }

        @Override
        public Peer open(PlainNetwork network, int threads) {
            opencv_core.setNumThreads(threads);
            return new OpenCvPeer(network);
        }
    }
}
