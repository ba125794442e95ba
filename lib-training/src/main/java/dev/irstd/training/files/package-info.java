/**
 * How files are written, and what several formats have in common. Bytes flow in, files come out; formats belong to the
 * packages that define them. Exported to the command line alone.
 */
package dev.irstd.training.files;
