package dev.irstd.training.checkpoint;

/**
 * The form in which official code expects a checkpoint.
 *
 * @param prefix what stands before every key
 * @param wrapper what the file holds at its top
 */
public record Layout(KeyPrefix prefix, Wrapper wrapper) {
    /** The network's own keys at the top, for {@code model.load_state_dict(torch.load(file))}. */
    public static final Layout PLAIN = new Layout(KeyPrefix.NONE, Wrapper.NONE);
}
