package dev.irstd;

import dev.irstd.BufferedImageKinds.Kind;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.RasterFormatException;
import java.awt.image.SampleModel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.irstd.BufferedImageKinds.GREY;
import static dev.irstd.BufferedImageKinds.LINEAR_RGB;
import static dev.irstd.BufferedImageKinds.SRGB;
import static dev.irstd.BufferedImageKinds.componentModel;
import static dev.irstd.BufferedImageKinds.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What becomes of every kind of {@link BufferedImage}. */
class BufferedImagesTest {
    private static final int[][] SIZES = {{1, 1}, {1, 13}, {13, 1}, {15, 5}, {17, 4}, {16, 16}};

    static List<Kind> kindsThatHoldGreyWithoutLoss() {
        return BufferedImageKinds.all();
    }

    @ParameterizedTest
    @MethodSource("kindsThatHoldGreyWithoutLoss")
    void equalSamplesAreEqualImagesWhateverTheKind(Kind kind) {
        for (int[] size : SIZES) {
            InfraredImage samples = noise(size[0], size[1], kind.bits());

            assertThat(InfraredImage.of(kind.image(size[0], size[1], samples))).isEqualTo(samples);
        }
    }

    @ParameterizedTest
    @MethodSource("kindsThatHoldGreyWithoutLoss")
    void aSubImageIsThatPartOfTheWhole(Kind kind) {
        InfraredImage samples = noise(23, 11, kind.bits());
        BufferedImage whole = kind.image(23, 11, samples);
        BufferedImage part = whole.getSubimage(5, 3, 15, 7);

        assertHolds(part, samples, 5, 3);
        assertHolds(part.getSubimage(14, 6, 1, 1), samples, 19, 9);
    }

    private static void assertHolds(BufferedImage part, InfraredImage samples, int left, int top) {
        InfraredImage read = InfraredImage.of(part);

        assertThat(read.width()).isEqualTo(part.getWidth());
        assertThat(read.height()).isEqualTo(part.getHeight());
        assertThat(read.bits()).isEqualTo(samples.bits());
        for (int y = 0; y < read.height(); y++) {
            for (int x = 0; x < read.width(); x++) {
                assertThat(read.sample(x, y)).isEqualTo(samples.sample(left + x, top + y));
            }
        }
    }

    static Stream<Arguments> conversions() {
        return Stream.of(
                // 0.299*255 = 76.2; 0.587*255 = 149.7; 0.114*255 = 29.1; 2.99 + 11.74 + 3.42 = 18.15
                reads("luma", 8, BufferedImage.TYPE_INT_RGB, "255,0,0 0,255,0 0,0,255 10,20,30", 76, 150, 29, 18),
                reads("luma", 8, BufferedImage.TYPE_3BYTE_BGR, "255,0,0 0,255,0 0,0,255 10,20,30", 76, 150, 29, 18),
                reads("alpha dropped", 8, BufferedImage.TYPE_INT_ARGB, "255,0,0,1 0,255,0,0 9,9,9,128", 76, 150, 9),
                // 2990 + 11740 + 3420
                reads("luma of 16 bits", 16, component(SRGB, DataBuffer.TYPE_USHORT), "10000,20000,30000", 18150),
                reads("no gamma", 8, component(LINEAR_RGB, DataBuffer.TYPE_BYTE), "255,0,0 0,0,255", 76, 29),
                // 50*255/128 = 99.6; no light at all; 20.93 + 46.96 + 10.26 = 78.15; more than alpha allows: clipped
                reads(
                        "premultiplied",
                        8,
                        BufferedImage.TYPE_INT_ARGB_PRE,
                        "50,50,50,128 0,0,0,0 70,80,90,255 200,200,200,100",
                        100,
                        0,
                        78,
                        255),
                reads("premultiplied", 8, BufferedImage.TYPE_4BYTE_ABGR_PRE, "50,50,50,128 0,0,0,0", 100, 0),
                // 10000*65535/32768 = 19999.7
                reads(
                        "premultiplied grey of 16 bits",
                        16,
                        new ComponentColorModel(GREY, true, true, Transparency.TRANSLUCENT, DataBuffer.TYPE_USHORT),
                        "10000,32768 4000,65535",
                        20000,
                        4000),
                reads("12 bits in 16", 16, component(GREY, 12, DataBuffer.TYPE_USHORT), "4095 7", 4095, 7),
                reads("4 bits in 8", 8, component(GREY, 4, DataBuffer.TYPE_BYTE), "15 7", 15, 7),
                // 15*255/31 = 123.4, of which 0.114 is 14.0
                reads("5-6-5", 8, BufferedImage.TYPE_USHORT_565_RGB, "31,63,31 0,0,15", 255, 14),
                // 10*255/31 = 82.3
                reads("5-5-5", 8, BufferedImage.TYPE_USHORT_555_RGB, "31,31,31 10,10,10", 255, 82),
                // 3*255/7 = 109.3, 1*255/3 = 85: 32.6 + 64.0 + 9.7 = 106.3
                reads("3-3-2", 8, new DirectColorModel(8, 0xE0, 0x1C, 0x03), "7,7,3 3,3,1", 255, 106),
                // 100*65535/1023 = 6406.2
                reads(
                        "10 bits a field",
                        16,
                        new DirectColorModel(30, 0x3FF00000, 0xFFC00, 0x3FF),
                        "1023,1023,1023 100,100,100",
                        65535,
                        6406),
                reads("a field of no bits", 8, new DirectColorModel(8, 0xF0, 0x0F, 0), "15,0,0 0,15,0", 76, 150),
                reads("1 bit", 8, BufferedImage.TYPE_BYTE_BINARY, "0 1", 0, 255),
                // 59.8 + 58.7 = 118.5, to nearest; 0.114*255 = 29.1
                reads(
                        "palette of 1 bit",
                        8,
                        palette(1, 0xC86400, 0x0000FF),
                        "0 1 0 0 0 0 0 0 1",
                        119,
                        29,
                        119,
                        119,
                        119,
                        119,
                        119,
                        119,
                        29),
                reads(
                        "palette of 2 bits",
                        8,
                        palette(2, 0xC86400, 0x0000FF, 0x050505, 0x060606),
                        "0 1 2 3",
                        119,
                        29,
                        5,
                        6),
                reads("palette of 4 bits", 8, palette(4, 0xC86400, 0x0000FF), "0 1 15", 119, 29, 0),
                reads("palette of 8 bits", 8, palette(8, 0xC86400, 0x0000FF), "0 1 200", 119, 29, 0),
                reads("transparent colour", 8, transparent(), "0 1", 80, 90));
    }

    @ParameterizedTest(name = "{0}, type {1}")
    @MethodSource("conversions")
    void whatIsNotPlainGreyIsConvertedByArithmeticInView(
            String name, int type, BufferedImage image, int bits, int[] samples) {
        InfraredImage read = InfraredImage.of(image);

        assertThat(read.bits()).isEqualTo(bits);
        assertThat(row(read)).containsExactly(samples);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused("signed 16 bits", component(GREY, DataBuffer.TYPE_SHORT), "signed 16-bit (TYPE_SHORT)"),
                refused("32-bit integers", component(GREY, DataBuffer.TYPE_INT), "32-bit integer (TYPE_INT)"),
                refused("floats, which may be NaN or infinite", component(GREY, DataBuffer.TYPE_FLOAT), "TYPE_FLOAT"),
                refused("doubles", component(GREY, DataBuffer.TYPE_DOUBLE), "TYPE_DOUBLE"),
                refused("RGB of floats", component(SRGB, DataBuffer.TYPE_FLOAT), "TYPE_FLOAT"),
                refused(
                        "20 bits a field",
                        new DirectColorModel(32, 0xFFFFF000, 0xFC0, 0x3F),
                        "32-bit integer (TYPE_INT)"),
                refused("CMYK", component(space(ColorSpace.TYPE_CMYK, 4), DataBuffer.TYPE_BYTE), "4 components"),
                refused("YCbCr", component(space(ColorSpace.TYPE_YCbCr, 3), DataBuffer.TYPE_BYTE), "neither grey nor"),
                refused(
                        "CIE XYZ",
                        component(ColorSpace.getInstance(ColorSpace.CS_CIEXYZ), DataBuffer.TYPE_BYTE),
                        "neither grey nor RGB"),
                refused("two bands", component(space(ColorSpace.TYPE_2CLR, 2), DataBuffer.TYPE_BYTE), "2 components"),
                refused("a colour model of one's own", new OwnColourModel(), OwnColourModel.class.getName()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatHasNoGreyScaleIsRefusedWithItsTypeAndSize(String name, BufferedImage image, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfraredImage.of(image))
                .withMessageContainingAll("7x5", "BufferedImage type " + image.getType(), said);
    }

    @Test
    void theTypeOfSamplesIsRefusedWithTheWayOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfraredImage.of(image(component(GREY, DataBuffer.TYPE_FLOAT), 7, 5)))
                .withMessageContaining("InfraredImage.grey8 or grey16");
    }

    @Test
    void aRowOfMoreSamplesThanAnArrayHoldsIsRefused() {
        // All of its pixels are the same three bytes.
        SampleModel layout = new ComponentSampleModel(DataBuffer.TYPE_BYTE, 800_000_000, 1, 0, 0, new int[] {0, 1, 2});
        BufferedImage image = new BufferedImage(
                component(SRGB, DataBuffer.TYPE_BYTE), Raster.createWritableRaster(layout, null), false, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> InfraredImage.of(image))
                .withMessageContainingAll("800000000x1", "2400000000");
    }

    @Test
    void javaItselfMakesNoImageWithoutPixels() {
        BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_BYTE_GRAY);

        assertThatIllegalArgumentException().isThrownBy(() -> new BufferedImage(0, 5, BufferedImage.TYPE_BYTE_GRAY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BufferedImage(1 << 16, 1 << 16, BufferedImage.TYPE_BYTE_GRAY));
        assertThatThrownBy(() -> image.getSubimage(3, 3, 0, 1)).isInstanceOf(RasterFormatException.class);
    }

    @Test
    void grey8IsReadWithoutTheGammaConversionOfGetRgb() {
        BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 256; x++) {
            image.getRaster().setSample(x, 0, 0, x);
        }
        assertThat(image.getRGB(100, 0) & 0xFF).as("the trap").isNotEqualTo(100);

        InfraredImage read = InfraredImage.of(image);

        for (int x = 0; x < 256; x++) {
            assertThat(read.sample(x, 0)).isEqualTo(x);
        }
    }

    @Test
    void laterChangesOfTheBufferedImageAreNotSeen() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        InfraredImage read = InfraredImage.of(image);
        image.getRaster().setSample(0, 0, 0, 5);

        assertThat(read.sample(0, 0)).isZero();
    }

    @Test
    void aDetectorSeesTheSameInEveryKind() {
        InfraredImage samples = noise(15, 17, 8);
        try (Detector detector = IrstdDetector.load(TinyNetwork.identity())) {
            ScoreMap scores = detector.detect(samples).scoreMap();

            for (Kind kind : BufferedImageKinds.all()) {
                if (kind.bits() == 8) {
                    assertThat(detector.detect(kind.image(15, 17, samples)).scoreMap())
                            .as(kind.name())
                            .isEqualTo(scores);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x1", "1x300", "300x1", "15x1", "17x15", "1x100000", "100000x1"})
    void aDetectorTakesImagesOfAnyShape(String size) {
        int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
        int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(width - 1, height - 1, 0, 255);
        ModelManifest padding = TestManifests.withMultiple(TinyNetwork.GREY_IS_SCORE, 16);
        try (Detector detector = IrstdDetector.load(
                TinyNetwork.ofChannels(1).needingMultipleOf(16).model(padding))) {
            Detection found = detector.detect(image);

            assertThat(found.scoreMap().width()).isEqualTo(width);
            assertThat(found.scoreMap().height()).isEqualTo(height);
            assertThat(found.targets())
                    .containsExactly(new Target(width - 1, height - 1, 1, new Box(width - 1, height - 1, 1, 1), 1, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128, 255})
    void anImageOfEqualPixelsIsThatGreyOrBlackByItsOwnRange(int grey) {
        int[] pixels = new int[15 * 17];
        Arrays.fill(pixels, grey);
        InfraredImage image = Frames.grey8(15, 17, pixels);
        try (Detector full = IrstdDetector.load(TinyNetwork.identity());
                Detector own = IrstdDetector.builder()
                        .model(TinyNetwork.identity())
                        .inputRange(InputRange.perImage())
                        .build()) {
            assertThat(full.detect(image).scoreMap().toArray()).containsOnly(grey / 255f);
            assertThat(own.detect(image).scoreMap().toArray()).containsOnly(0);
        }
    }

    /** Says that its one byte a pixel holds three colours, which only it can take apart. */
    private static final class OwnColourModel extends ColorModel {
        OwnColourModel() {
            super(8, new int[] {3, 3, 2}, SRGB, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        }

        @Override
        public int getRed(int pixel) {
            return pixel & 0xE0;
        }

        @Override
        public int getGreen(int pixel) {
            return pixel << 3 & 0xE0;
        }

        @Override
        public int getBlue(int pixel) {
            return pixel << 6 & 0xC0;
        }

        @Override
        public int getAlpha(int pixel) {
            return 255;
        }

        @Override
        public boolean isCompatibleRaster(Raster raster) {
            return raster.getNumBands() == 1;
        }

        @Override
        public java.awt.image.WritableRaster createCompatibleWritableRaster(int width, int height) {
            return Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 1, null);
        }
    }

    private static Arguments reads(String name, int bits, int type, String pixels, int... samples) {
        int width = pixels.split(" ").length;
        return reads(name, bits, new BufferedImage(width, 1, type), pixels, samples);
    }

    private static Arguments reads(String name, int bits, ColorModel model, String pixels, int... samples) {
        int width = pixels.split(" ").length;
        return reads(name, bits, image(model, width, 1), pixels, samples);
    }

    /** Pixels are separated by blanks, their bands by commas. */
    private static Arguments reads(String name, int bits, BufferedImage image, String pixels, int... samples) {
        String[] texts = pixels.split(" ");
        for (int x = 0; x < texts.length; x++) {
            int[] bands = Arrays.stream(texts[x].split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            image.getRaster().setPixel(x, 0, bands);
        }
        return arguments(name, image.getType(), image, bits, samples);
    }

    private static Arguments refused(String name, ColorModel model, String said) {
        return arguments(name, image(model, 7, 5), said);
    }

    private static ColorModel component(ColorSpace space, int dataType) {
        return componentModel(space, Transparency.OPAQUE, dataType);
    }

    private static ColorModel component(ColorSpace space, int bits, int dataType) {
        return new ComponentColorModel(space, new int[] {bits}, false, false, Transparency.OPAQUE, dataType);
    }

    private static IndexColorModel palette(int bits, int... colours) {
        return new IndexColorModel(bits, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private static IndexColorModel transparent() {
        return new IndexColorModel(8, 2, new int[] {0x505050, 0x5A5A5A}, 0, false, 1, DataBuffer.TYPE_BYTE);
    }

    private static ColorSpace space(int type, int components) {
        return new ColorSpace(type, components) {
            private static final long serialVersionUID = 1;

            @Override
            public float[] toRGB(float[] colour) {
                throw new UnsupportedOperationException();
            }

            @Override
            public float[] fromRGB(float[] colour) {
                throw new UnsupportedOperationException();
            }

            @Override
            public float[] toCIEXYZ(float[] colour) {
                throw new UnsupportedOperationException();
            }

            @Override
            public float[] fromCIEXYZ(float[] colour) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static InfraredImage noise(int width, int height, int bits) {
        if (bits == 8) {
            return Frames.noise(width, height, 3);
        }
        Random random = new Random(3);
        return Frames.grey16(
                width, height, random.ints((long) width * height, 0, 1 << 16).toArray());
    }

    private static int[] row(InfraredImage image) {
        int[] row = new int[image.width()];
        image.row(0, row);
        return row;
    }
}
