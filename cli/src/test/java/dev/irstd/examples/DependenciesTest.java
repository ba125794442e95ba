package dev.irstd.examples;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class DependenciesTest {
    /** Library, version and licences of each, a line each; the build writes it. */
    private static final Path RESOLVED = Path.of("target", "licences.txt");

    private static final Pattern ROW = Pattern.compile("(?m)^(\\| `[^|`]+` \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|)");

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "the page has sizes for Linux x86-64")
    void pageListsWhatTheBuildResolves() throws IOException {
        String page = Pages.read(Pages.ROOT.resolve("docs/dependencies.md"));

        assertThat(ROW.matcher(page).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(RESOLVED).stream()
                        .filter(line -> !line.isBlank())
                        .map(DependenciesTest::row)
                        .toList());
    }

    private static String row(String resolved) {
        String[] library = resolved.split("\\|");
        String artifact = library[0].substring(library[0].indexOf(':') + 1);
        return "| `" + library[0] + "` | " + library[1] + " | " + library[2].replace(", ", " or ") + " | "
                + size(artifact + "-" + library[1]) + " |";
    }

    /** Of the jar and that of the platform's natives, in MB. */
    private static String size(String name) {
        double megabytes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(File::new)
                        .filter(jar -> jar.getName().matches(Pattern.quote(name) + "(-linux-x86_64)?\\.jar"))
                        .mapToLong(File::length)
                        .sum()
                / 1e6;
        return megabytes < 0.05 ? "< 0.1" : String.format(Locale.ROOT, "%.1f", megabytes);
    }
}
