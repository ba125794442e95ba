package dev.irstd.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Names files by their own names without ending, folders by the whole; numbered if another has taken it. */
final class UniqueNames {
    private final Set<String> taken = new HashSet<>();

    String ofFile(Path file) {
        return unique(ownName(file).replaceFirst("(?<=.)\\.[^.]*$", ""));
    }

    String ofFolder(Path folder) {
        return unique(ownName(folder));
    }

    /** A root has none. */
    private static String ownName(Path path) {
        Path name = path.getFileName();
        return name == null ? "root" : name.toString();
    }

    private String unique(String wanted) {
        String name = wanted;
        for (int number = 2; !taken.add(name); number++) {
            name = wanted + "-" + number;
        }
        return name;
    }
}
