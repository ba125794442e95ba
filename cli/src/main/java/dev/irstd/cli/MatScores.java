package dev.irstd.cli;

import dev.irstd.InfraredImage;
import dev.irstd.InputRange;
import dev.irstd.ScoreMap;
import dev.irstd.training.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;

/**
 * Score maps as MAT files of level 5, under the name and in the form that DCONet's evaluation reads: the matrix {@code T} of
 * logits.
 */
final class MatScores {
    private static final String NAME = "T";
    /** The floats next to 0 and 1, whose logits are finite. */
    private static final float LEAST = Float.MIN_NORMAL;

    private static final float GREATEST = Math.nextDown(1f);

    private MatScores() {}

    /**
     * Reads the matrix {@code T}, or the only one. Floating-point numbers are probabilities if all lie in [0, 1] and logits
     * otherwise; logical values are a mask; whole numbers of 8 or 16 bits are grey values.
     *
     * @throws IOException if it cannot be read; the message does not name the file
     */
    static ScoreMap read(Path file, InputRange range) throws IOException {
        try (Mat5File content = open(file)) {
            return scores(matrix(content), range);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // The decoder answers damaged files, and those of other levels, with exceptions of any kind, asks for as
            // much memory as they claim and recurses as deep as they nest.
            throw notWhole(e);
        }
    }

    private static Mat5File open(Path file) throws IOException {
        try {
            return Mat5.readFromFile(file.toFile());
        } catch (IOException e) {
            throw notWhole(e);
        }
    }

    private static IOException notWhole(Throwable e) {
        return new IOException("no whole MAT file of level 5 (save with -v7 or -v6): " + e.getMessage(), e);
    }

    private static Matrix matrix(Mat5File content) throws IOException {
        List<MatFile.Entry> matrices = new ArrayList<>();
        for (MatFile.Entry entry : content.getEntries()) {
            if (entry.getValue() instanceof Matrix matrix && entry.getName().equals(NAME)) {
                return matrix;
            }
            if (entry.getValue() instanceof Matrix) {
                matrices.add(entry);
            }
        }
        if (matrices.size() != 1) {
            throw new IOException("no matrix \"" + NAME + "\", and not a single other one instead but "
                    + matrices.stream().map(MatFile.Entry::getName).toList());
        }
        return (Matrix) matrices.get(0).getValue();
    }

    private static ScoreMap scores(Matrix matrix, InputRange range) throws IOException {
        if (matrix.getNumDimensions() != 2 || matrix.isComplex() || matrix.getNumElements() == 0) {
            throw new IOException("the matrix has " + matrix.getNumDimensions() + " dimensions and "
                    + matrix.getNumElements() + " elements; a score map has rows and columns of real numbers");
        }
        double[] values = values(matrix);
        int width = matrix.getNumCols();
        int height = matrix.getNumRows();
        if (matrix.isLogical()) {
            return GreyScores.of(grey16(width, height, values), InputRange.between(0, 1));
        }
        return switch (matrix.getType()) {
            case Single, Double -> ofNumbers(width, height, values);
            case UInt8 -> GreyScores.of(grey8(width, height, values), range);
            case UInt16 -> GreyScores.of(grey16(width, height, values), range);
            default ->
                throw new IOException(
                        "a matrix of " + matrix.getType() + "; single, double, logical, uint8 or uint16 can be read");
        };
    }

    private static double[] values(Matrix matrix) {
        int width = matrix.getNumCols();
        double[] values = new double[matrix.getNumElements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.getDouble(i / width, i % width);
        }
        return values;
    }

    private static ScoreMap ofNumbers(int width, int height, double[] values) throws IOException {
        boolean probabilities = true;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                throw new IOException("not a number in row " + i / width + ", column " + i % width);
            }
            probabilities &= values[i] >= 0 && values[i] <= 1;
        }
        float[] scores = new float[values.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (probabilities ? values[i] : 1 / (1 + Math.exp(-values[i])));
        }
        return ScoreMap.of(width, height, scores);
    }

    private static InfraredImage grey8(int width, int height, double[] values) {
        byte[] samples = new byte[values.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (int) values[i];
        }
        return InfraredImage.grey8(width, height, samples, 0, width);
    }

    private static InfraredImage grey16(int width, int height, double[] values) {
        short[] samples = new short[values.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (int) values[i];
        }
        return InfraredImage.grey16(width, height, samples, 0, width);
    }

    /** Writes the logits; those of 0 and 1 as those of the numbers next to them. */
    static void write(ScoreMap scores, Path file) throws IOException {
        Matrix logits = Mat5.newMatrix(scores.height(), scores.width(), MatlabType.Single);
        for (int y = 0; y < scores.height(); y++) {
            for (int x = 0; x < scores.width(); x++) {
                double probability = Math.min(Math.max(scores.get(x, y), LEAST), GREATEST);
                logits.setFloat(y, x, (float) Math.log(probability / (1 - probability)));
            }
        }
        Mat5File content = Mat5.newMatFile();
        content.addArray(NAME, logits);
        // Deflated, noise may grow by a few bytes in some thousand.
        long most = content.getUncompressedSerializedSize() * 101 / 100 + 1000;
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(most)).order(ByteOrder.LITTLE_ENDIAN);
        try (Sink sink = Sinks.wrap(bytes)) {
            content.writeTo(sink);
        }
        WholeFile.write(file, bytes.flip());
    }
}
