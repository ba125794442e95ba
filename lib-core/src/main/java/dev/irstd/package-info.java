/**
 * Detectors of infrared small targets.
 *
 * <p>Data takes one way: image, preprocessing, session, score map, mask, targets. An image comes in as a
 * {@link java.awt.image.BufferedImage} or an {@link dev.irstd.InfraredImage}; a Detection of plain
 * Java values goes out. Native handles stay inside; training, metrics and trained models live in other modules.
 */
package dev.irstd;
