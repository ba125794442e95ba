/** The losses that train detectors of infrared small targets, in plain double arithmetic with analytic gradients. */
@org.jspecify.annotations.NullMarked
module dev.irstd.loss {
    requires static org.jspecify;

    exports dev.irstd.loss;
}
