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
                "rrcanet18-nuaa-sirst.onnx", "33f61103ee05d1ef312c6916d45297dbbe125f45f9d5b7f2590fd4db9caa2ac8");
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
                "rrcanet18-any-sensor.onnx", "c458d906edf63e78018705689f4b9b2383723fcdcabb25723498f91d9eef415a");
    }

    /**
     * RRCANet-10, trained on the training split of NUAA-SIRST with this library: half the parameters of RRCANet-18.
     *
     * @return the model, read anew at each call
     * @throws ModelException if its file is not the one that this class was built with
     */
    public static Model rrcanet10() {
        return embedded(
                "rrcanet10-nuaa-sirst.onnx", "28666d4ac238e8fd66ae7a0742db8527fda83aaa5cf9f2be5ca5a7b10a1de47e");
    }

    /**
     * RRCANet-34, trained on the training split of NUAA-SIRST with this library: finds as many targets as RRCANet-18, has
     * more false alarms, and takes 1.3 to 1.6 times the time.
     *
     * @return the model, read anew at each call
     * @throws ModelException if its file is not the one that this class was built with
     */
    public static Model rrcanet34() {
        return embedded(
                "rrcanet34-nuaa-sirst.onnx", "e03b886a07329a39344549a913541707aa3d62f9522eacd3404e1c19971b8ce4");
    }

    /**
     * ResUNet+RuCB, trained on the training split of NUAA-SIRST with this library: to compare with the paper, as RRCANet-18 is
     * better and smaller.
     *
     * @return the model, read anew at each call
     * @throws ModelException if its file is not the one that this class was built with
     */
    public static Model resunetRucb() {
        return embedded(
                "resunet-rucb-nuaa-sirst.onnx", "b1aff43d9676967eaf133b3face49480398b1ab3bfaa81ec1df0cc6c5dc9d168");
    }

    /**
     * AMFU+RuCB, trained on the training split of NUAA-SIRST with this library: to compare with the paper, as RRCANet-18 is
     * better and smaller.
     *
     * @return the model, read anew at each call
     * @throws ModelException if its file is not the one that this class was built with
     */
    public static Model amfuRucb() {
        return embedded(
                "amfu-rucb-nuaa-sirst.onnx", "43791ea0fdff853d4b704c905b7af36d2788dcbb37131e06a4c992903915aaae");
    }

    /**
     * ACM, trained on the training split of NUAA-SIRST with this library: a ninth of RRCANet-18's time, and less accurate.
     *
     * @return the model, read anew at each call
     * @throws ModelException if its file is not the one that this class was built with
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
