package dev.irstd.cli;

import dev.irstd.training.data.Background;
import dev.irstd.training.data.Scene;
import dev.irstd.training.data.SceneFolder;
import dev.irstd.training.data.SceneGenerator;
import dev.irstd.training.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "generate",
        description = "Makes synthetic scenes with known targets, as a dataset that train and evaluate can read.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class GenerateCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description = "Where to: images/, masks/, the split's list and targets.csv.")
    Path out = Path.of("");

    @Option(names = "--count", paramLabel = "N", required = true, description = "Number of scenes.")
    int count;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = Size.Converter.class,
            defaultValue = "256x256",
            description = "Columns and rows.")
    Size size = new Size(256, 256);

    @Option(
            names = "--bits",
            split = ",",
            defaultValue = "8",
            description = "8 or 16. Several, separated by commas, take turns from scene to scene.")
    List<Integer> bits = List.of();

    @Option(
            names = "--background",
            split = ",",
            defaultValue = "sky,clouds,sea,ground",
            description = "What lies behind the targets. Several take turns.")
    List<Background> backgrounds = List.of();

    @Option(names = "--targets", paramLabel = "N", defaultValue = "3", description = "Targets in each scene.")
    int targets;

    @Option(
            names = "--scr",
            paramLabel = "LOW:HIGH",
            converter = Span.Converter.class,
            defaultValue = "5:20",
            description = "Signal-to-clutter ratio of the targets.")
    Span scr = new Span(5, 20);

    @Option(
            names = "--split",
            defaultValue = "train",
            description = "List that the scenes go to: ${COMPLETION-CANDIDATES}.")
    Split split = Split.TRAIN;

    @Option(names = "--seed", defaultValue = "1", description = "The same seed gives the same scenes.")
    long seed;

    @Spec
    CommandSpec spec;

    record Size(int width, int height) {
        static final class Converter implements ITypeConverter<Size> {
            private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

            @Override
            public Size convert(String text) {
                Matcher size = SIZE.matcher(text);
                if (!size.matches()) {
                    throw new TypeConversionException("'" + text + "' is not of the form WxH, such as 320x256");
                }
                return new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new IllegalArgumentException("--count " + count + ": at least one scene");
        }
        requireNoOtherSplit();
        // Drawn, not counted up from the seed: neighbouring seeds would share all but one of their scenes.
        SplittableRandom seeds = new SplittableRandom(seed);
        Map<String, Supplier<Scene>> scenes = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            SceneGenerator generator = SceneGenerator.of(
                            size.width(), size.height(), backgrounds.get(i % backgrounds.size()))
                    .withBits(bits.get(i % bits.size()))
                    .withTargets(targets)
                    .withScr(scr.low(), scr.high());
            long own = seeds.nextLong();
            scenes.put(String.format(Locale.ROOT, "scene-%03d", i + 1), () -> generator.generate(own));
        }
        SceneFolder.write(
                out, split, List.copyOf(scenes.keySet()), id -> scenes.get(id).get());
        spec.commandLine().getOut().printf("Wrote %d scenes with %d targets each to %s%n", count, targets, out);
        return 0;
    }

    /** Its scenes have the names that the new ones would get. */
    private void requireNoOtherSplit() {
        for (Split other : Split.values()) {
            Path list = out.resolve(other.fileName() + ".txt");
            if (other != split && Files.exists(list)) {
                throw new IllegalArgumentException(
                        list + " is there, and its scenes would be overwritten; choose another folder for --out");
            }
        }
    }
}
