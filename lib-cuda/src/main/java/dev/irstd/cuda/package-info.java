/**
 * ONNX Runtime for CUDA 13 under irstd-core. The native libraries come out of Bytedeco's jar into a cache; NVIDIA's
 * libraries are looked for in the places where they usually lie. Nothing here is for applications.
 */
package dev.irstd.cuda;
