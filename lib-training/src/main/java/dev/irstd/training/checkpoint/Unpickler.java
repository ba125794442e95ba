package dev.irstd.training.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python pickles of tensors, texts, numbers and containers. A pickle is a program for a small stack machine that may
 * name any function; this one knows those of {@link Global}, runs none of Python's, and refuses all others.
 *
 * <p>Values: String, Long, BigInteger, Double, Boolean, {@code List<Object>}, {@code Map<Object, Object>}, {@link Tuple},
 * {@link StorageRef}, {@link TensorView}, {@link Opaque}, {@link Global}, ElementType. A container may contain itself, so
 * nothing walks through values but to a known depth.
 */
final class Unpickler {
    /** Each makes at most one small value, so this bounds the memory; a large checkpoint has some hundred thousand. */
    private static final int MOST_STEPS = 2_000_000;

    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private final Map<String, StorageRef> storages = new HashMap<>();
    private final PickleInput in;

    /** A reader of one pickle. */
    Unpickler(PickleInput in) {
        this.in = in;
    }

    /** Reads the pickle, and leaves the input behind it. */
    Object load() throws IOException {
        for (int step = 0; step < MOST_STEPS; step++) {
            int opcode = in.unsignedByte();
            if (opcode == '.') {
                return pop();
            }
            execute(opcode);
        }
        throw new IOException("its pickle takes more than " + MOST_STEPS + " steps");
    }

    /** The storages that the pickle refers to, by their keys. */
    Map<String, StorageRef> storages() {
        return storages;
    }

    private void execute(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> protocol(in.unsignedByte());
            case 0x95 -> in.signedLong(); // The length of a frame, which only helps readers of streams.

            case 'N' -> push(Opaque.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) in.unsignedByte());
            case 'M' -> push((long) in.unsignedShort());
            case 'J' -> push((long) in.signedInt());
            case 0x8a -> push(in.integer(in.unsignedByte()));
            case 0x8b -> push(in.integer(in.signedInt()));
            case 'G' -> push(in.bigEndianDouble());
            case 'U', 0x8c -> push(in.text(in.unsignedByte()));
            case 'T', 'X' -> push(in.text(in.signedInt()));
            case 0x8d -> push(in.text(in.signedLong()));
            case 'C' -> bytes(in.unsignedByte());
            case 'B' -> bytes(in.signedInt());
            case 0x8e -> bytes(in.signedLong());

            case '(' -> marks.add(stack.size());
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());

            case ')' -> push(Tuple.EMPTY);
            case 't' -> push(new Tuple(popToMark()));
            case 0x85 -> push(new Tuple(pop(1)));
            case 0x86 -> push(new Tuple(pop(2)));
            case 0x87 -> push(new Tuple(pop(3)));
            case ']' -> push(new ArrayList<>());
            case 'l' -> push(popToMark());
            case 'a' -> append(pop(1));
            case 'e' -> append(popToMark());
            case '}' -> push(new LinkedHashMap<>());
            case 'd' -> {
                List<Object> items = popToMark();
                push(new LinkedHashMap<>());
                setItems(items);
            }
            case 's' -> setItems(pop(2));
            case 'u' -> setItems(popToMark());

            case 'q' -> remember(in.unsignedByte());
            case 'r' -> remember(Integer.toUnsignedLong(in.signedInt()));
            case 0x94 -> remember(memo.size());
            case 'h' -> recall(in.unsignedByte());
            case 'j' -> recall(Integer.toUnsignedLong(in.signedInt()));

            case 'c' -> push(Global.named(in.line(), in.line()));
            case 0x93 -> global(pop(2));
            case 'R' -> reduce(pop(), pop());
            case 'b' -> build(pop(), top());
            case 'Q' -> storage(StorageRef.of(pop()));

            default ->
                throw new IOException(String.format(
                        "its pickle has the operation 0x%02x, which no plain" + " state_dict of protocol 2 to 5 needs",
                        opcode));
        }
    }

    private static void protocol(int version) throws IOException {
        if (version < 2 || version > 5) {
            throw new IOException("its pickle is of protocol " + version + ", known are 2 to 5");
        }
    }

    private void bytes(long length) throws IOException {
        in.skip(length);
        push(Opaque.BYTES);
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() throws IOException {
        top();
        return stack.remove(stack.size() - 1);
    }

    private Object top() throws IOException {
        need(1);
        return stack.get(stack.size() - 1);
    }

    private List<Object> pop(int count) throws IOException {
        need(count);
        return cut(stack.size() - count);
    }

    private List<Object> popToMark() throws IOException {
        if (marks.isEmpty()) {
            throw new IOException("its pickle ends a list that it did not begin");
        }
        return cut(marks.remove(marks.size() - 1));
    }

    private List<Object> cut(int from) {
        List<Object> tail = stack.subList(from, stack.size());
        List<Object> values = new ArrayList<>(tail);
        tail.clear();
        return values;
    }

    private void need(int count) throws IOException {
        int bottom = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (stack.size() - bottom < count) {
            throw new IOException("its pickle takes a value that is not there");
        }
    }

    private void remember(long index) throws IOException {
        memo.put(index, top());
    }

    private void recall(long index) throws IOException {
        Object value = memo.get(index);
        if (value == null) {
            throw new IOException("its pickle recalls value " + index + ", which it never kept");
        }
        push(value);
    }

    private void append(List<Object> values) throws IOException {
        if (!(top() instanceof List<?>)) {
            throw new IOException("its pickle appends to something that is no list");
        }
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) top();
        list.addAll(values);
    }

    private void setItems(List<Object> items) throws IOException {
        if (!(top() instanceof Map<?, ?>) || items.size() % 2 != 0) {
            throw new IOException("its pickle sets entries of something that is no dict");
        }
        @SuppressWarnings("unchecked")
        Map<Object, Object> dict = (Map<Object, Object>) top();
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
                throw new IOException("its pickle has a dict whose keys are neither texts nor numbers");
            }
            dict.put(key, items.get(i + 1));
        }
    }

    private void global(List<Object> names) throws IOException {
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String member)) {
            throw new IOException("its pickle names a function by something that is no text");
        }
        push(Global.named(module, member));
    }

    private void storage(StorageRef storage) throws IOException {
        StorageRef known = storages.putIfAbsent(storage.key(), storage);
        if (known != null && (known.type() != storage.type() || known.size() != storage.size())) {
            throw new IOException("its pickle says two things of storage " + storage.key());
        }
        push(storage);
    }

    private void reduce(Object arguments, Object function) throws IOException {
        if (!(function instanceof Global global) || !(arguments instanceof Tuple tuple)) {
            throw new IOException("its pickle calls something that is no function");
        }
        push(global.call(tuple.items()));
    }

    /** Attributes of a dict, such as a state_dict's version numbers, and of NumPy's types do not matter here. */
    private static void build(Object state, Object target) throws IOException {
        if (!(target instanceof Map<?, ?> || target == Opaque.NUMPY)) {
            throw new IOException("its pickle sets the state of something that has none");
        }
    }
}
