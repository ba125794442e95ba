package dev.irstd;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a detector must know about a network to feed it and to read its output. An exported ONNX file carries it in its
 * {@code metadata_props}; for a foreign one, take {@link #imageNet256} or {@link #basicIrstd}, or write it out:
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
 * @param output name of the output that is the prediction; empty where the network has one output only
 * @param input what the file takes as its image
 */
public record ModelManifest(
        String network,
        int channels,
        Normalization normalization,
        Geometry geometry,
        Activation activation,
        float threshold,
        Provenance provenance,
        Optional<String> output,
        InputType input) {
    /** Checks that the parts fit each other. */
    public ModelManifest {
        Provenance.requireText(network, "network");
        Objects.requireNonNull(normalization, "normalization");
        Objects.requireNonNull(geometry, "geometry");
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(provenance, "provenance");
        Objects.requireNonNull(output, "output").ifPresent(name -> Provenance.requireText(name, "output"));
        requireChannels(channels);
        requirePossible(channels, geometry);
        requireProbability(threshold);
        requirePadded(Objects.requireNonNull(input, "input"), geometry);
        if (normalization.channels() != channels) {
            throw new IllegalArgumentException("network " + network + " has an input of " + channels
                    + " channel(s), the normalization is for " + normalization.channels());
        }
    }

    /**
     * Describes a network of one output, whose input is floats.
     *
     * @param network name of the network, such as "RRCANet-18"
     * @param channels channels of the input: 1, or 3 that all get the grey image
     * @param normalization scaling of the input, for each channel
     * @param geometry how an image gets a size that the network can take
     * @param activation what the output values are
     * @param threshold probability in [0, 1] above which a pixel belongs to a target
     * @param provenance version, training data, metrics, licence
     * @throws IllegalArgumentException if the parts do not fit each other
     */
    public ModelManifest(
            String network,
            int channels,
            Normalization normalization,
            Geometry geometry,
            Activation activation,
            float threshold,
            Provenance provenance) {
        this(
                network,
                channels,
                normalization,
                geometry,
                activation,
                threshold,
                provenance,
                Optional.empty(),
                InputType.FLOAT32);
    }

    /**
     * A network as DNANet's official code tests it, and RRCANet's on NUAA-SIRST and IRSTD-1K: the grey image resized to
     * 256 x 256 with antialias, in three channels scaled by {@link Normalization#IMAGE_NET}, makes logits, of which
     * those above 0 (probability 0.5) are targets.
     *
     * <p>The official code rounds the resized image to whole grey values and measures at 256 x 256; a detector does
     * not round, and brings the scores back to the image's size.
     *
     * @param network name of the network
     * @return the manifest of unknown provenance, for a network of one output
     */
    public static ModelManifest imageNet256(String network) {
        return new ModelManifest(
                network,
                3,
                Normalization.IMAGE_NET,
                new Geometry.Resize(256, 256, Geometry.Sampling.ANTIALIASED),
                Activation.LOGITS,
                0.5f,
                Provenance.unknown());
    }

    /**
     * A network as the toolbox BasicIRSTD tests it, and RRCANet's official code on DenseSIRST: the grey image in one
     * channel, scaled by constants of the data set and then padded to multiples of 32, makes probabilities, of which
     * those above 0.5 are targets.
     *
     * @param network name of the network
     * @param normalization that of the data set it was trained on, such as {@link Normalization#NUDT_SIRST}
     * @return the manifest of unknown provenance, for a network of one output
     * @throws IllegalArgumentException if the normalization is not for one channel
     */
    public static ModelManifest basicIrstd(String network, Normalization normalization) {
        return new ModelManifest(
                network,
                1,
                normalization,
                new Geometry.PadToMultiple(32),
                Activation.PROBABILITY,
                0.5f,
                Provenance.unknown());
    }

    /**
     * Says which of several outputs is the prediction. Networks that were trained with deep supervision often return
     * it last (DNANet, AMFU-Net), UIU-Net returns it first.
     *
     * @param name name of the output in the ONNX file
     * @return a manifest that differs from this one in the output
     * @throws IllegalArgumentException if the name is blank
     */
    public ModelManifest withOutput(String name) {
        return new ModelManifest(
                network,
                channels,
                normalization,
                geometry,
                activation,
                threshold,
                provenance,
                Optional.of(name),
                input);
    }

    /**
     * Says what the file takes as its image. One that takes samples scales and pads them itself, by inputs that the exporter
     * of irstd-training knows how to make.
     *
     * @param input the input of the ONNX file
     * @return a manifest that differs from this one in the input
     * @throws IllegalArgumentException if it is samples and the geometry resizes
     */
    public ModelManifest withInput(InputType input) {
        return new ModelManifest(
                network, channels, normalization, geometry, activation, threshold, provenance, output, input);
    }

    /** Refuses samples that would have to be resized, which no file does. */
    static InputType requirePadded(InputType input, Geometry geometry) {
        if (input.isSamples() && geometry instanceof Geometry.Resize) {
            throw new IllegalArgumentException(
                    "samples (" + input + ") are padded inside the file, but the geometry is " + geometry
                            + "; images that are resized go in as " + InputType.FLOAT32);
        }
        return input;
    }

    static int requireChannels(int channels) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "an input of " + channels + " channels: infrared images feed 1, or 3 that are all grey");
        }
        return channels;
    }

    /** Refuses a geometry whose smallest input no buffer holds. */
    static Geometry requirePossible(int channels, Geometry geometry) {
        long width;
        long height;
        if (geometry instanceof Geometry.Resize resize) {
            width = resize.width();
            height = resize.height();
        } else {
            width = ((Geometry.PadToMultiple) geometry).multiple();
            height = width;
        }
        if (width * height > Preprocessing.MOST_FLOATS / channels) {
            throw new IllegalArgumentException("no image has an input of " + geometry + ": " + channels + "x" + height
                    + "x" + width + " floats are more than the " + Preprocessing.MOST_FLOATS + " that a buffer holds");
        }
        return geometry;
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
     * @param metadata all entries; those of keys that this version does not know are ignored, because what must not be
     *     ignored comes with a new version of the format
     * @return the manifest, equal to the one that was written
     * @throws ModelException if there is none, it is of a newer version, or an entry is missing, malformed or contradicts
     *     another
     */
    public static ModelManifest fromMetadata(Map<String, String> metadata) {
        return ManifestMetadata.read("metadata", Objects.requireNonNull(metadata, "metadata"));
    }
}
