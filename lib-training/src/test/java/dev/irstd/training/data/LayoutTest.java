package dev.irstd.training.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LayoutTest {
    @TempDir
    Path root;

    /** NUAA-SIRST, DenseSIRST, IRSTD-1K and NUDT-SIRST. */
    @ParameterizedTest
    @CsvSource({
        "images/Misc_2.png,     masks/Misc_2_pixels0.png,   50_50/train.txt",
        "images/iraytek-7.png,  masks/iraytek-7_pixels0.png, img_idx/train.txt",
        "images/XDU0.png,       masks/XDU0.png,             80_20/train.txt",
        "images/000001.png,     masks/000001.png,           img_idx/train.txt",
    })
    void readsSetsDividedByLists(String image, String mask, String list) throws IOException {
        write(image, 7, 90);
        write(mask, 7, 255);
        String id = image.substring("images/".length(), image.length() - ".png".length());
        text(list, id + "\r\n");

        SirstDataset dataset = SirstDataset.open(root, Split.TRAIN);

        assertThat(dataset.ids()).containsExactly(id);
        assertThat(dataset.load(id).image().sample(0, 0)).isEqualTo(90);
        assertThat(dataset.load(id).mask().area()).isEqualTo(49);
    }

    /** SIRST-Aug, and IRSTD-1K and NUDT-SIRST as DCONet takes them. Both folders use the same names. */
    @Test
    void readsSetsOfAFolderASplit() throws IOException {
        write("trainval/images/000002.png", 4, 20);
        write("trainval/masks/000002.png", 4, 0);
        write("trainval/images/000001.png", 4, 10);
        write("trainval/masks/000001.png", 4, 0);
        write("test/images/000001.png", 6, 30);
        write("test/masks/000001.png", 6, 255);

        assertThat(SirstDataset.open(root, Split.TRAIN).ids()).containsExactly("000001", "000002");
        assertThat(SirstDataset.open(root, Split.TEST).ids()).containsExactly("000001");
        assertThat(SirstDataset.open(root, Split.TEST).load("000001").mask().area())
                .isEqualTo(36);
    }

    /** MFIRST, and NUAA-SIRST as LPNetGA takes it. */
    @Test
    void readsSetsWithTheirMasksInside() throws IOException {
        write("train/000003.bmp", 4, 20);
        write("train/gt/000003_gt.bmp", 4, 255);
        write("test/00001.bmp", 6, 30);
        write("test/gt/00001_gt.bmp", 6, 255);
        text("test/readme.txt", "no image");

        assertThat(SirstDataset.open(root, Split.TRAIN).ids()).containsExactly("000003");
        SirstDataset test = SirstDataset.open(root, Split.TEST);
        assertThat(test.ids()).containsExactly("00001");
        assertThat(test.load("00001").image().sample(5, 5)).isEqualTo(30);
        assertThat(test.load("00001").mask().area()).isEqualTo(36);
    }

    /** What OpenCV writes for grey BMP: 8 bits with a palette. */
    @Test
    void takesPaletteBmpAsGrey() throws IOException {
        byte[] ramp = new byte[256];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) i;
        }
        BufferedImage image =
                new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 256, ramp, ramp, ramp));
        image.getRaster().setSample(2, 1, 0, 201);
        for (String place : new String[] {"test/1.bmp", "test/gt/1_gt.bmp"}) {
            Files.createDirectories(root.resolve(place).getParent());
            assertThat(ImageIO.write(image, "bmp", root.resolve(place).toFile()))
                    .isTrue();
        }

        Sample sample = SirstDataset.open(root, Split.TEST).load("1");

        assertThat(sample.image().sample(2, 1)).isEqualTo(201);
        assertThat(sample.mask().area()).isEqualTo(1);
    }

    @Test
    void findsListedImagesInTheFolderOfTheirSplit() throws IOException {
        write("trainval/images/a.png", 4, 20);
        write("trainval/masks/a.png", 4, 0);
        write("test/images/b.png", 6, 30);
        write("test/masks/b.png", 6, 255);
        Path list = text("mine.txt", "b\na\n");

        assertThat(SirstDataset.open(root, list).load("b").image().width()).isEqualTo(6);
        assertThat(SirstDataset.open(root, list).load("a").image().width()).isEqualTo(4);
    }

    @Test
    void refusesAListedImageThatStandsInBothFolders() throws IOException {
        write("trainval/images/a.png", 4, 20);
        write("test/images/a.png", 6, 30);
        Path list = text("mine.txt", "a\n");

        assertThatThrownBy(() -> SirstDataset.open(root, list))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("mine.txt, line 1", "trainval", "test", "open the split by its name");
    }

    @Test
    void saysWhatItLookedForWhereThereIsNoDataSet() throws IOException {
        Files.createDirectories(root.resolve("pictures"));

        assertThatThrownBy(() -> SirstDataset.open(root, Split.TEST))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll(root.toString(), "images and masks", "trainval/images", "train/gt");
        assertThatThrownBy(() -> SirstDataset.open(root.resolve("absent"), Split.TEST))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("absent: no such folder");
    }

    @Test
    void saysWhichFolderOfASplitIsMissing() throws IOException {
        write("test/images/a.png", 6, 30);

        assertThatThrownBy(() -> SirstDataset.open(root, Split.TRAIN))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("no image of its train split", "trainval");
    }

    @Test
    void namesAMissingMaskWithItsFolder() throws IOException {
        write("test/00001.bmp", 6, 30);
        Files.createDirectories(root.resolve("test/gt"));

        assertThatThrownBy(() -> SirstDataset.open(root, Split.TEST))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("test split", "no mask \"00001\"", "_gt.bmp");
    }

    @Test
    void opensAnIncompleteSetWhenToldTo() throws IOException {
        write("images/a.png", 4, 20);
        write("masks/a.png", 4, 0);
        write("images/b.png", 4, 20);
        text("test.txt", "a\nb\nc\n");

        SirstDataset dataset = SirstDataset.openIncomplete(root, Split.TEST);

        assertThat(dataset.ids()).containsExactly("a", "b", "c");
        assertThat(dataset.load("a").image().sample(0, 0)).isEqualTo(20);
        assertThatThrownBy(() -> dataset.load("b"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("line 2", "no mask \"b\"");
        assertThatThrownBy(() -> dataset.load("c"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll("line 3", "no image \"c\"");
    }

    private void write(String place, int side, int level) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < side * side; i++) {
            image.getRaster().setSample(i % side, i / side, 0, level);
        }
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        String format = place.substring(place.lastIndexOf('.') + 1);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    }

    private Path text(String place, String text) throws IOException {
        Path file = root.resolve(place);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
