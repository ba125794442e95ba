package dev.irstd.training.checkpoint;

import dev.irstd.training.files.ElementType;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * What a checkpoint file of official code holds: of PyTorch, in both formats of torch.save, or of safetensors.
 *
 * <p>Reading such a file never runs anything that it names: all but tensors, texts, numbers and plain containers is an
 * error. Tensors that share memory in the file share their array here.
 *
 * @param stateDict its tensors, without what stands before every key
 * @param prefix what stood before every key, such as {@code "module."}; empty if nothing
 * @param leftOut keys of integer tensors that are no batch counters, which no network here has
 * @param rounded keys of double precision tensors that single precision does not hold exactly
 */
public record CheckpointFile(StateDict stateDict, String prefix, List<String> leftOut, List<String> rounded) {
    private static final String STATE_DICT = "state_dict";
    private static final byte PICKLE = (byte) 0x80;
    private static final int LONGEST_KEY = 200;

    /** Copies the lists. */
    public CheckpointFile {
        leftOut = List.copyOf(leftOut);
        rounded = List.copyOf(rounded);
    }

    /**
     * Reads a file; its content, not its name, tells the format.
     *
     * @param file what torch.save wrote, or safetensors
     * @return its tensors
     * @throws IOException if the file cannot be read, is cut off or damaged, or is something else; names the file
     */
    public static CheckpointFile read(Path file) throws IOException {
        try {
            byte[] start = start(file);
            if (startsWith(start, "PK\003\004")) {
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    ZipArchive archive = new ZipArchive(zip, Files.size(file));
                    Object content = new Unpickler(new PickleInput(archive.pickle())).load();
                    return of(content, new TensorReader(archive, Files.size(file)));
                }
            }
            if (start.length > 0 && start[0] == PICKLE) {
                requireWithinArray(file);
                LegacyFile legacy = new LegacyFile(ByteBuffer.wrap(Files.readAllBytes(file)));
                return of(legacy.content(), new TensorReader(legacy, Files.size(file)));
            }
            if (start.length > Long.BYTES && start[Long.BYTES] == '{') {
                requireWithinArray(file);
                return of(Safetensors.read(file));
            }
            throw new IOException(otherwise(start));
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("checkpoint " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static byte[] start(Path file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(512);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (start.hasRemaining() && channel.read(start) >= 0) {}
        }
        byte[] bytes = new byte[start.flip().remaining()];
        start.get(bytes);
        return bytes;
    }

    private static void requireWithinArray(Path file) throws IOException {
        if (Files.size(file) > Integer.MAX_VALUE - 8) {
            throw new IOException("it has " + Files.size(file) + " bytes; of this format, up to 2 GiB are read");
        }
    }

    private static boolean startsWith(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).startsWith(text);
    }

    private static String otherwise(byte[] start) {
        if (start.length == 0) {
            return "it is empty";
        }
        if (startsWith(start, "version https://git-lfs")) {
            return "it is a pointer of Git LFS; fetch the file itself with git lfs pull";
        }
        if (new String(start, StandardCharsets.ISO_8859_1).strip().startsWith("<")) {
            return "it is a web page, perhaps in place of a download";
        }
        return "it is neither a file of torch.save nor safetensors";
    }

    private static CheckpointFile of(Object content, TensorReader reader) throws IOException {
        if (!(content instanceof Map<?, ?> dict)) {
            throw new IOException("it holds no dict of tensors");
        }
        if (dict.get(STATE_DICT) instanceof Map<?, ?> wrapped) {
            dict = wrapped;
        }
        Contents contents = new Contents();
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            if (!(entry.getKey() instanceof String key) || !(entry.getValue() instanceof TensorView view)) {
                throw new IOException(quoted(entry.getKey()) + " is no tensor, and there is no dict \"" + STATE_DICT
                        + "\" beside it; save model.state_dict()");
            }
            try {
                contents.add(key, view, reader);
            } catch (IOException e) {
                throw new IOException(quoted(key) + ": " + e.getMessage(), e);
            }
        }
        return contents.toFile();
    }

    private static String quoted(Object key) {
        String text = key.toString();
        return "\"" + (text.length() > LONGEST_KEY ? text.substring(0, LONGEST_KEY) + "..." : text) + "\"";
    }

    private static CheckpointFile of(Safetensors file) throws IOException {
        Contents contents = new Contents();
        contents.tensors.putAll(file.tensors());
        file.metadata().forEach((key, name) -> {
            if (file.tensors().containsKey(name)) {
                contents.tensors.putIfAbsent(key, file.tensors().get(name));
            }
        });
        file.blobs().forEach((key, bytes) -> {
            if (StateDict.isCounter(key) && bytes.length == Long.BYTES) {
                contents.counters.put(
                        key,
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
            } else {
                contents.leftOut.add(key);
            }
        });
        return contents.toFile();
    }

    private static final class Contents {
        private final Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        private final Map<String, Long> counters = new LinkedHashMap<>();
        private final List<String> leftOut = new ArrayList<>();
        private final List<String> rounded = new ArrayList<>();

        void add(String key, TensorView view, TensorReader reader) throws IOException {
            if (view.storage().type().floating()) {
                tensors.put(key, reader.floats(view));
                if (reader.rounded(view)) {
                    rounded.add(key);
                }
            } else if (view.storage().type() == ElementType.INT64
                    && view.shape().isEmpty()
                    && StateDict.isCounter(key)) {
                counters.put(key, reader.integer(view));
            } else {
                leftOut.add(key);
            }
        }

        CheckpointFile toFile() throws IOException {
            if (tensors.isEmpty()) {
                throw new IOException("it holds no tensor of floating point numbers");
            }
            String prefix = prefix();
            int length = prefix.length();
            Map<String, FloatTensor> plain = new LinkedHashMap<>();
            tensors.forEach((key, tensor) -> plain.put(key.substring(length), tensor));
            Map<String, Long> plainCounters = new LinkedHashMap<>();
            counters.forEach((key, count) -> plainCounters.put(key.substring(length), count));
            return new CheckpointFile(
                    new StateDict(plain, plainCounters),
                    prefix,
                    leftOut.stream().map(key -> key.substring(length)).toList(),
                    rounded.stream().map(key -> key.substring(length)).toList());
        }

        /** What every key begins with: a known prefix, or two one after the other. */
        private String prefix() {
            return longer(longer(""));
        }

        private String longer(String prefix) {
            return Arrays.stream(KeyPrefix.values())
                    .filter(known -> known != KeyPrefix.NONE)
                    .map(known -> prefix + known.text())
                    .filter(this::allStartWith)
                    .findFirst()
                    .orElse(prefix);
        }

        private boolean allStartWith(String prefix) {
            return tensors.keySet().stream().allMatch(key -> key.startsWith(prefix))
                    && counters.keySet().stream().allMatch(key -> key.startsWith(prefix))
                    && leftOut.stream().allMatch(key -> key.startsWith(prefix));
        }
    }
}
