/**
 * Checkpoints of official Python code: files of torch.save and safetensors, read and written without Python.
 *
 * <p>A {@link dev.irstd.training.checkpoint.CheckpointFile} comes out of a file, and its
 * {@link dev.irstd.training.checkpoint.StateDict} gives the weights of a network; the way back is
 * {@link dev.irstd.training.checkpoint.StateDict#write}. Nothing in here runs what a file names, and nothing may.
 */
package dev.irstd.training.checkpoint;
