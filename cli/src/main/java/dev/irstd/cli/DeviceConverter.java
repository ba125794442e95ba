package dev.irstd.cli;

import dev.irstd.Device;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code cpu}, {@code cuda}, {@code cuda:N} or {@code auto}. */
final class DeviceConverter implements ITypeConverter<Device> {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,9}))?");

    @Override
    public Device convert(String text) {
        if (text.equals("cpu")) {
            return Device.cpu();
        }
        if (text.equals("auto")) {
            return Device.auto();
        }
        Matcher cuda = CUDA.matcher(text);
        if (!cuda.matches()) {
            throw new TypeConversionException("'" + text + "' is none of cpu, cuda, cuda:N, auto");
        }
        return Device.cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
    }
}
