package dev.irstd.models;

import dev.irstd.Model;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** The embedded models. */
public final class Models {
    private Models() {}

    /**
     * RRCANet-18, trained on the training split of NUAA-SIRST with this library.
     *
     * @return the model, read anew at each call
     */
    public static Model rrcanet18() {
        return embedded("rrcanet18-nuaa-sirst.onnx");
    }

    private static Model embedded(String file) {
        @Nullable URL location = Models.class.getResource(file);
        if (location == null) {
            throw new IllegalStateException("this build of irstd-models lacks " + file + "; export a trained network"
                    + " to models/src/main/resources/dev/irstd/models and build again");
        }
        return Model.resource(location);
    }
}
