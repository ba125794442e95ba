package dev.irstd.training.torch;

/** How gradients change the weights. The learning rate is the one a step starts from; schedules scale it. */
public sealed interface Optimiser {
    /**
     * Returns the highest learning rate.
     *
     * @return greater than 0
     */
    double learningRate();

    /**
     * Changes the learning rate.
     *
     * @param learningRate greater than 0
     * @return a changed copy
     */
    Optimiser withLearningRate(double learningRate);

    /**
     * AdamW: Adam with decoupled weight decay (betas 0.9 and 0.999, epsilon 1e-8).
     *
     * @param learningRate highest learning rate
     * @param weightDecay share of the learning rate by which weights shrink each step
     */
    record AdamW(double learningRate, double weightDecay) implements Optimiser {
        public AdamW {
            check(learningRate, weightDecay);
        }

        @Override
        public Optimiser withLearningRate(double learningRate) {
            return new AdamW(learningRate, weightDecay);
        }
    }

    /**
     * Adam, with which DCONet and LPNetGA were published (betas 0.9 and 0.999, epsilon 1e-8).
     *
     * @param learningRate highest learning rate
     * @param weightDecay weight of an L2 penalty
     */
    record Adam(double learningRate, double weightDecay) implements Optimiser {
        public Adam {
            check(learningRate, weightDecay);
        }

        @Override
        public Optimiser withLearningRate(double learningRate) {
            return new Adam(learningRate, weightDecay);
        }
    }

    /**
     * Adagrad, the paper's choice (epsilon 1e-10).
     *
     * @param learningRate highest learning rate
     * @param weightDecay weight of an L2 penalty
     */
    record Adagrad(double learningRate, double weightDecay) implements Optimiser {
        public Adagrad {
            check(learningRate, weightDecay);
        }

        @Override
        public Optimiser withLearningRate(double learningRate) {
            return new Adagrad(learningRate, weightDecay);
        }
    }

    private static void check(double learningRate, double weightDecay) {
        if (!(learningRate > 0) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException("an optimiser needs a learning rate above 0 and a weight decay from 0,"
                    + " got " + learningRate + " and " + weightDecay);
        }
    }
}
