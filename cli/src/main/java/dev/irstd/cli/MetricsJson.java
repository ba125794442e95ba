package dev.irstd.cli;

import com.google.gson.stream.JsonWriter;
import dev.irstd.metrics.Interval;
import dev.irstd.metrics.TargetMetrics;
import dev.irstd.metrics.TargetProtocol;
import dev.irstd.training.files.WholeFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The figures of an evaluation as one flat JSON object: all of them fractions, the ends of their 95 % intervals beside them,
 * null where undefined.
 */
final class MetricsJson implements AutoCloseable {
    private final JsonWriter json;

    private MetricsJson(Writer writer) {
        json = new JsonWriter(writer);
        json.setIndent("  ");
    }

    /** Pd and Fa stand for the first protocol, and under its name for each. */
    static void write(Path file, EvaluatedData data, Measured measured, List<TargetProtocol> protocols)
            throws IOException {
        StringWriter text = new StringWriter();
        try (MetricsJson json = new MetricsJson(text)) {
            json.write(data, measured, protocols);
        }
        WholeFile.writeText(file, text.toString());
    }

    private void write(EvaluatedData data, Measured measured, List<TargetProtocol> protocols) throws IOException {
        TargetProtocol head = protocols.get(0);
        TargetMetrics targets = measured.total().targets(head);
        json.beginObject();
        json.name(measured.subject().kind()).value(measured.subject().source());
        json.name("data").value(data.folder().toString());
        json.name("split").value(data.split());
        json.name("scale").value(data.scale());
        json.name("images").value(measured.images().size());
        json.name("failed").value(measured.failures().size());
        json.name("threshold").value(measured.subject().threshold());
        json.name("device").value(measured.subject().device());
        json.name("date").value(data.date().toString());
        for (Figure figure : Figure.OF_PIXELS) {
            figure(figure.name(), measured.interval(figure));
        }
        json.name("nIoU_empty").value(Figure.EMPTY_UNION.name());
        json.name("protocol").value(head.name());
        figure("Pd", measured.interval(Figure.pd(head)));
        figure("Fa", measured.interval(Figure.fa(head)));
        json.name("Fa_unit").value(Figure.countsComponents(head) ? "false alarms an image" : "share of the pixels");
        json.name("targets").value(targets.targets());
        json.name("matched").value(targets.detectedTargets());
        for (TargetProtocol protocol : protocols) {
            figure("Pd_" + protocol, measured.interval(Figure.pd(protocol)));
            figure("Fa_" + protocol, measured.interval(Figure.fa(protocol)));
        }
        seconds("predicting_s", measured.times().predicting());
        seconds("counting_s", measured.times().counting());
        seconds("resampling_s", measured.times().resampling());
        json.endObject();
    }

    private void figure(String name, Interval interval) throws IOException {
        number(name, interval.estimate());
        number(name + "_low", interval.low());
        number(name + "_high", interval.high());
    }

    private void number(String name, double value) throws IOException {
        json.name(name);
        if (Double.isFinite(value)) {
            json.value(value);
        } else {
            json.nullValue();
        }
    }

    private void seconds(String name, Duration time) throws IOException {
        json.name(name).value(time.toMillis() / 1e3);
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
