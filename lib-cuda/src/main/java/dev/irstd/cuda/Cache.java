package dev.irstd.cuda;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Folders of files from the class path, written once and whole: by the first process that needs one, for all later
 * ones. Several may try at the same time.
 *
 * @param root where the folders are
 */
record Cache(Path root) {
    private static final int SMALL = 1 << 20;

    /** That of the user: named by a system property, or as the system has it for all programs. */
    static Cache ofUser() {
        String chosen = System.getProperty("irstd.cuda.cache");
        if (chosen != null) {
            return new Cache(Path.of(chosen));
        }
        String caches = System.getenv("XDG_CACHE_HOME");
        return new Cache(
                caches == null || caches.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache", "irstd")
                        : Path.of(caches, "irstd"));
    }

    /**
     * The folder of some files, which is there when this returns.
     *
     * @param name of the folder, to which what the files are is added
     * @param files names in the folder, and of the resources
     * @throws IOException if it cannot be written
     */
    Path folder(String name, Map<String, String> files) throws IOException {
        Path folder = root.resolve(name + "-" + Integer.toHexString(version(files)));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(root);
            write(folder, files);
        } catch (IOException e) {
            throw new IOException(
                    "cannot unpack native libraries into " + root + ": " + e
                            + "; -Dirstd.cuda.cache=FOLDER takes another place",
                    e);
        }
        return folder;
    }

    private void write(Path folder, Map<String, String> files) throws IOException {
        Path written = Files.createTempDirectory(root, "unfinished-");
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                try (InputStream resource = open(file.getValue())) {
                    Files.copy(resource, written.resolve(file.getKey()));
                }
            }
            publish(written, folder);
        } finally {
            delete(written);
        }
    }

    private static void publish(Path written, Path folder) throws IOException {
        try {
            Files.move(written, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            // Another process was first.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            List<Path> files = new ArrayList<>();
            try (Stream<Path> inside = Files.list(folder)) {
                inside.forEach(files::add);
            }
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    /** Of the content of small files, and of the sizes of large ones, which their jar tells. */
    private static int version(Map<String, String> files) throws IOException {
        CRC32 version = new CRC32();
        for (Map.Entry<String, String> file : files.entrySet()) {
            try (InputStream resource = open(file.getValue())) {
                version.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                int size = resource.available();
                version.update(
                        size < SMALL
                                ? resource.readAllBytes()
                                : Integer.toString(size).getBytes(StandardCharsets.UTF_8));
            }
        }
        return (int) version.getValue();
    }

    private static InputStream open(String resource) throws IOException {
        InputStream opened = Cache.class.getResourceAsStream(resource);
        if (opened == null) {
            throw new FileNotFoundException(resource + " is not on the class path");
        }
        return opened;
    }
}
