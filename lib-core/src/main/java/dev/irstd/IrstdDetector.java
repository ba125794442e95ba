package dev.irstd;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A detector that runs a network with ONNX Runtime.
 *
 * <pre>{@code
 * try (Detector detector = IrstdDetector.load(Path.of("rrcanet18.onnx"))) {
 *     Detection found = detector.detect(ImageIO.read(file));
 *     for (Target target : found.targets()) {
 *         System.out.printf("%.1f, %.1f  score %.2f%n", target.x(), target.y(), target.score());
 *     }
 * }
 * }</pre>
 *
 * <p>Thread-safe: one detector serves any number of threads, and its results are bit-identical to those of serial use.
 * Closing waits for running calls and may be repeated; later calls throw {@link IllegalStateException}. A detection must
 * not close its own detector, from inside the list of images for instance: that throws too.
 *
 * <p>A detector holds native memory that only {@link #close} frees: one that is dropped unclosed keeps it until the
 * process ends. The process may end at any time, with detectors open, loading or at work.
 */
public final class IrstdDetector implements Detector {
    private static final long MOST_IDLE_BYTES = 64 << 20;

    private final String model;
    private final Session session;
    private final Ports ports;
    private final ModelManifest manifest;
    private final float threshold;
    private final Preprocessing preprocessing;
    private final @Nullable Tiles tiles;
    private final int batch;
    private final BufferPool inputs = new BufferPool(MOST_IDLE_BYTES);
    private final BufferPool outputs = new BufferPool(MOST_IDLE_BYTES);

    private IrstdDetector(
            String model,
            Session session,
            Ports ports,
            ModelManifest manifest,
            float threshold,
            InputRange range,
            @Nullable Tiles tiles,
            int batch) {
        this.model = model;
        this.session = session;
        this.ports = ports;
        this.manifest = manifest;
        this.threshold = threshold;
        this.preprocessing = new Preprocessing(manifest, range);
        this.tiles = tiles;
        this.batch = batch;
    }

    /**
     * Loads a model that carries its manifest, to run on the processor.
     *
     * @param model an ONNX network
     * @return the detector
     * @throws ModelException if the model cannot be loaded, has no manifest or does not fit it
     * @throws DeviceException if ONNX Runtime cannot be loaded on this machine
     */
    public static IrstdDetector load(Model model) {
        return builder().model(model).build();
    }

    /**
     * Loads an ONNX file that carries its manifest, to run on the processor.
     *
     * @param file path of the file
     * @return the detector
     * @throws ModelException if the file cannot be loaded, has no manifest or does not fit it
     * @throws DeviceException if ONNX Runtime cannot be loaded on this machine
     */
    public static IrstdDetector load(Path file) {
        return builder().model(file).build();
    }

    /**
     * Starts to build a detector with other settings than {@link #load(Model)}.
     *
     * @return a builder that still needs a model
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns what the detector knows about its network.
     *
     * @return the manifest that was given to the builder, or else the model's own
     */
    public ModelManifest manifest() {
        return manifest;
    }

    /**
     * Returns the threshold in use.
     *
     * @return the probability that the score of a target's pixels is strictly above: what was given to the builder, or else
     *     what the manifest says
     */
    public float threshold() {
        return threshold;
    }

    /**
     * Returns where the network runs.
     *
     * @return {@link Device.Cpu} or {@link Device.Cuda}, never {@link Device.Auto}
     */
    public Device device() {
        return session.device();
    }

    @Override
    public Detection detect(BufferedImage image) {
        Objects.requireNonNull(image, "image");
        return session.whileOpen(() -> {
            long start = System.nanoTime();
            return detect(InfraredImage.of(image), start);
        });
    }

    @Override
    public Detection detect(InfraredImage image) {
        Objects.requireNonNull(image, "image");
        return session.whileOpen(() -> detect(image, System.nanoTime()));
    }

    @Override
    public List<Detection> detectAll(List<InfraredImage> images) {
        Objects.requireNonNull(images, "images");
        return session.whileOpen(() -> {
            Batches batches = new Batches();
            List<Scan> scans = new ArrayList<>();
            for (InfraredImage image : images) {
                scans.add(batches.add(Objects.requireNonNull(image, "image"), System.nanoTime()));
            }
            batches.finish();
            return scans.stream().map(scan -> scan.detection(threshold)).toList();
        });
    }

    @Override
    public Stream<Detection> detectAll(Stream<InfraredImage> images, int inFlight) {
        return session.whileOpen(() -> DetectionWindow.stream(this, images, inFlight, batch));
    }

    private Detection detect(InfraredImage image, long start) {
        Batches batches = new Batches();
        Scan scan = batches.add(image, start);
        batches.finish();
        return scan.detection(threshold);
    }

    /** A part of an image, to be fed to the network. */
    private record Part(Scan scan, InfraredImage image, InputRange.Limits limits, Tiles.Tile tile) {}

    /** Parts of images that go through the network as soon as there are enough whose input is of one shape. */
    private final class Batches {
        private final Map<Preprocessing.Input, List<Part>> waiting = new LinkedHashMap<>();

        Scan add(InfraredImage image, long start) {
            InputRange.Limits limits = preprocessing.limits(image);
            List<Tiles.Tile> tiles = tiles(image.width(), image.height());
            // Refuses what is too large, before memory is taken; no tile is larger than the first.
            preprocessing.input(tiles.get(0).part());
            Scan scan = new Scan(image.width(), image.height());
            scan.preparedSince(start);
            for (Tiles.Tile tile : tiles) {
                Preprocessing.Input input = preprocessing.input(tile.part());
                add(new Part(scan, image, limits, tile), input);
            }
            return scan;
        }

        private void add(Part part, Preprocessing.Input input) {
            int enough = Math.min(batch, input.mostInBuffer());
            if (enough == 1) {
                run(input, List.of(part));
                return;
            }
            List<Part> parts = waiting.computeIfAbsent(input, first -> new ArrayList<>());
            parts.add(part);
            if (parts.size() == enough) {
                waiting.remove(input);
                run(input, parts);
            }
        }

        void finish() {
            waiting.forEach(IrstdDetector.this::run);
        }
    }

    private void run(Preprocessing.Input input, List<Part> parts) {
        Preprocessing.Shape shape = input.inside();
        ByteBuffer values = inputs.take(parts.size() * input.bytes());
        ByteBuffer output = outputs.take(parts.size() * shape.pixels() * Float.BYTES);
        try {
            List<InputRange.Limits> limits = new ArrayList<>(parts.size());
            int end = 0;
            for (Part part : parts) {
                long start = System.nanoTime();
                ByteBuffer own = values.slice(end, input.bytes()).order(values.order());
                preprocessing.fill(part.image(), part.tile().part(), part.limits(), input, own);
                part.scan().preparedSince(start);
                limits.add(part.limits());
                end += input.bytes();
            }
            FloatBuffer scores = output.asFloatBuffer();
            Feed feed = new Feed(values, input, limits);
            long filled = System.nanoTime();
            session.run(feed, scores, ports);
            long share = (System.nanoTime() - filled) / parts.size();
            int first = 0;
            for (Part part : parts) {
                part.scan().computed(share);
                FloatBuffer own = scores.slice(first, shape.pixels());
                part.scan().keep(part.tile(), rows(own, shape, part.tile().part()));
                first += shape.pixels();
            }
        } finally {
            inputs.giveBack(values);
            outputs.giveBack(output);
        }
    }

    private List<Tiles.Tile> tiles(int width, int height) {
        return tiles == null ? List.of(Tiles.Tile.whole(width, height)) : tiles.of(width, height, manifest.geometry());
    }

    /** The way back to a part of the image: the padding cut off, or the probabilities resized. */
    private Rows rows(FloatBuffer output, Preprocessing.Shape shape, Box part) {
        if (manifest.geometry() instanceof Geometry.Resize resize) {
            return new ResizedRows(
                    probabilities(output, shape, shape.width(), shape.height()),
                    part.width(),
                    part.height(),
                    resize.sampling());
        }
        return probabilities(output, shape, part.width(), part.height());
    }

    private Rows probabilities(FloatBuffer output, Preprocessing.Shape shape, int width, int height) {
        return new ProbabilityRows(model, manifest.activation(), output, shape.width(), width, height);
    }

    @Override
    public void close() {
        session.close();
        inputs.clear();
        outputs.clear();
    }

    @Override
    public String toString() {
        return "IrstdDetector[" + model + " on " + device() + "]";
    }

    /** The settings of a detector. Not thread-safe. */
    public static final class Builder {
        private @Nullable Model model;
        private @Nullable ModelManifest manifest;
        private Device device = Device.cpu();
        private @Nullable Float threshold;
        private InputRange inputRange = InputRange.fullScale();
        private int threads;
        private @Nullable Tiles tiles;
        private int batch = 1;

        private Builder() {}

        /**
         * Sets the model.
         *
         * @param model an ONNX network
         * @return this builder
         */
        public Builder model(Model model) {
            this.model = Objects.requireNonNull(model, "model");
            return this;
        }

        /**
         * Sets the model.
         *
         * @param file path of an ONNX file, read at once
         * @return this builder
         * @throws ModelException if the file does not exist or cannot be read
         */
        public Builder model(Path file) {
            return model(Model.of(file));
        }

        /**
         * Describes a model that carries no manifest. Takes precedence over the model's own.
         *
         * @param manifest what the network expects and returns
         * @return this builder
         */
        public Builder manifest(ModelManifest manifest) {
            this.manifest = Objects.requireNonNull(manifest, "manifest");
            return this;
        }

        /**
         * Sets where the network runs, by default the processor.
         *
         * @param device the device
         * @return this builder
         */
        public Builder device(Device device) {
            this.device = Objects.requireNonNull(device, "device");
            return this;
        }

        /**
         * Sets what score makes a target, by default as the manifest says.
         *
         * @param threshold probability in [0, 1]; the score of a target's pixels is strictly above it
         * @return this builder
         * @throws IllegalArgumentException if it is not a probability
         */
        public Builder threshold(float threshold) {
            this.threshold = ModelManifest.requireProbability(threshold);
            return this;
        }

        /**
         * Sets what sample values are black and white, by default {@link InputRange#fullScale()}.
         *
         * @param inputRange the range of the samples
         * @return this builder
         */
        public Builder inputRange(InputRange inputRange) {
            this.inputRange = Objects.requireNonNull(inputRange, "inputRange");
            return this;
        }

        /**
         * Gives the detector threads of its own, that many of which work on one operation of the network; the calling
         * thread is one of them. By default all detectors of the process share one thread a processor core (where the
         * application itself used ONNX Runtime before the first detector, each has its own). With many calling
         * threads, 1 is often best.
         *
         * @param threads at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder threads(int threads) {
            if (threads < 1) {
                throw new IllegalArgumentException(threads + " threads: it takes at least 1");
            }
            this.threads = threads;
            return this;
        }

        /**
         * Cuts images into tiles, which bounds the memory that a large one takes. By default the network sees each
         * image as a whole.
         *
         * @param tiles size and overlap of the tiles
         * @return this builder
         */
        public Builder tiles(Tiles tiles) {
            this.tiles = Objects.requireNonNull(tiles, "tiles");
            return this;
        }

        /**
         * Sets how many images of one size, as padded for the network (unpadded where the file takes samples), may go
         * through it at the same time, by default 1. It holds for the images of {@code detectAll} and for the tiles of
         * an image; a {@code detect} without tiles runs alone. Results and their order are those of single detections,
         * on the processor to the last bit wherever that was tried. Input and output take that many times the memory,
         * and so do the network's own values.
         *
         * <p>Images of other sizes in between break nothing: each size has batches of its own, the last of which may
         * be incomplete. {@link Detector#detectAll(Stream, int)} reads a whole batch from its source before it starts
         * on it, of {@code inFlight} images at most, so that {@code inFlight} should be a multiple of the batch; twice
         * the batch reads one while another runs.
         *
         * <p>Meant for GPUs, where it was not run yet. On the processor batches cost time: an image took RRCANet-18 64
         * to 70 ms alone, 80 ms in a batch of 4.
         *
         * @param batch at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder batch(int batch) {
            if (batch < 1) {
                throw new IllegalArgumentException("a batch of " + batch + " images: it takes at least 1");
            }
            this.batch = batch;
            return this;
        }

        /**
         * Loads the model.
         *
         * @return the detector, to be closed by the caller
         * @throws IllegalStateException if no model was set
         * @throws ModelException if the model cannot be loaded, has no manifest (and none was set), does not fit it or
         *     takes one image at a time where batches were asked for
         * @throws DeviceException if the device cannot run it
         * @throws IllegalArgumentException if the tiles are of a size that the network cannot take
         */
        public IrstdDetector build() {
            if (model == null) {
                throw new IllegalStateException("a detector needs a model: call model(...) before build()");
            }
            Session session = Session.open(model, device, threads);
            try {
                ModelManifest known = manifest == null ? session.manifest() : manifest;
                Ports ports = session.ports(known, batch);
                float limit = threshold == null ? known.threshold() : threshold;
                if (tiles != null) {
                    tiles.requireFit(known.geometry());
                }
                return new IrstdDetector(model.name(), session, ports, known, limit, inputRange, tiles, batch);
            } catch (RuntimeException e) {
                session.close();
                throw e;
            }
        }
    }
}
