package dev.irstd.benchmarks;

import ai.onnxruntime.OrtException;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many bytes the operations of a network read and write, as ONNX Runtime's profile of a run tells. */
final class Traffic {
    private Traffic() {}

    /**
     * Runs a network once with a profile.
     *
     * @param folder for the profile, which is deleted
     * @return bytes of all inputs, weights and outputs of all operations of the graph that the device runs
     */
    static long of(byte[] onnx, String device, NetworkInput image, int batch, Path folder)
            throws OrtException, IOException {
        Path profile;
        try (DeviceSession session = DeviceSession.openProfiled(onnx, device, folder.resolve("profile"))) {
            session.feed(image, batch);
            session.run();
            profile = session.endProfile();
        }
        try {
            return bytes(profile);
        } finally {
            Files.delete(profile);
        }
    }

    /** Adds up a profile of one run. */
    static long bytes(Path profile) throws IOException {
        long bytes = 0;
        try (Reader reader = Files.newBufferedReader(profile)) {
            for (JsonElement event : JsonParser.parseReader(reader).getAsJsonArray()) {
                JsonObject arguments = event.getAsJsonObject().getAsJsonObject("args");
                if (arguments != null && arguments.has("output_size")) {
                    for (String part : new String[] {"activation_size", "parameter_size", "output_size"}) {
                        bytes += arguments.get(part).getAsLong();
                    }
                }
            }
        }
        return bytes;
    }
}
