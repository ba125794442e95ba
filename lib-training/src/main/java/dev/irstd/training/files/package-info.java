/**
 * How this module writes files. Bytes flow in, files come out; formats belong to the packages that define them. Not
 * exported.
 */
package dev.irstd.training.files;
