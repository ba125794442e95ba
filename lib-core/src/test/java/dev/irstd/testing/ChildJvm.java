package dev.irstd.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a program in a Java process of its own, with the class path of the running tests. */
public final class ChildJvm {
    /**
     * How a process ended.
     *
     * @param exitCode as the shell sees it
     * @param output what it wrote, errors included
     * @param crashReports the files that Java left of a crash in native code
     */
    public record Ended(int exitCode, String output, List<Path> crashReports) {}

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * Prepares processes.
     *
     * @param folder where they run and leave what they write
     */
    public ChildJvm(Path folder) {
        this(folder, Map.of());
    }

    /**
     * Prepares processes.
     *
     * @param folder where they run and leave what they write
     * @param environment variables beside those of this process
     */
    public ChildJvm(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Runs a program to its end.
     *
     * @param program a class with a main method
     * @param options for Java
     * @param arguments for the program
     * @return how it ended
     * @throws AssertionError if it does not end within an hour
     */
    public Ended run(Class<?> program, List<String> options, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"));
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-Djava.io.tmpdir=" + folder);
        command.add("-Djava.awt.headless=true");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(1, TimeUnit.HOURS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(program.getSimpleName() + " " + arguments + " hangs: " + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output), crashReports());
    }

    private List<Path> crashReports() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }
}
