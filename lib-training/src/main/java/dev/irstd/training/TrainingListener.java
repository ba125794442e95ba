package dev.irstd.training;

import dev.irstd.training.weights.Weights;
import java.util.function.Supplier;

/** Hears of a training's progress, in the training's thread. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * A step was taken.
     *
     * @param epoch from 1
     * @param step of this epoch, from 1
     * @param steps of an epoch
     * @param loss before the step
     */
    default void step(int epoch, int step, int steps, double loss) {}

    /**
     * An epoch was finished, and its checkpoint written. A training that goes on says so once more of the last one, which it
     * may not have come to before it was cut off.
     *
     * @param epoch from 1
     * @param averaged copies the moving average of the weights
     */
    default void epoch(int epoch, Supplier<Weights> averaged) {}

    /**
     * Tells another listener too, after this one.
     *
     * @param next hears of the same
     * @return both
     */
    default TrainingListener andThen(TrainingListener next) {
        TrainingListener first = this;
        return new TrainingListener() {
            @Override
            public void step(int epoch, int step, int steps, double loss) {
                first.step(epoch, step, steps, loss);
                next.step(epoch, step, steps, loss);
            }

            @Override
            public void epoch(int epoch, Supplier<Weights> averaged) {
                first.epoch(epoch, averaged);
                next.epoch(epoch, averaged);
            }
        };
    }
}
