/**
 * What other modules of this project may give to core: native libraries of ONNX Runtime. Nothing here is for
 * applications.
 */
package dev.irstd.spi;
