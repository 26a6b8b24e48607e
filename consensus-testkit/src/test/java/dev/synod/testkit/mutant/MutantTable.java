package dev.synod.testkit.mutant;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of mutants, for people: {@code ./dev check} shows all tables as one. */
final class MutantTable {

  private record Row(Mutant mutant, String invariant, long seed, int others) {}

  private final String name;
  private final List<Row> rows = new ArrayList<>();

  /** So called among the tables of one run. */
  MutantTable(String name) {
    this.name = name;
  }

  /**
   * Notes one that was found.
   *
   * @param others how many seeds before broke something that was not meant for it
   */
  void add(Mutant mutant, String invariant, long seed, int others) {
    rows.add(new Row(mutant, invariant, seed, others));
  }

  /** Writes the table beside the compiled tests. */
  void write() throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    Files.writeString(file("mutants-" + name + ".txt"), text());
    Files.writeString(file("mutants-" + name + ".tsv"), notes());
  }

  /** What {@link NotedSeeds} reads; a fault that the first seed finds needs no note. */
  private String notes() {
    var notes = new StringBuilder();
    rows.stream()
        .filter(row -> row.seed() > 1)
        .forEach(
            row ->
                notes.append(
                    "%d\t%s\t%s%n"
                        .formatted(
                            row.seed(), row.mutant().source().simpleName(), row.mutant().name())));
    return notes.toString();
  }

  private String text() {
    var text = new StringBuilder();
    var format = "%5s of %-4s %-20s %-70s %s%n";
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              format,
              row.seed(),
              row.mutant().seedsMax(),
              row.mutant().source().simpleName(),
              row.mutant().name(),
              row.invariant()
                  + (row.others() == 0
                      ? ""
                      : " (%d seeds before broke another)".formatted(row.others()))));
    }
    return text.toString();
  }

  private static Path file(String name) {
    try {
      var classes = MutantTable.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(classes).resolveSibling(name);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
