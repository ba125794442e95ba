package dev.irstd;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The bytes of an ONNX file and the name that messages call it by. Immutable and thread-safe. What they hold is checked
 * when a detector is built.
 */
public final class Model {
    /** Java fetches even the files of another host, by FTP. */
    private static final Pattern REMOTE =
            Pattern.compile("(jar:)?((https?|ftp):|file://(?!localhost/)[^/]).*", Pattern.CASE_INSENSITIVE);

    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final String name;
    private final byte[] onnx;

    /** Takes ownership of {@code onnx}. */
    private Model(String name, byte[] onnx) {
        this.name = name;
        this.onnx = onnx;
    }

    /**
     * Reads an ONNX file with its weights inside.
     *
     * @param file path of the file, which also becomes the name
     * @return the model
     * @throws ModelException if the file does not exist, cannot be read, is no regular file (such as a folder), or is
     *     larger than an array (2 GiB) or the heap
     */
    public static Model of(Path file) {
        Objects.requireNonNull(file, "file");
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new ModelException("model " + file + " is no regular file");
            }
            if (attributes.size() > MOST_BYTES) {
                throw new ModelException("model " + file + " has " + attributes.size() + " bytes, more than the "
                        + MOST_BYTES + " that can be loaded");
            }
            return new Model(file.toString(), Files.readAllBytes(file));
        } catch (OutOfMemoryError e) {
            throw new ModelException(
                    "model " + file + " is larger than what is free of the Java heap; -Xmx sets that", e);
        } catch (NoSuchFileException e) {
            throw new ModelException("model " + file + ": no such file (" + file.toAbsolutePath() + ")", e);
        } catch (IOException e) {
            throw new ModelException("model " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * A model from memory.
     *
     * @param name what messages call it
     * @param onnx content of an ONNX file with its weights inside; copied
     * @return the model
     */
    public static Model of(String name, byte[] onnx) {
        return new Model(
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(onnx, "onnx").clone());
    }

    /**
     * Reads a resource, located by the class beside it: {@code Model.resource(Models.class.getResource("x.onnx"))}.
     * (The class must be asked by its own module: modules hide their resources from others, but not their addresses.)
     *
     * @param location address of an ONNX file with its weights inside; its last part becomes the name
     * @return the model
     * @throws IllegalArgumentException if the address is one of the network, which is never used
     * @throws ModelException if it cannot be read
     */
    public static Model resource(URL location) {
        String path = Objects.requireNonNull(location, "location").getPath();
        if (REMOTE.matcher(location.toExternalForm()).matches()) {
            throw new IllegalArgumentException(
                    location + " lies on the network, which irstd never uses; download it and pass its path");
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        try (InputStream in = location.openStream()) {
            return new Model(name, in.readAllBytes());
        } catch (IOException e) {
            throw new ModelException("model " + name + " cannot be read from " + location + ": " + e, e);
        }
    }

    /**
     * Returns the name.
     *
     * @return what messages call the model
     */
    public String name() {
        return name;
    }

    /**
     * Returns what tells this model from any other.
     *
     * @return the SHA-256 of its bytes, 64 hexadecimal digits in lower case
     */
    public String sha256() {
        return Sha256.of(onnx, onnx.length);
    }

    /**
     * Checks that this is the model that was meant.
     *
     * @param sha256 64 hexadecimal digits
     * @return this model
     * @throws ModelException if its bytes have another SHA-256
     */
    public Model requireSha256(String sha256) {
        String actual = sha256();
        if (!actual.equalsIgnoreCase(Objects.requireNonNull(sha256, "sha256"))) {
            throw new ModelException("model " + name + " (" + onnx.length + " bytes) has the SHA-256 " + actual
                    + ", not " + sha256 + ": it is damaged or another one");
        }
        return this;
    }

    /**
     * Writes the SHA-256 of an ONNX file into its metadata ({@code irstd.sha256}, the last entry), so that a detector
     * refuses the file once a bit of it has changed. The exporter of irstd-training does so.
     *
     * @param onnx content of an ONNX file, sealed already or not
     * @return the content with the entry at its end
     */
    public static byte[] sealed(byte[] onnx) {
        return Seal.put(Objects.requireNonNull(onnx, "onnx"));
    }

    byte[] onnx() {
        return onnx;
    }

    @Override
    public String toString() {
        return "Model[" + name + ", " + onnx.length + " bytes]";
    }
}
