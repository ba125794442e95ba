package dev.irstd.benchmarks;

import dev.irstd.training.weights.FloatTensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * Turns the plain network into TorchScript, which Java cannot trace but can write.
 */
public final class TorchScript {
    private final Map<String, String> names = new HashMap<>();
    private final JitModule module = new JitModule(new QualifiedName("RRCANet"));

    private TorchScript() {}

    /**
     * Writes a TorchScript file. In a process of its own, as PyTorch of another version cannot live beside this one.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) {
        write(PlainNetwork.load(), Path.of(arguments[0]));
        System.exit(0);
    }

    static void write(PlainNetwork network, Path file) {
        try (PointerScope scope = new PointerScope()) {
            TorchScript script = new TorchScript();
            // Whoever loads the file switches it off.
            script.module.register_attribute(
                    "training", new Type.TypePtr(BoolType.get().get()), new IValue(false));
            network.tensors().forEach(script::register);
            script.module.define(TorchSource.forward(network.graph(), script.names, "torch"));
            script.module.save(file.toString());
        }
    }

    private void register(String name, FloatTensor tensor) {
        String parameter = "w" + names.size();
        long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
        module.register_parameter(
                parameter,
                torch.from_blob(new FloatPointer(tensor.values()), shape).clone(),
                false);
        names.put(name, "self." + parameter);
    }
}
