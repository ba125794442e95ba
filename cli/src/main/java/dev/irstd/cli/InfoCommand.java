package dev.irstd.cli;

import dev.irstd.Geometry;
import dev.irstd.IrstdDetector;
import dev.irstd.Model;
import dev.irstd.ModelManifest;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Networks;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "info",
        description = "Says what the networks cost, or what a model says of itself.",
        mixinStandardHelpOptions = true)
final class InfoCommand implements Callable<Integer> {
    /** The size at which papers count, for networks that take several. */
    private static final Geometry.Resize SIZE = new Geometry.Resize(256, 256, Geometry.Sampling.BILINEAR);

    @Parameters(
            paramLabel = "NETWORK|MODEL",
            arity = "0..1",
            description = "Name of a network, ONNX file or name of an embedded model. Default: all networks.")
    @Nullable
    String subject;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (subject == null) {
            out.print(costs(Networks.names()));
        } else if (Networks.names().contains(subject)) {
            out.print(costs(List.of(subject)));
        } else {
            print(ModelChoice.of(subject), out);
        }
        out.flush();
        return 0;
    }

    /** Multiplications as often as they run, and with shared convolutions counted once, as papers do. */
    private static Table costs(List<String> names) {
        Table table = new Table("network", "parameters", "input", "GMAC", "GMAC, shared once", "as papers count");
        for (String name : names) {
            Network network = Networks.named(name);
            Geometry.Resize size = network.geometry() instanceof Geometry.Resize only ? only : SIZE;
            NetworkSummary summary = NetworkSummary.of(network, size.width(), size.height());
            table.row(
                    name,
                    Long.toString(summary.parameterCount()),
                    size.width() + "x" + size.height(),
                    giga(summary.macs()),
                    giga(summary.macsOnce()),
                    giga(summary.macsAsPapersCount()));
        }
        return table;
    }

    private static String giga(long count) {
        return String.format(Locale.ROOT, "%.3f", count / 1e9);
    }

    private static void print(Model model, PrintWriter out) {
        try (IrstdDetector detector = IrstdDetector.load(model)) {
            ModelManifest manifest = detector.manifest();
            out.printf("model          %s%n", model.name());
            out.printf("network        %s%n", manifest.network());
            out.printf("version        %s%n", manifest.provenance().version());
            out.printf("input          %d channel(s), %s%n", manifest.channels(), input(manifest));
            out.printf("mean           %s%n", manifest.normalization().mean());
            out.printf("deviation      %s%n", manifest.normalization().standardDeviation());
            out.printf("geometry       %s%n", geometry(manifest));
            out.printf("output         %s%n", output(manifest));
            out.printf("threshold      %s%n", manifest.threshold());
            out.printf("training data  %s%n", manifest.provenance().trainingData());
            out.printf("metrics        %s%n", manifest.provenance().metrics());
            out.printf("licence        %s%n", manifest.provenance().licence());
            out.printf("SHA-256        %s%n", model.sha256());
        }
    }

    private static String input(ModelManifest manifest) {
        return switch (manifest.input()) {
            case FLOAT32 -> "float32";
            case UINT8 -> "uint8: samples of 8 bits, which the file scales and pads";
            case UINT16 -> "uint16: samples of 8 or 16 bits, which the file scales and pads";
        };
    }

    private static String geometry(ModelManifest manifest) {
        if (manifest.geometry() instanceof Geometry.Resize resize) {
            String sampling = resize.sampling().name().toLowerCase(Locale.ROOT);
            return "resized to " + resize.width() + "x" + resize.height() + ", " + sampling;
        }
        Geometry.PadToMultiple padding = (Geometry.PadToMultiple) manifest.geometry();
        return "padded to multiples of " + padding.multiple();
    }

    private static String output(ModelManifest manifest) {
        String activation = manifest.activation().name().toLowerCase(Locale.ROOT);
        return manifest.output().map(name -> activation + ", \"" + name + "\"").orElse(activation);
    }
}
