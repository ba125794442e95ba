package dev.irstd.cli;

import dev.irstd.Model;
import dev.irstd.models.Models;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Finds a model by the name of an embedded one or by its file. */
final class ModelChoice {
    static final String STANDARD = "rrcanet18";

    private static final Map<String, Supplier<Model>> EMBEDDED = new TreeMap<>(Map.of(
            STANDARD,
            Models::rrcanet18,
            "rrcanet18-any-sensor",
            Models::rrcanet18AnySensor,
            "rrcanet10",
            Models::rrcanet10,
            "rrcanet34",
            Models::rrcanet34,
            "resunet-rucb",
            Models::resunetRucb,
            "amfu-rucb",
            Models::amfuRucb,
            "acm",
            Models::acm));

    private ModelChoice() {}

    static Model of(String nameOrFile) {
        Supplier<Model> embedded = EMBEDDED.get(nameOrFile);
        if (embedded != null) {
            return embedded.get();
        }
        Path file = Path.of(nameOrFile);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "model " + nameOrFile + ": no such file, and the embedded models are " + EMBEDDED.keySet());
        }
        return Model.of(file);
    }
}
