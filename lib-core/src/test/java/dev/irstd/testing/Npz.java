package dev.irstd.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The arrays of a NumPy {@code .npz} file, read whole. Values come out in C order whatever their order in the file.
 *
 * <p>Knows the element types {@code <f4}, {@code <f8}, {@code <i8}, {@code |u1} and {@code |b1} (as 0 and 1). A value is
 * converted only where nothing is lost: floats to doubles, bytes to longs, never the other way.
 */
public final class Npz {
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    private final Path file;
    private final Map<String, Array> arrays;

    /** The values, in C order, are a float[], double[], long[] or byte[]. */
    private record Array(int[] shape, Object values) {}

    private Npz(Path file, Map<String, Array> arrays) {
        this.file = file;
        this.arrays = arrays;
    }

    /**
     * Reads a file.
     *
     * @param file a zip of {@code .npy} files, stored or deflated
     * @return its arrays
     * @throws IOException if the file cannot be read or holds something else
     */
    public static Npz read(Path file) throws IOException {
        Map<String, Array> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    arrays.put(entry.getName().replaceFirst("\\.npy$", ""), npy(in.readAllBytes()));
                } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                    throw new IOException(file + ", " + entry.getName() + ": " + e.getMessage(), e);
                }
            }
        }
        return new Npz(file, arrays);
    }

    /**
     * Returns the names of the arrays.
     *
     * @return the names, in the order of the file
     */
    public Set<String> keys() {
        return Collections.unmodifiableSet(arrays.keySet());
    }

    /**
     * Tells whether an array exists.
     *
     * @param key name of an array
     * @return whether the file holds it
     */
    public boolean has(String key) {
        return arrays.containsKey(key);
    }

    /**
     * Returns the shape of an array.
     *
     * @param key name of an array
     * @return the sizes, outermost first; empty for a scalar
     */
    public int[] shape(String key) {
        return array(key).shape().clone();
    }

    /**
     * Returns an array of {@code <f4}.
     *
     * @param key name of an array
     * @return a copy of its values, in C order
     */
    public float[] floats(String key) {
        if (array(key).values() instanceof float[] floats) {
            return floats.clone();
        }
        throw mismatch(key, "floats");
    }

    /**
     * Returns an array of {@code <f8} or {@code <f4}.
     *
     * @param key name of an array
     * @return a copy of its values, in C order
     */
    public double[] doubles(String key) {
        Object values = array(key).values();
        if (values instanceof double[] doubles) {
            return doubles.clone();
        }
        if (values instanceof float[] floats) {
            double[] doubles = new double[floats.length];
            Arrays.setAll(doubles, i -> floats[i]);
            return doubles;
        }
        throw mismatch(key, "doubles");
    }

    /**
     * Returns an array of {@code <i8}, {@code |u1} or {@code |b1}.
     *
     * @param key name of an array
     * @return a copy of its values, in C order
     */
    public long[] longs(String key) {
        Object values = array(key).values();
        if (values instanceof long[] longs) {
            return longs.clone();
        }
        if (values instanceof byte[] bytes) {
            long[] longs = new long[bytes.length];
            Arrays.setAll(longs, i -> bytes[i] & 0xFF);
            return longs;
        }
        throw mismatch(key, "longs");
    }

    /**
     * Returns an array of {@code |u1} or {@code |b1}.
     *
     * @param key name of an array
     * @return a copy of its values, in C order, unsigned
     */
    public byte[] bytes(String key) {
        if (array(key).values() instanceof byte[] bytes) {
            return bytes.clone();
        }
        throw mismatch(key, "bytes");
    }

    private Array array(String key) {
        Array array = arrays.get(key);
        if (array == null) {
            throw new IllegalArgumentException(file + " has no array \"" + key + "\"; it has " + arrays.keySet());
        }
        return array;
    }

    private IllegalArgumentException mismatch(String key, String wanted) {
        return new IllegalArgumentException(file + ", array \"" + key + "\": holds "
                + array(key).values().getClass().getComponentType() + " values, not " + wanted);
    }

    private static Array npy(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < 10 || in.get(0) != (byte) 0x93 || !"NUMPY".equals(ascii(content, 1, 5))) {
            throw new IllegalArgumentException("not an .npy file");
        }
        boolean version1 = in.get(6) == 1;
        int headerStart = version1 ? 10 : 12;
        int headerLength = version1 ? in.getShort(8) & 0xFFFF : in.getInt(8);
        String header = ascii(content, headerStart, headerLength);

        String type = field(TYPE, header);
        int[] shape = Arrays.stream(field(SHAPE, header).split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        int[] source = field(ORDER, header).equals("True") ? fortranIndices(shape, count) : null;
        ByteBuffer data = in.position(headerStart + headerLength).slice().order(ByteOrder.LITTLE_ENDIAN);
        return new Array(shape, values(type, count, data, source));
    }

    private static Object values(String type, int count, ByteBuffer data, int[] source) {
        switch (type) {
            case "<f4" -> {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = data.getFloat(4 * at(source, i));
                }
                return values;
            }
            case "<f8" -> {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    values[i] = data.getDouble(8 * at(source, i));
                }
                return values;
            }
            case "<i8" -> {
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = data.getLong(8 * at(source, i));
                }
                return values;
            }
            case "|u1", "|b1" -> {
                byte[] values = new byte[count];
                for (int i = 0; i < count; i++) {
                    values[i] = data.get(at(source, i));
                }
                return values;
            }
            default -> throw new IllegalArgumentException("unknown element type " + type);
        }
    }

    private static int at(int[] source, int i) {
        return source == null ? i : source[i];
    }

    /** For each element in C order, its place in Fortran order (first index fastest). */
    private static int[] fortranIndices(int[] shape, int count) {
        int[] source = new int[count];
        for (int i = 0; i < count; i++) {
            int[] index = new int[shape.length];
            for (int axis = shape.length - 1, rest = i; axis >= 0; rest /= shape[axis--]) {
                index[axis] = rest % shape[axis];
            }
            for (int axis = 0, stride = 1; axis < shape.length; stride *= shape[axis++]) {
                source[i] += index[axis] * stride;
            }
        }
        return source;
    }

    private static String field(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IllegalArgumentException("header without " + pattern + ": " + header);
        }
        return matcher.group(1);
    }

    private static String ascii(byte[] content, int start, int length) {
        return new String(content, start, length, StandardCharsets.ISO_8859_1);
    }
}
