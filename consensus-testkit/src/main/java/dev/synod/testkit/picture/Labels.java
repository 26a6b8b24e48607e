package dev.synod.testkit.picture;

import java.util.ArrayList;
import java.util.List;

/** Finds out whether there is still room for a text; who comes first has it. */
final class Labels {

  /** Of the font, on average and generously. */
  private static final double CHARACTER_WIDTH = 5.4;

  private static final double HEIGHT = 10;

  private final List<double[]> taken = new ArrayList<>();

  /** Takes the room for a text whose left end and base line are there, if nobody has it. */
  boolean takes(double x, double y, String text) {
    return takes(x, y, text.length() * CHARACTER_WIDTH, 0);
  }

  /** The same for a text that ends there. */
  boolean takesBefore(double x, double y, String text) {
    double width = text.length() * CHARACTER_WIDTH;
    return takes(x - width, y, width, 0);
  }

  /** The same for a text around that place, on a line that rises so much in so many pixels. */
  boolean takesAround(double x, double y, String text, double slope) {
    double width = text.length() * CHARACTER_WIDTH;
    return takes(x - width / 2, y, width, Math.abs(slope) * width / 2);
  }

  private boolean takes(double left, double base, double width, double rise) {
    var box = new double[] {left, base - HEIGHT - rise, left + width, base + rise};
    for (double[] other : taken) {
      if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) {
        return false;
      }
    }
    taken.add(box);
    return true;
  }
}
