package dev.irstd.cli;

import dev.irstd.Detection;
import java.io.IOException;
import java.nio.file.Path;

/** Prints what was found in one image after the other. Closing ends the document, not what it is printed to. */
interface DetectionPrinter extends AutoCloseable {
    void print(Path image, Detection found) throws IOException;

    @Override
    void close() throws IOException;
}
