package dev.irstd.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** A white picture with room for curves and margins for axes. Places are shares of that room, from its lower left. */
final class PlotCanvas {
    /** Told apart by colour-blind readers too (Okabe and Ito). */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9));

    private static final int LEFT = 70;
    private static final int RIGHT = 30;
    private static final int TOP = 20;
    private static final int BOTTOM = 60;
    private static final int LINE = 20;
    private static final int SAMPLE = 22;
    private static final Color GRID = new Color(0xDDDDDD);

    private final BufferedImage image;
    private final Graphics2D graphics;

    PlotCanvas(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        graphics.setStroke(new BasicStroke(2));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
    }

    /** Draws in the pixels that {@link #x} and {@link #y} name, in lines two pixels wide. */
    Graphics2D graphics() {
        return graphics;
    }

    int x(double share) {
        return LEFT + (int) Math.round(share * (image.getWidth() - LEFT - RIGHT));
    }

    int y(double share) {
        return image.getHeight() - BOTTOM - (int) Math.round(share * (image.getHeight() - TOP - BOTTOM));
    }

    /** Marks a value of the axis below. */
    void tickBelow(double share, String label) {
        grid(x(share), y(0), x(share), y(1));
        centred(label, x(share), y(0) + LINE);
    }

    /** Marks a value of the axis at the left. */
    void tickLeft(double share, String label) {
        grid(x(0), y(share), x(1), y(share));
        graphics.drawString(label, LEFT - 30, y(share) + 5);
    }

    void titleBelow(String title) {
        graphics.setColor(Color.BLACK);
        centred(title, x(0.5), y(0) + 45);
    }

    void titleLeft(String title) {
        graphics.setColor(Color.BLACK);
        graphics.drawString(title, LEFT - 60, y(0.5));
    }

    /**
     * Names the curves, which have the {@link #colour}s in this order, at the right.
     *
     * @param top pixel row where the list starts
     */
    void legend(List<String> names, int top) {
        int width = names.stream()
                .mapToInt(graphics.getFontMetrics()::stringWidth)
                .max()
                .orElse(0);
        int left = x(1) - LINE - width;
        for (int i = 0; i < names.size(); i++) {
            int y = top + LINE * i;
            graphics.setColor(colour(i));
            graphics.drawLine(left - SAMPLE - 8, y - 5, left - 8, y - 5);
            graphics.setColor(Color.BLACK);
            graphics.drawString(names.get(i), left, y);
        }
    }

    /** Height of a legend of so many names. */
    static int legendHeight(int names) {
        return LINE * (names - 1);
    }

    static Color colour(int curve) {
        return COLOURS.get(curve % COLOURS.size());
    }

    /** Ends the drawing. */
    BufferedImage image() {
        graphics.dispose();
        return image;
    }

    private void grid(int fromX, int fromY, int toX, int toY) {
        graphics.setColor(GRID);
        graphics.setStroke(new BasicStroke(1));
        graphics.drawLine(fromX, fromY, toX, toY);
        graphics.setStroke(new BasicStroke(2));
        graphics.setColor(Color.BLACK);
    }

    private void centred(String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
    }
}
