package dev.irstd.training.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contents of a safetensors file: named tensors and text metadata. Reading such a file runs no code.
 *
 * <p>Format: the length of a JSON header as a 64-bit little-endian integer, the header with type, shape and place of
 * each tensor, then the data. Supported types: F32, and U8 for opaque bytes.
 *
 * @param metadata texts by key
 * @param tensors float tensors by name
 * @param blobs opaque bytes by name
 */
public record Safetensors(Map<String, String> metadata, Map<String, FloatTensor> tensors, Map<String, byte[]> blobs) {
    private static final String METADATA = "__metadata__";
    private static final int MAXIMAL_HEADER = 100_000_000;

    public Safetensors {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        blobs = Collections.unmodifiableMap(new LinkedHashMap<>(blobs));
    }

    /**
     * Writes the file whole or not at all: under another name first, then renamed.
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
            header.add(entry.getKey(), place("F32", entry.getValue().shape(), end, end + size));
            end += size;
        }
        for (Map.Entry<String, byte[]> entry : blobs.entrySet()) {
            int size = entry.getValue().length;
            header.add(entry.getKey(), place("U8", List.of(size), end, end + size));
            end += size;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(8 + json.length + end)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (FloatTensor tensor : tensors.values()) {
            bytes.asFloatBuffer().put(tensor.values());
            bytes.position(bytes.position() + 4 * tensor.values().length);
        }
        blobs.values().forEach(bytes::put);
        writeAtomically(file, bytes.flip());
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

    private static void writeAtomically(Path file, ByteBuffer bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".part");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
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
            return read(header, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | IllegalArgumentException
                | ArithmeticException
                | NullPointerException e) {
            throw new IOException(file + " is not a whole safetensors file: " + e.getMessage(), e);
        }
    }

    private static Safetensors read(JsonObject header, ByteBuffer data) {
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        Map<String, byte[]> blobs = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
            JsonObject value = entry.getValue().getAsJsonObject();
            if (entry.getKey().equals(METADATA)) {
                value.entrySet()
                        .forEach(text ->
                                metadata.put(text.getKey(), text.getValue().getAsString()));
                continue;
            }
            JsonArray offsets = value.getAsJsonArray("data_offsets");
            long begin = offsets.get(0).getAsLong();
            long end = offsets.get(1).getAsLong();
            if (begin < 0 || end < begin || end > data.limit()) {
                throw new IllegalArgumentException("\"" + entry.getKey() + "\" lies outside the file, at bytes " + begin
                        + " to " + end + " of " + data.limit());
            }
            ByteBuffer slice = data.slice((int) begin, (int) (end - begin)).order(ByteOrder.LITTLE_ENDIAN);
            switch (value.get("dtype").getAsString()) {
                case "F32" -> tensors.put(entry.getKey(), new FloatTensor(shape(value), floats(slice)));
                case "U8" -> blobs.put(entry.getKey(), bytes(slice));
                default ->
                    throw new IllegalArgumentException("\"" + entry.getKey() + "\" is of type "
                            + value.get("dtype").getAsString() + ", only F32 and U8 are supported");
            }
        }
        return new Safetensors(metadata, tensors, blobs);
    }

    private static List<Integer> shape(JsonObject place) {
        List<Integer> shape = new ArrayList<>();
        for (JsonElement dimension : place.getAsJsonArray("shape")) {
            shape.add(dimension.getAsInt());
        }
        return shape;
    }

    private static float[] floats(ByteBuffer slice) {
        float[] values = new float[slice.remaining() / 4];
        slice.asFloatBuffer().get(values);
        return values;
    }

    private static byte[] bytes(ByteBuffer slice) {
        byte[] values = new byte[slice.remaining()];
        slice.get(values);
        return values;
    }
}
