package dev.irstd;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an ONNX file before ONNX Runtime sees it: that it is whole, that its weights are inside, and that its
 * manifest says each thing once. ONNX Runtime itself reads weights from other files if a model names them.
 *
 * <p>Follows the protobuf encoding no further than to the tensors.
 */
final class OnnxFile {
    /** As deep as protobuf itself follows. */
    private static final int DEEPEST = 100;

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    private static final int LAST_FIELD = (1 << 29) - 1;
    private static final int DATA_LOCATION = 14;
    private static final int EXTERNAL = 1;

    /** The messages that lead to tensors, with the numbers that onnx.proto gives their fields. */
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        FUNCTION,
        TRAINING,
        SPARSE_TENSOR,
        TENSOR,
        METADATA,
        EXTERNAL_DATA;

        /** The message that a field holds, or null if no tensor lies that way. */
        @Nullable
        Message in(int field) {
            return switch (this) {
                case MODEL ->
                    switch (field) {
                        case 7 -> GRAPH;
                        case 14 -> METADATA;
                        case 20 -> TRAINING;
                        case 25 -> FUNCTION;
                        default -> null;
                    };
                case GRAPH ->
                    switch (field) {
                        case 1 -> NODE;
                        case 5 -> TENSOR;
                        case 15 -> SPARSE_TENSOR;
                        default -> null;
                    };
                case NODE -> field == 5 ? ATTRIBUTE : null;
                case ATTRIBUTE ->
                    switch (field) {
                        case 5, 10 -> TENSOR;
                        case 6, 11 -> GRAPH;
                        case 22, 23 -> SPARSE_TENSOR;
                        default -> null;
                    };
                case FUNCTION ->
                    switch (field) {
                        case 7 -> NODE;
                        case 11 -> ATTRIBUTE;
                        default -> null;
                    };
                case TRAINING -> field == 1 || field == 2 ? GRAPH : null;
                case SPARSE_TENSOR -> field == 1 || field == 2 ? TENSOR : null;
                case TENSOR -> field == 13 ? EXTERNAL_DATA : null;
                case METADATA, EXTERNAL_DATA -> null;
            };
        }
    }

    /** A key with its value, as metadata and the places of external weights are written. */
    private record Entry(String key, String value) {}

    private final String name;
    private final byte[] bytes;
    private final Set<String> manifest = new HashSet<>();
    private int position;

    private OnnxFile(Model model) {
        name = model.name();
        bytes = model.onnx();
    }

    /**
     * Checks a model.
     *
     * @throws ModelException if it is empty, damaged or no protobuf, keeps weights outside, or contradicts itself
     */
    static void require(Model model) {
        if (model.onnx().length == 0) {
            throw new ModelException("model " + model.name() + " is empty (0 bytes)");
        }
        Seal.require(model);
        new OnnxFile(model).read(Message.MODEL, model.onnx().length, 0);
    }

    private void read(Message message, int end, int depth) {
        if (depth > DEEPEST) {
            throw malformed("nested deeper than " + DEEPEST + " messages");
        }
        boolean external = false;
        String location = "";
        while (position < end) {
            long tag = varint(end);
            long field = tag >>> 3;
            if (field == 0 || field > LAST_FIELD) {
                throw malformed("a field of number " + field);
            }
            switch ((int) tag & 7) {
                case VARINT -> {
                    boolean one = (int) varint(end) == EXTERNAL;
                    external |= message == Message.TENSOR && field == DATA_LOCATION && one;
                }
                case EIGHT_BYTES -> position = stop(Long.BYTES, end);
                case FOUR_BYTES -> position = stop(Integer.BYTES, end);
                case LENGTH_DELIMITED -> {
                    int stop = stop(varint(end), end);
                    Message inner = message.in((int) field);
                    if (inner == null) {
                        position = stop;
                    } else if (inner == Message.METADATA) {
                        requireConsistent(entry(stop));
                    } else if (inner == Message.EXTERNAL_DATA) {
                        Entry entry = entry(stop);
                        location = entry.key().equals("location") ? entry.value() : location;
                    } else {
                        read(inner, stop, depth + 1);
                    }
                }
                default -> throw malformed("a field of wire type " + (tag & 7));
            }
        }
        if (external) {
            throw new ModelException("model " + name + " keeps weights outside its file (\"" + location
                    + "\"), where none are read; save it with all of its weights inside");
        }
    }

    private void requireConsistent(Entry entry) {
        if (entry.key().startsWith(ManifestMetadata.PREFIX) && !manifest.add(entry.key())) {
            throw new ModelException(
                    "model " + name + ": its metadata says " + entry.key() + " more than once; export it again");
        }
        if (entry.key().equals(Seal.KEY) && position != bytes.length) {
            throw new ModelException("model " + name + " was changed after it was sealed: its metadata goes on after "
                    + Seal.KEY + "; export it again");
        }
    }

    private Entry entry(int end) {
        String key = "";
        String value = "";
        while (position < end) {
            long tag = varint(end);
            if ((tag & 7) != LENGTH_DELIMITED) {
                throw malformed("an entry that is no text");
            }
            int stop = stop(varint(end), end);
            String text = new String(bytes, position, stop - position, StandardCharsets.UTF_8);
            position = stop;
            if (tag >>> 3 == 1) {
                key = text;
            } else if (tag >>> 3 == 2) {
                value = text;
            }
        }
        return new Entry(key, value);
    }

    /** Where a field of a length ends that begins here. */
    private int stop(long length, int end) {
        if (length < 0 || length > end - position) {
            throw malformed("a field that is cut off");
        }
        return position + (int) length;
    }

    private long varint(int end) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == end) {
                throw malformed("a number that is cut off");
            }
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than ten bytes");
    }

    private ModelException malformed(String what) {
        return new ModelException("model " + name + " (" + bytes.length
                + " bytes) is not an ONNX file, or a part of one:" + " it has " + what + " before byte " + position);
    }
}
