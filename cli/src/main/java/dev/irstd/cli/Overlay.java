package dev.irstd.cli;

import dev.irstd.Box;
import dev.irstd.InfraredImage;
import dev.irstd.InputRange;
import dev.irstd.Target;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws an image, stretched to its lowest and highest sample and enlarged, with a box around each target. */
final class Overlay {
    private static final int WANTED_SIDE = 1024;
    private static final int MARGIN = 4;
    private static final Color BOX = new Color(0xFFC400);

    private Overlay() {}

    static BufferedImage of(InfraredImage image, List<Target> targets) {
        int scale = Math.max(1, WANTED_SIDE / Math.max(image.width(), image.height()));
        BufferedImage grey = stretched(image);
        BufferedImage overlay =
                new BufferedImage(image.width() * scale, image.height() * scale, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = overlay.createGraphics();
        graphics.drawImage(grey, 0, 0, overlay.getWidth(), overlay.getHeight(), null);
        graphics.setColor(BOX);
        graphics.setStroke(new BasicStroke(2));
        for (Target target : targets) {
            Box box = target.box();
            graphics.drawRect(
                    (box.x() - MARGIN) * scale,
                    (box.y() - MARGIN) * scale,
                    (box.width() + 2 * MARGIN) * scale,
                    (box.height() + 2 * MARGIN) * scale);
        }
        graphics.dispose();
        return overlay;
    }

    /** In RGB, because Java draws grey images through a gamma curve. */
    static BufferedImage stretched(InfraredImage image) {
        InputRange.Limits limits = InputRange.perImage().limits(image);
        BufferedImage grey = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                grey.setRGB(x, y, (image.sample(x, y) - limits.low()) * 255 / limits.span() * 0x010101);
            }
        }
        return grey;
    }
}
