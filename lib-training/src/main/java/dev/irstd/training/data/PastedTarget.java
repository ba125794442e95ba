package dev.irstd.training.data;

import dev.irstd.Box;
import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * A target that was cut out of an image to be put into others.
 *
 * @param width columns of the cut
 * @param height rows of the cut
 * @param light grey levels that it adds to its surroundings, row by row
 * @param covered where the target itself is
 */
record PastedTarget(int width, int height, float[] light, boolean[] covered) {
    /** How much of an image around the cut tells what a target's surroundings are, in pixels. */
    private static final int SURROUNDINGS = 3 * TargetLight.REACH;

    private static final int ATTEMPTS = 10;

    /** The least share of its light that has to show where it is put: on white nothing does. */
    private static final double VISIBLE = 0.5;

    /** How many deviations of what is around it a target's light has to have to be seen, and light beside it to be its own. */
    private static final double DISTINCT = 2;

    /**
     * Puts a target of a donor, turned one of eight ways, anywhere into a sample where none is, perhaps reaching beyond
     * an edge.
     *
     * @return the sample with one target more; the sample itself if the donor has no target, if the chosen one is at an
     *     edge, close to another or does not stand out, or if it would not where it was tried
     */
    static Sample paste(Sample donor, Sample sample, SplittableRandom random) {
        if (donor.targets().isEmpty()) {
            return sample;
        }
        Box target = donor.targets().get(random.nextInt(donor.targets().size())).box();
        Optional<PastedTarget> cut = cut(donor, around(target, TargetLight.REACH));
        if (cut.isEmpty()) {
            return sample;
        }
        PastedTarget pasted = cut.get().turned(random);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int left = random.nextInt(sample.image().width()) - pasted.width / 2;
            int top = random.nextInt(sample.image().height()) - pasted.height / 2;
            if (pasted.isFree(sample.mask(), left, top) && pasted.shows(sample.image(), left, top)) {
                return pasted.at(sample, left, top);
            }
        }
        return sample;
    }

    private static Box around(Box box, int margin) {
        return new Box(box.x() - margin, box.y() - margin, box.width() + 2 * margin, box.height() + 2 * margin);
    }

    private static boolean within(Box box, InfraredImage image) {
        return box.x() >= 0
                && box.y() >= 0
                && box.x() + box.width() <= image.width()
                && box.y() + box.height() <= image.height();
    }

    private static boolean touch(Box one, Box other) {
        return one.x() < other.x() + other.width()
                && other.x() < one.x() + one.width()
                && one.y() < other.y() + other.height()
                && other.y() < one.y() + one.height();
    }

    private static boolean contains(Box box, int x, int y) {
        return x >= box.x() && y >= box.y() && x < box.x() + box.width() && y < box.y() + box.height();
    }

    /** Takes a target out of its image, if it is alone there and stands out. */
    private static Optional<PastedTarget> cut(Sample donor, Box box) {
        InfraredImage image = donor.image();
        boolean alone = donor.targets().stream()
                        .filter(target -> touch(target.box(), box))
                        .count()
                == 1;
        if (!alone || !within(box, image)) {
            return Optional.empty();
        }
        int left = Math.max(0, box.x() - SURROUNDINGS);
        int top = Math.max(0, box.y() - SURROUNDINGS);
        int wide = Math.min(image.width(), box.x() + box.width() + SURROUNDINGS) - left;
        int high = Math.min(image.height(), box.y() + box.height() + SURROUNDINGS) - top;
        int steps = GreyLevels.steps(image.bits());
        float[] grey = new float[wide * high];
        float[] masked = new float[wide * high];
        SummaryStatistics around = new SummaryStatistics();
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                int at = y * wide + x;
                grey[at] = image.sample(left + x, top + y) / (float) steps;
                masked[at] = donor.mask().get(left + x, top + y) ? 1 : 0;
                if (masked[at] == 0 && !contains(box, left + x, top + y)) {
                    around.addValue(grey[at]);
                }
            }
        }
        float[] all = TargetLight.of(grey, masked, wide, high);
        float[] light = new float[box.width() * box.height()];
        boolean[] covered = new boolean[light.length];
        for (int i = 0; i < light.length; i++) {
            int from = (box.y() - top + i / box.width()) * wide + box.x() - left + i % box.width();
            light[i] = all[from];
            covered[i] = masked[from] == 1;
        }
        double distinct = DISTINCT * Math.sqrt(around.getPopulationVariance());
        return new PastedTarget(box.width(), box.height(), light, covered).cleaned(distinct);
    }

    /** Light that is not the target's own is noise and edges of the image that it comes from. */
    private Optional<PastedTarget> cleaned(double distinct) {
        SummaryStatistics own = new SummaryStatistics();
        for (int i = 0; i < light.length; i++) {
            if (covered[i]) {
                own.addValue(light[i]);
            }
        }
        if (Math.abs(own.getMean()) < distinct) {
            return Optional.empty();
        }
        float[] clean = light.clone();
        for (int i = 0; i < light.length; i++) {
            if (!covered[i] && light[i] * Math.signum(own.getMean()) < distinct) {
                clean[i] = 0;
            }
        }
        return Optional.of(new PastedTarget(width, height, clean, covered));
    }

    private PastedTarget turned(SplittableRandom random) {
        boolean horizontal = random.nextBoolean();
        boolean vertical = random.nextBoolean();
        boolean transposed = random.nextBoolean();
        Turn turn = Turn.of(width, height, horizontal, vertical, transposed);
        float[] turnedLight = new float[light.length];
        boolean[] turnedCovered = new boolean[light.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                turnedLight[turn.index(x, y)] = light[y * width + x];
                turnedCovered[turn.index(x, y)] = covered[y * width + x];
            }
        }
        return new PastedTarget(transposed ? height : width, transposed ? width : height, turnedLight, turnedCovered);
    }

    private boolean isFree(Mask mask, int left, int top) {
        for (int y = Math.max(0, top); y < Math.min(mask.height(), top + height); y++) {
            for (int x = Math.max(0, left); x < Math.min(mask.width(), left + width); x++) {
                if (mask.get(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean shows(InfraredImage image, int left, int top) {
        int steps = GreyLevels.steps(image.bits());
        double whole = 0;
        double seen = 0;
        int covers = 0;
        SummaryStatistics before = new SummaryStatistics();
        for (int i = 0; i < light.length; i++) {
            int x = left + i % width;
            int y = top + i / width;
            boolean inside = x >= 0 && y >= 0 && x < image.width() && y < image.height();
            if (inside) {
                before.addValue(image.sample(x, y) / (double) steps);
            }
            if (covered[i]) {
                whole += light[i];
            }
            if (covered[i] && inside) {
                seen += (lit(image.sample(x, y), light[i], steps) - image.sample(x, y)) / (double) steps;
                covers++;
            }
        }
        return seen / whole >= VISIBLE
                && Math.abs(seen) >= covers * DISTINCT * Math.sqrt(before.getPopulationVariance());
    }

    private static int lit(int sample, float light, int steps) {
        long sum = Math.round((double) sample + light * steps);
        return (int) Math.min(Math.max(sum, 0), (long) GreyLevels.WHITE * steps);
    }

    private Sample at(Sample sample, int left, int top) {
        InfraredImage image = sample.image();
        int wide = image.width();
        int high = image.height();
        int steps = GreyLevels.steps(image.bits());
        int[] samples = new int[wide * high];
        boolean[] masked = new boolean[wide * high];
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                int at = y * wide + x;
                samples[at] = image.sample(x, y);
                masked[at] = sample.mask().get(x, y);
                int column = x - left;
                int row = y - top;
                if (column >= 0 && row >= 0 && column < width && row < height) {
                    int from = row * width + column;
                    samples[at] = lit(samples[at], light[from], steps);
                    masked[at] |= covered[from];
                }
            }
        }
        InfraredImage pasted = GreyLevels.image(image.bits(), wide, high, samples);
        return new Sample(sample.id(), pasted, Mask.of(wide, high, masked));
    }
}
