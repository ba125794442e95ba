package dev.irstd.cli;

import com.google.gson.stream.JsonWriter;
import dev.irstd.Box;
import dev.irstd.Detection;
import dev.irstd.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How detections are printed. */
enum DetectionFormat {
    /** A table for people. */
    TEXT {
        @Override
        DetectionPrinter printer(PrintWriter out, List<Path> images) {
            int width = images.stream()
                    .mapToInt(image -> image.toString().length())
                    .max()
                    .orElse(0);
            out.printf("%-" + Math.max(width, 5) + "s  %8s  %8s  %6s  %5s%n", "image", "x", "y", "score", "area");
            return new Text(out, "%-" + Math.max(width, 5) + "s  %s%n");
        }
    },
    /** One line a target, none for an image without. */
    CSV {
        @Override
        DetectionPrinter printer(PrintWriter out, List<Path> images) {
            out.print(Csv.line("image", "x", "y", "score", "area"));
            return new Lines(out);
        }
    },
    /** An array of one object an image. */
    JSON {
        @Override
        DetectionPrinter printer(PrintWriter out, List<Path> images) throws IOException {
            JsonWriter json = new JsonWriter(out);
            json.setIndent("  ");
            json.beginArray();
            return new Json(json);
        }
    };

    abstract DetectionPrinter printer(PrintWriter out, List<Path> images) throws IOException;

    private record Text(PrintWriter out, String row) implements DetectionPrinter {
        @Override
        public void print(Path image, Detection found) {
            for (Target target : found.targets()) {
                out.printf(
                        row,
                        image,
                        String.format(
                                Locale.ROOT,
                                "%8.2f  %8.2f  %6.3f  %5d",
                                target.x(),
                                target.y(),
                                target.score(),
                                target.area()));
            }
            if (found.targets().isEmpty()) {
                out.printf(row, image, "no target");
            }
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }

    private record Lines(PrintWriter out) implements DetectionPrinter {
        @Override
        public void print(Path image, Detection found) {
            for (Target target : found.targets()) {
                out.print(Csv.line(image, target.x(), target.y(), target.score(), target.area()));
            }
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }

    private record Json(JsonWriter json) implements DetectionPrinter {
        @Override
        public void print(Path image, Detection found) throws IOException {
            json.beginObject();
            json.name("image").value(image.toString());
            json.name("width").value(found.width());
            json.name("height").value(found.height());
            json.name("targets").beginArray();
            for (Target target : found.targets()) {
                json.beginObject();
                json.name("x").value(target.x()).name("y").value(target.y());
                json.name("score").value(target.score()).name("area").value(target.area());
                Box box = target.box();
                json.name("box").beginObject();
                json.name("x").value(box.x()).name("y").value(box.y());
                json.name("width").value(box.width()).name("height").value(box.height());
                json.endObject().endObject();
            }
            json.endArray().endObject().flush();
        }

        @Override
        public void close() throws IOException {
            json.endArray().flush();
        }
    }
}
