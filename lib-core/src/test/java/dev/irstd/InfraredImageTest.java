package dev.irstd;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InfraredImageTest {
    private static final ColorSpace GREY = ColorSpace.getInstance(ColorSpace.CS_GRAY);
    private static final ColorSpace SRGB = ColorSpace.getInstance(ColorSpace.CS_sRGB);

    @Test
    void readsGrey8WithoutTheGammaConversionOfGetRgb() {
        BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 256; x++) {
            image.getRaster().setSample(x, 0, 0, x);
        }
        assertThat(image.getRGB(100, 0) & 0xFF).as("the trap").isNotEqualTo(100);

        InfraredImage read = InfraredImage.of(image);

        assertThat(read.bits()).isEqualTo(8);
        for (int x = 0; x < 256; x++) {
            assertThat(read.sample(x, 0)).isEqualTo(x);
        }
    }

    @Test
    void keepsAll16BitsOfGrey() {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixels(0, 0, 3, 1, new int[] {1, 32769, 65535});

        InfraredImage read = InfraredImage.of(image);

        assertThat(read.bits()).isEqualTo(16);
        assertThat(row(read, 0)).containsExactly(1, 32769, 65535);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_4BYTE_ABGR
            })
    void weighsColoursWhateverTheirOrder(int type) {
        BufferedImage image = new BufferedImage(5, 1, type);
        int[] colours = {0x01FF0000, 0x8000FF00, 0xFF0000FF, 0x00C8C8C8, 0xFF0A141E};
        image.setRGB(0, 0, 5, 1, colours, 0, 5);

        InfraredImage read = InfraredImage.of(image);

        assertThat(read.bits()).isEqualTo(8);
        // 0.299*255 = 76.2; 0.587*255 = 149.7; 0.114*255 = 29.1; grey; 2.99 + 11.74 + 3.42 = 18.15
        assertThat(row(read, 0)).containsExactly(76, 150, 29, 200, 18);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB_PRE, BufferedImage.TYPE_4BYTE_ABGR_PRE})
    void dividesPremultipliedColoursByTheirAlpha(int type) {
        BufferedImage image = new BufferedImage(4, 1, type);
        WritableRaster raster = image.getRaster();
        raster.setPixel(0, 0, new int[] {50, 50, 50, 128});
        raster.setPixel(1, 0, new int[] {0, 0, 0, 0});
        raster.setPixel(2, 0, new int[] {70, 80, 90, 255});
        raster.setPixel(3, 0, new int[] {200, 200, 200, 100});

        // 50*255/128 = 99.6; no light at all; 20.93 + 46.96 + 10.26 = 78.15; more than alpha allows: clipped
        assertThat(row(InfraredImage.of(image), 0)).containsExactly(100, 0, 78, 255);
    }

    @Test
    void dividesPremultipliedGreyByItsAlpha() {
        ColorModel model = new ComponentColorModel(GREY, true, true, Transparency.TRANSLUCENT, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
        raster.setPixels(0, 0, 2, 1, new int[] {10000, 32768, 4000, 65535});

        // 10000*65535/32768 = 19999.7
        assertThat(row(InfraredImage.of(new BufferedImage(model, raster, true, null)), 0))
                .containsExactly(20000, 4000);
    }

    @Test
    void dropsPlainAlphaOfGrey() {
        ColorModel model = new ComponentColorModel(GREY, true, false, Transparency.TRANSLUCENT, DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
        raster.setPixels(0, 0, 2, 1, new int[] {10, 0, 20, 255});

        InfraredImage read = InfraredImage.of(new BufferedImage(model, raster, false, null));

        assertThat(read.bits()).isEqualTo(8);
        assertThat(row(read, 0)).containsExactly(10, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void resolvesPalettesOfAnyDepth(int bits) {
        byte[] red = new byte[1 << bits];
        byte[] green = new byte[1 << bits];
        byte[] blue = new byte[1 << bits];
        red[0] = (byte) 200;
        green[0] = 100;
        blue[1] = (byte) 255;
        IndexColorModel palette = new IndexColorModel(bits, 1 << bits, red, green, blue);
        int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
        BufferedImage image = new BufferedImage(9, 2, type, palette);
        image.getRaster().setSample(8, 1, 0, 1);

        InfraredImage read = InfraredImage.of(image);

        assertThat(read.bits()).isEqualTo(8);
        // 59.8 + 58.7 = 118.5, to nearest; 0.114*255 = 29.07
        assertThat(row(read, 0)).containsOnly(119);
        assertThat(row(read, 1)).containsExactly(119, 119, 119, 119, 119, 119, 119, 119, 29);
    }

    @Test
    void takesIndicesBeyondAShortPaletteAsBlack() {
        byte[] level = {(byte) 90, (byte) 90, (byte) 90};
        IndexColorModel palette = new IndexColorModel(2, 3, level, level, level);
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 3, 1, 1, null);
        raster.setPixels(0, 0, 3, 1, new int[] {2, 3, 200});

        assertThat(row(InfraredImage.of(new BufferedImage(palette, raster, false, null)), 0))
                .containsExactly(90, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_BYTE_BINARY
            })
    void readsASubImageAsTheSamePartOfTheWhole(int type) {
        BufferedImage image = new BufferedImage(23, 11, type);
        for (int y = 0; y < 11; y++) {
            for (int x = 0; x < 23; x++) {
                image.setRGB(x, y, 0xFF000000 | (x * 11) << 16 | (y * 23) << 8 | ((x * y) & 0xFF));
            }
        }
        InfraredImage whole = InfraredImage.of(image);

        InfraredImage part = InfraredImage.of(image.getSubimage(5, 3, 13, 6));

        assertThat(part.width()).isEqualTo(13);
        assertThat(part.height()).isEqualTo(6);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 13; x++) {
                assertThat(part.sample(x, y)).isEqualTo(whole.sample(x + 5, y + 3));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({DataBuffer.TYPE_BYTE + ", 8", DataBuffer.TYPE_USHORT + ", 16"})
    void readsCustomGreyImagesWithOffsetAndStride(int dataType, int bits) {
        // One band taken from the middle of three interleaved ones, rows padded to 10 elements.
        PixelInterleavedSampleModel layout = new PixelInterleavedSampleModel(dataType, 3, 2, 3, 10, new int[] {1});
        WritableRaster raster = Raster.createWritableRaster(layout, new Point(0, 0));
        raster.setPixels(0, 0, 3, 2, new int[] {1, 2, 3, 253, 254, 255});
        ColorModel model = new ComponentColorModel(GREY, false, false, Transparency.OPAQUE, dataType);

        InfraredImage read = InfraredImage.of(new BufferedImage(model, raster, false, null));

        assertThat(read.bits()).isEqualTo(bits);
        assertThat(row(read, 0)).containsExactly(1, 2, 3);
        assertThat(row(read, 1)).containsExactly(253, 254, 255);
    }

    @Test
    void keepsSamplesOf12BitsInA16BitRaster() {
        ColorModel model = new ComponentColorModel(
                GREY, new int[] {12}, false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 2, 1, 1, null);
        raster.setPixels(0, 0, 2, 1, new int[] {4095, 7});

        InfraredImage read = InfraredImage.of(new BufferedImage(model, raster, false, null));

        assertThat(read.bits()).isEqualTo(16);
        assertThat(row(read, 0)).containsExactly(4095, 7);
    }

    @Test
    void keeps16BitsOfColour() {
        ColorModel model = new ComponentColorModel(SRGB, false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
        raster.setPixels(0, 0, 2, 1, new int[] {65535, 65535, 65535, 10000, 20000, 30000});

        InfraredImage read = InfraredImage.of(new BufferedImage(model, raster, false, null));

        assertThat(read.bits()).isEqualTo(16);
        // 2990 + 11740 + 3420
        assertThat(row(read, 0)).containsExactly(65535, 18150);
    }

    @Test
    void readsLinearRgbByItsSamples() {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB),
                false,
                false,
                Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {40, 40, 40});

        assertThat(InfraredImage.of(new BufferedImage(model, raster, false, null))
                        .sample(0, 0))
                .isEqualTo(40);
    }

    @Test
    void stretchesPackedFieldsToFullScale() {
        BufferedImage rgb565 = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_565_RGB);
        rgb565.getRaster().setPixels(0, 0, 2, 1, new int[] {31, 63, 31, 0, 0, 15});

        InfraredImage read = InfraredImage.of(rgb565);

        assertThat(read.bits()).isEqualTo(8);
        // 15*255/31 = 123.4 -> 123; 0.114*123 = 14.02
        assertThat(row(read, 0)).containsExactly(255, 14);
    }

    @Test
    void takesPackedFieldsWithoutBitsForBlack() {
        DirectColorModel model = new DirectColorModel(16, 0, 0xFF00, 0xFF);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {0, 100, 200});

        // 0.587*100 + 0.114*200 = 81.5
        assertThat(row(InfraredImage.of(new BufferedImage(model, raster, false, null)), 0))
                .containsExactly(82);
    }

    @Test
    void stretchesPackedFieldsOfMoreThan8BitsTo16() {
        DirectColorModel model = new DirectColorModel(30, 0x3FF00000, 0xFFC00, 0x3FF);
        WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
        raster.setPixels(0, 0, 2, 1, new int[] {1023, 1023, 1023, 100, 100, 100});

        InfraredImage read = InfraredImage.of(new BufferedImage(model, raster, false, null));

        assertThat(read.bits()).isEqualTo(16);
        // 100*65535/1023 = 6406.2
        assertThat(row(read, 0)).containsExactly(65535, 6406);
    }

    @ParameterizedTest
    @CsvSource({
        DataBuffer.TYPE_SHORT + ", TYPE_SHORT",
        DataBuffer.TYPE_INT + ", TYPE_INT",
        DataBuffer.TYPE_FLOAT + ", TYPE_FLOAT",
        DataBuffer.TYPE_DOUBLE + ", TYPE_DOUBLE"
    })
    void rejectsSamplesWithoutADefinedGreyScale(int dataType, String name) {
        ColorModel model = new ComponentColorModel(GREY, false, false, Transparency.OPAQUE, dataType);
        BufferedImage image = new BufferedImage(model, model.createCompatibleWritableRaster(7, 5), false, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfraredImage.of(image))
                .withMessageContainingAll("7x5", name, "grey16");
    }

    @Test
    void rejectsColourSpacesOtherThanGreyAndRgb() {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_CIEXYZ), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(model, model.createCompatibleWritableRaster(7, 5), false, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfraredImage.of(image))
                .withMessageContainingAll("7x5", "neither grey nor RGB");
    }

    @Test
    void takesRectanglesOutOfArraysAndCopiesThem() {
        byte[] bytes = {9, 9, 1, 2, 9, 3, (byte) 200};
        short[] shorts = {9, 9, 1, 2, 9, 3, (short) 60000};

        InfraredImage grey8 = InfraredImage.grey8(2, 2, bytes, 2, 3);
        InfraredImage grey16 = InfraredImage.grey16(2, 2, shorts, 2, 3);
        bytes[2] = 77;
        shorts[2] = 77;

        assertThat(grey8.bits()).isEqualTo(8);
        assertThat(row(grey8, 0)).containsExactly(1, 2);
        assertThat(row(grey8, 1)).containsExactly(3, 200);
        assertThat(grey16.bits()).isEqualTo(16);
        assertThat(row(grey16, 0)).containsExactly(1, 2);
        assertThat(row(grey16, 1)).containsExactly(3, 60000);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 2, 0x1",
        "2, -1, 0, 2, 2x-1",
        "2, 2, -1, 2, offset -1",
        "2, 2, 0, 1, stride 1",
        "2, 3, 1, 3, needs 9 samples",
        "65536, 65536, 0, 65536, needs 4294967296 samples"
    })
    void rejectsRectanglesThatTheArrayDoesNotHold(int width, int height, int offset, int stride, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfraredImage.grey8(width, height, new byte[8], offset, stride))
                .withMessageContaining(said);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfraredImage.grey16(width, height, new short[8], offset, stride))
                .withMessageContaining(said);
    }

    @Test
    void doesNotFollowLaterChangesOfTheBufferedImage() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        InfraredImage read = InfraredImage.of(image);
        image.getRaster().setSample(0, 0, 0, 5);

        assertThat(read.sample(0, 0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "2, 0", "0, 2"})
    void rejectsPixelsOutside(int x, int y) {
        InfraredImage image = InfraredImage.grey8(2, 2, new byte[4], 0, 2);

        assertThatThrownBy(() -> image.sample(x, y))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("(" + x + ", " + y + ") of a 2x2 image");
    }

    @Test
    void survivesTheWayThroughABufferedImage() {
        InfraredImage grey8 = InfraredImage.grey8(2, 1, new byte[] {100, (byte) 250}, 0, 2);
        InfraredImage grey16 = InfraredImage.grey16(2, 1, new short[] {100, (short) 60000}, 0, 2);

        assertThat(InfraredImage.of(grey8.toImage())).isEqualTo(grey8).hasSameHashCodeAs(grey8);
        assertThat(InfraredImage.of(grey16.toImage())).isEqualTo(grey16).hasSameHashCodeAs(grey16);
    }

    @Test
    void isNotEqualToAnImageOfAnotherDepth() {
        InfraredImage grey8 = InfraredImage.grey8(1, 1, new byte[] {7}, 0, 1);

        assertThat(grey8).isNotEqualTo(InfraredImage.grey16(1, 1, new short[] {7}, 0, 1));
    }

    private static int[] row(InfraredImage image, int y) {
        int[] row = new int[image.width()];
        for (int x = 0; x < row.length; x++) {
            row[x] = image.sample(x, y);
        }
        return row;
    }
}
