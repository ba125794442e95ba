/**
 * Images with masks: read from the field's data sets, or generated.
 *
 * <p>Folders and seeds come in; samples, normalised training patches and synthetic scenes go out as plain Java values.
 * No tensor and no network type comes in here.
 */
package dev.irstd.training.data;
