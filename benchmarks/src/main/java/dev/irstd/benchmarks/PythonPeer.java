package dev.irstd.benchmarks;

import ai.onnxruntime.OrtException;
import dev.irstd.training.weights.FloatTensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Writes the plain network as a module of Python's PyTorch, for machines that have it, and the program that measures it. */
public final class PythonPeer {
    private static final String PROGRAM = "peer.py";
    private static final Size EXAMPLE = new Size(256, 256);

    private PythonPeer() {}

    /**
     * Writes {@code network.py}, {@code weights.bin}, {@code peer.py} and an example of input and output, by which the
     * program tells whether it runs the same network.
     *
     * @param arguments the folder
     * @throws IOException if it cannot be written
     * @throws OrtException if ONNX Runtime cannot run the network
     */
    public static void main(String[] arguments) throws IOException, OrtException {
        write(PlainNetwork.load(), Path.of(arguments[0]));
    }

    static void write(PlainNetwork network, Path folder) throws IOException, OrtException {
        Files.createDirectories(folder);
        writeExample(network, folder);
        Map<String, String> names = new HashMap<>();
        StringBuilder parameters = new StringBuilder();
        try (OutputStream weights = Files.newOutputStream(folder.resolve("weights.bin"))) {
            for (Map.Entry<String, FloatTensor> tensor : network.tensors().entrySet()) {
                String parameter = "w" + names.size();
                names.put(tensor.getKey(), "self." + parameter);
                parameters
                        .append("        self.")
                        .append(parameter)
                        .append(" = take(")
                        .append(tensor.getValue().shape())
                        .append(")\n");
                weights.write(littleEndian(tensor.getValue().values()));
            }
        }
        String forward = TorchSource.forward(network.graph(), names, "torch.ops.aten");
        Files.writeString(
                folder.resolve("network.py"),
                """
                import torch


                class Network(torch.nn.Module):
                    def __init__(self, weights):
                        super().__init__()
                        self.taken = 0

                        def take(shape):
                            size = torch.Size(shape).numel()
                            values = weights[self.taken : self.taken + size].reshape(shape)
                            self.taken += size
                            return torch.nn.Parameter(values, requires_grad=False)

                """
                        + parameters
                        + "\n"
                        + forward.indent(4));
        try (InputStream program = PythonPeer.class.getResourceAsStream(PROGRAM)) {
            Files.copy(
                    Objects.requireNonNull(program, PROGRAM),
                    folder.resolve(PROGRAM),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void writeExample(PlainNetwork network, Path folder) throws IOException, OrtException {
        NetworkInput input = NetworkInput.of(Scene.draw(EXAMPLE), network.manifest());
        try (DeviceSession session = DeviceSession.open(network.onnx(), DeviceSession.CPU, false)) {
            session.feed(input, 1);
            float[] output = new float[input.width() * input.height()];
            session.run().get(0, output);
            Files.write(folder.resolve("input.bin"), littleEndian(input.values()));
            Files.write(folder.resolve("output.bin"), littleEndian(output));
        }
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
