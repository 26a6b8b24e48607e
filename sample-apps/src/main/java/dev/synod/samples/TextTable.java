package dev.synod.samples;

import java.util.ArrayList;
import java.util.List;

/** Rows of text as a table for people: each column as wide as its widest entry. */
public final class TextTable {

  private static final String BETWEEN = "  ";

  private TextTable() {}

  /**
   * The table's lines.
   *
   * @param rows of equal lengths, the heading first
   * @param words how many columns, the first ones, are words, set to the left; the others are
   *     numbers, set to the right
   */
  public static List<String> lines(List<List<String>> rows, int words) {
    var widths = widths(rows);
    var lines = new ArrayList<String>();
    rows.forEach(row -> lines.add(line(row, widths, words)));
    return lines;
  }

  private static int[] widths(List<List<String>> rows) {
    var widths = new int[rows.get(0).size()];
    for (var row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths, int words) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String pad = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? "" : BETWEEN);
      line.append(i < words ? row.get(i) + pad : pad + row.get(i));
    }
    return line.toString().stripTrailing();
  }
}
