package dev.irstd.training;

import dev.irstd.training.data.Background;
import dev.irstd.training.data.SceneFolder;
import dev.irstd.training.data.SceneGenerator;
import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.data.Split;
import dev.irstd.training.network.DroppingNetwork;
import dev.irstd.training.network.Network;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills processes that train in a run folder, one after the other, at any moment and while they write a checkpoint. */
class KilledTrainingTest {
    private static final Network NETWORK = new DroppingNetwork();
    /** More than a process goes on for before it is killed, by far. */
    private static final int EPOCHS_A_KILL = 15;

    @TempDir
    Path folder;

    private final Random random = new Random(1);

    @BeforeEach
    void makeDataset() throws IOException {
        List<String> ids = List.of("scene0", "scene1", "scene2", "scene3");
        SceneGenerator generator = SceneGenerator.of(32, 32, Background.SKY).withTargets(1);
        SceneFolder.write(data(folder), Split.TRAIN, ids, id -> generator.generate(ids.indexOf(id)));
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    @Test
    void endsWithTheSameWeights() throws Exception {
        endsWithTheSameWeightsAfter(2);
    }

    @Test
    @Tag("long")
    void endsWithTheSameWeightsAfterFiftyKills() throws Exception {
        endsWithTheSameWeightsAfter(50);
    }

    private void endsWithTheSameWeightsAfter(int kills) throws Exception {
        int epochs = EPOCHS_A_KILL * kills;
        Path killed = folder.resolve("killed");
        int reached = 0;
        for (int kill = 0; kill < kills; kill++) {
            startAndKill(killed, epochs, kill % 2 == 0);
            Checkpoint checkpoint = Checkpoint.read(NETWORK, killed.resolve(Checkpoint.FILE));
            assertThat(checkpoint.epoch()).isGreaterThan(reached).isLessThan(epochs);
            reached = checkpoint.epoch();
        }

        Weights resumed = train(folder, killed, epochs, TrainingListener.NONE);

        Weights uninterrupted = train(folder, folder.resolve("whole"), epochs, TrainingListener.NONE);
        assertThat(resumed.tensors().keySet()).isEqualTo(uninterrupted.tensors().keySet());
        for (Map.Entry<String, FloatTensor> entry : resumed.tensors().entrySet()) {
            assertThat(entry.getValue().values())
                    .as(entry.getKey())
                    .isEqualTo(uninterrupted.get(entry.getKey()).values());
        }
        assertThat(Files.readAllLines(killed.resolve("log.csv"))).hasSize(1 + epochs);
        try (Stream<Path> files = Files.list(killed)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(Checkpoint.FILE, "log.csv");
        }
    }

    /** After some epochs, and then at once when a checkpoint is being written or up to 20 ms later. */
    private void startAndKill(Path run, int epochs, boolean whileWriting) throws Exception {
        Process training = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        run.toString(),
                        Integer.toString(epochs))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = training.inputReader()) {
            // One that goes on says first where it is.
            int said = Files.exists(run.resolve(Checkpoint.FILE)) ? 1 : 0;
            for (int i = said + 1 + random.nextInt(4); i > 0; i--) {
                assertThat(lines.readLine()).as("a line for each epoch").isNotNull();
            }
            Path part = run.resolve(Checkpoint.FILE + ".part");
            while (whileWriting && training.isAlive() && !Files.exists(part)) {
                Thread.onSpinWait();
            }
            if (!whileWriting) {
                Thread.sleep(0, random.nextInt(1_000_000));
                Thread.sleep(random.nextInt(20));
            }
        } finally {
            training.destroyForcibly();
            // 128 + 9: it did not end by itself.
            assertThat(training.waitFor()).isEqualTo(137);
        }
    }

    private static Weights train(Path folder, Path run, int epochs, TrainingListener listener) throws IOException {
        TorchSession.configure(1);
        TrainingPlan plan = TrainingPlan.standard().withEpochs(epochs).withBatch(2, 32);
        return Trainer.train(
                NETWORK, SirstDataset.open(data(folder), Split.TRAIN).samples(), plan, run, listener);
    }

    /** The process that is killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws IOException {
            train(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]), new TrainingListener() {
                @Override
                public void epoch(int epoch, Supplier<Weights> averaged) {
                    System.out.println(epoch);
                }
            });
        }
    }
}
