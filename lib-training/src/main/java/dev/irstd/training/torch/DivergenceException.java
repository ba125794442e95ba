package dev.irstd.training.torch;

/** The loss of a training is no finite number; a lower learning rate may help. */
public final class DivergenceException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    DivergenceException(double loss) {
        super("the loss is " + loss + "; a lower learning rate may help");
    }
}
