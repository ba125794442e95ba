package dev.irstd.cli;

import dev.irstd.InputRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code LOW:HIGH}, {@code full} or {@code per-image}. */
final class InputRangeConverter implements ITypeConverter<InputRange> {
    private static final Pattern LIMITS = Pattern.compile("(\\d{1,5}):(\\d{1,5})");

    @Override
    public InputRange convert(String text) {
        if (text.equals("full")) {
            return InputRange.fullScale();
        }
        if (text.equals("per-image")) {
            return InputRange.perImage();
        }
        Matcher limits = LIMITS.matcher(text);
        if (!limits.matches()) {
            throw new TypeConversionException("'" + text + "' is none of LOW:HIGH (sample values), full, per-image");
        }
        try {
            return InputRange.between(Integer.parseInt(limits.group(1)), Integer.parseInt(limits.group(2)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
