package dev.irstd.cli;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a {@link ManifestChoice}, as that prints itself. */
final class ManifestConverter implements ITypeConverter<ManifestChoice> {
    @Override
    public ManifestChoice convert(String text) {
        return Arrays.stream(ManifestChoice.values())
                .filter(choice -> choice.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is none of " + Arrays.toString(ManifestChoice.values())));
    }
}
