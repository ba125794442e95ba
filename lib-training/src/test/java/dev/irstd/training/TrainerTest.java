package dev.irstd.training;

import dev.irstd.Normalization;
import dev.irstd.testing.FullDisk;
import dev.irstd.training.data.Augmentation;
import dev.irstd.training.data.Sample;
import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.data.Split;
import dev.irstd.training.network.ACM;
import dev.irstd.training.network.DroppingNetwork;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.torch.Optimiser;
import dev.irstd.training.torch.Precision;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.torch.TrainingLoss;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Safetensors;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Trains a tiny network on eight images of 40x40, each of noise with one bright square of 3x3. */
class TrainerTest {
    private static final int IMAGES = 8;
    private static final Network NETWORK =
            RRCANet.of("tiny", RRCANet.standardOptions().withBlocks(1, 1).withIterations(1));
    private static final TrainingPlan PLAN = new TrainingPlan(
            3,
            4,
            32,
            Normalization.of(60, 20),
            Augmentation.strong().withPastedTargets(0.5),
            new Optimiser.AdamW(0.01, 1e-4),
            new CosineSchedule(2, 0.05),
            TrainingLoss.DptK.standard(),
            0.9,
            Initialisation.PYTORCH,
            0.01,
            Precision.FLOAT32,
            1);

    @TempDir
    static Path data;

    @TempDir
    Path run;

    private static List<Sample> samples;

    @BeforeAll
    static void makeDataset() throws IOException {
        TorchSession.configure(1);
        Files.createDirectories(data.resolve("images"));
        Files.createDirectories(data.resolve("masks"));
        SplittableRandom random = new SplittableRandom(3);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
            BufferedImage mask = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
            int left = random.nextInt(2, 35);
            int top = random.nextInt(2, 35);
            for (int y = 0; y < 40; y++) {
                for (int x = 0; x < 40; x++) {
                    boolean target = x >= left && x < left + 3 && y >= top && y < top + 3;
                    image.getRaster().setSample(x, y, 0, (target ? 200 : 50) + random.nextInt(20));
                    mask.getRaster().setSample(x, y, 0, target ? 255 : 0);
                }
            }
            String id = "image" + i;
            ImageIO.write(image, "png", data.resolve("images/" + id + ".png").toFile());
            ImageIO.write(mask, "png", data.resolve("masks/" + id + ".png").toFile());
            ids.add(id);
        }
        Files.write(data.resolve("train.txt"), ids);
        samples = SirstDataset.open(data, Split.TRAIN).samples();
    }

    @Test
    void goesOnAfterAnEpochToTheSameWeightsBitForBit() throws IOException {
        Weights uninterrupted = train(PLAN, run.resolve("whole"), TrainingListener.NONE);
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void epoch(int epoch, Supplier<Weights> averaged) {
                throw new Interruption();
            }
        };

        Path interrupted = run.resolve("interrupted");
        assertThatExceptionOfType(Interruption.class).isThrownBy(() -> train(PLAN, interrupted, interrupting));
        Weights resumed = train(PLAN, interrupted, TrainingListener.NONE);

        assertEqual(resumed.tensors(), uninterrupted.tensors());
        assertEqual(
                checkpoint(interrupted).tensors(),
                checkpoint(run.resolve("whole")).tensors());
    }

    @Test
    void goesOnWithinAnEpochFromItsStart() throws IOException {
        Weights uninterrupted = train(PLAN, run.resolve("whole"), TrainingListener.NONE);
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void step(int epoch, int step, int steps, double loss) {
                if (epoch == 3 && step == 1) {
                    throw new Interruption();
                }
            }
        };

        Path interrupted = run.resolve("interrupted");
        assertThatExceptionOfType(Interruption.class).isThrownBy(() -> train(PLAN, interrupted, interrupting));
        Recorder recorder = new Recorder();
        Weights resumed = train(PLAN, interrupted, recorder);

        assertThat(recorder.epochs).as("the last whole epoch once more").containsExactly(2, 3);
        assertEqual(resumed.tensors(), uninterrupted.tensors());
    }

    @Test
    void dropsTheSameAfterAnInterruption() throws IOException {
        Network dropping = new DroppingNetwork();
        Weights uninterrupted = Trainer.train(dropping, samples, PLAN, run.resolve("whole"), TrainingListener.NONE);
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void epoch(int epoch, Supplier<Weights> averaged) {
                throw new Interruption();
            }
        };

        Path interrupted = run.resolve("interrupted");
        assertThatExceptionOfType(Interruption.class)
                .isThrownBy(() -> Trainer.train(dropping, samples, PLAN, interrupted, interrupting));
        Weights resumed = Trainer.train(dropping, samples, PLAN, interrupted, TrainingListener.NONE);

        assertEqual(resumed.tensors(), uninterrupted.tensors());
    }

    /** Norms over whole images see one value an image. */
    @Test
    void saysThatANetworkNeedsMoreThanOneImageAStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Trainer.train(ACM.standard(), samples, PLAN.withBatch(1, 32), run, TrainingListener.NONE))
                .withMessageContaining("ACM cannot train on a single image")
                .withMessageContaining("norm fuse2.topdown.2")
                .withMessageContaining("batches of at least 2");
    }

    @Test
    void logHasOneLineAnEpochAfterAResume() throws IOException {
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void epoch(int epoch, Supplier<Weights> averaged) {
                if (epoch == 2) {
                    throw new Interruption();
                }
            }
        };
        assertThatExceptionOfType(Interruption.class).isThrownBy(() -> train(PLAN, run, interrupting));
        // As if the process had died between the log and the checkpoint of epoch 3.
        Path log = run.resolve("log.csv");
        Files.writeString(log, Files.readString(log) + "3,0.1,0.2,0.3\n");

        train(PLAN, run, TrainingListener.NONE);

        List<String> lines = Files.readAllLines(log);
        assertThat(lines.get(0)).isEqualTo("epoch,learning_rate,loss,seconds");
        assertThat(lines.stream().skip(1)).allMatch(line -> line.split(",").length == 4);
        assertThat(lines.stream().skip(1).map(line -> line.split(",")[0])).containsExactly("1", "2", "3");
        // The floor of the schedule: 0.05 of 0.01.
        assertThat(lines.get(3).split(",")[1]).isEqualTo("0.000500000");
    }

    @ParameterizedTest
    @ValueSource(strings = {Checkpoint.FILE, "log.csv"})
    void goesOnAfterTheDiskWasFull(String name) throws IOException {
        Weights uninterrupted = train(PLAN, run.resolve("whole"), TrainingListener.NONE);
        Path filled = run.resolve("filled");
        Path file = filled.resolve(name);
        TrainingListener filling = new TrainingListener() {
            @Override
            public void step(int epoch, int step, int steps, double loss) {
                if (epoch == 2 && step == 1) {
                    fill(file);
                }
            }
        };

        assertThatIOException()
                .isThrownBy(() -> train(PLAN, filled, filling))
                .withMessage(file + " cannot be written: No space left on device");
        assertThat(checkpoint(filled).metadata()).containsEntry("irstd.epoch", "1");
        assertThat(filled).isDirectoryNotContaining("glob:**.part");

        Weights resumed = train(PLAN, filled, TrainingListener.NONE);
        assertEqual(resumed.tensors(), uninterrupted.tensors());
        assertThat(filled.resolve("log.csv")).content().hasLineCount(4);
    }

    private static void fill(Path file) {
        try {
            FullDisk.under(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void finishedTrainingGivesItsWeightsAgain() throws IOException {
        Weights weights = train(PLAN, run, TrainingListener.NONE);
        Recorder recorder = new Recorder();

        Weights again = train(PLAN, run, recorder);

        assertThat(recorder.losses).isEmpty();
        assertEqual(again.tensors(), weights.tensors());
    }

    @Test
    void anotherSeedGivesOtherWeights() throws IOException {
        Weights one = train(PLAN.withEpochs(1), run.resolve("1"), TrainingListener.NONE);
        Weights two = train(PLAN.withEpochs(1).withSeed(2), run.resolve("2"), TrainingListener.NONE);

        assertThat(Tensors.distance(one.get("final.weight"), two.get("final.weight")))
                .isGreaterThan(1e-3);
    }

    @Test
    void givesTheMovingAverageOfTheWeights() throws IOException {
        Weights averaged = train(PLAN, run, TrainingListener.NONE);

        Map<String, FloatTensor> stored = checkpoint(run).tensors();
        FloatTensor last = stored.get("weights/final.weight");
        assertThat(stored.get("averaged/final.weight").values())
                .isEqualTo(averaged.get("final.weight").values());
        assertThat(Tensors.distance(last, averaged.get("final.weight"))).isGreaterThan(1e-4);
    }

    @Test
    void listenerHearsOfEveryStepAndEpoch() throws IOException {
        Recorder recorder = new Recorder();

        Weights weights = train(PLAN, run, recorder);

        assertThat(recorder.steps).containsExactly("1: 1/2", "1: 2/2", "2: 1/2", "2: 2/2", "3: 1/2", "3: 2/2");
        assertThat(recorder.epochs).containsExactly(1, 2, 3);
        assertEqual(recorder.averaged.tensors(), weights.tensors());
    }

    /** 80 steps on targets that a threshold would find. */
    @Test
    void learnsToFindBrightTargets() throws IOException {
        TrainingPlan plan = PLAN.withEpochs(40).withAugmentation(Augmentation.plain());
        Recorder recorder = new Recorder();

        Weights weights = train(plan, run, recorder);

        double start = mean(recorder.losses.subList(0, 4));
        double end = mean(recorder.losses.subList(recorder.losses.size() - 4, recorder.losses.size()));
        assertThat(end).isLessThan(start / 2);
        assertThat(pixelsFound(weights)).isGreaterThan(0.8);
    }

    /** The share of target pixels among those that are one or are taken for one, over all training images. */
    private static double pixelsFound(Weights weights) {
        int both = 0;
        int either = 0;
        try (TorchSession session = new TorchSession(NETWORK, weights, weights)) {
            for (Sample sample : samples) {
                float[] image = new float[40 * 40];
                for (int p = 0; p < image.length; p++) {
                    image[p] = (sample.image().sample(p % 40, p / 40) - 60) / 20f;
                }
                float[] logits = session.logits(new FloatTensor(List.of(1, 1, 40, 40), image))
                        .get(0)
                        .values();
                for (int p = 0; p < image.length; p++) {
                    boolean found = logits[p] > 0;
                    boolean target = sample.mask().get(p % 40, p / 40);
                    both += found && target ? 1 : 0;
                    either += found || target ? 1 : 0;
                }
            }
        }
        return (double) both / either;
    }

    @Test
    void refusesTheRunFolderOfAnotherPlan() throws IOException {
        train(PLAN.withEpochs(1), run, TrainingListener.NONE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(PLAN.withEpochs(2), run, TrainingListener.NONE))
                .withMessageContaining(Checkpoint.FILE)
                .withMessageContaining("choose another run folder")
                .withMessageContaining("epochs=1")
                .withMessageContaining("epochs=2");
    }

    @Test
    void refusesTheRunFolderOfAnotherNetwork() throws IOException {
        train(PLAN.withEpochs(1), run, TrainingListener.NONE);
        Network other = RRCANet.of("other", RRCANet.standardOptions().withBlocks(2, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.train(other, samples, PLAN.withEpochs(1), run, TrainingListener.NONE))
                .withMessageContaining(Checkpoint.FILE)
                .withMessageContaining("is of tiny, not other");
    }

    @Test
    void refusesTheRunFolderOfOtherImages() throws IOException {
        train(PLAN.withEpochs(1), run, TrainingListener.NONE);
        List<Sample> others = samples.stream()
                .map(sample -> new Sample("other " + sample.id(), sample.image(), sample.mask()))
                .toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.train(NETWORK, others, PLAN.withEpochs(1), run, TrainingListener.NONE))
                .withMessageContaining("belongs to another training");
    }

    @Test
    void refusesADatasetThatDoesNotFillABatch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(PLAN.withBatch(9, 32), run, TrainingListener.NONE))
                .withMessageContaining("8 training images")
                .withMessageContaining("batch of 9");
    }

    @Test
    void refusesPatchesThatTheNetworkCannotTake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(PLAN.withBatch(4, 33), run, TrainingListener.NONE))
                .withMessageContaining("multiples of 2")
                .withMessageContaining("33 pixels");
    }

    @Test
    void refusesALossForAnotherKindOfNetworks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(PLAN.withLoss(new TrainingLoss.LpNetGaPatches()), run, TrainingListener.NONE))
                .withMessageContaining("tiny gives logits")
                .withMessageContaining("takes patches and attention");
        assertThat(run).isEmptyDirectory();
    }

    @Test
    void refusesNetworksOfThreeChannels() {
        Network colour =
                RRCANet.of("colour", RRCANet.standardOptions().withBlocks(1, 1).withInputChannels(3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.train(colour, samples, PLAN, run, TrainingListener.NONE))
                .withMessageContaining("colour has 3 input channels");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 100, 5000, -1})
    void namesACheckpointThatWasCutOff(int length) throws IOException {
        train(PLAN.withEpochs(1), run, TrainingListener.NONE);
        Path file = run.resolve(Checkpoint.FILE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, length < 0 ? bytes.length + length : length));

        assertRefused(file);
    }

    @Test
    void namesACheckpointWhoseOptimiserIsDamaged() throws IOException {
        spoil(contents -> new Safetensors(contents.metadata(), contents.tensors(), Map.of("optimiser", new byte[99])));
    }

    @Test
    void namesACheckpointWithoutEpoch() throws IOException {
        spoil(contents -> {
            Map<String, String> metadata = new LinkedHashMap<>(contents.metadata());
            metadata.remove("irstd.epoch");
            return new Safetensors(metadata, contents.tensors(), contents.blobs());
        });
    }

    @Test
    void namesACheckpointWhoseEpochIsNoNumber() throws IOException {
        spoil(contents -> {
            Map<String, String> metadata = new LinkedHashMap<>(contents.metadata());
            metadata.put("irstd.epoch", "first");
            return new Safetensors(metadata, contents.tensors(), contents.blobs());
        });
    }

    @Test
    void namesACheckpointThatLacksATensor() throws IOException {
        spoil(contents -> {
            Map<String, FloatTensor> tensors = new LinkedHashMap<>(contents.tensors());
            tensors.remove("averaged/final.bias");
            return new Safetensors(contents.metadata(), tensors, contents.blobs());
        });
    }

    private void spoil(UnaryOperator<Safetensors> damage) throws IOException {
        train(PLAN.withEpochs(1), run, TrainingListener.NONE);
        Path file = run.resolve(Checkpoint.FILE);
        damage.apply(Safetensors.read(file)).write(file);

        assertRefused(file);
    }

    private void assertRefused(Path file) {
        assertThatIOException()
                .isThrownBy(() -> train(PLAN.withEpochs(1), run, TrainingListener.NONE))
                .withMessageContaining(file.toString());
    }

    private static Weights train(TrainingPlan plan, Path run, TrainingListener listener) throws IOException {
        return Trainer.train(NETWORK, samples, plan, run, listener);
    }

    private static Safetensors checkpoint(Path run) throws IOException {
        return Safetensors.read(run.resolve(Checkpoint.FILE));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static void assertEqual(Map<String, FloatTensor> actual, Map<String, FloatTensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((name, tensor) -> assertThat(tensor.values())
                .as(name)
                .isEqualTo(expected.get(name).values()));
    }

    private static final class Recorder implements TrainingListener {
        private final List<String> steps = new ArrayList<>();
        private final List<Double> losses = new ArrayList<>();
        private final List<Integer> epochs = new ArrayList<>();
        private Weights averaged;

        @Override
        public void step(int epoch, int step, int steps, double loss) {
            this.steps.add(epoch + ": " + step + "/" + steps);
            losses.add(loss);
        }

        @Override
        public void epoch(int epoch, Supplier<Weights> averaged) {
            epochs.add(epoch);
            this.averaged = averaged.get();
        }
    }

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
