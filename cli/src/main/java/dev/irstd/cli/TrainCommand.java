package dev.irstd.cli;

import dev.irstd.Device;
import dev.irstd.training.Trainer;
import dev.irstd.training.TrainingListener;
import dev.irstd.training.TrainingPlan;
import dev.irstd.training.Validation;
import dev.irstd.training.data.Augmentation;
import dev.irstd.training.data.Sample;
import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.files.WholeFile;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.torch.Precision;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.torch.TrainingLoss;
import dev.irstd.training.weights.Initialisation;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        description = "Trains a network. Interrupted, the same command goes on after the last whole epoch.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--network", defaultValue = "RRCANet", description = "Network to train.")
    String network;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            required = true,
            description = "Dataset folder, whose training split is taken; several may be given. " + DataOptions.LAYOUTS)
    List<Path> data = List.of();

    @Option(
            names = "--without",
            paramLabel = "FILE",
            description = "Files of ids, one a line, to leave out of every data set (held-out images, leaks).")
    List<Path> without = List.of();

    @Option(
            names = "--validate",
            paramLabel = "FILE",
            description = "Files of ids, one a line, to leave out of training and to measure on; the figures go to"
                    + " validation.csv in the run folder.")
    List<Path> validate = List.of();

    @Option(names = "--validate-every", paramLabel = "N", description = "Epochs from one validation to the next.")
    int validateEvery = 1;

    @Option(names = "--run", required = true, description = "Run folder for checkpoint and log.")
    Path run;

    @Option(
            names = "--from",
            paramLabel = "RUN",
            description = "Start from the weights of another run folder, or of a file (safetensors, or what torch.save"
                    + " wrote), not from scratch.")
    @Nullable
    Path from;

    @Option(
            names = "--partial",
            description = "Take from the file of --from what fits, and start the rest from scratch: for weights of a"
                    + " related network, such as RRCANet's for RRCANet-ResNet34.")
    boolean partial;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            converter = LossConverter.class,
            completionCandidates = LossConverter.class,
            description = "What to minimise: ${COMPLETION-CANDIDATES}. Default: dpt-k, or the network's own where that"
                    + " does not fit.")
    @Nullable
    TrainingLoss loss;

    @Option(
            names = "--augmentation",
            paramLabel = "NAME",
            converter = AugmentationConverter.class,
            completionCandidates = AugmentationConverter.class,
            defaultValue = "standard",
            description = "How strongly patches vary: ${COMPLETION-CANDIDATES}.")
    Augmentation augmentation = Augmentation.standard();

    @Option(
            names = "--paste",
            paramLabel = "PROBABILITY",
            description = "How often an image gets a target of any training image besides its own, 0 to 1; default:"
                    + " ${DEFAULT-VALUE}.")
    double paste;

    @Option(
            names = "--scale",
            paramLabel = "LOW:HIGH",
            converter = Span.Converter.class,
            description = "Factors of the images' size, drawn between these. Default: the augmentation's.")
    @Nullable
    Span scale;

    @Option(
            names = "--normalization",
            paramLabel = "SCALING",
            converter = InputScaling.Converter.class,
            description = "What the network gets for a grey value: nuaa-sirst, nudt-sirst, irstd-1k, unit (grey / 255),"
                    + " or MEAN,DEVIATION on the scale 0 to 255. Default: nuaa-sirst, or unit for DCONet and LPNetGA.")
    @Nullable
    InputScaling normalization;

    @Option(
            names = "--initialisation",
            description = "How weights start from scratch: pytorch, xavier_normal, kaiming_normal or dconet.")
    Initialisation initialisation = TrainingPlan.standard().initialisation();

    @Option(names = "--learning-rate", description = "Highest learning rate.")
    double learningRate = TrainingPlan.standard().optimiser().learningRate();

    @Option(names = "--epochs", description = "Passes over the training images.")
    int epochs = TrainingPlan.standard().epochs();

    @Option(names = "--batch", description = "Patches a step; fewer need less memory.")
    int batch = TrainingPlan.standard().batch();

    @Option(
            names = "--patch",
            description = "Side length of a patch in pixels. Default: 192, or the size of a network that has only one.")
    @Nullable
    Integer patch;

    @Option(
            names = "--precision",
            description = "How steps compute: ${COMPLETION-CANDIDATES}. bfloat16 is faster on processors that have it.")
    Precision precision = TrainingPlan.standard().precision();

    @Option(names = "--seed", description = "Seed of weights, order and augmentation.")
    long seed = TrainingPlan.standard().seed();

    @Option(names = "--threads", description = "Threads that compute; the result depends on their number.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = DeviceConverter.class,
            defaultValue = "cpu",
            description = "Where the steps compute: cpu, cuda, cuda:N or auto; a run may change it when it goes on.")
    Device device = Device.cpu();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Network definition = Networks.named(network);
        if (partial && (from == null || Files.isDirectory(from))) {
            throw new IllegalArgumentException(
                    "--partial goes with --from FILE, a file of weights; a run gives one by irstd"
                            + " export --out FILE.safetensors");
        }
        if (validate.isEmpty()) {
            IdleOptions.refuse(spec, "--validate", List.of("--validate-every"));
        }
        if (from != null && !partial) {
            IdleOptions.refuse(spec, "training from scratch, or --partial,", List.of("--initialisation"));
        }
        List<Sample> samples = samples(SirstDataset::without);
        TorchSession.configure(threads);
        TrainingPlan plan = plan(definition);
        try (EpochBar bar = new EpochBar(epochs)) {
            TrainingListener progress = validate.isEmpty()
                    ? bar
                    : bar.andThen(new Validation(
                            definition, plan.normalization(), samples(TrainCommand::among), validateEvery, run));
            Trainer.train(definition, start(definition, plan), samples, plan, run, progress, device);
        }
        WholeFile.writePng(run.resolve("curve.png"), TrainingCurve.of(run));
        spec.commandLine()
                .getOut()
                .printf(
                        "Trained %s on %d images; next: irstd export --run %s --network %s --out FILE.onnx%n",
                        network, samples.size(), run, network);
        return 0;
    }

    /** The samples of the training splits that {@code part} leaves when it is told what is to be validated. */
    private List<Sample> samples(BiFunction<SirstDataset, List<String>, SirstDataset> part) {
        List<String> held = validate.stream()
                .flatMap(file -> SirstDataset.readIds(file).stream())
                .toList();
        Map<Path, SirstDataset> whole = new LinkedHashMap<>();
        for (Path folder : data) {
            whole.computeIfAbsent(folder, open -> DataOptions.open(open, DataOptions.TRAIN));
        }
        List<String> ids = whole.values().stream()
                .flatMap(dataset -> dataset.ids().stream())
                .toList();
        DataOptions.requireHits(without, ids, data);
        DataOptions.requireHits(validate, ids, data);
        return data.stream()
                .map(folder -> DataOptions.leave(
                        folder, DataOptions.TRAIN, without, Objects.requireNonNull(whole.get(folder))))
                .map(dataset -> part.apply(dataset, held).requireFiles())
                .flatMap(dataset -> dataset.samples().stream())
                .toList();
    }

    private static SirstDataset among(SirstDataset dataset, List<String> ids) {
        return dataset.only(dataset.ids().stream().filter(ids::contains).toList());
    }

    private Weights start(Network definition, TrainingPlan plan) throws IOException {
        if (from == null || partial) {
            Weights scratch = Weights.initial(definition, plan.initialisation(), plan.prior(), plan.seed());
            return from == null ? scratch : WeightsFile.readFitting(definition, from, scratch, err());
        }
        return Files.isDirectory(from)
                ? Trainer.read(definition, from).averaged()
                : WeightsFile.read(definition, from, err());
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private TrainingPlan plan(Network definition) {
        TrainingPlan standard = TrainingPlan.standardFor(definition);
        return standard.withEpochs(epochs)
                .withBatch(batch, patch == null ? standard.patchSize() : patch)
                .withNormalization(normalization == null ? standard.normalization() : normalization.of(1))
                .withAugmentation(augmentation())
                .withLearningRate(learningRate)
                .withLoss(loss == null ? standard.loss() : loss)
                .withInitialisation(initialisation, standard.prior())
                .withPrecision(precision)
                .withSeed(seed);
    }

    private Augmentation augmentation() {
        Augmentation pasting = augmentation.withPastedTargets(paste);
        return scale == null ? pasting : pasting.withScale(scale.low(), scale.high());
    }

    private static final class EpochBar implements TrainingListener, AutoCloseable {
        private final ProgressBar bar;

        EpochBar(int epochs) {
            bar = new ProgressBarBuilder()
                    .setInitialMax(epochs)
                    .setTaskName("train")
                    .setUnit(" epochs", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }

        @Override
        public void step(int epoch, int step, int steps, double loss) {
            bar.setExtraMessage(String.format(" step %d/%d loss %.4f", step, steps, loss));
        }

        @Override
        public void epoch(int epoch, Supplier<Weights> averaged) {
            bar.stepTo(epoch);
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
