package dev.irstd;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.List;
import java.util.function.IntFunction;

/** The kinds of {@link BufferedImage} that can hold a grey value of 8 or of 16 bits without loss. */
final class BufferedImageKinds {
    static final ColorSpace GREY = ColorSpace.getInstance(ColorSpace.CS_GRAY);
    static final ColorSpace SRGB = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    static final ColorSpace LINEAR_RGB = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);

    private static final int OPAQUE = Transparency.OPAQUE;
    private static final int TRANSLUCENT = Transparency.TRANSLUCENT;

    /**
     * One kind.
     *
     * @param bands what a pixel of a grey value holds in each band
     */
    record Kind(String name, int bits, Making making, IntFunction<int[]> bands) {
        @Override
        public String toString() {
            return name;
        }

        BufferedImage image(int width, int height, InfraredImage samples) {
            BufferedImage image = making.image(width, height);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    image.getRaster().setPixel(x, y, bands.apply(samples.sample(x, y)));
                }
            }
            return image;
        }
    }

    interface Making {
        BufferedImage image(int width, int height);
    }

    private BufferedImageKinds() {}

    static List<Kind> all() {
        return List.of(
                plain("TYPE_BYTE_GRAY", 8, BufferedImage.TYPE_BYTE_GRAY, BufferedImageKinds::one),
                plain("TYPE_USHORT_GRAY", 16, BufferedImage.TYPE_USHORT_GRAY, BufferedImageKinds::one),
                plain("TYPE_INT_RGB", 8, BufferedImage.TYPE_INT_RGB, BufferedImageKinds::three),
                plain("TYPE_INT_BGR", 8, BufferedImage.TYPE_INT_BGR, BufferedImageKinds::three),
                plain("TYPE_3BYTE_BGR", 8, BufferedImage.TYPE_3BYTE_BGR, BufferedImageKinds::three),
                plain("TYPE_INT_ARGB", 8, BufferedImage.TYPE_INT_ARGB, grey -> four(grey, 7)),
                plain("TYPE_4BYTE_ABGR", 8, BufferedImage.TYPE_4BYTE_ABGR, grey -> four(grey, 0)),
                plain("TYPE_INT_ARGB_PRE, opaque", 8, BufferedImage.TYPE_INT_ARGB_PRE, grey -> four(grey, 255)),
                plain("TYPE_4BYTE_ABGR_PRE, opaque", 8, BufferedImage.TYPE_4BYTE_ABGR_PRE, grey -> four(grey, 255)),
                palette("TYPE_BYTE_INDEXED, grey palette", 8),
                palette("16-bit indices", 16),
                component("grey, 8 bits", GREY, OPAQUE, DataBuffer.TYPE_BYTE, BufferedImageKinds::one),
                component("grey and alpha, 8 bits", GREY, TRANSLUCENT, DataBuffer.TYPE_BYTE, g -> new int[] {g, 3}),
                component("grey and alpha, 16 bits", GREY, TRANSLUCENT, DataBuffer.TYPE_USHORT, g -> new int[] {g, 3}),
                component("RGB, 16 bits", SRGB, OPAQUE, DataBuffer.TYPE_USHORT, BufferedImageKinds::three),
                component("linear RGB, 8 bits", LINEAR_RGB, OPAQUE, DataBuffer.TYPE_BYTE, BufferedImageKinds::three),
                component("linear RGB, 16 bits", LINEAR_RGB, OPAQUE, DataBuffer.TYPE_USHORT, BufferedImageKinds::three),
                strided("grey, 8 bits, one band of three", 8, DataBuffer.TYPE_BYTE),
                strided("grey, 16 bits, one band of three", 16, DataBuffer.TYPE_USHORT),
                new Kind(
                        "RGB in three arrays",
                        8,
                        (width, height) -> of(
                                componentModel(SRGB, OPAQUE, DataBuffer.TYPE_BYTE),
                                new BandedSampleModel(
                                        DataBuffer.TYPE_BYTE, width, height, width + 5, new int[] {2, 0, 1}, new int[] {
                                            3, 2, 1
                                        })),
                        BufferedImageKinds::three));
    }

    static ColorModel componentModel(ColorSpace space, int transparency, int dataType) {
        return new ComponentColorModel(space, transparency != OPAQUE, false, transparency, dataType);
    }

    static BufferedImage image(ColorModel model, int width, int height) {
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        return new BufferedImage(model, raster, model.isAlphaPremultiplied(), null);
    }

    private static BufferedImage of(ColorModel model, SampleModel layout) {
        return new BufferedImage(model, Raster.createWritableRaster(layout, null), false, null);
    }

    private static Kind plain(String name, int bits, int type, IntFunction<int[]> bands) {
        return new Kind(name, bits, (width, height) -> new BufferedImage(width, height, type), bands);
    }

    private static Kind component(
            String name, ColorSpace space, int transparency, int dataType, IntFunction<int[]> bands) {
        return new Kind(
                name,
                dataType == DataBuffer.TYPE_BYTE ? 8 : 16,
                (width, height) -> image(componentModel(space, transparency, dataType), width, height),
                bands);
    }

    /** Bands interleaved, the grey in the middle one, and the image cut out of wider rows. */
    private static Kind strided(String name, int bits, int dataType) {
        return new Kind(
                name,
                bits,
                (width, height) -> of(
                                componentModel(GREY, OPAQUE, dataType),
                                new PixelInterleavedSampleModel(
                                        dataType, width + 2, height + 1, 3, 3 * width + 10, new int[] {1}))
                        .getSubimage(1, 1, width, height),
                BufferedImageKinds::one);
    }

    /** Colour i of the palette is the grey i, whatever the width of the index. */
    private static Kind palette(String name, int indexBits) {
        byte[] levels = new byte[1 << indexBits];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) i;
        }
        IndexColorModel palette = new IndexColorModel(indexBits, levels.length, levels, levels, levels);
        return new Kind(name, 8, (width, height) -> image(palette, width, height), BufferedImageKinds::one);
    }

    private static int[] one(int grey) {
        return new int[] {grey};
    }

    private static int[] three(int grey) {
        return new int[] {grey, grey, grey};
    }

    private static int[] four(int grey, int alpha) {
        return new int[] {grey, grey, grey, alpha};
    }
}
