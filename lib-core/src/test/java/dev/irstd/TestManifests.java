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
        return withGeometry(manifest, new Geometry.PadToMultiple(multiple));
    }

    static ModelManifest withGeometry(ModelManifest manifest, Geometry geometry) {
        return new ModelManifest(
                manifest.network(),
                manifest.channels(),
                manifest.normalization(),
                geometry,
                manifest.activation(),
                manifest.threshold(),
                manifest.provenance());
    }
}
