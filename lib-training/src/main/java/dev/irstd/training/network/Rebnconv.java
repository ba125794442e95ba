package dev.irstd.training.network;

/**
 * UIU-Net's unit: a 3x3 convolution, its norm and a ReLU.
 *
 * @param name module path
 * @param in input channels
 * @param out output channels
 * @param dilation pixels from one tap of the kernel to the next
 */
record Rebnconv(String name, int in, int out, int dilation) {
    <T> T apply(Ops<T> ops, T x) {
        T y = ops.conv(Conv2d.of(name + ".conv_s1", in, out, 3).withDilation(dilation), x);
        return ops.relu(ops.batchNorm(new BatchNorm(name + ".bn_s1", out), y));
    }
}
