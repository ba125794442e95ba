package dev.irstd.training;

import dev.irstd.InfraredImage;
import dev.irstd.Mask;
import dev.irstd.testing.MemoryCurve;
import dev.irstd.training.data.Sample;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.torch.TorchSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A program that trains a small network, four steps and a checkpoint an epoch, and writes down its resident memory. */
final class TrainingMemoryRun {
    private static final int BATCH = 4;
    private static final int STEPS_AN_EPOCH = 4;
    private static final int READINGS = 50;
    private static final int SIZE = 80;

    private TrainingMemoryRun() {}

    /** Takes the number of steps, the run folder and the CSV file. */
    public static void main(String[] arguments) throws IOException {
        int steps = Integer.parseInt(arguments[0]);
        TorchSession.configure(1);
        TrainingPlan plan =
                TrainingPlan.standard().withEpochs(steps / STEPS_AN_EPOCH).withBatch(BATCH, 64);
        int each = Math.max(1, steps / READINGS);
        try (MemoryCurve.Recorder curve = new MemoryCurve.Recorder(Path.of(arguments[2]))) {
            Trainer.train(
                    RRCANet.of(
                            "tiny", RRCANet.standardOptions().withBlocks(1, 1).withIterations(1)),
                    samples(BATCH * STEPS_AN_EPOCH),
                    plan,
                    Path.of(arguments[1]),
                    new TrainingListener() {
                        @Override
                        public void step(int epoch, int step, int stepsAnEpoch, double loss) {
                            int done = (epoch - 1) * stepsAnEpoch + step;
                            if (done % each == 0) {
                                record(curve, done);
                            }
                        }
                    });
        }
    }

    private static void record(MemoryCurve.Recorder curve, int done) {
        try {
            curve.record("steps", done);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Sample> samples(int number) {
        SplittableRandom random = new SplittableRandom(5);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            byte[] grey = new byte[SIZE * SIZE];
            boolean[] target = new boolean[SIZE * SIZE];
            random.nextBytes(grey);
            target[random.nextInt(target.length)] = true;
            samples.add(new Sample(
                    "noise" + i, InfraredImage.grey8(SIZE, SIZE, grey, 0, SIZE), Mask.of(SIZE, SIZE, target)));
        }
        return samples;
    }
}
