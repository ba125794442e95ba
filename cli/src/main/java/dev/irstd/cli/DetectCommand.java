package dev.irstd.cli;

import dev.irstd.Detection;
import dev.irstd.InferenceException;
import dev.irstd.InfraredImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "detect",
        description = "Finds the targets of images: centroids in pixels (pixel centres at integers, origin at the top"
                + " left), highest probability and area in pixels.",
        mixinStandardHelpOptions = true)
final class DetectCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "IMAGE|FOLDER",
            arity = "1..*",
            description = "PNG, TIFF, BMP or JPEG files of 8 or 16 bits; or a folder of them, or of a dataset.")
    List<Path> inputs = List.of();

    @Option(
            names = "--model",
            paramLabel = "FILE|NAME",
            defaultValue = ModelChoice.STANDARD,
            description = "ONNX file, or name of an embedded model. Default: ${DEFAULT-VALUE}")
    String model = ModelChoice.STANDARD;

    @Mixin
    DetectorOptions detector = new DetectorOptions();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Write mask, score map and overlay of each image here, as PNG.")
    @Nullable
    Path out;

    @Option(
            names = "--format",
            defaultValue = "TEXT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    DetectionFormat format = DetectionFormat.TEXT;

    @Spec
    CommandSpec spec;

    private boolean failed;

    @Override
    public Integer call() throws IOException {
        List<Path> files = files();
        @Nullable DetectionFolder folder = out == null ? null : new DetectionFolder(out);
        PrintWriter stdout = spec.commandLine().getOut();
        try (DetectorOptions.Opened opened = detector.open(model);
                DetectionPrinter printer = format.printer(stdout, files)) {
            for (Path file : files) {
                InfraredImage image;
                Detection found;
                try {
                    image = ImageFiles.read(file);
                    found = opened.detector().detect(image);
                } catch (IOException | IllegalArgumentException | InferenceException e) {
                    fail(file, e);
                    continue;
                } catch (OutOfMemoryError e) {
                    fail(
                            file,
                            new IOException(
                                    "takes more memory than Java has; --tiles needs less of it, -Xmx gives more", e));
                    continue;
                }
                printer.print(file, found);
                if (folder != null) {
                    folder.write(file, image, found);
                }
            }
        }
        return failed ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            try {
                files.addAll(ImageFiles.under(input));
            } catch (IOException e) {
                fail(input, e);
            }
        }
        return files;
    }

    private void fail(Path file, Exception e) {
        failed = true;
        ErrorLine.print(spec.commandLine().getErr(), file + ": " + ErrorLine.of(e));
    }
}
