/**
 * The command line: each command is a short class over the library.
 *
 * <p>Arguments and files come in; tables, files and an exit status go out. What several commands share stands in mixins
 * such as {@code DetectorOptions}. No method of detection, measurement or training belongs in here.
 */
package dev.irstd.cli;
