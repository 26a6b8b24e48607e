package dev.synod.samples.modes;

import dev.synod.samples.TextTable;
import dev.synod.samples.api.MachineTime;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What acts tell, printed as it happens, and what they expected. Used by one thread. */
public final class Notes {

  private static final String INDENT = "          ";

  private final PrintWriter out;
  private final long start = MachineTime.nanos();
  private final List<Expectation> expectations = new ArrayList<>();

  public Notes(PrintWriter out) {
    this.out = out;
  }

  /** Something happens, now. */
  public void tell(String text) {
    print("%6.2f s  %s".formatted((MachineTime.nanos() - start) / 1e9, text));
  }

  /** A heading. */
  void title(String text) {
    print("");
    print(text);
  }

  /** A row of a table: what it is about, then one entry for each of these. */
  static List<String> row(String first, List<?> others) {
    var row = new ArrayList<>(List.of(first));
    others.forEach(other -> row.add(String.valueOf(other)));
    return row;
  }

  /** Rows of equal lengths, the heading first. */
  void table(List<List<String>> rows) {
    TextTable.lines(rows, rows.get(0).size()).forEach(line -> print(INDENT + line));
  }

  /** What was to be seen, and what is. */
  public void expect(String what, Object expected, Object seen) {
    var expectation = new Expectation(what, String.valueOf(expected), String.valueOf(seen));
    expectations.add(expectation);
    print(INDENT + expectation);
  }

  /** All so far, in order. */
  public List<Expectation> expectations() {
    return List.copyOf(expectations);
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
