package dev.irstd.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** The folder {@code shared} beside the project's checkout: reference vectors and datasets, which may be missing. */
public final class Shared {
    private Shared() {}

    /**
     * Finds a file or folder, or skips the running test with a message that says what is missing.
     *
     * @param relative path below {@code shared}, such as {@code vectors/metric_vectors.npz}
     * @return the existing path
     * @throws TestAbortedException if there is none
     */
    public static Path require(String relative) {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared").resolve(relative);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        throw new TestAbortedException(
                "skipped: no shared/" + relative + " beside the checkout (looked from " + here + " upwards)");
    }
}
