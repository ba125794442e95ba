package dev.irstd.training.data;

import dev.irstd.Component;
import dev.irstd.Mask;
import dev.irstd.testing.Shared;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SirstDatasetTest {
    @TempDir
    Path parent;

    private Path root;

    @BeforeEach
    void makeFolders() throws IOException {
        root = parent.resolve("TinySIRST");
        Files.createDirectories(root.resolve("images"));
        Files.createDirectories(root.resolve("masks"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\nc\n", "a\r\nb\r\nc\r\n", "a\nb\nc", "\n a\t\n\n\r\nb\nc\n\n", "\uFEFFa\nb\r\nc"})
    void readsIdsWithAnyLineEnds(String text) throws IOException {
        assertThat(SirstDataset.readIds(list("ids.txt", text))).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../a", "../../../etc/passwd", "/etc/passwd", "x/../../a", "x/../a", "./a", ".", "..", "x/.."})
    void refusesIdsThatLeadOutOfTheFolder(String id) throws IOException {
        write(grey(2, 2, 9), "a.png");
        put("x");
        Path ids = list("ids.txt", "x\n" + id + "\n");

        assertThatThrownBy(() -> SirstDataset.openIncomplete(root, ids))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("ids.txt, line 2", "\"" + id + "\"", "leads out of the folder");
        assertThatThrownBy(() -> SirstDataset.readIds(ids)).isInstanceOf(DatasetException.class);
    }

    @Test
    void refusesIdsThatCannotBeNames() throws IOException {
        assertThatThrownBy(() -> SirstDataset.readIds(list("ids.txt", "a\u0000b\n")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("ids.txt, line 1", "cannot be the name of a file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "50_50/train.txt",
                "80_20/train.txt",
                "img_idx/train_TinySIRST.txt",
                "img_idx/train.txt",
                "train.txt"
            })
    void findsTheListOfASplit(String place) throws IOException {
        put("a");
        list(place, "a\n");

        assertThat(SirstDataset.open(root, Split.TRAIN).ids()).containsExactly("a");
        assertThatThrownBy(() -> SirstDataset.open(root, Split.TEST))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("no list of its test split")
                .hasMessageContaining("test_TinySIRST.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "jpg"})
    void findsImagesOfEveryFormat(String format) throws IOException {
        write(grey(4, 3, 120), "images/a." + format);
        write(grey(4, 3, 0), "masks/a.png");

        Sample sample = open("a").load("a");

        assertThat(sample.id()).isEqualTo("a");
        assertThat(sample.image().width()).isEqualTo(4);
        assertThat(sample.image().height()).isEqualTo(3);
        assertThat(sample.image().sample(3, 2)).isEqualTo(120);
        assertThat(sample.mask().area()).isZero();
        assertThat(sample.targets()).isEmpty();
    }

    @Test
    void prefersThePlainMaskNameAndFallsBackToPixels0() throws IOException {
        write(grey(2, 2, 9), "images/a.png");
        write(grey(2, 2, 9), "images/b.png");
        write(grey(2, 2, 255), "masks/a.png");
        write(grey(2, 2, 0), "masks/a_pixels0.png");
        write(grey(2, 2, 255), "masks/b_pixels0.png");

        assertThat(open("a\nb").load(0).mask().area()).isEqualTo(4);
        assertThat(open("a\nb").load(1).mask().area()).isEqualTo(4);
    }

    @Test
    void takesOneBitMasksAsTargetsWithoutDividingBy255() throws IOException {
        write(grey(3, 1, 9), "images/a.png");
        BufferedImage mask = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
        mask.getRaster().setSample(1, 0, 0, 1);
        write(mask, "masks/a.png");

        assertThat(open("a").load("a").mask()).isEqualTo(Mask.of(3, 1, new boolean[] {false, true, false}));
    }

    @Test
    void takesMasksOf0And1InEightBits() throws IOException {
        write(grey(3, 1, 9), "images/a.png");
        write(row(0, 1, 0), "masks/a.png");

        assertThat(open("a").load("a").mask()).isEqualTo(Mask.of(3, 1, new boolean[] {false, true, false}));
    }

    @Test
    void cutsAntialiasedMasksAtHalfTheirMaximum() throws IOException {
        write(grey(4, 1, 9), "images/a.png");
        write(row(0, 99, 100, 200), "masks/a.png");

        assertThat(open("a").load("a").mask()).isEqualTo(Mask.of(4, 1, new boolean[] {false, false, true, true}));
    }

    @Test
    void takesTheFirstChannelOfColourAndPaletteMasks() throws IOException {
        write(grey(2, 1, 9), "images/a.png");
        write(grey(2, 1, 9), "images/b.png");
        BufferedImage colour = new BufferedImage(2, 1, BufferedImage.TYPE_3BYTE_BGR);
        colour.setRGB(0, 0, 0x0000FF);
        colour.setRGB(1, 0, 0xFF0000);
        write(colour, "masks/a.png");
        byte[] red = {(byte) 255, 0};
        BufferedImage palette =
                new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, red, red, red));
        palette.getRaster().setPixels(0, 0, 2, 1, new int[] {1, 0});
        write(palette, "masks/b.png");

        Mask second = Mask.of(2, 1, new boolean[] {false, true});
        assertThat(open("a\nb").load("a").mask()).isEqualTo(second);
        assertThat(open("a\nb").load("b").mask()).isEqualTo(second);
    }

    @Test
    void resizesAMaskOfAnotherSizeToItsImage() throws IOException {
        write(grey(2, 1, 9), "images/a.png");
        BufferedImage mask = grey(6, 3, 0);
        // Pixel centre 0.5 of 2 is 1.5 of 6: column 1; 1.5 is 4.5: column 4. Row 1 of 3.
        mask.getRaster().setSample(4, 1, 0, 255);
        write(mask, "masks/a.png");

        assertThat(open("a").load("a").mask()).isEqualTo(Mask.of(2, 1, new boolean[] {false, true}));
    }

    @Test
    void warnsOnceAboutAMaskOfAnotherSize() throws IOException {
        write(grey(2, 1, 9), "images/a.png");
        write(grey(6, 3, 0), "masks/a.png");
        List<String> warnings = new ArrayList<>();
        Handler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord entry) {
                warnings.add(new SimpleFormatter().formatMessage(entry));
            }
        };
        Logger logger = Logger.getLogger(SirstDataset.class.getName());
        logger.addHandler(handler);
        try {
            SirstDataset dataset = open("a");
            dataset.load("a");
            dataset.only(List.of("a")).load("a");
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(warnings).hasSize(1).first().asString().startsWith("a: mask of 6x3, image of 2x1");
    }

    @Test
    void namesListLineFolderAndEndingsWhenAnImageIsMissing() throws IOException {
        put("a");

        assertThatThrownBy(() -> open("a\n\nMisc_96\n"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("list.txt, line 3", "no image \"Misc_96\"", "images (.png, .bmp, .jpg tried)");
    }

    @Test
    void namesListLineFolderAndEndingsWhenAMaskIsMissing() throws IOException {
        write(grey(1, 1, 9), "images/a.png");

        assertThatThrownBy(() -> open("a"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("list.txt, line 1", "no mask \"a\"", "masks (.png, _pixels0.png tried)");
    }

    @Test
    void refusesAListThatNamesAnImageTwice() throws IOException {
        put("a");

        assertThatThrownBy(() -> open("a\n\na"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("line 3", "\"a\" already stands in line 1");
    }

    /** Found by fuzzing. */
    @Test
    void refusesIdsThatAreNoPath() throws IOException {
        put("a");

        assertThatThrownBy(() -> open("a\na\0b"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("list.txt, line 2", "\"a\0b\" cannot be the name of a file");
    }

    /** Decoders ask for what a header claims: here 4 GB, more than the tests have. */
    @Test
    void namesAPictureThatMemoryCannotHold() throws IOException {
        put("a");
        Path image = root.resolve("images/a.png");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(image));
        int header = 12;
        bytes.putInt(header + 4, 46_000).putInt(header + 8, 46_000).put(header + 12, (byte) 16);
        CRC32 checksum = new CRC32();
        checksum.update(bytes.array(), header, 17);
        Files.write(image, bytes.putInt(header + 17, (int) checksum.getValue()).array());

        assertThatThrownBy(() -> open("a").load("a"))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(image.toString())
                .hasMessageContaining("cannot be decoded");
    }

    @Test
    void refusesAnEmptyListAndAMissingOne() {
        assertThatThrownBy(() -> open("\n\r\n"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("names no image");
        assertThatThrownBy(() -> SirstDataset.open(root, root.resolve("absent.txt")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("absent.txt cannot be read");
    }

    @Test
    void namesAFileThatIsNoImage() throws IOException {
        put("a");
        Files.writeString(root.resolve("images/a.png"), "not a picture");

        assertThatThrownBy(() -> open("a").load("a"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("a.png");
    }

    @Test
    void namesATruncatedImage() throws IOException {
        put("a");
        byte[] whole = Files.readAllBytes(root.resolve("images/a.png"));
        Files.write(root.resolve("images/a.png"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> open("a").load("a"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("a.png");
    }

    @Test
    void keepsAndLeavesOutSamplesInTheOrderOfTheList() throws IOException {
        put("a");
        put("b");
        put("c");
        SirstDataset all = open("c\na\nb");

        assertThat(all.only(List.of("b", "c")).ids()).containsExactly("c", "b");
        assertThat(all.without(List.of("a", "elsewhere")).ids()).containsExactly("c", "b");
        assertThat(all.without(List.of("a", "b", "c")).size()).isZero();
        assertThat(all.size()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.only(List.of("a", "elsewhere")))
                .withMessageContaining("has no elsewhere");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all.without(List.of("a")).load("a"))
                .withMessageContaining("has no \"a\"");
    }

    @Test
    void readsEverySampleOfNuaaSirst() {
        Path nuaa = Shared.require("data/NUAA-SIRST");
        SirstDataset train = SirstDataset.open(nuaa, Split.TRAIN);
        SirstDataset test = SirstDataset.open(nuaa, Split.TEST);

        assertThat(train.size()).isEqualTo(213);
        assertThat(test.size()).isEqualTo(214);
        assertThat(train.ids()).doesNotContainAnyElementsOf(test.ids());
        assertThat(targets(test)).isEqualTo(263);
        assertThat(targets(train)).isEqualTo(533 - 263);
    }

    @Test
    void putsTheMaskOfMisc111InItsPlace() {
        SirstDataset test = SirstDataset.open(Shared.require("data/NUAA-SIRST"), Split.TEST);

        Sample sample = test.load("Misc_111");

        assertThat(sample.image().width()).isEqualTo(325);
        assertThat(sample.image().height()).isEqualTo(220);
        // Rows 206..216 and columns 260..273 of a mask of 592x400.
        Component target = sample.targets().get(0);
        assertThat(sample.targets()).hasSize(1);
        assertThat(target.box().y()).isEqualTo(113);
        assertThat(target.box().y() + target.box().height()).isEqualTo(119);
        assertThat(target.box().x()).isBetween(142, 143);
        assertThat(target.box().x() + target.box().width()).isBetween(150, 151);
    }

    @Test
    void leavesOutOfDenseSirstWhatNuaaSirstTestsOn() {
        SirstDataset dense = SirstDataset.open(Shared.require("data/DenseSIRST"), Split.TRAIN);
        SirstDataset test = SirstDataset.open(Shared.require("data/NUAA-SIRST"), Split.TEST);
        List<String> leak = SirstDataset.readIds(Shared.require("specs/nuaa-test-in-densesirst-train.txt"));

        assertThat(dense.size()).isEqualTo(768);
        assertThat(leak).hasSize(161);
        assertThat(dense.without(leak).size()).isEqualTo(768 - 161);
        assertThat(dense.without(leak).ids()).doesNotContainAnyElementsOf(test.ids());
    }

    private static int targets(SirstDataset dataset) {
        return dataset.ids().stream()
                .mapToInt(id -> dataset.load(id).targets().size())
                .sum();
    }

    private SirstDataset open(String ids) throws IOException {
        return SirstDataset.open(root, list("list.txt", ids));
    }

    private Path list(String place, String text) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void put(String id) throws IOException {
        write(grey(20, 20, 9), "images/" + id + ".png");
        write(grey(20, 20, 0), "masks/" + id + ".png");
    }

    private void write(BufferedImage image, String place) throws IOException {
        Path file = root.resolve(place);
        assertThat(ImageIO.write(image, place.substring(place.lastIndexOf('.') + 1), file.toFile()))
                .isTrue();
    }

    private static BufferedImage grey(int width, int height, int level) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, level);
            }
        }
        return image;
    }

    private static BufferedImage row(int... levels) {
        BufferedImage image = new BufferedImage(levels.length, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, levels.length, 1, levels);
        return image;
    }
}
