package dev.irstd.cli;

import dev.irstd.InputRange;
import dev.irstd.ScoreMap;
import dev.irstd.training.files.WholeFile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.IOException;
import java.nio.file.Path;

/** Score maps as PNG of 8 or 16 bits: the largest value is a probability of 1. */
final class PngScores {
    private PngScores() {}

    /**
     * Reads a score map, or a mask.
     *
     * @throws IOException if it cannot be read; the message does not name the file
     */
    static ScoreMap read(Path file, InputRange range) throws IOException {
        return GreyScores.of(ImageFiles.read(file), range);
    }

    static void write8(ScoreMap scores, Path file) throws IOException {
        BufferedImage image = new BufferedImage(scores.width(), scores.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        float[] probabilities = scores.toArray();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.round(probabilities[i] * 0xFF);
        }
        WholeFile.writePng(file, image);
    }

    static void write16(ScoreMap scores, Path file) throws IOException {
        BufferedImage image = new BufferedImage(scores.width(), scores.height(), BufferedImage.TYPE_USHORT_GRAY);
        short[] samples = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
        float[] probabilities = scores.toArray();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(probabilities[i] * 0xFFFF);
        }
        WholeFile.writePng(file, image);
    }
}
