package dev.irstd.cli;

/**
 * What is measured.
 *
 * @param kind model or predictions
 * @param name short, and no other's
 * @param source where it comes from and what it is
 * @param threshold probability above which a pixel belongs to a target
 * @param device where it runs
 */
record Subject(String kind, String name, String source, float threshold, String device) {}
