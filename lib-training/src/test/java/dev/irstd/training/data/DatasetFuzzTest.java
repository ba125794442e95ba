package dev.irstd.training.data;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A data set of any kind is opened and loaded, or a DatasetException. */
class DatasetFuzzTest {
    private static final List<String> NAMES = List.of(
            "images",
            "masks",
            "train",
            "test",
            "trainval",
            "gt",
            "50_50",
            "80_20",
            "img_idx",
            "a.png",
            "a.bmp",
            "a_gt.png",
            "a_gt.bmp",
            "a_pixels0.png",
            "train.txt",
            "test.txt",
            "train_root.txt");

    @TempDir
    static Path folder;

    static Path images;

    @BeforeAll
    static void makeDataset() throws IOException {
        images = folder.resolve("data");
        SceneFolder.write(images, Split.TRAIN, List.of("a"), id -> scene());
    }

    private static Scene scene() {
        return SceneGenerator.of(32, 32, Background.SKY).withTargets(1).generate(1);
    }

    static Stream<byte[]> lists() {
        return Stream.of("a\n", "\uFEFFa\r\n\r\nb\r\n").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("lists")
    @FuzzTest(maxDuration = "10m")
    void listNamesSamplesOrIsRefused(byte[] list) throws IOException {
        Path file = Files.write(folder.resolve("list.txt"), list);
        try {
            load(SirstDataset.openIncomplete(images, file));
        } catch (DatasetException e) {
            assertThat(e.getMessage()).startsWith("split file " + file);
        }
    }

    static Stream<byte[]> pictures() throws IOException {
        Stream.Builder<byte[]> pictures = Stream.builder();
        for (String format : List.of("png", "bmp", "jpg", "gif", "tiff")) {
            pictures.add(encoded(scene().mask().toImage(), format));
        }
        pictures.add(encoded(new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY), "png"));
        pictures.add(encoded(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED), "bmp"));
        return pictures.build();
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** Both as an image and as a mask. */
    @MethodSource("pictures")
    @FuzzTest(maxDuration = "10m")
    void pictureIsLoadedOrRefused(byte[] picture) throws IOException {
        Path data = folder.resolve("pictures");
        Path image = Files.createDirectories(data.resolve("images")).resolve("a.png");
        Files.write(image, picture);
        Files.write(Files.createDirectories(data.resolve("masks")).resolve("a.png"), picture);
        Files.writeString(data.resolve("train.txt"), "a");
        try {
            load(SirstDataset.open(data, Split.TRAIN));
        } catch (DatasetException e) {
            assertThat(e.getMessage()).startsWith(image.toString());
        }
    }

    @FuzzTest(maxDuration = "10m")
    void foldersAreALayoutOrRefused(FuzzedDataProvider data) throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        byte[][] contents = {{}, {'a', '\n'}, encoded(scene().mask().toImage(), "png")};
        for (int i = data.consumeInt(0, 8); i > 0; i--) {
            Path parent = root;
            for (int depth = data.consumeInt(0, 2); depth > 0; depth--) {
                parent = parent.resolve(data.pickValue(NAMES));
            }
            Path path = parent.resolve(data.pickValue(NAMES));
            try {
                Files.createDirectories(parent);
                if (data.consumeBoolean()) {
                    Files.write(path, data.pickValue(contents));
                } else {
                    Files.createDirectories(path);
                }
            } catch (IOException e) {
                // A file stands where a folder is wanted, or the other way round.
            }
        }
        try {
            load(SirstDataset.open(root, data.pickValue(Split.values())));
        } catch (DatasetException e) {
            assertThat(e.getMessage()).contains(root.toString());
        } finally {
            delete(root);
        }
    }

    private static void load(SirstDataset dataset) {
        for (int i = 0; i < Math.min(dataset.size(), 3); i++) {
            Sample sample = dataset.load(i);
            assertThat(sample.mask().width()).isEqualTo(sample.image().width());
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
