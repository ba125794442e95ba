package dev.irstd.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From a low number to a high one, as {@code LOW:HIGH}. */
record Span(double low, double high) {
    static final class Converter implements ITypeConverter<Span> {
        private static final Pattern SPAN = Pattern.compile("(\\d+(?:\\.\\d+)?):(\\d+(?:\\.\\d+)?)");

        @Override
        public Span convert(String text) {
            Matcher span = SPAN.matcher(text);
            if (!span.matches()) {
                throw new TypeConversionException("'" + text + "' is not of the form LOW:HIGH, such as 0.5:20");
            }
            return new Span(Double.parseDouble(span.group(1)), Double.parseDouble(span.group(2)));
        }
    }
}
