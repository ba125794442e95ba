package dev.irstd.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Names files by their own names without ending; numbered if another file has taken it. */
final class UniqueNames {
    private final Set<String> taken = new HashSet<>();

    String of(Path file) {
        String stem = file.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", "");
        String name = stem;
        for (int number = 2; !taken.add(name); number++) {
            name = stem + "-" + number;
        }
        return name;
    }
}
