package dev.synod.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code ./synod compare [REPLICAS…]}: what the protocols cost and what they do when their leader
 * is slow or lost, as tables in Markdown. All of it is counted in simulations, so the same code
 * gives the same numbers on any machine.
 */
public final class Compare {

  static final List<Integer> REPLICAS = List.of(3, 5, 7);

  private static final int REPLICAS_MAX = 9;

  private static final String HELP =
      """
      Usage: synod compare [REPLICAS…]
      Compares the protocols in groups of 3, 5 and 7 replicas, or of so many as you say: messages
      and forced writes of a write, round trips until it is answered, and how long a write waits
      when the leader's disk is slow and when the leader crashes. Counted in simulations, so the
      numbers are exact, and the same each time; takes a minute or so.
      """;

  private static final List<SimProtocol> PROTOCOLS =
      List.of(SimProtocol.RAFT, SimProtocol.PAXOS, SimProtocol.ZAB);

  private Compare() {}

  /** The process ends with what {@link #run} says. */
  public static void main(String[] arguments) {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    System.exit(run(List.of(arguments), out));
  }

  /**
   * Prints a table for each number of replicas.
   *
   * @return 0, or 2 if the arguments make no sense
   */
  public static int run(List<String> arguments, PrintStream out) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return 0;
    }
    var sizes = new ArrayList<Integer>();
    for (String argument : arguments) {
      if (!argument.matches("[1-%d]".formatted(REPLICAS_MAX))) {
        out.printf("from 1 to %d replicas can be compared, not %s%n", REPLICAS_MAX, argument);
        return 2;
      }
      sizes.add(Integer.parseInt(argument));
    }
    (sizes.isEmpty() ? REPLICAS : sizes).forEach(size -> out.println(table(size)));
    return 0;
  }

  /** How the protocols do with so many replicas. */
  private static String table(int replicas) {
    return table(replicas, compared(replicas, ComparedGroup::look));
  }

  /** What so many replicas cost, of each protocol in order. */
  static List<Compared> compared(int replicas, Function<ComparedGroup, Compared> how) {
    return PROTOCOLS.stream().map(one -> how.apply(new ComparedGroup(one, replicas))).toList();
  }

  /** The same as a table. */
  static String table(int replicas, List<Compared> all) {
    return Stream.of(
            heading(replicas),
            row("messages, one write at a time", all, one -> decimal(one.messages())),
            row("which", all, Compared::kinds),
            row(
                "messages a write, %d at a time".formatted(ComparedGroup.TOGETHER),
                all,
                one -> decimal(one.messagesTogether())),
            row("forced writes, one write at a time", all, one -> decimal(one.forces())),
            row(
                "forced writes a write, %d at a time".formatted(ComparedGroup.TOGETHER),
                all,
                one -> decimal(one.forcesTogether())),
            row("round trips, client at the leader", all, one -> decimal(one.roundTrips())),
            row("round trips, client elsewhere", all, one -> decimal(one.roundTripsElsewhere())),
            row(
                "round trips until all have applied it",
                all,
                one -> decimal(one.roundTripsToAll())),
            row(
                "ms if a force of the leader's disk takes %d ms"
                    .formatted(ComparedGroup.SLOW.toMillis()),
                all,
                one -> String.valueOf(Math.round(one.slowDiskMillis()))),
            row("ms if the leader crashes", all, one -> spread(one.failOverMillis())))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String heading(int replicas) {
    var names = PROTOCOLS.stream().map(SimProtocol::text).collect(Collectors.joining(" | "));
    return "| %d replicas | %s |\n|---|%s"
        .formatted(replicas, names, "---|".repeat(PROTOCOLS.size()));
  }

  private static String row(String what, List<Compared> all, Function<Compared, String> cell) {
    return all.stream().map(cell).collect(Collectors.joining(" | ", "| " + what + " | ", " |"));
  }

  private static String spread(List<Long> sorted) {
    return sorted.isEmpty()
        ? "–"
        : "%d to %d, median %d"
            .formatted(sorted.get(0), sorted.get(sorted.size() - 1), sorted.get(sorted.size() / 2));
  }

  static String number(long sum, int count) {
    return decimal(sum / (double) count);
  }

  /** Up to two places, none of them for nothing. */
  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.2f", number).replaceAll("\\.?0+$", "");
  }
}
