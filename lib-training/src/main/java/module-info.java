/** Networks of infrared small target detection: defined once, trained with PyTorch, exported to ONNX. */
@org.jspecify.annotations.NullMarked
module dev.irstd.training {
    requires static transitive org.jspecify;
    requires transitive dev.irstd.core;
    requires transitive dev.irstd.metrics;
    requires java.desktop;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.pytorch;
    requires com.google.gson;
    requires org.tribuo.util.onnx;
    requires com.google.protobuf;

    exports dev.irstd.training;
    exports dev.irstd.training.data;
    exports dev.irstd.training.network;
    exports dev.irstd.training.onnx;
    exports dev.irstd.training.torch;
    exports dev.irstd.training.weights;
}
