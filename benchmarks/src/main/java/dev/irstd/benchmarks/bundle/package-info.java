/**
 * What {@code benchmarks/bundle} needs Java for while it packs: a jar's CUDA libraries go in, the same libraries with the
 * machine code of one GPU come out. Nothing here runs on the machine that the bundle is for.
 */
@org.jspecify.annotations.NullMarked
package dev.irstd.benchmarks.bundle;
