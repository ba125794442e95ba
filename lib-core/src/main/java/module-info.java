/** Infrared small target detection: an infrared image in; score map, mask and targets out. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // dev.irstd.cuda is built later.
module dev.irstd.core {
    requires transitive java.desktop;
    requires static transitive org.jspecify;
    requires com.microsoft.onnxruntime;

    exports dev.irstd;
    exports dev.irstd.spi to
            dev.irstd.cuda;

    uses dev.irstd.spi.NativeRuntime;
}
