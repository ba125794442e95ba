package dev.irstd.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CacheTest {
    private static final String SERVICE = "/META-INF/services/dev.irstd.spi.NativeRuntime";
    private static final Map<String, String> FILES = Map.of("service", SERVICE);

    @TempDir
    Path root;

    private List<Path> content() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.toList();
        }
    }

    @Test
    void holdsTheFilesUnderTheirNames() throws IOException {
        Path folder = new Cache(root).folder("natives", FILES);

        assertThat(folder.resolve("service")).hasContent(Cuda13Runtime.class.getName());
        assertThat(content()).containsExactly(folder);
    }

    @Test
    void whatIsThereIsNotWrittenAgain() throws IOException {
        Path folder = new Cache(root).folder("natives", FILES);
        Files.writeString(folder.resolve("service"), "kept");

        assertThat(new Cache(root).folder("natives", FILES)).isEqualTo(folder);
        assertThat(folder.resolve("service")).hasContent("kept");
    }

    @Test
    void otherFilesHaveAnotherFolder() throws IOException {
        Cache cache = new Cache(root);

        assertThat(cache.folder("natives", FILES))
                .isNotEqualTo(cache.folder("natives", Map.of("service", "/dev/irstd/cuda/Cache.class")));
    }

    @Test
    void manyAtTheSameTimeAgree() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Path> ask = () -> new Cache(root).folder("natives", FILES);
            Set<Path> folders = threads
                    .invokeAll(Stream.generate(() -> ask).limit(64).toList())
                    .stream()
                    .map(CacheTest::result)
                    .collect(Collectors.toSet());

            assertThat(content()).containsExactlyElementsOf(folders);
        } finally {
            threads.shutdown();
        }
    }

    private static Path result(Future<Path> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsLeftOfAFailure() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> new Cache(root)
                        .folder("natives", Map.of("service", SERVICE, "no/such/folder/service", SERVICE)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(root.toString(), "-Dirstd.cuda.cache");
        assertThat(content()).containsExactly(file);
    }
}
