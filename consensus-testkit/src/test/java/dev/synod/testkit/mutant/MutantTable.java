package dev.synod.testkit.mutant;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of the mutants, for people: {@code ./dev check} shows it. */
final class MutantTable {

  private record Row(Mutant mutant, String invariant, long seed, int others) {}

  private final List<Row> rows = new ArrayList<>();

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
    Files.writeString(file(), text());
  }

  private String text() {
    var text = new StringBuilder();
    var format = "%5s of %-4s %-20s %-70s %s%n";
    text.append(String.format(Locale.ROOT, format, "seed", "max", "source", "fault", "found by"));
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
    var seeds = rows.stream().map(Row::seed).sorted().toList();
    text.append(
        "%d faults found; seeds needed: median %d, worst %d%n"
            .formatted(seeds.size(), seeds.get(seeds.size() / 2), seeds.get(seeds.size() - 1)));
    return text.toString();
  }

  private static Path file() {
    try {
      var classes = MutantTable.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(classes).resolveSibling("mutants.txt");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
