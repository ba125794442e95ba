package dev.irstd.training;

import dev.irstd.Device;
import dev.irstd.training.data.Patch;
import dev.irstd.training.data.PatchCutter;
import dev.irstd.training.data.Sample;
import dev.irstd.training.files.WholeFile;
import dev.irstd.training.network.Network;
import dev.irstd.training.torch.DivergenceException;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Trains a network.
 *
 * <p>The run folder holds {@code checkpoint.safetensors}, replaced whole after each epoch, and {@code log.csv}. A run
 * that was cut off goes on after its last whole epoch and ends with the weights it would have had; the order of the
 * images, their augmentation and dropout depend on seed and epoch alone.
 */
public final class Trainer {
    private final Network network;
    private final TrainingPlan plan;
    private final List<Sample> samples;
    private final Weights start;
    private final PatchCutter cutter;
    private final Device device;
    private final int stepsAnEpoch;

    private Trainer(Network network, Weights start, TrainingPlan plan, List<Sample> samples, Device device) {
        this.network = network;
        this.start = start;
        this.plan = plan;
        this.samples = samples;
        this.device = device;
        this.cutter = new PatchCutter(
                plan.patchSize(),
                plan.normalization().mean().get(0),
                plan.normalization().standardDeviation().get(0),
                plan.augmentation());
        this.stepsAnEpoch = samples.size() / plan.batch();
    }

    /**
     * Trains from scratch: from the plan's initialisation, as {@link #train(Network, Weights, List, TrainingPlan,
     * Path, TrainingListener)} does from any weights.
     *
     * @param network the network, with one input channel
     * @param samples the training images, of one data set or several
     * @param plan how to train
     * @param runFolder where the run is kept; made if missing
     * @param listener hears of the progress
     * @return the moving average of the weights after the last epoch
     * @throws IOException if the run folder cannot be read or written, or its checkpoint is damaged; names the file
     */
    public static Weights train(
            Network network, List<Sample> samples, TrainingPlan plan, Path runFolder, TrainingListener listener)
            throws IOException {
        Weights start = Weights.initial(network, plan.initialisation(), plan.prior(), plan.seed());
        return train(network, start, samples, plan, runFolder, listener);
    }

    /**
     * Trains to the end of the plan on the processor, going on where the run folder stopped.
     *
     * @param network the network, with one input channel
     * @param start the weights that an empty run folder starts from
     * @param samples the training images, of one data set or several
     * @param plan how to train
     * @param runFolder where the run is kept; made if missing
     * @param listener hears of the progress
     * @return the moving average of the weights after the last epoch
     * @throws IOException if the run folder cannot be read or written, or its checkpoint is damaged; names the file
     * @throws DivergenceException if the loss is not finite; the checkpoint is of the last whole epoch then
     * @throws IllegalArgumentException if network, data and plan do not fit together, or the run folder belongs to
     *     another network or plan
     */
    public static Weights train(
            Network network,
            Weights start,
            List<Sample> samples,
            TrainingPlan plan,
            Path runFolder,
            TrainingListener listener)
            throws IOException {
        return train(network, start, samples, plan, runFolder, listener, Device.cpu());
    }

    /**
     * Trains to the end of the plan, going on where the run folder stopped, on whatever device that was.
     *
     * @param network the network, with one input channel
     * @param start the weights that an empty run folder starts from
     * @param samples the training images, of one data set or several
     * @param plan how to train
     * @param runFolder where the run is kept; made if missing
     * @param listener hears of the progress
     * @param device where to compute: the processor or a CUDA device, which rounds differently
     * @return the moving average of the weights after the last epoch
     * @throws IOException if the run folder cannot be read or written, or its checkpoint is damaged; names the file
     * @throws DivergenceException if the loss is not finite; the checkpoint is of the last whole epoch then
     * @throws IllegalArgumentException if network, data and plan do not fit together, the run folder belongs to another
     *     network or plan, or PyTorch cannot compute on the device
     */
    public static Weights train(
            Network network,
            Weights start,
            List<Sample> samples,
            TrainingPlan plan,
            Path runFolder,
            TrainingListener listener,
            Device device)
            throws IOException {
        if (network.inputChannels() != 1 || !network.geometry().accepts(plan.patchSize(), plan.patchSize())) {
            throw new IllegalArgumentException(network.name() + " has " + network.inputChannels()
                    + " input channels and takes sizes of " + network.geometry()
                    + "; training feeds 1 channel and patches of " + plan.patchSize() + " pixels");
        }
        plan.loss().requireFit(network);
        if (samples.size() < plan.batch()) {
            throw new IllegalArgumentException(
                    samples.size() + " training images do not fill one batch of " + plan.batch());
        }
        return new Trainer(network, start, plan, List.copyOf(samples), device).train(runFolder, listener);
    }

    /**
     * Reads what a training has reached so far, be it finished or not.
     *
     * @param network the network that was trained
     * @param runFolder where the run is kept
     * @return the state after the last whole epoch
     * @throws IOException if the run folder holds no checkpoint, or one that cannot be read
     * @throws IllegalArgumentException if the run trained another network
     */
    public static TrainedRun read(Network network, Path runFolder) throws IOException {
        Path file = runFolder.resolve(Checkpoint.FILE);
        if (!Files.exists(file)) {
            throw new IOException("run folder " + runFolder + " holds no " + Checkpoint.FILE
                    + "; the first one is written after the first epoch");
        }
        Checkpoint checkpoint = Checkpoint.read(network, file);
        return new TrainedRun(checkpoint.averaged(), checkpoint.normalization());
    }

    private Weights train(Path runFolder, TrainingListener listener) throws IOException {
        WholeFile.makeFolder(runFolder);
        Path checkpointFile = runFolder.resolve(Checkpoint.FILE);
        Checkpoint start = Files.exists(checkpointFile) ? resume(checkpointFile) : fresh();
        EpochLog log = new EpochLog(runFolder.resolve("log.csv"), "epoch,learning_rate,loss,seconds");
        log.truncate(start.epoch());
        try (TorchSession session = new TorchSession(network, start.weights(), start.averaged(), device);
                TorchSession.Steps steps = session.steps(plan.optimiser(), plan.precision())) {
            if (start.epoch() > 0) {
                restore(steps, start, checkpointFile);
                listener.epoch(start.epoch(), session::averaged);
            }
            for (int epoch = start.epoch() + 1; epoch <= plan.epochs(); epoch++) {
                long begin = System.nanoTime();
                double loss = epoch(epoch, steps, listener);
                double seconds = (System.nanoTime() - begin) / 1e9;
                // Before the checkpoint: a line too many is dropped on the next start, a missing one is lost.
                double rate = learningRate((long) epoch * stepsAnEpoch - 1);
                log.append(epoch, String.format(Locale.ROOT, "%.6g,%.6f,%.1f", rate, loss, seconds));
                checkpoint(epoch, session.weights(), session.averaged(), steps.state())
                        .write(checkpointFile);
                listener.epoch(epoch, session::averaged);
            }
            return session.averaged();
        }
    }

    private Checkpoint fresh() {
        return checkpoint(0, start, start, new byte[0]);
    }

    private Checkpoint checkpoint(int epoch, Weights weights, Weights averaged, byte[] optimiser) {
        return new Checkpoint(network.name(), description(), plan.normalization(), epoch, weights, averaged, optimiser);
    }

    private Checkpoint resume(Path file) throws IOException {
        Checkpoint checkpoint = Checkpoint.read(network, file);
        if (!checkpoint.plan().equals(description())) {
            throw new IllegalArgumentException(
                    file + " belongs to another training; choose another run folder.\n there: " + checkpoint.plan()
                            + "\n now:   " + description());
        }
        return checkpoint;
    }

    private static void restore(TorchSession.Steps steps, Checkpoint checkpoint, Path file) throws IOException {
        try {
            steps.restore(checkpoint.optimiser());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a whole checkpoint: " + e.getMessage(), e);
        }
    }

    private String description() {
        int ids = samples.stream().map(Sample::id).toList().hashCode();
        return samples.size() + " images (" + Integer.toHexString(ids) + "), " + plan;
    }

    private double epoch(int epoch, TorchSession.Steps steps, TrainingListener listener) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, samples.size()).boxed().toList());
        Collections.shuffle(order, new Random(31 * plan.seed() + epoch));
        double sum = 0;
        for (int step = 0; step < stepsAnEpoch; step++) {
            List<Integer> chosen = order.subList(step * plan.batch(), (step + 1) * plan.batch());
            long taken = (long) (epoch - 1) * stepsAnEpoch + step;
            steps.seed(31 * plan.seed() + taken);
            double loss = step(steps, patches(chosen, epoch), taken);
            sum += loss;
            listener.step(epoch, step + 1, stepsAnEpoch, loss);
        }
        return sum / stepsAnEpoch;
    }

    private List<Patch> patches(List<Integer> chosen, int epoch) {
        return chosen.stream()
                .map(index -> cutter.cut(samples, index, plan.seed(), epoch))
                .toList();
    }

    private double step(TorchSession.Steps steps, List<Patch> patches, long taken) {
        int pixels = plan.patchSize() * plan.patchSize();
        float[] images = new float[patches.size() * pixels];
        float[] masks = new float[images.length];
        for (int i = 0; i < patches.size(); i++) {
            System.arraycopy(patches.get(i).image(), 0, images, i * pixels, pixels);
            System.arraycopy(patches.get(i).mask(), 0, masks, i * pixels, pixels);
        }
        List<Integer> shape = List.of(patches.size(), 1, plan.patchSize(), plan.patchSize());
        return steps.step(
                new FloatTensor(shape, images),
                new FloatTensor(shape, masks),
                plan.loss(),
                learningRate(taken),
                1 - averageDecay(taken));
    }

    private double learningRate(long step) {
        long steps = (long) plan.epochs() * stepsAnEpoch;
        return plan.optimiser().learningRate() * plan.schedule().factor(step, steps);
    }

    /** A young average forgets faster, so that the first weights do not linger. */
    private double averageDecay(long step) {
        return Math.min(plan.averageDecay(), (1.0 + step) / (10.0 + step));
    }
}
