package dev.irstd.training.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.irstd.training.files.ElementType;
import dev.irstd.training.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contents of a safetensors file: named tensors and text metadata. Reading such a file runs no code.
 *
 * <p>Format: the length of a JSON header as a 64-bit little-endian integer, the header with type, shape and place of
 * each tensor, then the data, which the tensors cover without gap or overlap. Written are F32, and U8 for opaque bytes.
 * Read are also F16 and BF16, which single precision holds exactly, and tensors of integers as opaque bytes, whose type
 * and shape are not kept.
 *
 * @param metadata texts by key
 * @param tensors float tensors by name
 * @param blobs opaque bytes by name
 */
public record Safetensors(Map<String, String> metadata, Map<String, FloatTensor> tensors, Map<String, byte[]> blobs) {
    private static final String METADATA = "__metadata__";
    private static final String FLOATS = "F32";
    private static final String BYTES = "U8";
    private static final int MAXIMAL_HEADER = 100_000_000;

    public Safetensors {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        blobs = Collections.unmodifiableMap(new LinkedHashMap<>(blobs));
        for (String name : blobs.keySet()) {
            if (tensors.containsKey(name)) {
                throw new IllegalArgumentException("\"" + name + "\" is the name of a tensor and of bytes");
            }
        }
        if (tensors.containsKey(METADATA) || blobs.containsKey(METADATA)) {
            throw new IllegalArgumentException("\"" + METADATA + "\" cannot be the name of a tensor");
        }
    }

    /**
     * Writes the file whole or not at all: as {@code NAME.part} first, then renamed.
     *
     * @param file where to; replaced if it exists
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        JsonObject header = new JsonObject();
        JsonObject texts = new JsonObject();
        metadata.forEach(texts::addProperty);
        header.add(METADATA, texts);
        long end = 0;
        for (Map.Entry<String, FloatTensor> entry : tensors.entrySet()) {
            long size = 4L * entry.getValue().values().length;
            header.add(entry.getKey(), place(FLOATS, entry.getValue().shape(), end, end + size));
            end += size;
        }
        for (Map.Entry<String, byte[]> entry : blobs.entrySet()) {
            int size = entry.getValue().length;
            header.add(entry.getKey(), place(BYTES, List.of(size), end, end + size));
            end += size;
        }
        byte[] json = aligned(header.toString().getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(8 + json.length + end)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (FloatTensor tensor : tensors.values()) {
            bytes.asFloatBuffer().put(tensor.values());
            bytes.position(bytes.position() + 4 * tensor.values().length);
        }
        blobs.values().forEach(bytes::put);
        WholeFile.write(file, bytes.flip());
    }

    /** Spaces up to a multiple of 8, so that readers may map the data that follows. */
    private static byte[] aligned(byte[] json) {
        byte[] aligned = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(aligned, json.length, aligned.length, (byte) ' ');
        return aligned;
    }

    private static JsonObject place(String type, List<Integer> shape, long begin, long end) {
        JsonArray dimensions = new JsonArray();
        shape.forEach(dimensions::add);
        JsonArray offsets = new JsonArray();
        offsets.add(begin);
        offsets.add(end);
        JsonObject place = new JsonObject();
        place.addProperty("dtype", type);
        place.add("shape", dimensions);
        place.add("data_offsets", offsets);
        return place;
    }

    /**
     * Reads a file.
     *
     * @param file a safetensors file
     * @return its contents
     * @throws IOException if the file cannot be read, is damaged or holds tensors of another type; names the file
     */
    public static Safetensors read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            long length = bytes.remaining() < 8 ? -1 : bytes.getLong();
            if (length < 2 || length > Math.min(bytes.remaining(), MAXIMAL_HEADER)) {
                throw new IllegalArgumentException("no header");
            }
            byte[] json = new byte[(int) length];
            bytes.get(json);
            JsonObject header = JsonParser.parseString(new String(json, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            return read(header, bytes.slice());
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw new IOException(file + " is not a whole safetensors file: " + e.getMessage(), e);
        }
    }

    private static Safetensors read(JsonObject header, ByteBuffer data) {
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonElement> member : header.entrySet()) {
            JsonObject value = member.getValue().getAsJsonObject();
            if (member.getKey().equals(METADATA)) {
                value.asMap().forEach((key, text) -> metadata.put(key, text.getAsString()));
            } else {
                entries.add(Entry.of(member.getKey(), value));
            }
        }
        requireCover(entries, data.limit());
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        for (Entry entry : entries) {
            ByteBuffer slice = data.slice((int) entry.begin(), (int) (entry.end() - entry.begin()));
            if (entry.type().floating()) {
                float[] values = entry.type().floats(slice.order(ByteOrder.LITTLE_ENDIAN));
                tensors.put(entry.name(), new FloatTensor(entry.shape(), values));
            } else {
                blobs.put(entry.name(), bytes(slice));
            }
        }
        return new Safetensors(metadata, tensors, blobs);
    }

    /** Each tensor begins where the one before it ends. */
    private static void requireCover(List<Entry> entries, long size) {
        long end = 0;
        for (Entry entry : entries.stream().sorted(Entry.BY_PLACE).toList()) {
            if (entry.begin() != end) {
                throw new IllegalArgumentException("\"" + entry.name() + "\" begins at byte " + entry.begin()
                        + " of the data, the tensor before it ends at " + end);
            }
            end = entry.end();
        }
        if (end != size) {
            throw new IllegalArgumentException("the tensors end at byte " + end + " of the data, the file at " + size);
        }
    }

    /** What the header says of a tensor. */
    private record Entry(String name, ElementType type, List<Integer> shape, long begin, long end) {
        static final Comparator<Entry> BY_PLACE =
                Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end);

        static Entry of(String name, JsonObject value) {
            String code = member(name, value, "dtype").getAsString();
            ElementType type = ElementType.ofCode(code)
                    .filter(known -> known != ElementType.FLOAT64)
                    .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is of type " + code
                            + "; F32, F16, BF16 and integers of up to 64 bits are supported"));
            JsonArray offsets = member(name, value, "data_offsets").getAsJsonArray();
            List<Integer> shape = new ArrayList<>();
            long elements = 1;
            for (JsonElement dimension : member(name, value, "shape").getAsJsonArray()) {
                int size = dimension.getAsBigDecimal().intValueExact();
                if (size < 0) {
                    throw new IllegalArgumentException("\"" + name + "\" has a size of " + size);
                }
                shape.add(size);
                elements = Math.multiplyExact(elements, size);
            }
            if (offsets.size() != 2) {
                throw new IllegalArgumentException("\"" + name + "\" has " + offsets.size() + " offsets instead of 2");
            }
            long begin = offsets.get(0).getAsBigDecimal().longValueExact();
            long end = offsets.get(1).getAsBigDecimal().longValueExact();
            if (Math.subtractExact(end, begin) != Math.multiplyExact(type.bytes(), elements)) {
                throw new IllegalArgumentException("\"" + name + "\" of type " + code + " and shape " + shape
                        + " does not fit bytes " + begin + " to " + end);
            }
            return new Entry(name, type, shape, begin, end);
        }

        private static JsonElement member(String name, JsonObject value, String key) {
            JsonElement member = value.get(key);
            if (member == null) {
                throw new IllegalArgumentException("\"" + name + "\" has no \"" + key + "\"");
            }
            return member;
        }
    }

    private static byte[] bytes(ByteBuffer slice) {
        byte[] values = new byte[slice.remaining()];
        slice.get(values);
        return values;
    }
}
