package dev.irstd.examples;

import dev.irstd.Activation;
import dev.irstd.Detection;
import dev.irstd.Detector;
import dev.irstd.Device;
import dev.irstd.Device.Cuda.AlgorithmSearch;
import dev.irstd.Device.Cuda.Precision;
import dev.irstd.DeviceException;
import dev.irstd.Geometry;
import dev.irstd.InferenceException;
import dev.irstd.InfraredImage;
import dev.irstd.InputRange;
import dev.irstd.IrstdDetector;
import dev.irstd.Mask;
import dev.irstd.ModelException;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.Provenance;
import dev.irstd.Target;
import dev.irstd.Tiles;
import dev.irstd.models.Models;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

final class DetectionExamples {
    private static final Logger LOG = Logger.getLogger(DetectionExamples.class.getName());

    private DetectionExamples() {}

    static void readme(File image, File mask) throws IOException {
        try (Detector detector = IrstdDetector.load(Models.rrcanet18())) {
            Detection found = detector.detect(ImageIO.read(image));
            for (Target target : found.targets()) {
                System.out.printf("%.1f, %.1f  score %.2f%n", target.x(), target.y(), target.score());
            }
            ImageIO.write(found.mask().toImage(), "png", mask);
        }
    }

    static Detection fromCamera(Detector detector, short[] frame) {
        InfraredImage image = InfraredImage.grey16(640, 512, frame, 0, 640);
        return detector.detect(image);
    }

    static IrstdDetector of14BitCamera(Path file) {
        IrstdDetector detector = IrstdDetector.builder()
                .model(file)
                .inputRange(InputRange.between(0, 16383))
                .build();
        return detector;
    }

    static IrstdDetector foreign(Path file) {
        ModelManifest manifest = new ModelManifest(
                "UNet",
                1,
                Normalization.UNIT,
                new Geometry.PadToMultiple(16),
                Activation.LOGITS,
                0.5f,
                Provenance.unknown());
        IrstdDetector detector =
                IrstdDetector.builder().model(file).manifest(manifest).build();
        return detector;
    }

    static IrstdDetector official(Path file) {
        ModelManifest manifest =
                ModelManifest.basicIrstd("DNANet", Normalization.NUDT_SIRST).withOutput("probability");
        IrstdDetector detector =
                IrstdDetector.builder().model(file).manifest(manifest).build();
        return detector;
    }

    static Mask twoThresholds(Path file, BufferedImage image) {
        try (IrstdDetector detector =
                IrstdDetector.builder().model(file).threshold(0.3f).build()) {
            Detection found = detector.detect(image);
            Mask certain = found.scoreMap().above(0.9f);
            return certain;
        }
    }

    static List<Detection> manyThreads(Path file, List<InfraredImage> frames) {
        try (IrstdDetector detector =
                IrstdDetector.builder().model(file).threads(1).build()) {
            return frames.parallelStream().map(detector::detect).toList();
        }
    }

    static IrstdDetector inTiles(Path file) {
        IrstdDetector detector =
                IrstdDetector.builder().model(file).tiles(new Tiles(512, 128)).build();
        return detector;
    }

    static void stream(Path file, Stream<InfraredImage> frames, Consumer<List<Target>> consumer) {
        try (IrstdDetector detector =
                        IrstdDetector.builder().model(file).threads(1).build();
                Stream<Detection> found = detector.detectAll(frames, 4)) {
            found.forEach(detection -> consumer.accept(detection.targets()));
        }
    }

    static void batches(Path file, Stream<InfraredImage> frames, Consumer<List<Target>> consumer) {
        try (IrstdDetector detector =
                        IrstdDetector.builder().model(file).batch(4).build();
                Stream<Detection> found = detector.detectAll(frames, 8)) {
            found.forEach(detection -> consumer.accept(detection.targets()));
        }
    }

    static Device whereItRuns(Path file) {
        try (IrstdDetector detector =
                IrstdDetector.builder().model(file).device(Device.auto()).build()) {
            return detector.device();
        }
    }

    static IrstdDetector onGpu(Path file) {
        Device gpu = Device.cuda(0)
                .with(Precision.TF32)
                .with(AlgorithmSearch.EXHAUSTIVE)
                .withMemoryLimit(2L << 30);
        IrstdDetector detector = IrstdDetector.builder().model(file).device(gpu).build();
        return detector;
    }

    static void errors(Path file, BufferedImage image) {
        try (Detector detector =
                IrstdDetector.builder().model(file).device(Device.cuda(0)).build()) {
            detector.detect(image);
        } catch (ModelException e) {
            LOG.severe("this file will never work: " + e.getMessage());
        } catch (DeviceException e) {
            LOG.severe("another device may work: " + e.getMessage());
        } catch (InferenceException e) {
            LOG.severe("another image may work: " + e.getMessage());
        }
    }
}
