package dev.irstd.testing;

import dev.irstd.Detector;
import dev.irstd.InferenceException;
import dev.irstd.InfraredImage;
import dev.irstd.IrstdDetector;
import dev.irstd.Model;
import dev.irstd.ModelException;
import dev.irstd.ScoreMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Loads a model with one of its bits flipped, and runs it, again and again in a process of its own, which ONNX Runtime
 * may take down.
 */
public final class BitFlips {
    private static final String FINISHED = "finished";

    private BitFlips() {}

    /** What became of a model whose bit was flipped. */
    public enum Outcome {
        /** A {@link ModelException} that names the model. */
        REFUSED,
        /** An {@link InferenceException} that names the model. */
        FAILED,
        /** The scores of the whole model. */
        SAME,
        /** Other scores. */
        OTHER,
        /** An exception that should not be. */
        ESCAPED
    }

    /**
     * Flips bits one after the other.
     *
     * @param file the model
     * @param seed chooses the bits
     * @param count how many; all bits, in their order, if there are no more
     * @return how often each outcome was
     * @throws AssertionError naming the bit if the process died
     */
    public static Map<Outcome, Long> run(Path file, long seed, int count) throws IOException, InterruptedException {
        Path report = Files.createTempFile("flips", ".txt");
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:ErrorFile=" + report.resolveSibling("flips-%p.log"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            BitFlips.class.getName(),
                            file.toString(),
                            Long.toString(seed),
                            Integer.toString(count))
                    .redirectOutput(report.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int exit = process.waitFor();
            List<String> lines = Files.readAllLines(report);
            String last = lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
            if (exit != 0 || !last.equals(FINISHED)) {
                throw new AssertionError(
                        "the process died with exit status " + exit + " of " + file + " with flipped bit " + last);
            }
            return lines.stream()
                    .limit(lines.size() - 1L)
                    .map(line -> Outcome.valueOf(line.substring(line.indexOf(' ') + 1)))
                    .collect(Collectors.groupingBy(
                            outcome -> outcome, () -> new EnumMap<>(Outcome.class), Collectors.counting()));
        } finally {
            Files.delete(report);
        }
    }

    /** The process: model, seed, count. */
    public static void main(String[] arguments) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(arguments[0]));
        Random random = new Random(Long.parseLong(arguments[1]));
        int count = Integer.parseInt(arguments[2]);
        int bits = Math.multiplyExact(8, whole.length);
        InfraredImage image = image();
        ScoreMap scores = scores(whole, image);
        IntStream chosen = count >= bits ? IntStream.range(0, bits) : random.ints(count, 0, bits);
        chosen.forEach(bit -> {
            System.out.print(bit + " ");
            System.out.flush();
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            System.out.println(outcome(flipped, image, scores));
        });
        System.out.println(FINISHED);
    }

    private static InfraredImage image() {
        byte[] samples = new byte[17 * 15];
        new Random(1).nextBytes(samples);
        return InfraredImage.grey8(17, 15, samples, 0, 17);
    }

    private static Outcome outcome(byte[] flipped, InfraredImage image, ScoreMap scores) {
        try {
            return scores(flipped, image).equals(scores) ? Outcome.SAME : Outcome.OTHER;
        } catch (ModelException e) {
            return e.getMessage().contains("flipped.onnx") ? Outcome.REFUSED : Outcome.ESCAPED;
        } catch (InferenceException e) {
            return e.getMessage().contains("flipped.onnx") ? Outcome.FAILED : Outcome.ESCAPED;
        } catch (RuntimeException | Error e) {
            return Outcome.ESCAPED;
        }
    }

    private static ScoreMap scores(byte[] onnx, InfraredImage image) {
        try (Detector detector = IrstdDetector.builder()
                .model(Model.of("flipped.onnx", onnx))
                .threads(1)
                .build()) {
            return detector.detect(image).scoreMap();
        }
    }
}
