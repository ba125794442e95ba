package dev.irstd.training.data;

import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes synthetic infrared scenes whose targets are known exactly: bright Gaussian spots of sigma 0.6 to 2 pixels with
 * centres between pixels, every third one drawn out by its motion, on a background with clutter, column stripes and
 * noise.
 *
 * <p>A scene depends on the seed and these options only and is the same on every machine. The number of targets, their
 * signal-to-clutter ratios and the dead pixels do not change the background of a seed. Targets keep 10 pixels off the
 * border and their centres 16 pixels off each other. A scene of 16 bits fills the range 0 to 65535 as one of 8 bits
 * fills 0 to 255. Thread-safe.
 *
 * @param width columns, 24 to 8192
 * @param height rows, 24 to 8192
 * @param bits 8 or 16
 * @param background what lies behind the targets
 * @param targets number of targets, at least 0
 * @param minScr lowest signal-to-clutter ratio, above 0; see {@link SceneTarget#scr()}
 * @param maxScr highest signal-to-clutter ratio, at least {@code minScr}; ratios are drawn uniformly. Where such a target
 *     would saturate the sensor wherever it is put, it gets the highest ratio that does not
 * @param deadPixels share of pixels that are stuck black or white, 0 to 0.1; they spare the targets
 */
public record SceneGenerator(
        int width,
        int height,
        int bits,
        Background background,
        int targets,
        double minScr,
        double maxScr,
        double deadPixels) {
    private static final int BORDER = 10;
    private static final double DISTANCE = 16;
    private static final int NEIGHBOURHOOD = 20;
    private static final int TRIES = 400;
    private static final double SATURATION = 254;

    /**
     * Checks the options.
     *
     * @param width columns
     * @param height rows
     * @param bits 8 or 16
     * @param background what lies behind the targets
     * @param targets number of targets
     * @param minScr lowest signal-to-clutter ratio
     * @param maxScr highest signal-to-clutter ratio
     * @param deadPixels share of dead pixels
     * @throws IllegalArgumentException if a value lies outside the range stated for it
     */
    public SceneGenerator {
        if (Math.min(width, height) < 24 || Math.max(width, height) > 8192) {
            throw new IllegalArgumentException("scene of " + width + "x" + height + ": each side must be 24 to 8192");
        }
        if (bits != 8 && bits != 16) {
            throw new IllegalArgumentException("scene of " + bits + " bits: 8 or 16 needed");
        }
        if (targets < 0) {
            throw new IllegalArgumentException("scene with " + targets + " targets: at least 0 needed");
        }
        if (!(minScr > 0 && minScr <= maxScr && maxScr < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("signal-to-clutter ratio from " + minScr + " to " + maxScr
                    + ": two positive numbers needed, the smaller first");
        }
        if (!(deadPixels >= 0 && deadPixels <= 0.1)) {
            throw new IllegalArgumentException("share of dead pixels " + deadPixels + " is not in [0, 0.1]");
        }
    }

    /**
     * Scenes of 8 bits with three targets of ratio 5 to 20 and no dead pixels.
     *
     * @param width columns, 24 to 8192
     * @param height rows, 24 to 8192
     * @param background what lies behind the targets
     * @return the generator
     */
    public static SceneGenerator of(int width, int height, Background background) {
        return new SceneGenerator(width, height, 8, background, 3, 5, 20, 0);
    }

    /**
     * Sets the depth.
     *
     * @param newBits 8 or 16
     * @return this generator with another depth
     */
    public SceneGenerator withBits(int newBits) {
        return new SceneGenerator(width, height, newBits, background, targets, minScr, maxScr, deadPixels);
    }

    /**
     * Sets how many targets a scene has.
     *
     * @param number at least 0
     * @return this generator with another number of targets
     */
    public SceneGenerator withTargets(int number) {
        return new SceneGenerator(width, height, bits, background, number, minScr, maxScr, deadPixels);
    }

    /**
     * Sets how clearly targets stand out.
     *
     * @param min lowest signal-to-clutter ratio, above 0
     * @param max highest signal-to-clutter ratio
     * @return this generator with other ratios
     */
    public SceneGenerator withScr(double min, double max) {
        return new SceneGenerator(width, height, bits, background, targets, min, max, deadPixels);
    }

    /**
     * Sets how many pixels are dead.
     *
     * @param share 0 to 0.1
     * @return this generator with other dead pixels
     */
    public SceneGenerator withDeadPixels(double share) {
        return new SceneGenerator(width, height, bits, background, targets, minScr, maxScr, share);
    }

    /**
     * Makes a scene.
     *
     * @param seed any number
     * @return the scene
     * @throws IllegalArgumentException if the targets find no room
     */
    public Scene generate(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom backgroundRandom = random.split();
        SplittableRandom targetRandom = random.split();
        SplittableRandom deadRandom = random.split();

        double[] clutter = new BackgroundPainter(width, height, backgroundRandom).paint(background);
        double[] grey = clutter.clone();
        boolean[] mask = new boolean[width * height];
        List<SceneTarget> placed = new ArrayList<>(targets);
        while (placed.size() < targets) {
            placed.add(place(grey, clutter, mask, placed, targetRandom));
        }
        kill(grey, mask, deadRandom);
        return new Scene(digitised(grey), Mask.of(width, height, mask), placed);
    }

    private record Candidate(Spot spot, double deviation, double scr) {}

    private SceneTarget place(
            double[] grey, double[] clutter, boolean[] mask, List<SceneTarget> others, SplittableRandom random) {
        double wanted = RandomField.uniform(minScr, maxScr, random);
        Optional<Candidate> best = Optional.empty();
        for (int i = 0; i < TRIES && best.filter(c -> c.scr() >= wanted).isEmpty(); i++) {
            double x = RandomField.uniform(BORDER, width - 1 - BORDER, random);
            double y = RandomField.uniform(BORDER, height - 1 - BORDER, random);
            if (isFree(x, y, others)) {
                Candidate candidate = candidate(Spot.random(x, y, random), wanted, clutter);
                if (best.isEmpty() || candidate.scr() > best.get().scr()) {
                    best = Optional.of(candidate);
                }
            }
        }
        Candidate chosen = best.orElseThrow(() -> new IllegalArgumentException("no room for target "
                + (others.size() + 1) + " of " + targets + " in a scene of " + width + "x" + height
                + "; ask for fewer targets or a larger scene"));
        Spot spot = chosen.spot();
        spot.add(grey, width, height, chosen.scr() * chosen.deviation());
        spot.mark(mask, width, height);
        return new SceneTarget(spot.x(), spot.y(), chosen.scr());
    }

    private static boolean isFree(double x, double y, List<SceneTarget> others) {
        return others.stream().allMatch(other -> {
            double dx = x - other.x();
            double dy = y - other.y();
            return dx * dx + dy * dy >= DISTANCE * DISTANCE;
        });
    }

    /** The spot at the wanted ratio, or at the highest one that does not saturate. */
    private Candidate candidate(Spot spot, double wanted, double[] clutter) {
        double deviation = deviation(clutter, spot);
        double scr = wanted;
        while (spot.brightest(clutter, width, height, scr * deviation) > SATURATION) {
            scr *= 0.95;
        }
        return new Candidate(spot, deviation, scr);
    }

    private double deviation(double[] clutter, Spot spot) {
        int x = (int) StrictMath.rint(spot.x());
        int y = (int) StrictMath.rint(spot.y());
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int row = Math.max(0, y - NEIGHBOURHOOD); row <= Math.min(height - 1, y + NEIGHBOURHOOD); row++) {
            for (int column = Math.max(0, x - NEIGHBOURHOOD);
                    column <= Math.min(width - 1, x + NEIGHBOURHOOD);
                    column++) {
                double value = clutter[row * width + column];
                sum += value;
                squares += value * value;
                count++;
            }
        }
        double mean = sum / count;
        return StrictMath.sqrt(Math.max(0, squares / count - mean * mean));
    }

    private void kill(double[] grey, boolean[] mask, SplittableRandom random) {
        if (deadPixels == 0) {
            return;
        }
        for (int i = 0; i < grey.length; i++) {
            boolean dead = random.nextDouble() < deadPixels;
            boolean white = random.nextDouble() < 0.5;
            if (dead && !mask[i]) {
                grey[i] = white ? 255 : 0;
            }
        }
    }

    private InfraredImage digitised(double[] grey) {
        int steps = GreyLevels.steps(bits);
        int[] samples = new int[grey.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.min(GreyLevels.WHITE * steps, (int) (steps * grey[i] + 0.5));
        }
        return GreyLevels.image(bits, width, height, samples);
    }
}
