package dev.irstd.cli;

import java.util.Iterator;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of several values by its name; for the help, the names in their order. */
abstract class NamedChoice<T> implements ITypeConverter<T>, Iterable<String> {
    private final Map<String, T> byName;

    /** @param byName in the order in which the names are to be listed */
    NamedChoice(Map<String, T> byName) {
        this.byName = byName;
    }

    @Override
    public T convert(String name) {
        T value = byName.get(name);
        if (value == null) {
            throw new TypeConversionException("'" + name + "' is none of " + String.join(", ", byName.keySet()));
        }
        return value;
    }

    @Override
    public Iterator<String> iterator() {
        return byName.keySet().iterator();
    }
}
