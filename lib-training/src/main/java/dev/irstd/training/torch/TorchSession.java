package dev.irstd.training.torch;

import dev.irstd.Device;
import dev.irstd.training.network.Network;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network in PyTorch: takes training steps and gives logits. Plain arrays and {@link Weights} go in and out.
 *
 * <p>Not thread-safe. Native memory is freed by {@link #close}, which may be repeated; a step leaves none behind. Use
 * after closing throws {@link IllegalStateException}.
 */
public final class TorchSession implements AutoCloseable {
    private final Network network;
    private final TorchDevice device;
    private final TorchWeights weights;
    private final TorchWeights averaged;
    private boolean closed;

    /**
     * Loads weights into PyTorch, to compute on the processor.
     *
     * @param network the network
     * @param weights its weights; copied
     * @param averaged the moving average of its weights so far, equal to {@code weights} at the start; copied
     */
    public TorchSession(Network network, Weights weights, Weights averaged) {
        this(network, weights, averaged, Device.cpu());
    }

    /**
     * Loads weights into PyTorch.
     *
     * @param network the network
     * @param weights its weights; copied
     * @param averaged the moving average of its weights so far, equal to {@code weights} at the start; copied
     * @param device where to compute: the processor or a CUDA device
     * @throws IllegalArgumentException if PyTorch cannot compute on that device; says what is missing
     */
    public TorchSession(Network network, Weights weights, Weights averaged, Device device) {
        this.network = network;
        this.device = TorchDevice.of(device);
        try (PointerScope scope = new PointerScope()) {
            this.weights = new TorchWeights(network, weights, this.device);
            this.averaged = new TorchWeights(network, averaged, this.device);
            this.weights.retain();
            this.averaged.retain();
        }
    }

    /**
     * Sets PyTorch up for this process: how many threads compute, and that denormal numbers count as zero.
     *
     * @param threads at least 1
     */
    public static void configure(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads cannot compute; at least 1 is needed");
        }
        torch.set_num_threads(threads);
        Context.setFlushDenormal(true);
    }

    /**
     * Makes an optimiser for the weights of this session, which computes in float32.
     *
     * @param settings which one
     * @return the optimiser, to be closed before the session
     */
    public Steps steps(Optimiser settings) {
        return steps(settings, Precision.FLOAT32);
    }

    /**
     * Makes an optimiser for the weights of this session.
     *
     * @param settings which one
     * @param precision how its steps compute
     * @return the optimiser, to be closed before the session
     */
    public Steps steps(Optimiser settings, Precision precision) {
        requireOpen();
        return new Steps(settings, precision);
    }

    /**
     * Computes logits by the running statistics.
     *
     * @param images [batch, channels, height, width], normalised; height and width multiples of the network's
     * @return one tensor [batch, 1, height, width] for each output of the network
     * @throws IllegalArgumentException if the network does not take images of this shape
     */
    public List<FloatTensor> logits(FloatTensor images) {
        requireOpen();
        requireFit(images);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            TorchOps ops = new TorchOps(weights, TorchOps.Mode.EVALUATION);
            return network.forward(ops, device.put(TorchWeights.tensor(images))).stream()
                    .map(TorchWeights::plain)
                    .toList();
        }
    }

    /**
     * Copies the weights.
     *
     * @return the weights after the last step
     */
    public Weights weights() {
        requireOpen();
        return weights.toPlain();
    }

    /**
     * Copies the moving average of the weights.
     *
     * @return the average after the last step
     */
    public Weights averaged() {
        requireOpen();
        return averaged.toPlain();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the PyTorch session of " + network.name() + " is closed");
        }
    }

    private void requireFit(FloatTensor images) {
        List<Integer> shape = images.shape();
        if (shape.size() != 4
                || shape.get(1) != network.inputChannels()
                || !network.geometry().accepts(shape.get(3), shape.get(2))) {
            throw new IllegalArgumentException(
                    network.name() + " takes images of shape [batch, " + network.inputChannels()
                            + ", height, width] with sizes of " + network.geometry() + ", got " + shape);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            weights.close();
            averaged.close();
        }
    }

    /** Training steps: an optimiser and what it remembers. */
    public final class Steps implements AutoCloseable {
        private final Optimizer optimizer;
        private final Precision precision;
        private boolean ended;

        private Steps(Optimiser settings, Precision precision) {
            this.precision = precision;
            try (PointerScope scope = new PointerScope()) {
                optimizer = create(settings);
                optimizer.retainReference();
            }
        }

        private Optimizer create(Optimiser settings) {
            if (settings instanceof Optimiser.AdamW adamW) {
                AdamWOptions options = new AdamWOptions(adamW.learningRate());
                options.weight_decay().put(adamW.weightDecay());
                return new org.bytedeco.pytorch.AdamW(weights.trained(), options);
            }
            if (settings instanceof Optimiser.Adam adam) {
                AdamOptions options = new AdamOptions(adam.learningRate());
                options.weight_decay().put(adam.weightDecay());
                return new org.bytedeco.pytorch.Adam(weights.trained(), options);
            }
            if (settings instanceof Optimiser.Adagrad adagrad) {
                AdagradOptions options = new AdagradOptions(adagrad.learningRate());
                options.weight_decay().put(adagrad.weightDecay());
                return new org.bytedeco.pytorch.Adagrad(weights.trained(), options);
            }
            throw new AssertionError("no PyTorch optimiser for " + settings);
        }

        private void requireUsable() {
            requireOpen();
            if (ended) {
                throw new IllegalStateException("these training steps of " + network.name() + " are closed");
            }
        }

        /**
         * Says what chance does from here on: equal steps after equal seeds drop the same. All sessions of a process
         * draw from one source.
         *
         * @param seed any number
         */
        public void seed(long seed) {
            requireUsable();
            torch.manual_seed(seed);
        }

        /**
         * Takes one step. If it throws, the weights, running statistics included, are as before.
         *
         * @param images [batch, channels, height, width], normalised
         * @param masks [batch, 1, height, width], 1 on targets
         * @param loss what to minimise
         * @param learningRate of this step
         * @param averageShare how far the moving average goes towards the new weights, in [0, 1]
         * @return the loss before the step
         * @throws DivergenceException if the loss is not finite
         * @throws IllegalArgumentException if the network does not take images of this shape or cannot train on a
         *     single one of them, the masks are of another, or the loss does not fit the network's outputs or cannot be
         *     computed on so few pixels
         */
        public double step(
                FloatTensor images, FloatTensor masks, TrainingLoss loss, double learningRate, double averageShare) {
            requireUsable();
            requireFit(images);
            requireMasks(images.shape(), masks.shape());
            loss.requireFit(network);
            double value;
            try (PointerScope scope = new PointerScope()) {
                List<Tensor> statistics = weights.copyOfStatistics();
                try {
                    Tensor input = device.put(TorchWeights.tensor(images));
                    Tensor wanted = device.put(TorchWeights.tensor(masks));
                    Tensor result = TorchLosses.of(loss, outputs(input), input, wanted);
                    value = result.item_float();
                    if (!Double.isFinite(value)) {
                        throw new DivergenceException(value);
                    }
                    optimizer.zero_grad();
                    result.backward();
                } catch (RuntimeException e) {
                    weights.restoreStatistics(statistics);
                    throw e;
                }
                optimizer.param_groups().get(0).options().set_lr(learningRate);
                optimizer.step();
            }
            averaged.follow(weights, averageShare);
            return value;
        }

        /** The outputs in training, in float32 whatever the precision. */
        private List<Tensor> outputs(Tensor input) {
            TorchOps ops = new TorchOps(weights, TorchOps.Mode.TRAINING);
            if (precision == Precision.FLOAT32) {
                return network.forward(ops, input);
            }
            torch.set_autocast_dtype(device.type(), ScalarType.BFloat16);
            torch.set_autocast_enabled(device.type(), true);
            try {
                return network.forward(ops, input).stream()
                        .map(output -> output.to(ScalarType.Float))
                        .toList();
            } finally {
                torch.set_autocast_enabled(device.type(), false);
                // It keeps weights in bfloat16, which the optimiser is about to change.
                torch.clear_cache();
            }
        }

        private void requireMasks(List<Integer> images, List<Integer> masks) {
            List<Integer> expected = List.of(images.get(0), 1, images.get(2), images.get(3));
            if (!masks.equals(expected)) {
                throw new IllegalArgumentException(
                        "images of shape " + images + " need masks of shape " + expected + ", got " + masks);
            }
        }

        /**
         * Saves what the optimiser remembers.
         *
         * @return bytes for {@link #restore}
         */
        public byte[] state() {
            requireUsable();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            // Not to a file: on a full disk PyTorch ends the process.
            try (PointerScope scope = new PointerScope();
                    ArchiveWriter writer = writerTo(bytes)) {
                OutputArchive archive = new OutputArchive();
                optimizer.save(archive);
                archive.save_to(writer);
            }
            return bytes.toByteArray();
        }

        private static ArchiveWriter writerTo(ByteArrayOutputStream bytes) {
            return new ArchiveWriter() {
                @Override
                public long call(Pointer data, long size) {
                    byte[] part = new byte[Math.toIntExact(size)];
                    new BytePointer(data).capacity(size).get(part);
                    bytes.writeBytes(part);
                    return size;
                }
            };
        }

        /**
         * Goes on from a saved state.
         *
         * @param state from {@link #state} of an equal optimiser for the same network, on whatever device
         * @throws IllegalArgumentException if the state is damaged
         */
        public void restore(byte[] state) {
            requireUsable();
            try (PointerScope scope = new PointerScope()) {
                InputArchive archive = new InputArchive();
                archive.load_from(new BytePointer(state), state.length, device.target());
                optimizer.load(archive);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("no state of this optimiser: " + firstLine(e), e);
            }
        }

        private static String firstLine(RuntimeException e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                optimizer.releaseReference();
            }
        }
    }
}
