package dev.irstd.cli;

import dev.irstd.Tiles;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code SIZE:OVERLAP}. */
final class TilesConverter implements ITypeConverter<Tiles> {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6}):(\\d{1,6})");

    @Override
    public Tiles convert(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (!numbers.matches()) {
            throw new TypeConversionException("'" + text + "' is not SIZE:OVERLAP in pixels, such as 512:64");
        }
        try {
            return new Tiles(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
