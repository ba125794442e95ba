package dev.irstd;

import dev.irstd.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Two class loaders of one process, each with the library and ONNX Runtime of its own, as in application servers. */
class ClassLoadersTest {
    private static final String NATIVES = "/ai/onnxruntime/native/linux-x64/";

    @TempDir
    Path folder;

    @Test
    void eachHasAWorkingDetectorAtTheSameTime() throws Exception {
        ChildJvm.Ended ended = new ChildJvm(folder).run(Program.class, List.of("-Xmx64m"), List.of());

        assertThat(ended.output().lines())
                .containsExactly("first found 1", "second found 1", "first found 1", "second found 1");
        assertThat(ended.exitCode()).isZero();
    }

    /** Java loads a native library file into one class loader only. */
    @Test
    void theSecondIsToldThatAFolderOfNativeLibrariesServesOne() throws Exception {
        Path natives = Files.createDirectory(folder.resolve("natives"));
        unpack("libonnxruntime.so", natives);
        unpack("libonnxruntime4j_jni.so", natives);

        ChildJvm.Ended ended = new ChildJvm(folder)
                .run(Program.class, List.of("-Xmx64m", "-Donnxruntime.native.path=" + natives), List.of());

        assertThat(ended.output())
                .contains("first found 1", "second failed: DeviceException", "already loaded in another classloader")
                .contains("-Donnxruntime.native.path=" + natives, "one class loader of a process only");
        assertThat(ended.exitCode()).isZero();
    }

    private static void unpack(String library, Path natives) throws IOException {
        try (InputStream in = OpenHandles.class.getResourceAsStream(NATIVES + library)) {
            assumeThat(in).as("the library for Linux on x86-64").isNotNull();
            assumeThat(System.getProperty("os.name") + System.getProperty("os.arch"))
                    .isEqualTo("Linuxamd64");
            Files.copy(in, natives.resolve(library));
        }
    }

    /** Detects in turn with two class loaders. */
    private static final class Program {
        public static void main(String[] none) throws Exception {
            Callable<?> first = detecting("first");
            Callable<?> second = detecting("second");
            first.call();
            second.call();
        }

        private static Callable<?> detecting(String name) throws Exception {
            List<URL> classPath = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                classPath.add(Path.of(entry).toUri().toURL());
            }
            ClassLoader loader =
                    new URLClassLoader(name, classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            try {
                Constructor<?> constructor =
                        loader.loadClass(Detecting.class.getName()).getDeclaredConstructor(String.class);
                constructor.setAccessible(true);
                Callable<?> detecting = (Callable<?>) constructor.newInstance(name);
                detecting.call();
                return detecting;
            } catch (InvocationTargetException e) {
                System.out.println(name + " failed: " + e.getCause().getClass().getSimpleName() + ": "
                        + e.getCause().getMessage());
                return () -> null;
            }
        }
    }

    private static final class Detecting implements Callable<Void> {
        private final String name;
        private final Detector detector = IrstdDetector.load(TinyNetwork.identity());

        Detecting(String name) {
            this.name = name;
        }

        @Override
        public Void call() {
            System.out.println(name + " found "
                    + detector.detect(Frames.of("9..")).targets().size());
            return null;
        }
    }
}
