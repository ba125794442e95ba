package dev.irstd.cli;

import dev.irstd.training.data.Sample;
import java.io.IOException;
import java.util.Optional;

/** Whatever says where the targets of an image are. */
interface Predictor extends AutoCloseable {
    Subject subject();

    /**
     * Predicts an image.
     *
     * @return scores and mask of the image's size
     * @throws IOException if nothing can be said of this image
     */
    Prediction predict(Sample sample) throws IOException;

    /** What is to be said about the whole when all images are done, such as that the figures are to be doubted. */
    default Optional<String> remark() {
        return Optional.empty();
    }

    @Override
    void close();
}
