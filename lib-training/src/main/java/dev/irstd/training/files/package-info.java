/**
 * How this module writes files, and what several formats have in common. Bytes flow in, files come out; formats belong to
 * the packages that define them. Not exported.
 */
package dev.irstd.training.files;
