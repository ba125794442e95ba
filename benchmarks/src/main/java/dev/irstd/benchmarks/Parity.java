package dev.irstd.benchmarks;

import ai.onnxruntime.OrtException;
import dev.irstd.Activation;
import dev.irstd.Component;
import dev.irstd.Detection;
import dev.irstd.Device;
import dev.irstd.IrstdDetector;
import dev.irstd.IrstdException;
import dev.irstd.ModelManifest;
import dev.irstd.ScoreMap;
import dev.irstd.Target;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Whether each embedded model computes on a device what it computed on the processor where the reference vectors were
 * made: drawn images and their probabilities, in files that {@code write} makes and {@code check} reads.
 */
public final class Parity {
    /** The largest difference of two probabilities that counts as parity, with TF32 off. */
    static final double LIMIT = 1e-3;

    /** Exit code: a device computes something else. */
    static final int DIFFERENT = 1;

    /** Exit code: a device could not run; what could, agreed. */
    static final int NOT_RUN = 3;

    private static final double SAME_PLACE = 0.5;
    private static final List<Size> SIZES = List.of(new Size(256, 256), new Size(250, 198));

    private final Path folder;
    private boolean different;
    private boolean notRun;

    private Parity(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the vectors, or compares with them and exits with 0, {@value #DIFFERENT} or {@value #NOT_RUN}.
     *
     * @param arguments {@code write} and a folder, or {@code check}, the folder and devices, {@code cpu} or {@code cuda}
     * @throws Exception if the vectors cannot be written or read
     */
    public static void main(String[] arguments) throws Exception {
        Parity parity = new Parity(Path.of(arguments[1]));
        if (arguments[0].equals("write")) {
            parity.write();
        } else {
            for (String device : Arrays.asList(arguments).subList(2, arguments.length)) {
                parity.check(device);
            }
        }
        System.exit(parity.exitCode());
    }

    int exitCode() {
        return different ? DIFFERENT : notRun ? NOT_RUN : 0;
    }

    static Parity in(Path folder) {
        return new Parity(folder);
    }

    void write() throws IOException, OrtException {
        Files.createDirectories(folder);
        for (Size size : SIZES) {
            ImageIO.write(Scene.draw(size), "png", image(size).toFile());
            for (String model : MeasuredModel.embedded()) {
                float[] scores = scores(MeasuredModel.of(model).onnx(), DeviceSession.CPU, image(size));
                ByteBuffer bytes = ByteBuffer.allocate(scores.length * Float.BYTES);
                bytes.asFloatBuffer().put(scores);
                Files.write(vector(model, size), bytes.array());
            }
        }
    }

    private Path image(Size size) {
        return folder.resolve(size + ".png");
    }

    private Path vector(String model, Size size) {
        return folder.resolve(model + "-" + size + ".scores");
    }

    private float[] expected(String model, Size size) throws IOException {
        FloatBuffer values =
                ByteBuffer.wrap(Files.readAllBytes(vector(model, size))).asFloatBuffer();
        float[] scores = new float[values.remaining()];
        values.get(scores);
        return scores;
    }

    void check(String device) throws IOException {
        for (String model : MeasuredModel.embedded()) {
            try {
                for (Size size : SIZES) {
                    checkScores(device, model, size);
                }
            } catch (OrtException e) {
                say(device, model, "ONNX Runtime", "COULD NOT RUN: " + oneLine(e));
                notRun = true;
            }
            try {
                for (Size size : SIZES) {
                    checkTargets(device, model, size);
                }
            } catch (IrstdException e) {
                say(device, model, "detect()", "COULD NOT RUN: " + oneLine(e));
                notRun = true;
            }
        }
    }

    private void checkScores(String device, String model, Size size) throws IOException, OrtException {
        float[] scores = scores(MeasuredModel.of(model).onnx(), device, image(size));
        double difference = Agreement.difference(expected(model, size), scores);
        boolean same = difference <= LIMIT;
        different |= !same;
        say(
                device,
                model,
                "ONNX Runtime, TF32 off, " + size,
                (same ? "ok" : "DIFFERENT") + ": largest difference "
                        + Texts.format("%.1e, limit %.0e", difference, LIMIT));
    }

    private static float[] scores(byte[] onnx, String device, Path file) throws IOException, OrtException {
        BufferedImage image = ImageIO.read(file.toFile());
        try (DeviceSession session = DeviceSession.open(onnx, device, false)) {
            ModelManifest manifest = session.manifest();
            NetworkInput input = NetworkInput.of(image, manifest);
            session.feed(input, 1);
            float[] output = new float[input.width() * input.height()];
            session.run().get(0, output);
            return input.crop(manifest.activation() == Activation.LOGITS ? PlainNetwork.sigmoid(output) : output);
        }
    }

    private void checkTargets(String device, String model, Size size) throws IOException {
        Device asked = device.equals(DeviceSession.CUDA) ? Device.cuda(0) : Device.cpu();
        try (IrstdDetector detector = IrstdDetector.builder()
                .model(MeasuredModel.of(model).model())
                .device(asked)
                .build()) {
            Detection found = detector.detect(ImageIO.read(image(size).toFile()));
            List<Component> expected = ScoreMap.of(size.width(), size.height(), expected(model, size))
                    .above(detector.manifest().threshold())
                    .components();
            boolean same = samePlaces(expected, found.targets());
            different |= !same;
            say(
                    device,
                    model,
                    "detect(), " + size,
                    (same ? "ok" : "DIFFERENT") + ": " + found.targets().size() + " targets on " + detector.device()
                            + ", " + expected.size() + " expected");
        }
    }

    private static boolean samePlaces(List<Component> expected, List<Target> found) {
        if (expected.size() != found.size()) {
            return false;
        }
        return expected.stream().allMatch(target -> found.stream()
                .anyMatch(other -> Math.hypot(target.x() - other.x(), target.y() - other.y()) <= SAME_PLACE));
    }

    private static void say(String device, String model, String what, String result) {
        System.out.println(device + ", " + model + ", " + what + ": " + result);
    }

    static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
