package dev.irstd.examples;

import dev.irstd.Activation;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.Provenance;
import dev.irstd.training.Trainer;
import dev.irstd.training.TrainingListener;
import dev.irstd.training.TrainingPlan;
import dev.irstd.training.checkpoint.CheckpointFile;
import dev.irstd.training.checkpoint.Layout;
import dev.irstd.training.checkpoint.StateDict;
import dev.irstd.training.data.Sample;
import dev.irstd.training.data.SirstDataset;
import dev.irstd.training.data.Split;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.network.RecurrentOptions;
import dev.irstd.training.onnx.OnnxExporter;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

final class TrainingExamples {
    private TrainingExamples() {}

    static Network options() {
        Network shallow = RRCANet.of(
                "RRCANet, one iteration",
                RRCANet.standardOptions().withIterations(1).withFusion(RecurrentOptions.Fusion.LAST));
        NetworkSummary summary = NetworkSummary.of(shallow, 256, 256);
        System.out.println(summary.parameterCount() + " parameters, " + summary.macs() + " MACs");
        return shallow;
    }

    static Weights train(Network network, Path data, Path run) throws IOException {
        TorchSession.configure(2);
        List<Sample> samples = SirstDataset.open(data, Split.TRAIN).samples();
        TrainingPlan plan = TrainingPlan.standard().withEpochs(2);
        Weights weights = Trainer.train(network, samples, plan, run, TrainingListener.NONE);
        return weights;
    }

    static void export(Network network, Weights weights, Path file) throws IOException {
        ModelManifest manifest = new ModelManifest(
                network.name(),
                network.inputChannels(),
                Normalization.NUAA_SIRST,
                network.geometry(),
                Activation.PROBABILITY,
                0.5f,
                Provenance.unknown());
        OnnxExporter.write(file, network, weights, manifest);
    }

    static Weights read(Network network, Path checkpoint) throws IOException {
        CheckpointFile file = CheckpointFile.read(checkpoint);
        Weights weights = file.stateDict().weightsOf(network);
        return weights;
    }

    static void write(Network network, Weights weights, Path file) throws IOException {
        StateDict.of(network, weights).write(file, Layout.PLAIN);
    }
}
