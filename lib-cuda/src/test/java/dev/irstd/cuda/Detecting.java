package dev.irstd.cuda;

import dev.irstd.Detection;
import dev.irstd.Device;
import dev.irstd.DeviceException;
import dev.irstd.InfraredImage;
import dev.irstd.IrstdDetector;
import dev.irstd.models.Models;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that detects in one image: it writes the scores into a file, or prints why it cannot. */
final class Detecting {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 80;

    private Detecting() {}

    /** Takes {@code cpu} or {@code cuda}, and the file. */
    public static void main(String[] arguments) throws Exception {
        Device device = arguments[0].equals("cpu") ? Device.cpu() : Device.cuda(0);
        try (IrstdDetector detector =
                IrstdDetector.builder().model(Models.rrcanet18()).device(device).build()) {
            Detection found = detector.detect(image());
            ByteBuffer scores = ByteBuffer.allocate(4 * WIDTH * HEIGHT);
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    scores.putFloat(found.scoreMap().get(x, y));
                }
            }
            Files.write(Path.of(arguments[1]), scores.array());
            System.out.println("found " + found.targets().size() + " on " + detector.device() + " with "
                    + System.getProperty("onnxruntime.native.path"));
        } catch (DeviceException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }

    /** A gradient with two bright spots. */
    private static InfraredImage image() {
        byte[] samples = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean spot = Math.hypot(x - 30, y - 20) < 2 || Math.hypot(x - 70, y - 50) < 2;
                samples[y * WIDTH + x] = (byte) (spot ? 230 : 40 + x / 2);
            }
        }
        return InfraredImage.grey8(WIDTH, HEIGHT, samples, 0, WIDTH);
    }
}
