package dev.irstd.training.network;

/** Which ReLU follows a convolution of LW-IRSTNet. */
enum Rectifier {
    /** One with a trained slope. */
    PRELU,
    /** A plain one. */
    RELU;

    <T> T apply(Ops<T> ops, String name, T x) {
        return this == PRELU ? ops.prelu(new PRelu(name), x) : ops.relu(x);
    }
}
