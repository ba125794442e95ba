package dev.irstd;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.DataBufferShort;
import java.awt.image.DataBufferUShort;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** An image of any type, palette, bit fields and raster becomes grey samples of its size, or an IllegalArgumentException. */
class RasterFuzzTest {
    private static final int[] COLOUR_SPACES = {
        ColorSpace.CS_sRGB, ColorSpace.CS_GRAY, ColorSpace.CS_LINEAR_RGB, ColorSpace.CS_CIEXYZ, ColorSpace.CS_PYCC
    };

    @FuzzTest(maxDuration = "10m")
    void imageBecomesGreyOrIsRefused(FuzzedDataProvider data) {
        BufferedImage image = image(data);
        InfraredImage grey;
        try {
            grey = InfraredImage.of(image);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("image of " + image.getWidth() + "x" + image.getHeight());
            return;
        }
        assertThat(grey.width()).isEqualTo(image.getWidth());
        assertThat(grey.height()).isEqualTo(image.getHeight());
        assertThat(InfraredImage.of(grey.toImage())).isEqualTo(grey);
    }

    private static BufferedImage image(FuzzedDataProvider data) {
        int width = data.consumeInt(1, 20);
        int height = data.consumeInt(1, 20);
        BufferedImage whole;
        try {
            whole = data.consumeBoolean()
                    ? new BufferedImage(
                            width, height, data.consumeInt(BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_INDEXED))
                    : ofModel(colorModel(data), width, height);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            // The JDK itself refuses such a colour model.
            assumeThat(e).isNull();
            throw e;
        }
        int left = data.consumeInt(0, width - 1);
        int top = data.consumeInt(0, height - 1);
        int right = data.consumeInt(left + 1, width);
        int bottom = data.consumeInt(top + 1, height);
        fill(whole.getRaster().getDataBuffer(), data.consumeRemainingAsBytes());
        return whole.getSubimage(left, top, right - left, bottom - top);
    }

    private static BufferedImage ofModel(ColorModel model, int width, int height) {
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        return new BufferedImage(model, raster, model.isAlphaPremultiplied(), null);
    }

    private static ColorModel colorModel(FuzzedDataProvider data) {
        return switch (data.consumeInt(0, 2)) {
            case 0 -> {
                int bits = data.consumeInt(1, 16);
                int size = data.consumeInt(1, 1 << bits);
                byte[] palette = new byte[3 * size];
                byte[] given = data.consumeBytes(palette.length);
                System.arraycopy(given, 0, palette, 0, given.length);
                yield new IndexColorModel(bits, size, palette, 0, false);
            }
            case 1 ->
                new DirectColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        data.consumeInt(1, 32),
                        data.consumeInt(),
                        data.consumeInt(),
                        data.consumeInt(),
                        data.consumeInt(),
                        data.consumeBoolean(),
                        data.pickValue(new int[] {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT, DataBuffer.TYPE_INT}));
            default -> {
                boolean alpha = data.consumeBoolean();
                yield new ComponentColorModel(
                        ColorSpace.getInstance(data.pickValue(COLOUR_SPACES)),
                        alpha,
                        alpha && data.consumeBoolean(),
                        data.consumeInt(1, 3),
                        data.consumeInt(DataBuffer.TYPE_BYTE, DataBuffer.TYPE_DOUBLE));
            }
        };
    }

    private static void fill(DataBuffer samples, byte[] bytes) {
        for (int i = 0; i < samples.getSize() && bytes.length > 0; i++) {
            int value = (bytes[2 * i % bytes.length] << 8) + bytes[(2 * i + 1) % bytes.length];
            if (samples instanceof DataBufferByte grey) {
                grey.getData()[i] = (byte) value;
            } else if (samples instanceof DataBufferUShort grey) {
                grey.getData()[i] = (short) value;
            } else if (samples instanceof DataBufferShort grey) {
                grey.getData()[i] = (short) value;
            } else if (samples instanceof DataBufferInt packed) {
                packed.getData()[i] = value * 0x10001;
            } else {
                samples.setElemDouble(i, value);
            }
        }
    }
}
