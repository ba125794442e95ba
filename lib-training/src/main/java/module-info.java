/**
 * Networks of infrared small target detection: defined once, trained with PyTorch, exported to ONNX.
 *
 * <p>An application on the module path must also resolve PyTorch's native modules, which nothing requires by name:
 * {@code --add-modules ALL-MODULE-PATH}, or those of the platform alone, such as
 * {@code --add-modules org.bytedeco.pytorch.linux.x86_64,org.bytedeco.openblas.linux.x86_64,org.bytedeco.javacpp.linux.x86_64}.
 */
// The command line is compiled later.
@SuppressWarnings("module")
@org.jspecify.annotations.NullMarked
module dev.irstd.training {
    requires static transitive org.jspecify;
    requires transitive dev.irstd.core;
    requires transitive dev.irstd.metrics;
    requires java.desktop;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.pytorch;
    requires com.google.gson;
    requires commons.math3;
    requires org.tribuo.util.onnx;
    requires com.google.protobuf;
    requires com.microsoft.onnxruntime;

    uses dev.irstd.training.network.NetworkProvider;

    exports dev.irstd.training;
    exports dev.irstd.training.checkpoint;
    exports dev.irstd.training.data;
    exports dev.irstd.training.files to
            dev.irstd.cli;
    exports dev.irstd.training.network;
    exports dev.irstd.training.onnx;
    exports dev.irstd.training.torch;
    exports dev.irstd.training.weights;
}
