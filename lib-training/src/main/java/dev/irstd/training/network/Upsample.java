package dev.irstd.training.network;

/**
 * Enlarges height and width by a whole factor.
 *
 * @param name its module path in the official code; those of one name are one module
 * @param factor at least 1
 * @param interpolation how new pixels are found
 */
public record Upsample(String name, int factor, Interpolation interpolation) {
    /** How new pixels are found, with {@code in} and {@code out} the sizes along one side. */
    public enum Interpolation {
        /** Bilinear with aligned corners: source = target * (in - 1) / (out - 1). */
        BILINEAR_ALIGNED,
        /** Bilinear between pixel centres: source = (target + 0.5) * in / out - 0.5, clamped to the image. */
        BILINEAR,
        /** The nearest pixel: source = floor(target * in / out). */
        NEAREST
    }

    /**
     * Bilinear with aligned corners.
     *
     * @param name module path
     * @param factor at least 1
     * @return the layer
     */
    public static Upsample aligned(String name, int factor) {
        return new Upsample(name, factor, Interpolation.BILINEAR_ALIGNED);
    }

    /**
     * Bilinear between pixel centres.
     *
     * @param name module path
     * @param factor at least 1
     * @return the layer
     */
    public static Upsample bilinear(String name, int factor) {
        return new Upsample(name, factor, Interpolation.BILINEAR);
    }

    /**
     * The nearest pixel.
     *
     * @param name module path
     * @param factor at least 1
     * @return the layer
     */
    public static Upsample nearest(String name, int factor) {
        return new Upsample(name, factor, Interpolation.NEAREST);
    }
}
