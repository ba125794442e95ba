package dev.irstd;

/** Manifests that differ from another in one thing. */
final class TestManifests {
    private TestManifests() {}

    static ModelManifest withThreshold(ModelManifest manifest, float threshold) {
        return new ModelManifest(
                manifest.network(),
                manifest.channels(),
                manifest.normalization(),
                manifest.geometry(),
                manifest.activation(),
                threshold,
                manifest.provenance());
    }

    static ModelManifest withActivation(ModelManifest manifest, Activation activation) {
        return new ModelManifest(
                manifest.network(),
                manifest.channels(),
                manifest.normalization(),
                manifest.geometry(),
                activation,
                manifest.threshold(),
                manifest.provenance());
    }

    static ModelManifest withMultiple(ModelManifest manifest, int multiple) {
        return new ModelManifest(
                manifest.network(),
                manifest.channels(),
                manifest.normalization(),
                new Geometry.PadToMultiple(multiple),
                manifest.activation(),
                manifest.threshold(),
                manifest.provenance());
    }
}
