package dev.irstd.training.checkpoint;

import dev.irstd.training.files.ElementType;
import java.io.IOException;
import java.util.List;

/**
 * What a pickle says of a storage: a run of elements that is kept outside the pickle.
 *
 * @param size elements of the whole storage
 * @param start first element of the part that is meant, which is a view in old files
 * @param length elements of that part
 */
record StorageRef(ElementType type, String key, long size, long start, long length) {
    long bytes() {
        return size * type.bytes();
    }

    /** Reads {@code ('storage', type, key, device, size)}, in old files with {@code (key, start, length)} or None after it. */
    static StorageRef of(Object persistentId) throws IOException {
        if (persistentId instanceof Tuple tuple
                && tuple.items().size() >= 5
                && tuple.items().get(0).equals("storage")
                && tuple.items().get(1) instanceof ElementType type
                && tuple.items().get(2) instanceof String key
                && tuple.items().get(4) instanceof Long size
                && size >= 0
                && size <= Long.MAX_VALUE / type.bytes()) {
            Object view =
                    tuple.items().size() == 5 ? Opaque.NONE : tuple.items().get(5);
            if (view == Opaque.NONE) {
                return new StorageRef(type, key, size, 0, size);
            }
            if (view instanceof Tuple part && part.items().size() == 3) {
                return part(type, key, size, part.items());
            }
        }
        throw new IOException("its pickle refers to something that is no storage of a tensor");
    }

    private static StorageRef part(ElementType type, String key, long size, List<Object> view) throws IOException {
        if (view.get(1) instanceof Long start
                && view.get(2) instanceof Long length
                && start >= 0
                && length >= 0
                && start <= size
                && length <= size - start) {
            return new StorageRef(type, key, size, start, length);
        }
        throw new IOException("its pickle refers to a part outside of storage " + key);
    }
}
