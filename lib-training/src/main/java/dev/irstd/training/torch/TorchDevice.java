package dev.irstd.training.torch;

import dev.irstd.Device;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Where PyTorch computes.
 *
 * @param type processor or GPU
 * @param ordinal number of the GPU as CUDA counts them, 0 for the processor
 */
record TorchDevice(DeviceType type, int ordinal) {
    private static final Logger LOGGER = System.getLogger(TorchDevice.class.getName());
    private static final TorchDevice CPU = new TorchDevice(DeviceType.CPU, 0);

    /**
     * Finds a device.
     *
     * @throws IllegalArgumentException if PyTorch cannot compute on it
     */
    static TorchDevice of(Device wanted) {
        if (wanted instanceof Device.Cuda cuda) {
            requireCuda(cuda.ordinal());
            return new TorchDevice(DeviceType.CUDA, cuda.ordinal());
        }
        if (wanted instanceof Device.Auto) {
            TorchDevice chosen = torch.cuda_is_available() ? new TorchDevice(DeviceType.CUDA, 0) : CPU;
            LOGGER.log(Level.INFO, "PyTorch computes on the {0}", chosen.type() == DeviceType.CPU ? "CPU" : "GPU");
            return chosen;
        }
        if (wanted instanceof Device.Cpu) {
            return CPU;
        }
        throw new IllegalArgumentException("PyTorch computes on the CPU or on a CUDA device, not on " + wanted);
    }

    private static void requireCuda(int ordinal) {
        String refusal = "CUDA device " + ordinal + " cannot train: ";
        if (!torch.getCUDAHooks().hasCUDART()) {
            throw new IllegalArgumentException(refusal + "PyTorch's part for CUDA is not loaded; put"
                    + " org.bytedeco:pytorch:linux-x86_64-gpu on the class path in place of linux-x86_64, and CUDA 13 and cuDNN 9"
                    + " where the system finds their libraries, or train on the CPU");
        }
        int devices = torch.cuda_device_count();
        if (devices == 0) {
            throw new IllegalArgumentException(refusal + "PyTorch finds no GPU; is there an NVIDIA driver, and is it"
                    + " new enough for CUDA 13 (580 or newer)? nvidia-smi tells. The CPU can train too");
        }
        if (ordinal >= devices) {
            throw new IllegalArgumentException(
                    refusal + "PyTorch finds " + devices + " GPU(s), numbered from 0 to " + (devices - 1));
        }
    }

    /** The tensor there; the same one if it is there already. */
    Tensor put(Tensor tensor) {
        return type == DeviceType.CPU ? tensor : tensor.to(pytorch(), tensor.scalar_type());
    }

    /** Where what was saved anywhere is to be loaded. */
    DeviceOptional target() {
        return new DeviceOptional(pytorch());
    }

    private org.bytedeco.pytorch.Device pytorch() {
        return type == DeviceType.CPU
                ? new org.bytedeco.pytorch.Device(type)
                : new org.bytedeco.pytorch.Device(type, (byte) ordinal);
    }
}
