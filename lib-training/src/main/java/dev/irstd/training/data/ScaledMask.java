package dev.irstd.training.data;

import dev.irstd.Box;
import dev.irstd.Component;
import dev.irstd.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sample's mask after scaling: the pixels that targets cover by at least half, by bilinear interpolation. Only the
 * surroundings of the targets are ever looked at.
 */
final class ScaledMask {
    private final Mask mask;
    private final ScaledAxis columns;
    private final ScaledAxis rows;
    private final List<Box> targets;

    private ScaledMask(Mask mask, ScaledAxis columns, ScaledAxis rows, List<Box> targets) {
        this.mask = mask;
        this.columns = columns;
        this.rows = rows;
        this.targets = targets;
    }

    /** Empty if scaling would make a target vanish. */
    static Optional<ScaledMask> of(Sample sample, ScaledAxis columns, ScaledAxis rows) {
        List<Box> targets = new ArrayList<>(sample.targets().size());
        ScaledMask scaled = new ScaledMask(sample.mask(), columns, rows, targets);
        for (Component target : sample.targets()) {
            Optional<Box> box = scaled.box(target);
            if (box.isEmpty()) {
                return Optional.empty();
            }
            targets.add(box.get());
        }
        return Optional.of(scaled);
    }

    /** The scaled targets' boxes, in the order of {@link Sample#targets()}. */
    List<Box> targets() {
        return targets;
    }

    private Optional<Box> box(Component target) {
        Box seen = target.box();
        int minX = Integer.MAX_VALUE;
        int minY = Integer.MAX_VALUE;
        int maxX = -1;
        int maxY = -1;
        int lastX = columns.lastSeeing(seen.x() + seen.width() - 1);
        int lastY = rows.lastSeeing(seen.y() + seen.height() - 1);
        for (int y = rows.firstSeeing(seen.y()); y <= lastY; y++) {
            for (int x = columns.firstSeeing(seen.x()); x <= lastX; x++) {
                if (covered(x, y)) {
                    minX = Math.min(minX, x);
                    maxX = Math.max(maxX, x);
                    minY = Math.min(minY, y);
                    maxY = Math.max(maxY, y);
                }
            }
        }
        return maxX < 0 ? Optional.empty() : Optional.of(new Box(minX, minY, maxX - minX + 1, maxY - minY + 1));
    }

    /** Whether targets cover at least half of a scaled pixel. */
    boolean covered(int x, int y) {
        int left = columns.below(x);
        int right = columns.above(x);
        int top = rows.below(y);
        int bottom = rows.above(y);
        float across = columns.fraction(x);
        float down = rows.fraction(y);
        float upper = (mask.get(left, top) ? 1 - across : 0) + (mask.get(right, top) ? across : 0);
        float lower = (mask.get(left, bottom) ? 1 - across : 0) + (mask.get(right, bottom) ? across : 0);
        return upper * (1 - down) + lower * down >= 0.5f;
    }
}
