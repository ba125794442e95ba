package dev.irstd;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A manifest as {@code metadata_props} of an ONNX file, with errors that name key and value. */
final class ManifestMetadata {
    /** What all keys begin with. */
    static final String PREFIX = "irstd.";

    private static final int VERSION = 2;
    /** What files whose input is floats need no more than: older readers know it. */
    private static final int VERSION_OF_FLOATS = 1;

    private static final String MANIFEST = "irstd.manifest";
    private static final String NETWORK = "irstd.network";
    private static final String CHANNELS = "irstd.channels";
    private static final String INPUT = "irstd.input";
    private static final String MEAN = "irstd.normalization.mean";
    private static final String STANDARD_DEVIATION = "irstd.normalization.standard-deviation";
    private static final String GEOMETRY = "irstd.geometry";
    private static final String MULTIPLE = "irstd.geometry.multiple";
    private static final String WIDTH = "irstd.geometry.width";
    private static final String HEIGHT = "irstd.geometry.height";
    private static final String SAMPLING = "irstd.geometry.sampling";
    private static final String ACTIVATION = "irstd.activation";
    private static final String OUTPUT = "irstd.output";
    private static final String THRESHOLD = "irstd.threshold";
    private static final String MODEL_VERSION = "irstd.version";
    private static final String TRAINING_DATA = "irstd.training-data";
    private static final String METRICS = "irstd.metrics";
    private static final String LICENCE = "irstd.licence";

    private static final String PAD_TO_MULTIPLE = "pad-to-multiple";
    private static final String RESIZE = "resize";

    private final String source;
    private final Map<String, String> metadata;

    private ManifestMetadata(String source, Map<String, String> metadata) {
        this.source = source;
        this.metadata = metadata;
    }

    static Map<String, String> write(ModelManifest manifest) {
        Map<String, String> metadata = new LinkedHashMap<>();
        boolean samples = manifest.input().isSamples();
        metadata.put(MANIFEST, Integer.toString(samples ? VERSION : VERSION_OF_FLOATS));
        metadata.put(NETWORK, manifest.network());
        metadata.put(CHANNELS, Integer.toString(manifest.channels()));
        if (samples) {
            metadata.put(INPUT, name(manifest.input()));
        }
        metadata.put(MEAN, join(manifest.normalization().mean()));
        metadata.put(STANDARD_DEVIATION, join(manifest.normalization().standardDeviation()));
        if (manifest.geometry() instanceof Geometry.PadToMultiple pad) {
            metadata.put(GEOMETRY, PAD_TO_MULTIPLE);
            metadata.put(MULTIPLE, Integer.toString(pad.multiple()));
        } else if (manifest.geometry() instanceof Geometry.Resize resize) {
            metadata.put(GEOMETRY, RESIZE);
            metadata.put(WIDTH, Integer.toString(resize.width()));
            metadata.put(HEIGHT, Integer.toString(resize.height()));
            metadata.put(SAMPLING, name(resize.sampling()));
        }
        metadata.put(ACTIVATION, name(manifest.activation()));
        manifest.output().ifPresent(name -> metadata.put(OUTPUT, name));
        metadata.put(THRESHOLD, Float.toString(manifest.threshold()));
        metadata.put(MODEL_VERSION, manifest.provenance().version());
        metadata.put(TRAINING_DATA, manifest.provenance().trainingData());
        metadata.put(METRICS, manifest.provenance().metrics());
        metadata.put(LICENCE, manifest.provenance().licence());
        return metadata;
    }

    /** Reads a manifest; {@code source} begins the error messages. */
    static ModelManifest read(String source, Map<String, String> metadata) {
        return new ManifestMetadata(source, metadata).manifest();
    }

    private ModelManifest manifest() {
        if (!metadata.containsKey(MANIFEST)) {
            throw new ModelException(source + ": no manifest (metadata key " + MANIFEST
                    + "), so scaling, padding and output are unknown; export it again with one, or pass a"
                    + " ModelManifest to IrstdDetector.builder().manifest(...)");
        }
        int version = value(MANIFEST, Integer::parseInt);
        if (version > VERSION) {
            throw new ModelException(source + ": manifest of version " + version + " (" + MANIFEST
                    + "), this irstd reads up to " + VERSION + "; use a newer irstd");
        }
        if (version < 1) {
            throw malformed(MANIFEST, "versions start at 1");
        }
        int channels = value(CHANNELS, text -> ModelManifest.requireChannels(Integer.parseInt(text)));
        List<Float> mean = value(MEAN, ManifestMetadata::numbers);
        Geometry geometry = value(GEOMETRY, text -> ModelManifest.requirePossible(channels, geometry(text)));
        return new ModelManifest(
                value(NETWORK, text -> Provenance.requireText(text, "network")),
                channels,
                value(STANDARD_DEVIATION, text -> normalization(channels, mean, numbers(text))),
                geometry,
                value(ACTIVATION, text -> constant(Activation.class, text)),
                value(THRESHOLD, text -> ModelManifest.requireProbability(Float.parseFloat(text))),
                new Provenance(text(MODEL_VERSION), text(TRAINING_DATA), text(METRICS), text(LICENCE)),
                metadata.containsKey(OUTPUT) ? Optional.of(text(OUTPUT)) : Optional.empty(),
                version > VERSION_OF_FLOATS ? input(geometry) : InputType.FLOAT32);
    }

    private InputType input(Geometry geometry) {
        return value(INPUT, text -> ModelManifest.requirePadded(constant(InputType.class, text), geometry));
    }

    private String text(String key) {
        return value(key, text -> Provenance.requireText(text, key));
    }

    private <T> T value(String key, Function<String, T> parse) {
        String text = metadata.get(key);
        if (text == null) {
            throw new ModelException(source + ": manifest without " + key + "; export the model again");
        }
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw malformed(key, "not a number");
        } catch (IllegalArgumentException e) {
            throw malformed(key, e.getMessage());
        }
    }

    private ModelException malformed(String key, String reason) {
        return new ModelException(source + ": " + key + " is \"" + metadata.get(key) + "\": " + reason);
    }

    private Geometry geometry(String text) {
        return switch (text) {
            case PAD_TO_MULTIPLE -> {
                refuseBeside(WIDTH, HEIGHT, SAMPLING);
                yield value(MULTIPLE, multiple -> new Geometry.PadToMultiple(Integer.parseInt(multiple)));
            }
            case RESIZE -> {
                refuseBeside(MULTIPLE);
                yield resize();
            }
            default ->
                throw new IllegalArgumentException(
                        "this irstd knows \"" + PAD_TO_MULTIPLE + "\" and \"" + RESIZE + "\"");
        };
    }

    private void refuseBeside(String... keys) {
        for (String key : keys) {
            if (metadata.containsKey(key)) {
                throw new IllegalArgumentException("but there is a " + key + " too");
            }
        }
    }

    private Geometry resize() {
        int width = value(WIDTH, ManifestMetadata::size);
        int height = value(HEIGHT, ManifestMetadata::size);
        return new Geometry.Resize(width, height, value(SAMPLING, text -> constant(Geometry.Sampling.class, text)));
    }

    private static int size(String text) {
        int size = Integer.parseInt(text);
        if (size < 1) {
            throw new IllegalArgumentException("a size is at least 1");
        }
        return size;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("known are "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> '"' + name(constant) + '"')
                                .collect(Collectors.joining(", "))));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Normalization normalization(int channels, List<Float> mean, List<Float> standardDeviation) {
        Normalization normalization = new Normalization(mean, standardDeviation);
        if (normalization.channels() != channels) {
            throw new IllegalArgumentException("the input has " + channels + " channel(s)");
        }
        return normalization;
    }

    private static String join(List<Float> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Float> numbers(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Float::valueOf)
                .toList();
    }
}
