package dev.irstd.cli;

import dev.irstd.training.Trainer;
import dev.irstd.training.TrainingListener;
import dev.irstd.training.TrainingPlan;
import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.data.Split;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Networks;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        description = "Trains a network. Interrupted, the same command goes on after the last whole epoch.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--network", defaultValue = "RRCANet-18", description = "Network to train.")
    String network;

    @Option(names = "--data", required = true, description = "Dataset folder with images/, masks/ and split lists.")
    Path data;

    @Option(
            names = "--without",
            description = "Files of ids, one a line, to leave out of the training split (held-out images, leaks).")
    List<Path> without = List.of();

    @Option(names = "--run", required = true, description = "Run folder for checkpoint and log.")
    Path run;

    @Option(names = "--epochs", description = "Passes over the training images.")
    int epochs = TrainingPlan.standard().epochs();

    @Option(names = "--seed", description = "Seed of weights, order and augmentation.")
    long seed = TrainingPlan.standard().seed();

    @Option(names = "--threads", description = "Threads that compute; the result depends on their number.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        Network definition = Networks.named(network);
        SirstDataset dataset = SirstDataset.open(data, Split.TRAIN);
        for (Path ids : without) {
            dataset = dataset.without(SirstDataset.readIds(ids));
        }
        TorchSession.configure(threads);
        TrainingPlan plan = TrainingPlan.standard().withEpochs(epochs).withSeed(seed);
        try (Progress progress = new Progress(epochs)) {
            Trainer.train(definition, dataset, plan, run, progress);
        }
        System.out.printf("Trained %s on %d images; next: irstd export --run %s%n", network, dataset.size(), run);
        return 0;
    }

    private static final class Progress implements TrainingListener, AutoCloseable {
        private final ProgressBar bar;

        Progress(int epochs) {
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
