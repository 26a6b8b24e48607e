package dev.synod.samples.cli;

import dev.synod.samples.TextTable;
import dev.synod.samples.api.NodeStatus;
import dev.synod.samples.api.NodeStatus.Detail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All nodes' status as one table for people. Between what each protocol has stands what only some
 * have, in their words.
 */
final class StatusTable {

  private static final List<String> FIRST = List.of("NODE", "GROUP", "ROLE");
  private static final List<String> LAST = List.of("APPLIED", "LAG", "LAST CONTACT");
  private static final String NONE = "-";

  /** The first columns are words, set to the left; the others are numbers. */
  private static final int WORDS = FIRST.size();

  private final Map<String, Optional<NodeStatus>> nodes;
  private final List<String> labels;
  private final Map<String, Long> commits = new TreeMap<>();

  private StatusTable(Map<String, Optional<NodeStatus>> nodes) {
    this.nodes = nodes;
    labels = groups().flatMap(it -> it.details().stream()).map(Detail::label).distinct().toList();
    groups().forEach(it -> commits.merge(it.name(), it.commitIndex(), Math::max));
  }

  /** The table, its lines ended. Of a node that is empty it says that it does not answer. */
  static String of(Map<String, Optional<NodeStatus>> nodes) {
    return new StatusTable(nodes).text();
  }

  private String text() {
    var rows = new ArrayList<List<String>>();
    rows.add(row(FIRST, labels.stream().map(it -> it.toUpperCase(Locale.ROOT)), LAST));
    var notes = new ArrayList<String>();
    nodes.forEach(
        (name, status) -> {
          status.ifPresentOrElse(
              it -> it.groups().forEach(group -> rows.add(row(name, group))),
              () -> rows.add(awayRow(name)));
          status.stream()
              .flatMap(it -> it.groups().stream())
              .forEach(
                  group ->
                      group
                          .trouble()
                          .ifPresent(it -> notes.add(name + " " + group.name() + ": " + it)));
        });
    var text = new StringBuilder();
    for (var line : TextTable.lines(rows, WORDS)) {
      text.append(line).append(System.lineSeparator());
    }
    notes.forEach(note -> text.append(note).append(System.lineSeparator()));
    return text.toString();
  }

  private List<String> row(String node, NodeStatus.Group group) {
    long lag = Math.max(0, commits.getOrDefault(group.name(), 0L) - group.appliedIndex());
    return row(
        List.of(node, group.name(), group.role()),
        labels.stream().map(label -> detail(group, label)),
        List.of(
            Long.toString(group.appliedIndex()),
            Long.toString(lag),
            group.role().equals("leader") ? "leads" : contact(node, group.name())));
  }

  private List<String> awayRow(String node) {
    return row(
        List.of(node, NONE, "does not answer"),
        labels.stream().map(label -> NONE),
        LAST.stream().map(label -> NONE).toList());
  }

  private static List<String> row(List<String> first, Stream<String> details, List<String> last) {
    return Stream.of(first.stream(), details, last.stream()).flatMap(Function.identity()).toList();
  }

  private static String detail(NodeStatus.Group group, String label) {
    return group.details().stream()
        .filter(detail -> detail.label().equals(label))
        .map(Detail::value)
        .findFirst()
        .orElse(NONE);
  }

  /** How long ago the leader of the newest term heard from that node. */
  private String contact(String node, String group) {
    return groups()
        .filter(it -> it.name().equals(group) && it.role().equals("leader"))
        .max(Comparator.comparingLong(NodeStatus.Group::term))
        .flatMap(it -> it.peers().stream().filter(peer -> peer.node().equals(node)).findFirst())
        .filter(peer -> peer.lastContactMillis() >= 0)
        .map(peer -> duration(peer.lastContactMillis()))
        .orElse(NONE);
  }

  private Stream<NodeStatus.Group> groups() {
    return nodes.values().stream().flatMap(Optional::stream).flatMap(it -> it.groups().stream());
  }

  private static String duration(long millis) {
    return millis < 1_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }
}
