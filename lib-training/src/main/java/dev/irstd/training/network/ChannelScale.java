package dev.irstd.training.network;

import dev.irstd.training.network.Parameter.Role;
import java.util.List;

/**
 * A trained factor for each channel.
 *
 * @param name key of the factors in the official code
 * @param channels channels
 */
public record ChannelScale(String name, int channels) implements Layer {
    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(List.of(name), List.of(channels), 0, Role.FACTOR));
    }
}
