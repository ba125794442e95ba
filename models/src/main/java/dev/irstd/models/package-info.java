/**
 * The networks that come with the library, trained and ready to run.
 *
 * <p>Each is an ONNX file beside these classes that carries its manifest; a {@link dev.irstd.Model} goes out. What they
 * were trained on and what they are worth stands in the manifest. No code that trains or runs them belongs in here.
 */
package dev.irstd.models;
