package dev.irstd.benchmarks;

import dev.irstd.Model;
import dev.irstd.models.Models;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A model to measure.
 *
 * @param onnx the content of its file
 * @param model the same, for a detector
 */
record MeasuredModel(byte[] onnx, Model model) {
    /** The method of {@link Models} whose network the peers run. */
    static final String RRCANET_18 = "rrcanet18";

    /** Names of the embedded models: the methods of {@link Models}. */
    static List<String> embedded() {
        return Arrays.stream(Models.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers())
                        && method.getReturnType() == Model.class
                        && method.getParameterCount() == 0)
                .map(Method::getName)
                .sorted()
                .toList();
    }

    /** Finds an embedded model by its name, or else a file by its path. */
    static MeasuredModel of(String name) {
        try {
            if (!embedded().contains(name)) {
                Path file = Path.of(name);
                return new MeasuredModel(Files.readAllBytes(file), Model.of(file));
            }
            Model model = (Model) Models.class.getMethod(name).invoke(null);
            try (InputStream in = Models.class.getResourceAsStream(model.name())) {
                return new MeasuredModel(
                        Objects.requireNonNull(in, model.name()).readAllBytes(), model);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "\"" + name + "\" is neither an embedded model " + embedded() + " nor a readable file", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the embedded model " + name + " cannot be had", e);
        }
    }
}
