package dev.irstd.training.torch;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Parameter;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * The weights of a network as PyTorch tensors, channels last. They belong to the scope they are made in until
 * {@link #retain} lets them outlive it; {@link #close} frees them then.
 */
final class TorchWeights implements AutoCloseable {
    private final Network network;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<String> trained = new ArrayList<>();
    private final List<String> statistics = new ArrayList<>();

    TorchWeights(Network network, Weights weights, TorchDevice device) {
        this.network = network;
        for (Parameter parameter : NetworkSummary.parametersOf(network)) {
            Tensor tensor = device.put(tensor(weights.get(parameter.name())));
            if (parameter.role().trained()) {
                tensor.requires_grad_(true);
                trained.add(parameter.name());
            } else {
                statistics.add(parameter.name());
            }
            tensors.put(parameter.name(), tensor);
        }
    }

    Network network() {
        return network;
    }

    void retain() {
        tensors.values().forEach(Tensor::retainReference);
    }

    /** A tensor of its own memory, the processor's, to be made inside a scope. */
    static Tensor tensor(FloatTensor plain) {
        long[] shape = plain.shape().stream().mapToLong(Integer::longValue).toArray();
        Tensor borrowed = torch.from_blob(new FloatPointer(plain.values()), shape);
        return shape.length == 4
                ? borrowed.clone(new MemoryFormatOptional(MemoryFormat.ChannelsLast))
                : borrowed.clone();
    }

    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(network.name() + " has no parameter \"" + name + "\"");
        }
        return tensor;
    }

    /** The tensors that the optimiser changes. */
    TensorVector trained() {
        return new TensorVector(trained.stream().map(tensors::get).toArray(Tensor[]::new));
    }

    /** Copies the running statistics, which a forward pass in training changes; from inside a scope. */
    List<Tensor> copyOfStatistics() {
        return statistics.stream().map(name -> tensors.get(name).clone()).toList();
    }

    void restoreStatistics(List<Tensor> copy) {
        for (int i = 0; i < copy.size(); i++) {
            tensors.get(statistics.get(i)).copy_(copy.get(i));
        }
    }

    /** Moves every tensor a step towards another network's: this += share * (other - this). */
    void follow(TorchWeights other, double share) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Scalar factor = new Scalar(share);
            tensors.forEach((name, tensor) -> tensor.lerp_(other.get(name), factor));
        }
    }

    /** Copies the tensors to plain memory. */
    Weights toPlain() {
        Map<String, FloatTensor> plain = new LinkedHashMap<>();
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            tensors.forEach((name, tensor) -> plain.put(name, plain(tensor)));
        }
        return Weights.of(network, plain);
    }

    /** Copies a tensor to plain memory, from inside a scope. */
    static FloatTensor plain(Tensor tensor) {
        List<Integer> shape = new ArrayList<>();
        for (int i = 0; i < tensor.dim(); i++) {
            shape.add((int) tensor.size(i));
        }
        float[] values = new float[(int) tensor.numel()];
        new FloatPointer(tensor.detach().cpu().contiguous().data_ptr()).get(values);
        return new FloatTensor(shape, values);
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::releaseReference);
    }
}
