/** Infrared small target detection: an infrared image in; score map, mask and targets out. */
@org.jspecify.annotations.NullMarked
module dev.irstd.core {
    requires transitive java.desktop;
    requires static transitive org.jspecify;
    requires com.microsoft.onnxruntime;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.opencv;

    exports dev.irstd;
}
