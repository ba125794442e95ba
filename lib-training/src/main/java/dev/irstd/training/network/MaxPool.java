package dev.irstd.training.network;

/**
 * Maximum pooling over square windows. Padding never wins.
 *
 * @param name its module path in the official code; pools of one name are one module
 * @param kernel side length of a window
 * @param stride pixels from one window to the next
 * @param padding pixels around the image, at most half the kernel
 * @param edge what becomes of a last window that is not whole
 */
public record MaxPool(String name, int kernel, int stride, int padding, Edge edge) {
    /** What becomes of a last window that is not whole. */
    public enum Edge {
        /** It is dropped. */
        DROP,
        /** It counts with the pixels that it has. */
        KEEP
    }

    /**
     * Windows side by side that shrink height and width by a factor; an incomplete last one is dropped.
     *
     * @param name module path
     * @param factor side length of the windows
     * @return the pool
     */
    public static MaxPool by(String name, int factor) {
        return new MaxPool(name, factor, factor, 0, Edge.DROP);
    }

    /**
     * This pool with incomplete last windows kept.
     *
     * @return a copy
     */
    public MaxPool keepingEdges() {
        return new MaxPool(name, kernel, stride, padding, Edge.KEEP);
    }

    int outputSize(int size) {
        int space = size + 2 * padding - kernel;
        return (edge == Edge.KEEP ? -Math.floorDiv(-space, stride) : space / stride) + 1;
    }
}
