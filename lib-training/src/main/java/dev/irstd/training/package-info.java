/**
 * Training and evaluation: a network definition and a dataset go in, weights come out; a detector and a dataset go in,
 * figures come out.
 *
 * <p>{@link dev.irstd.training.Trainer} follows a {@link dev.irstd.training.TrainingPlan} and keeps everything needed
 * to go on in its run folder. {@link dev.irstd.training.Evaluation} measures any detector.
 */
package dev.irstd.training;
