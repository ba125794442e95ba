package dev.irstd.cli;

import dev.irstd.Normalization;
import java.util.Collections;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The scaling of an input as a command names it, for all channels alike or for each of three. */
record InputScaling(String text, Normalization normalization) {
    /** The normalization for any number of channels. */
    static Normalization alike(Normalization normalization, int channels) {
        return new Normalization(
                Collections.nCopies(channels, normalization.mean().get(0)),
                Collections.nCopies(channels, normalization.standardDeviation().get(0)));
    }

    /**
     * The scaling of a network's input.
     *
     * @throws IllegalArgumentException if this is the scaling of another number of channels
     */
    Normalization of(int inputChannels) {
        if (normalization.channels() != 1 && normalization.channels() != inputChannels) {
            throw new IllegalArgumentException("normalization " + text + " is for " + normalization.channels()
                    + " channels, the network's input has " + inputChannels + "; give MEAN,DEVIATION instead");
        }
        return normalization.channels() == 1 ? alike(normalization, inputChannels) : normalization;
    }

    /** Reads the name of a normalization or {@code MEAN,DEVIATION}. */
    static final class Converter implements ITypeConverter<InputScaling> {
        @Override
        public InputScaling convert(String text) {
            return new InputScaling(
                    text,
                    switch (text) {
                        case "nuaa-sirst" -> Normalization.NUAA_SIRST;
                        case "nudt-sirst" -> Normalization.NUDT_SIRST;
                        case "irstd-1k" -> Normalization.IRSTD_1K;
                        case "unit" -> Normalization.UNIT;
                        case "imagenet" -> Normalization.IMAGE_NET;
                        default -> numbers(text);
                    });
        }

        private static Normalization numbers(String text) {
            String[] numbers = text.split(",", -1);
            try {
                if (numbers.length == 2) {
                    return Normalization.of(Float.parseFloat(numbers[0]), Float.parseFloat(numbers[1]));
                }
            } catch (NumberFormatException e) {
                // Below.
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            throw new TypeConversionException(
                    "'" + text + "' is none of nuaa-sirst, nudt-sirst, irstd-1k, unit, imagenet, MEAN,DEVIATION");
        }
    }
}
