package dev.irstd;

/** An image of floats that is read row by row. */
interface Rows {
    int width();

    int height();

    /** Writes row {@code y}, 0 to {@code height() - 1}, to the first {@code width()} places. */
    void read(int y, float[] row);
}
