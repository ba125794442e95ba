package dev.irstd.loss;

import java.util.Arrays;

/**
 * The mean of a loss over images that follow one another.
 *
 * @param pixels pixels of one image
 * @param loss the loss of one image
 */
record PerImageLoss(int pixels, Loss loss) implements Loss {
    PerImageLoss {
        requirePixels(pixels);
    }

    static void requirePixels(int pixels) {
        if (pixels < 1) {
            throw new IllegalArgumentException("an image has at least one pixel, got " + pixels);
        }
    }

    @Override
    public LossValue at(double[] logits, double[] target) {
        Arguments.check(logits, target);
        if (logits.length % pixels != 0) {
            throw new IllegalArgumentException(
                    logits.length + " logits are not a whole number of images of " + pixels + " pixels");
        }
        int images = logits.length / pixels;
        double sum = 0;
        double[] gradient = new double[logits.length];
        for (int start = 0; start < logits.length; start += pixels) {
            int end = start + pixels;
            LossValue image = loss.at(Arrays.copyOfRange(logits, start, end), Arrays.copyOfRange(target, start, end));
            sum += image.value();
            for (int i = 0; i < pixels; i++) {
                gradient[start + i] = image.gradient()[i] / images;
            }
        }
        return new LossValue(sum / images, gradient);
    }
}
