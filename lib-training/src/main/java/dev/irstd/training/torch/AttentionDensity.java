package dev.irstd.training.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The density that LPNetGA's attention shall learn: a mask under the low-pass filter
 * {@code 1e-5 + exp(-D^2 / (2 sigma^2))} of its spectrum, where D is the distance to the zero frequency.
 */
final class AttentionDensity {
    private static final double FLOOR = 1e-5;
    private static final double LEAST_RANGE = 1e-3;
    private static final long[] PIXELS = {2, 3};

    private AttentionDensity() {}

    /**
     * Computes the density of each mask of a batch, in double precision until the end; from inside a scope.
     *
     * @param masks [batch, 1, height, width]
     * @param sigma width of the filter
     * @return the same shape; each density sums to 1, that of an empty mask is 0 everywhere
     * @throws IllegalArgumentException if a mask that is not empty has a flat density, where the official code divides 0
     *     by 0
     */
    static Tensor of(Tensor masks, double sigma) {
        Tensor spectrum = torch.fft_fft2(masks.to(ScalarType.Double));
        Tensor filter = filter(masks.size(2), masks.size(3), sigma).to(masks.device(), ScalarType.Double);
        Tensor filtered = torch.real(torch.fft_ifft2(spectrum.mul(filter))).abs();
        Tensor least = filtered.amin(PIXELS, true);
        requireRange(masks, filtered.amax(PIXELS, true).sub(least), sigma);
        Tensor raised = filtered.sub(least);
        // Only the sum of an empty mask is that small.
        Tensor sum = raised.sum(PIXELS, true, new ScalarTypeOptional()).clamp_min(new Scalar(LEAST_RANGE));
        return raised.div(sum).to(masks.scalar_type());
    }

    private static void requireRange(Tensor masks, Tensor range, double sigma) {
        Tensor flat = range.le(new Scalar(LEAST_RANGE))
                .logical_and(masks.amax(PIXELS, true).gt(new Scalar(0)));
        if (flat.any().item_bool()) {
            throw new IllegalArgumentException("a mask has no density under a filter of sigma " + sigma
                    + ": one that is set everywhere has none at all, another one needs a larger sigma");
        }
    }

    private static Tensor filter(long height, long width, double sigma) {
        return torch.fft_ifftshift(
                curve(height, sigma).outer(curve(width, sigma)).add(new Scalar(FLOOR)));
    }

    private static Tensor curve(long length, double sigma) {
        double first = -length / 2.0;
        Tensor distance = torch.linspace(
                new Scalar(first), new Scalar(first + length - 1), length, new TensorOptions(ScalarType.Double));
        return distance.square().div(new Scalar(-2 * sigma * sigma)).exp();
    }
}
