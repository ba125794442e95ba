/** The command line. */
@org.jspecify.annotations.NullMarked
module dev.irstd.cli {
    requires static org.jspecify;
    requires java.desktop;
    requires dev.irstd.core;
    requires dev.irstd.metrics;
    requires dev.irstd.models;
    requires dev.irstd.training;
    requires com.google.gson;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires us.hebi.matlab.mat.mfl.core;

    exports dev.irstd.cli;

    opens dev.irstd.cli to
            info.picocli;
}
