package dev.irstd;

import java.util.Objects;

/**
 * Where a model comes from and what it is worth, in words for people.
 *
 * @param version the model's own version
 * @param trainingData dataset and split it was trained on
 * @param metrics measured figures with the protocol they were measured by
 * @param licence licence of the weights
 */
public record Provenance(String version, String trainingData, String metrics, String licence) {
    private static final String UNKNOWN = "unknown";

    /** Checks that something is said about everything, be it "unknown". */
    public Provenance {
        requireText(version, "version");
        requireText(trainingData, "trainingData");
        requireText(metrics, "metrics");
        requireText(licence, "licence");
    }

    /**
     * The provenance of a model of which nothing is known.
     *
     * @return "unknown" in every place
     */
    public static Provenance unknown() {
        return new Provenance(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }

    static String requireText(String text, String name) {
        if (Objects.requireNonNull(text, name).isBlank()) {
            throw new IllegalArgumentException(name + " is blank; say \"" + UNKNOWN + "\" if it is");
        }
        return text;
    }
}
