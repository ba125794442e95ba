package dev.irstd.cli;

import dev.irstd.Device;
import dev.irstd.InputRange;
import dev.irstd.IrstdDetector;
import dev.irstd.Model;
import dev.irstd.Tiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of commands that detect. */
final class DetectorOptions {
    @ArgGroup(exclusive = false)
    @Nullable
    ForeignOptions foreign;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "Probability above which a pixel belongs to a target. Default: what the model says.")
    @Nullable
    Float threshold;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = DeviceConverter.class,
            defaultValue = "cpu",
            description = "Where the network runs: cpu, cuda, cuda:N or auto. Default: ${DEFAULT-VALUE}")
    Device device = Device.cpu();

    @Option(
            names = "--range",
            paramLabel = "RANGE",
            converter = InputRangeConverter.class,
            defaultValue = "full",
            description = "Sample values from black to white: LOW:HIGH (such as 0:16383 for 14 bits in 16), full (what"
                    + " the file's bits can hold) or per-image (lowest to highest). Default: ${DEFAULT-VALUE}")
    InputRange range = InputRange.fullScale();

    @Option(
            names = "--tiles",
            paramLabel = "SIZE:OVERLAP",
            converter = TilesConverter.class,
            description =
                    "Cut images into squares of that many pixels, which takes less memory for large ones. Default:"
                            + " the network sees each image as a whole.")
    @Nullable
    Tiles tiles;

    /** The detector with its name, for reports. */
    record Opened(IrstdDetector detector, String model) implements AutoCloseable {
        String network() {
            return detector.manifest().network() + ", version "
                    + detector.manifest().provenance().version();
        }

        @Override
        public void close() {
            detector.close();
        }
    }

    /** The detector of a model file or an embedded model. */
    Opened open(String model) {
        Model chosen = ModelChoice.of(model);
        IrstdDetector.Builder builder =
                IrstdDetector.builder().model(chosen).device(device).inputRange(range);
        if (foreign != null) {
            builder.manifest(foreign.manifest(chosen.name()));
        }
        if (threshold != null) {
            builder.threshold(threshold);
        }
        if (tiles != null) {
            builder.tiles(tiles);
        }
        return new Opened(builder.build(), chosen.name());
    }
}
