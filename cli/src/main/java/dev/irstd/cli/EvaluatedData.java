package dev.irstd.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * What was measured on, and when.
 *
 * @param without lists of ids that were left out
 * @param scale factor of the images' and masks' size, 1 for their own
 */
record EvaluatedData(Path folder, String split, List<Path> without, double scale, LocalDate date) {}
