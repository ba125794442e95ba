package dev.irstd.loss;

import java.util.Arrays;

/**
 * The loss of LPNetGA: the cross entropy of its local patches, plus the squared error of its global attention against a
 * density of the targets. Images have {@value #SIDE} x {@value #SIDE} pixels; 10 x 10 patches of
 * {@value #PATCH_SIDE} x {@value #PATCH_SIDE} pixels start every {@value #STRIDE} pixels. Immutable and thread-safe.
 *
 * <p>The official code trains without the attention's part as well; that is {@link #patches} alone.
 *
 * @param sigma width of the density's filter in the frequency domain, above 0; the official code uses 5 and 20. The
 *     larger, the sharper the density.
 */
public record LpNetGaLoss(double sigma) {
    /** Columns and rows of an image. */
    public static final int SIDE = 120;

    /** Columns and rows of a patch. */
    public static final int PATCH_SIDE = 30;

    /** Pixels from one patch to the next. */
    public static final int STRIDE = 10;

    private static final int IMAGE = SIDE * SIDE;
    private static final int PATCH = PATCH_SIDE * PATCH_SIDE;
    private static final int PATCHES_A_ROW = (SIDE - PATCH_SIDE) / STRIDE + 1;
    private static final int PATCHES = PATCHES_A_ROW * PATCHES_A_ROW;

    /**
     * Checks the width.
     *
     * @throws IllegalArgumentException if {@code sigma} is not above 0
     */
    public LpNetGaLoss {
        requireSigma(sigma);
    }

    /**
     * Evaluates the loss of a batch, whose images follow one another in each array.
     *
     * @param patches probabilities, 100 patches of 900 pixels an image
     * @param attention the attention, one finite value a pixel of 120 x 120
     * @param masks what each pixel should be, in [0, 1]
     * @return the two parts, with their derivatives with respect to the probabilities and to the attention
     * @throws IllegalArgumentException if the sizes do not agree or a value is out of range, or a mask has no density
     */
    public TwoPartLossValue at(double[] patches, double[] attention, double[] masks) {
        return new TwoPartLossValue(patches(patches, masks), attention(attention, masks));
    }

    /**
     * The patches' part: the mean over the patches of the mean cross entropy of their pixels, in the
     * {@linkplain CrossEntropyForm#CLAMPED clamped form}.
     *
     * @param patches probabilities, 100 patches of 900 pixels an image
     * @param masks what each pixel of 120 x 120 should be, in [0, 1]
     * @return the value, and its derivative with respect to each <em>probability</em>
     * @throws IllegalArgumentException if the sizes do not agree or a value is out of range
     */
    public static LossValue patches(double[] patches, double[] masks) {
        int images = images(patches.length, PATCHES * PATCH, "patch pixels", masks);
        double sum = 0;
        double[] gradient = new double[patches.length];
        for (int i = 0; i < patches.length; i++) {
            Arguments.checkUnit("patch pixel", i, patches[i], "give probabilities, not logits");
            double target = masks[i / (PATCHES * PATCH) * IMAGE + imagePixel(i / PATCH % PATCHES, i % PATCH)];
            sum += ClampedCrossEntropy.value(patches[i], target);
            gradient[i] = ClampedCrossEntropy.derivative(patches[i], target) / (images * PATCHES * PATCH);
        }
        return new LossValue(sum / (images * PATCHES * PATCH), gradient);
    }

    private static int imagePixel(int patch, int pixel) {
        int y = patch / PATCHES_A_ROW * STRIDE + pixel / PATCH_SIDE;
        int x = patch % PATCHES_A_ROW * STRIDE + pixel % PATCH_SIDE;
        return y * SIDE + x;
    }

    /**
     * The attention's part: 14 400 times the mean squared error against the {@link #density} of the mask.
     *
     * @param attention one finite value a pixel of 120 x 120
     * @param masks what each pixel should be, in [0, 1]
     * @return the value, and its derivative with respect to each value of the attention
     * @throws IllegalArgumentException if the sizes do not agree or a value is out of range, or a mask has no density
     */
    public LossValue attention(double[] attention, double[] masks) {
        int images = images(attention.length, IMAGE, "attention values", masks);
        double sum = 0;
        double[] gradient = new double[attention.length];
        for (int start = 0; start < attention.length; start += IMAGE) {
            double[] mask = Arrays.copyOfRange(masks, start, start + IMAGE);
            double[] density = density(mask, SIDE, SIDE, sigma);
            for (int i = 0; i < IMAGE; i++) {
                Arguments.checkFinite("attention value", start + i, attention[start + i]);
                double error = attention[start + i] - density[i];
                sum += error * error;
                gradient[start + i] = 2 * error / images;
            }
        }
        return new LossValue(sum / images, gradient);
    }

    /**
     * The density of the targets in a mask. Its two-dimensional spectrum {@code F}, centred, is multiplied by
     * {@code 1e-5 + exp(-D^2 / (2 sigma^2))}, where {@code D} is the distance to {@code (height / 2, width / 2)} in the
     * spectrum; the absolute real part of the inverse is stretched to [0, 1] and divided by its sum.
     *
     * @param mask what each pixel is, in [0, 1], row by row
     * @param width columns of the mask
     * @param height rows of the mask
     * @param sigma width of the filter in the frequency domain, above 0
     * @return a density that sums to 1, or all 0 for a mask that is all 0
     * @throws IllegalArgumentException if the sizes do not agree, a value is out of range, or the filtered mask is flat
     *     (where the official code divides 0 by 0)
     */
    public static double[] density(double[] mask, int width, int height, double sigma) {
        requireSigma(sigma);
        if (width < 1 || height < 1 || mask.length != (long) width * height) {
            throw new IllegalArgumentException(
                    "a mask of " + width + "x" + height + " does not have " + mask.length + " pixels");
        }
        for (int i = 0; i < mask.length; i++) {
            Arguments.checkUnit("target", i, mask[i], "divide a mask of grey values by its maximum");
        }
        return AttentionDensity.of(mask, width, height, sigma);
    }

    private static void requireSigma(double sigma) {
        if (!(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("sigma is " + sigma + ", not a width above 0");
        }
    }

    private static int images(int length, int lengthAnImage, String name, double[] masks) {
        int images = masks.length / IMAGE;
        if (images == 0 || masks.length % IMAGE != 0 || length != (long) images * lengthAnImage) {
            throw new IllegalArgumentException(length + " " + name + " and " + masks.length + " mask pixels are not "
                    + lengthAnImage + " and " + IMAGE + " for each of the same images");
        }
        for (int i = 0; i < masks.length; i++) {
            Arguments.checkUnit("target", i, masks[i], "divide a mask of grey values by its maximum");
        }
        return images;
    }
}
