package dev.irstd.cli;

import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import java.util.Locale;
import java.util.function.Function;

/** Manifests for models that carry none, by what the network was trained on. */
enum ManifestChoice {
    IMAGENET_256(ModelManifest::imageNet256),
    NUAA_SIRST(Normalization.NUAA_SIRST),
    NUDT_SIRST(Normalization.NUDT_SIRST),
    IRSTD_1K(Normalization.IRSTD_1K),
    NUDT_SIRST_SEA(Normalization.NUDT_SIRST_SEA),
    SIRST4(Normalization.SIRST4),
    IRDST_REAL(Normalization.IRDST_REAL);

    private final Function<String, ModelManifest> manifest;

    ManifestChoice(Normalization normalization) {
        this(network -> ModelManifest.basicIrstd(network, normalization));
    }

    ManifestChoice(Function<String, ModelManifest> manifest) {
        this.manifest = manifest;
    }

    ModelManifest of(String network) {
        return manifest.apply(network);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
