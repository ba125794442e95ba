package dev.irstd.cli;

import dev.irstd.Normalization;
import dev.irstd.training.TrainingPlan;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The scaling of an input, for one channel or for each of three. */
record InputScaling(String text, List<Normalization> channels) {
    static final String NUAA_SIRST = "nuaa-sirst";

    /** Mean and standard deviation of red, green and blue on the scale 0 to 1, as torchvision's networks have them. */
    private static final List<Normalization> IMAGENET =
            List.of(unit(0.485, 0.229), unit(0.456, 0.224), unit(0.406, 0.225));

    private static Normalization unit(double mean, double standardDeviation) {
        return Normalization.of((float) (255 * mean), (float) (255 * standardDeviation));
    }

    /**
     * The scaling of a network's input.
     *
     * @throws IllegalArgumentException if this is the scaling of another number of channels
     */
    Normalization of(int inputChannels) {
        if (channels.size() != 1 && channels.size() != inputChannels) {
            throw new IllegalArgumentException("normalization " + text + " is for " + channels.size()
                    + " channels, the network's input has " + inputChannels + "; give MEAN,DEVIATION instead");
        }
        List<Normalization> each =
                channels.size() == 1 ? Collections.nCopies(inputChannels, channels.get(0)) : channels;
        return new Normalization(
                each.stream().flatMap(channel -> channel.mean().stream()).toList(),
                each.stream()
                        .flatMap(channel -> channel.standardDeviation().stream())
                        .toList());
    }

    /** Reads {@code nuaa-sirst}, {@code unit}, {@code imagenet} or {@code MEAN,DEVIATION}. */
    static final class Converter implements ITypeConverter<InputScaling> {
        @Override
        public InputScaling convert(String text) {
            return switch (text) {
                case NUAA_SIRST -> new InputScaling(text, List.of(TrainingPlan.NUAA_SIRST));
                case "unit" -> new InputScaling(text, List.of(unit(0, 1)));
                case "imagenet" -> new InputScaling(text, IMAGENET);
                default -> new InputScaling(text, List.of(numbers(text)));
            };
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
            throw new TypeConversionException("'" + text + "' is none of nuaa-sirst, unit, imagenet, MEAN,DEVIATION");
        }
    }
}
