package dev.irstd.models;

import dev.irstd.Model;
import dev.irstd.ModelException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** The embedded models. */
public final class Models {
    private Models() {}

    /**
     * RRCANet-18, trained on the training split of NUAA-SIRST with this library.
     *
     * @return the model, read anew at each call
     * @throws ModelException if its file is not the one that this class was built with
     */
    public static Model rrcanet18() {
        return embedded(
                "rrcanet18-nuaa-sirst.onnx", "a3c20b6c7771ef3d1a3cccdc1f77ef70f0e775623e7c44a6a6f6fc4bd468d9f8");
    }

    /**
     * RRCANet-18 for scenes of sensors that are not known, trained with this library on NUAA-SIRST, DenseSIRST and generated
     * scenes whose sensor was varied.
     *
     * @return the model, read anew at each call
     * @throws ModelException if its file is not the one that this class was built with
     */
    public static Model rrcanet18AnySensor() {
        return embedded(
                "rrcanet18-any-sensor.onnx", "dcc0961a3a674b94d0bac41d48732f89610a8e13944d635677996f60e6ac000f");
    }

    /**
     * RRCANet-10, trained on the training split of NUAA-SIRST with this library: half the parameters of RRCANet-18.
     *
     * @return the model, read anew at each call
     * @throws ModelException if its file is not the one that this class was built with
     */
    public static Model rrcanet10() {
        return embedded(
                "rrcanet10-nuaa-sirst.onnx", "7fcd51d23c20ab5411dfbac6dff6195fba1e314ac69674ccd9355e6f6e57c18b");
    }

    /**
     * ACM, trained on the training split of NUAA-SIRST with this library: a ninth of RRCANet-18's time, and less accurate.
     *
     * \ the model, read anew at each call
     * \ ModelException if its file is not the one that this class was built with
     */
    public static Model acm() {
        return embedded("acm-nuaa-sirst.onnx", "2e1649a69823a74d8eb8524ab6512ffe49034e9a2d1629fcc9a4331b85734c70");
    }

    private static Model embedded(String file, String sha256) {
        @Nullable URL location = Models.class.getResource(file);
        if (location == null) {
            throw new IllegalStateException("this build of irstd-models lacks " + file + "; export a trained network"
                    + " to models/src/main/resources/dev/irstd/models and build again");
        }
        return Model.resource(location).requireSha256(sha256);
    }
}
