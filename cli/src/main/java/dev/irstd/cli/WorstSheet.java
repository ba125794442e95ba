package dev.irstd.cli;

import dev.irstd.Box;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** Draws images side by side, each with its id, a box around each target found or missed and each false alarm. */
final class WorstSheet {
    private static final int COLUMNS = 4;
    private static final int TILE = 320;
    private static final int CAPTION = 36;
    private static final int GAP = 8;
    private static final int HEADING = 28;
    private static final int MARGIN = 5;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color FOUND = new Color(0x56B4E9);
    private static final Color MISSED = new Color(0xFF4040);
    private static final Color FALSE_ALARM = new Color(0xFFC400);

    private final Graphics2D graphics;

    private WorstSheet(Graphics2D graphics) {
        this.graphics = graphics;
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setFont(FONT);
        graphics.setStroke(new BasicStroke(2));
    }

    static BufferedImage of(List<WorstImages.Bad> images) {
        int columns = Math.min(COLUMNS, images.size());
        int rows = (images.size() + columns - 1) / columns;
        BufferedImage sheet = new BufferedImage(
                GAP + columns * (TILE + GAP), HEADING + rows * (TILE + CAPTION + GAP), BufferedImage.TYPE_INT_RGB);
        WorstSheet drawing = new WorstSheet(sheet.createGraphics());
        drawing.drawHeading();
        for (int i = 0; i < images.size(); i++) {
            drawing.drawTile(
                    images.get(i), GAP + i % columns * (TILE + GAP), HEADING + i / columns * (TILE + CAPTION + GAP));
        }
        drawing.graphics.dispose();
        return sheet;
    }

    private void drawHeading() {
        int x = GAP;
        x = drawWord("missed", MISSED, x);
        x = drawWord("false alarm", FALSE_ALARM, x);
        drawWord("found", FOUND, x);
    }

    private int drawWord(String word, Color color, int x) {
        graphics.setColor(color);
        graphics.drawString(word, x, HEADING - 10);
        return x + graphics.getFontMetrics().stringWidth(word) + 2 * GAP;
    }

    private void drawTile(WorstImages.Bad bad, int x, int y) {
        double scale = (double) TILE / Math.max(bad.image().width(), bad.image().height());
        int width = (int) Math.round(bad.image().width() * scale);
        int height = (int) Math.round(bad.image().height() * scale);
        graphics.drawImage(Overlay.stretched(bad.image()), x, y, width, height, null);
        Graphics2D tile = (Graphics2D) graphics.create(x, y, width, height);
        drawBoxes(tile, bad.outcome().found(), FOUND, scale);
        drawBoxes(tile, bad.outcome().missed(), MISSED, scale);
        drawBoxes(tile, bad.outcome().falseAlarms(), FALSE_ALARM, scale);
        tile.dispose();
        graphics.setColor(Color.WHITE);
        graphics.drawString(bad.id(), x, y + TILE + 14);
        graphics.drawString(
                String.format(
                        Locale.ROOT,
                        "%d missed, %d false, IoU %.2f",
                        bad.outcome().missed().size(),
                        bad.outcome().falseAlarms().size(),
                        bad.iou()),
                x,
                y + TILE + 30);
    }

    private static void drawBoxes(Graphics2D tile, List<Box> boxes, Color color, double scale) {
        tile.setColor(color);
        for (Box box : boxes) {
            tile.drawRect(
                    (int) Math.round(box.x() * scale) - MARGIN,
                    (int) Math.round(box.y() * scale) - MARGIN,
                    (int) Math.round(box.width() * scale) + 2 * MARGIN,
                    (int) Math.round(box.height() * scale) + 2 * MARGIN);
        }
    }
}
