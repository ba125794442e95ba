/**
 * Infrared small target detection: an infrared image in; score map, mask and targets out.
 *
 * <p>An application on the module path must also resolve OpenCV's native modules, which nothing requires by name:
 * {@code --add-modules ALL-MODULE-PATH}, or those of the platform alone, such as
 * {@code --add-modules org.bytedeco.opencv.linux.x86_64,org.bytedeco.openblas.linux.x86_64,org.bytedeco.javacpp.linux.x86_64}.
 */
@org.jspecify.annotations.NullMarked
module dev.irstd.core {
    requires transitive java.desktop;
    requires static transitive org.jspecify;
    requires com.microsoft.onnxruntime;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.opencv;

    exports dev.irstd;
}
