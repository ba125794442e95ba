package dev.irstd;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The bytes of an ONNX file and the name that messages call it by. Immutable and thread-safe. Nothing is checked
 * before a detector is built.
 */
public final class Model {
    /** Java fetches even the files of another host, by FTP. */
    private static final Pattern REMOTE =
            Pattern.compile("(jar:)?((https?|ftp):|file://(?!localhost/)[^/]).*", Pattern.CASE_INSENSITIVE);

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
     * @throws ModelException if the file does not exist or cannot be read
     */
    public static Model of(Path file) {
        Objects.requireNonNull(file, "file");
        try {
            return new Model(file.toString(), Files.readAllBytes(file));
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

    byte[] onnx() {
        return onnx;
    }

    @Override
    public String toString() {
        return "Model[" + name + ", " + onnx.length + " bytes]";
    }
}
