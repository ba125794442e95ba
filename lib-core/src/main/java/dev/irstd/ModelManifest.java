package dev.irstd;

import java.util.Map;
import java.util.Objects;

/**
 * What a detector must know about a network to feed it and to read its output. An exported ONNX file carries it in its
 * {@code metadata_props}; for a foreign one, write it out:
 *
 * <pre>{@code
 * new ModelManifest("UNet", 1, Normalization.of(0, 255), new Geometry.PadToMultiple(16),
 *         Activation.LOGITS, 0.5f, Provenance.unknown())
 * }</pre>
 *
 * @param network name of the network, such as "RRCANet-18"
 * @param channels channels of the input: 1, or 3 that all get the grey image
 * @param normalization scaling of the input, for each channel
 * @param geometry how an image gets a size that the network can take
 * @param activation what the output values are
 * @param threshold probability in [0, 1] above which a pixel belongs to a target
 * @param provenance version, training data, metrics, licence
 */
public record ModelManifest(
        String network,
        int channels,
        Normalization normalization,
        Geometry geometry,
        Activation activation,
        float threshold,
        Provenance provenance) {
    /** Checks that the parts fit each other. */
    public ModelManifest {
        Provenance.requireText(network, "network");
        Objects.requireNonNull(normalization, "normalization");
        Objects.requireNonNull(geometry, "geometry");
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(provenance, "provenance");
        requireChannels(channels);
        requireProbability(threshold);
        if (normalization.channels() != channels) {
            throw new IllegalArgumentException("network " + network + " has an input of " + channels
                    + " channel(s), the normalization is for " + normalization.channels());
        }
    }

    static int requireChannels(int channels) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "an input of " + channels + " channels: infrared images feed 1, or 3 that are all grey");
        }
        return channels;
    }

    static float requireProbability(float threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " is not a probability in [0, 1]");
        }
        return threshold;
    }

    /**
     * Writes the manifest as metadata of an ONNX file.
     *
     * @return entries whose keys start with {@code irstd.}, among them {@code irstd.manifest}, the version of the format
     */
    public Map<String, String> toMetadata() {
        return ManifestMetadata.write(this);
    }

    /**
     * Reads a manifest from the metadata of an ONNX file.
     *
     * @param metadata all entries; those of other keys are ignored
     * @return the manifest, equal to the one that was written
     * @throws ModelException if there is none, it is of a newer version, or an entry is missing or malformed
     */
    public static ModelManifest fromMetadata(Map<String, String> metadata) {
        return ManifestMetadata.read("metadata", Objects.requireNonNull(metadata, "metadata"));
    }
}
