package dev.irstd.cli;

import dev.irstd.ModelManifest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a model that carries no manifest is taken for. */
final class ForeignOptions {
    @Option(
            names = "--manifest",
            paramLabel = "NAME",
            required = true,
            converter = ManifestConverter.class,
            description =
                    "For a model that carries no manifest, or instead of its own: imagenet-256 (3 channels scaled as"
                            + " for ImageNet, resized to 256x256, logits), or the data set whose constants scale its 1 channel"
                            + " (padded to multiples of 32, probabilities). One of ${COMPLETION-CANDIDATES}")
    ManifestChoice manifest = ManifestChoice.IMAGENET_256;

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "With --manifest: the output that is the prediction, where the model has several.")
    @Nullable
    String output;

    ModelManifest manifest(String network) {
        ModelManifest chosen = manifest.of(network);
        return output == null ? chosen : chosen.withOutput(output);
    }
}
