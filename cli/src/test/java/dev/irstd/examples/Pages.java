package dev.irstd.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's pages in Markdown. */
public final class Pages {
    /** The working directory of tests is their module's folder. */
    public static final Path ROOT = Path.of("..");

    private Pages() {}

    /** A fenced block of a page. */
    public record Block(Path page, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    public static Stream<Path> all() {
        return Stream.of("", "docs", "models", "models/cards")
                .map(ROOT::resolve)
                .flatMap(folder -> in(folder).stream());
    }

    private static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks fenced as being in a language. */
    public static Stream<Block> blocks(String language) {
        Pattern fenced = Pattern.compile("(?ms)^ *```" + language + "\\R(.*?)^ *```$");
        return all().flatMap(page -> fenced.matcher(read(page))
                .results()
                .map(match -> match.group(1))
                .map(text -> new Block(page, text)));
    }

    /** The addresses of the links on a page. */
    public static Stream<String> links(Path page) {
        return Pattern.compile("\\]\\(([^)\\s]+)\\)")
                .matcher(read(page))
                .results()
                .map((MatchResult match) -> match.group(1));
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
