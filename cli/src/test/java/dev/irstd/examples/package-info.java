/**
 * The Java of README.md and docs/, compiled and run. {@link dev.irstd.examples.DocumentationTest} holds each snippet to
 * the sources in here, so change both together.
 */
package dev.irstd.examples;
