package dev.irstd.cli;

import dev.irstd.training.data.Augmentation;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an augmentation. */
final class AugmentationConverter implements ITypeConverter<Augmentation> {
    private static final Map<String, Augmentation> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("none", Augmentation.none());
        BY_NAME.put("plain", Augmentation.plain());
        BY_NAME.put("standard", Augmentation.standard());
        BY_NAME.put("strong", Augmentation.strong());
        BY_NAME.put("any-sensor", Augmentation.anySensor());
    }

    @Override
    public Augmentation convert(String text) {
        Augmentation augmentation = BY_NAME.get(text);
        if (augmentation == null) {
            throw new TypeConversionException("'" + text + "' is none of " + String.join(", ", BY_NAME.keySet()));
        }
        return augmentation;
    }

    /** The names, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return BY_NAME.keySet().iterator();
        }
    }
}
