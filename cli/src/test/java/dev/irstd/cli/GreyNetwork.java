package dev.irstd.cli;

import dev.irstd.Activation;
import dev.irstd.Geometry;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.Provenance;
import dev.irstd.training.network.Conv2d;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.Ops;
import dev.irstd.training.onnx.OnnxExporter;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A network that takes each bright pixel for a target: its logit is 20 grey - 10, with grey from 0 to 1. */
final class GreyNetwork implements Network {
    private static final Conv2d SCALE = Conv2d.of("scale", 1, 1, 1);

    private GreyNetwork() {}

    static Path write(Path file) throws IOException {
        return write(file, new Geometry.PadToMultiple(1));
    }

    static Path write(Path file, Geometry geometry) throws IOException {
        Network network = new GreyNetwork();
        Map<String, FloatTensor> weights = Map.of(
                "scale.weight", new FloatTensor(List.of(1, 1, 1, 1), new float[] {20}),
                "scale.bias", new FloatTensor(List.of(1), new float[] {-10}));
        ModelManifest manifest = new ModelManifest(
                network.name(),
                1,
                Normalization.of(0, 255),
                geometry,
                Activation.PROBABILITY,
                0.5f,
                new Provenance("3", "none, made by hand", "unknown", "Apache-2.0"));
        OnnxExporter.write(file, network, Weights.of(network, weights), manifest);
        return file;
    }

    @Override
    public String name() {
        return "Grey";
    }

    @Override
    public int inputChannels() {
        return 1;
    }

    @Override
    public Geometry geometry() {
        return new Geometry.PadToMultiple(1);
    }

    @Override
    public List<Conv2d> heads() {
        return List.of(SCALE);
    }

    @Override
    public <T> List<T> forward(Ops<T> ops, T image) {
        return List.of(ops.conv(SCALE, image));
    }
}
