package dev.irstd.training.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the elements of a file's tensors are. */
interface Storages {
    /**
     * Reads a storage.
     *
     * @return its {@link StorageRef#bytes() bytes}, in a buffer of the file's byte order
     * @throws IOException if the file has no such storage, or one of another size
     */
    ByteBuffer read(StorageRef storage) throws IOException;
}
