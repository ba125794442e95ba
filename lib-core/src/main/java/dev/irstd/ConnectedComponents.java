package dev.irstd;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The 8-connected components of a mask with the label of each pixel, found by OpenCV.
 *
 * <p>OpenCV numbers the components in an order that depends on its algorithm; here they stand in raster order of
 * their first pixel, which the matching rules of the field's metrics rely on.
 */
final class ConnectedComponents {
    private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    static {
        // JavaCPP counts the memory of the whole process, ONNX Runtime's included, and would refuse a mask of a large
        // image because the network needs more than a few times the Java heap.
        if (System.getProperty(MEMORY_LIMIT) == null) {
            System.setProperty(MEMORY_LIMIT, "0");
        }
    }

    private final int width;
    private final int[] labels;
    private final List<Labelled> ordered;

    private record Labelled(int label, int firstPixel, Component component) {}

    private ConnectedComponents(int width, int[] labels, List<Labelled> ordered) {
        this.width = width;
        this.labels = labels;
        this.ordered = ordered;
    }

    static ConnectedComponents of(Mask mask) {
        int width = mask.width();
        int height = mask.height();
        try (BytePointer pixels = new BytePointer(mask.pixels());
                Mat image = new Mat(height, width, opencv_core.CV_8UC1, pixels);
                Mat labelled = new Mat();
                Mat statistics = new Mat();
                Mat centroids = new Mat()) {
            int count = opencv_imgproc.connectedComponentsWithStats(
                    image, labelled, statistics, centroids, 8, opencv_core.CV_32S);
            int[] labels = new int[width * height];
            labelled.<IntBuffer>createBuffer().get(labels);
            List<Labelled> ordered = new ArrayList<>(count - 1);
            try (IntIndexer stats = statistics.createIndexer();
                    DoubleIndexer centres = centroids.createIndexer()) {
                for (int label = 1; label < count; label++) {
                    Box box = new Box(
                            stats.get(label, opencv_imgproc.CC_STAT_LEFT),
                            stats.get(label, opencv_imgproc.CC_STAT_TOP),
                            stats.get(label, opencv_imgproc.CC_STAT_WIDTH),
                            stats.get(label, opencv_imgproc.CC_STAT_HEIGHT));
                    int firstPixel = box.y() * width + box.x();
                    while (labels[firstPixel] != label) {
                        firstPixel++;
                    }
                    Component component = new Component(
                            centres.get(label, 0),
                            centres.get(label, 1),
                            stats.get(label, opencv_imgproc.CC_STAT_AREA),
                            box);
                    ordered.add(new Labelled(label, firstPixel, component));
                }
            }
            ordered.sort(Comparator.comparingInt(Labelled::firstPixel));
            return new ConnectedComponents(width, labels, ordered);
        }
    }

    List<Component> components() {
        return ordered.stream().map(Labelled::component).toList();
    }

    /** The components as targets: with the highest and the mean score inside each. */
    List<Target> targets(ScoreMap scores) {
        return ordered.stream().map(labelled -> target(labelled, scores)).toList();
    }

    private Target target(Labelled labelled, ScoreMap scores) {
        Component component = labelled.component();
        Box box = component.box();
        float peak = 0;
        double sum = 0;
        for (int y = box.y(); y < box.y() + box.height(); y++) {
            for (int x = box.x(); x < box.x() + box.width(); x++) {
                if (labels[y * width + x] == labelled.label()) {
                    float score = scores.get(x, y);
                    peak = Math.max(peak, score);
                    sum += score;
                }
            }
        }
        return new Target(component.x(), component.y(), component.area(), box, peak, (float) (sum / component.area()));
    }
}
