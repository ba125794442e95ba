package dev.irstd.training.data;

import dev.irstd.Box;
import dev.irstd.InfraredImage;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Cuts training patches out of samples.
 *
 * <p>In this order: the image is given a target of any training image, scaled (bilinear; the mask where targets cover at
 * least half a pixel), cropped to the patch's size, blurred, inverted, changed in contrast and offset, given noise and
 * stuck pixels, normalised, continued by its mirror image at the right and the bottom where it is smaller than the
 * patch, and flipped. Grey values are not clipped, but for those of a pasted target. If a scale would make one of the image's
 * targets vanish from the mask, the image keeps its size. Samples of 16 bits count as grey levels from 0 to 255 with
 * fractions.
 *
 * <p>A patch depends on the samples, these options and the random numbers only, and each patch of a training run has
 * random numbers of its own, so that a run resumed at any point sees the same patches. Thread-safe.
 *
 * @param size side of the patches in pixels, at least 1
 * @param mean grey level (0 to 255) that becomes 0
 * @param std grey levels (above 0) that become 1
 * @param augmentation how patches vary
 */
public record PatchCutter(int size, double mean, double std, Augmentation augmentation) {
    /** The field's usual patch size. */
    public static final int DEFAULT_SIZE = 256;

    /**
     * Checks size and normalisation.
     *
     * @param size side of the patches in pixels
     * @param mean grey level that becomes 0
     * @param std grey levels that become 1
     * @param augmentation how patches vary
     * @throws IllegalArgumentException if the size is not in 1 to 16384, or mean or deviation is no usable number
     */
    public PatchCutter {
        if (size < 1 || size > 1 << 14) {
            throw new IllegalArgumentException("patch size " + size + " is not in 1 to " + (1 << 14));
        }
        if (!(Math.abs(mean) < Double.POSITIVE_INFINITY && std > 0 && std < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "mean " + mean + ", std " + std + ": two finite numbers needed, the second above 0");
        }
    }

    /**
     * Cuts the patch that belongs to a place in a training run.
     *
     * @param samples the images of the run, from which pasted targets come
     * @param index the place within the epoch: which of the samples
     * @param seed the run's seed
     * @param epoch the epoch
     * @return the patch, the same for the same arguments
     */
    public Patch cut(List<Sample> samples, int index, long seed, int epoch) {
        SplittableRandom random = random(seed, epoch, index);
        return cut(pasted(samples, index, random), random);
    }

    /**
     * Cuts the patch that belongs to a place in a training run, of an image alone: no target of another is pasted.
     *
     * @param sample the sample
     * @param seed the run's seed
     * @param epoch the epoch
     * @param index the place within the epoch
     * @return the patch, the same for the same arguments
     */
    public Patch cut(Sample sample, long seed, int epoch, int index) {
        return cut(sample, random(seed, epoch, index));
    }

    private static SplittableRandom random(long seed, int epoch, int index) {
        return new SplittableRandom(mixed(mixed(mixed(seed) + epoch) + index));
    }

    /** No random number is taken where nothing is ever pasted. */
    private Sample pasted(List<Sample> samples, int index, SplittableRandom random) {
        Sample sample = samples.get(index);
        if (augmentation.pasteProbability() == 0) {
            return sample;
        }
        SplittableRandom own = random.split();
        return own.nextDouble() < augmentation.pasteProbability()
                ? PastedTarget.paste(samples.get(own.nextInt(samples.size())), sample, own)
                : sample;
    }

    /** Neighbouring numbers become unrelated ones (the finaliser of MurmurHash3). */
    private static long mixed(long value) {
        long v = value + 0x9E3779B97F4A7C15L;
        v = (v ^ v >>> 33) * 0xFF51AFD7ED558CCDL;
        v = (v ^ v >>> 33) * 0xC4CEB9FE1A85EC53L;
        return v ^ v >>> 33;
    }

    /**
     * Cuts a patch of an image alone.
     *
     * @param sample the sample
     * @param random where the random numbers come from
     * @return the patch
     */
    public Patch cut(Sample sample, SplittableRandom random) {
        double scale = GreyVariation.between(augmentation.minScale(), augmentation.maxScale(), random);
        InfraredImage image = sample.image();
        ScaledAxis columns = new ScaledAxis(image.width(), scale);
        ScaledAxis rows = new ScaledAxis(image.height(), scale);
        Optional<ScaledMask> scaled = ScaledMask.of(sample, columns, rows);
        if (scaled.isEmpty()) {
            columns = new ScaledAxis(image.width(), 1);
            rows = new ScaledAxis(image.height(), 1);
            scaled = ScaledMask.of(sample, columns, rows);
        }
        ScaledMask mask = scaled.orElseThrow();
        Box crop = crop(columns.size(), rows.size(), mask.targets(), random);
        float[] covered = covered(mask, crop);
        float[] grey = GreyVariation.draw(augmentation, random)
                .apply(ScaledGrey.of(image, columns, rows, crop), covered, crop.width(), crop.height());
        Turn turn = turn(random);
        return new Patch(size, laid(normalised(grey), crop, turn), laid(covered, crop, turn));
    }

    private Box crop(int width, int height, List<Box> targets, SplittableRandom random) {
        boolean onTarget = random.nextDouble() < augmentation.targetProbability();
        double choice = random.nextDouble();
        double across = random.nextDouble();
        double down = random.nextDouble();
        int cropWidth = Math.min(size, width);
        int cropHeight = Math.min(size, height);
        if (!onTarget || targets.isEmpty()) {
            return new Box(
                    start(0, width - cropWidth, across), start(0, height - cropHeight, down), cropWidth, cropHeight);
        }
        Box target = targets.get((int) (choice * targets.size()));
        return new Box(
                startOn(target.x(), target.width(), cropWidth, width, across),
                startOn(target.y(), target.height(), cropHeight, height, down),
                cropWidth,
                cropHeight);
    }

    private static int start(int first, int last, double u) {
        return first + (int) (u * (last - first + 1));
    }

    /** A start from which the crop holds the whole target or, if that is larger than the crop, lies within it. */
    private static int startOn(int target, int extent, int crop, int whole, double u) {
        int one = target + extent - crop;
        int first = Math.max(0, Math.min(one, target));
        int last = Math.min(whole - crop, Math.max(one, target));
        return start(first, last, u);
    }

    private float[] normalised(float[] grey) {
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (float) ((grey[i] - mean) / std);
        }
        return grey;
    }

    private static float[] covered(ScaledMask mask, Box crop) {
        float[] covered = new float[crop.width() * crop.height()];
        for (Box target : mask.targets()) {
            int firstX = Math.max(target.x(), crop.x());
            int lastX = Math.min(target.x() + target.width(), crop.x() + crop.width());
            int firstY = Math.max(target.y(), crop.y());
            int lastY = Math.min(target.y() + target.height(), crop.y() + crop.height());
            for (int y = firstY; y < lastY; y++) {
                for (int x = firstX; x < lastX; x++) {
                    if (mask.covered(x, y)) {
                        covered[(y - crop.y()) * crop.width() + x - crop.x()] = 1;
                    }
                }
            }
        }
        return covered;
    }

    private Turn turn(SplittableRandom random) {
        boolean horizontal = random.nextDouble() < augmentation.flipProbability();
        boolean vertical = random.nextDouble() < augmentation.flipProbability();
        boolean transposed = random.nextDouble() < augmentation.flipProbability();
        return Turn.of(size, size, horizontal, vertical, transposed);
    }

    /** Fills a square with the crop's values, and with their mirror image where these end. */
    private float[] laid(float[] values, Box crop, Turn turn) {
        float[] square = new float[size * size];
        for (int y = 0; y < size; y++) {
            int row = mirrored(y, crop.height()) * crop.width();
            for (int x = 0; x < size; x++) {
                square[turn.index(x, y)] = values[row + mirrored(x, crop.width())];
            }
        }
        return square;
    }

    private static int mirrored(int index, int length) {
        int within = index % (2 * length);
        return within < length ? within : 2 * length - 1 - within;
    }
}
