package dev.irstd.cli;

import dev.irstd.ScoreMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** How score maps are written. */
enum MapFormat {
    /** 16 bits: 65535 is a probability of 1. */
    PNG(".png") {
        @Override
        void write(ScoreMap scores, Path file) throws IOException {
            PngScores.write16(scores, file);
        }
    },
    /** 8 bits: 255 is a probability of 1. */
    PNG8(".png") {
        @Override
        void write(ScoreMap scores, Path file) throws IOException {
            PngScores.write8(scores, file);
        }
    },
    /** Logits, as DCONet's evaluation reads them. */
    MAT(".mat") {
        @Override
        void write(ScoreMap scores, Path file) throws IOException {
            MatScores.write(scores, file);
        }
    };

    private final String ending;

    MapFormat(String ending) {
        this.ending = ending;
    }

    abstract void write(ScoreMap scores, Path file) throws IOException;

    /** Writes the map of an image into the folder of this format. */
    void write(Path parent, String id, ScoreMap scores) throws IOException {
        write(scores, parent.resolve("maps-" + name().toLowerCase(Locale.ROOT)).resolve(id + ending));
    }
}
