package dev.synod.samples.modes;

import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.CausalToken;
import dev.synod.crdt.GSet;
import dev.synod.crdt.ladder.ConsistencyMode;
import dev.synod.crdt.ladder.LadderOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * A counter and a chat room, each moved from mode to mode. In every mode one node is cut off, both
 * sides write, and the one that is cut off reads, once with a token of what the other side wrote.
 */
final class LadderAct implements Act {

  /** Expected of the counter, below {@link #heading}; the value is what was written and sold. */
  private static final List<List<String>> STOCK =
      List.of(
          List.of("EVENTUAL", "done", "done", "1", "1", "2", "refused"),
          List.of("CAUSAL", "done", "done", "3", "refused", "4", "refused"),
          List.of("BOUNDED", "done", "done", "5", "refused", "6", "done"),
          List.of("LINEARIZABLE", "done", "refused", "refused", "refused", "6", "done"));

  /** Expected of the chat room: how many lines are shown. */
  private static final List<List<String>> ROOM =
      List.of(
          List.of("EVENTUAL", "done", "done", "1", "1", "2"),
          List.of("CAUSAL", "done", "done", "3", "refused", "4"),
          List.of("LINEARIZABLE", "done", "refused", "refused", "refused", "5"));

  private static final int HEALED = 5;

  /** Who is where. */
  private record Sites(String large, String third, String small) {

    static Sites of(String leader) {
      var small = leader.equals("n3") ? "n2" : "n3";
      return new Sites(leader, leader.equals("n1") ? "n2" : "n1", small);
    }
  }

  @Override
  public String title() {
    return "one counter and one chat, moved up the ladder. The same calls, with more promised.";
  }

  @Override
  public void play(Cluster cluster, Notes notes) {
    var ladders = Ladders.start(cluster, List.of(Entities.STOCKS, Entities.ROOMS));
    var sites = Sites.of(ladders.leader());
    notes.tell(
        sites.large() + " leads the ladder's group; in each mode " + sites.small() + " is cut off");
    stock(ladders, sites, cluster, notes);
    room(ladders, sites, cluster, notes);
  }

  /** Whoever writes adds one piece; the third node, which never adds any, sells one. */
  private static void stock(Ladders ladders, Sites sites, Cluster cluster, Notes notes) {
    var stock =
        new Climber<BoundedCounter, Entities.Add>(
            ladders.entity(Entities.STOCKS, "stock/pieces"),
            node -> new Entities.Add(1),
            counter -> Long.toString(counter.value()));
    var heading = heading(sites, "pieces");
    heading.add(sites.third() + " sells one");
    var rows = new ArrayList<List<String>>();
    for (var expected : STOCK) {
      var row = climb(stock, expected, sites, cluster, notes);
      row.add(Climber.text(stock.update(sites.third(), new Entities.Add(-1))));
      rows.add(row);
    }
    compare("the counter, ", heading, STOCK, rows, notes);
  }

  /** Whoever writes says a line. */
  private static void room(Ladders ladders, Sites sites, Cluster cluster, Notes notes) {
    var room =
        new Climber<GSet<Line>, Entities.Say>(
            ladders.entity(Entities.ROOMS, "room/lobby"),
            node -> new Entities.Say(Room.number(node), node, "I am here."),
            lines -> Integer.toString(lines.size()));
    var rows = new ArrayList<List<String>>();
    for (var expected : ROOM) {
      rows.add(climb(room, expected, sites, cluster, notes));
    }
    compare("the chat, ", heading(sites, "lines"), ROOM, rows, notes);
  }

  private static List<String> heading(Sites sites, String what) {
    return new ArrayList<>(
        List.of(
            what,
            sites.large() + " writes",
            sites.small() + " writes",
            sites.small() + " reads",
            "and after " + sites.large() + "'s write",
            "healed, all read"));
  }

  /** Moves it to that mode and cuts the small site off for a while; gives a row of the table. */
  private static List<String> climb(
      Climber<?, ?> climber, List<String> expected, Sites sites, Cluster cluster, Notes notes) {
    var mode = ConsistencyMode.valueOf(expected.get(0));
    if (mode != ConsistencyMode.EVENTUAL) {
      notes.tell(
          "%s moves it to %s: %s"
              .formatted(sites.large(), mode, climber.moveTo(sites.large(), mode)));
    }
    cluster.cutOff(sites.small());
    notes.tell("%s: %s is cut off; both sides write".formatted(mode, sites.small()));
    var written = climber.update(sites.large());
    var token = written instanceof LadderOutcome.Done done ? done.token() : CausalToken.NONE;
    var told = climber.ask(sites.small(), token);
    cluster.links().heal();
    var healed = climber.await(expected.get(HEALED)).stream().distinct().toList();
    return new ArrayList<>(
        List.of(
            mode.name(),
            Climber.text(written),
            told.write(),
            told.read(),
            told.readAfter(),
            String.join(", ", healed)));
  }

  /** Without a majority a write is refused, or nobody can tell: here both count as refused. */
  private static void compare(
      String what,
      List<String> heading,
      List<List<String>> expected,
      List<List<String>> rows,
      Notes notes) {
    var table = new ArrayList<>(List.of(heading));
    table.addAll(rows);
    notes.table(table);
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i).stream().map(it -> it.equals("unknown") ? "refused" : it).toList();
      notes.expect(
          what + row.get(0), expected.get(i).subList(1, row.size()), row.subList(1, row.size()));
    }
  }
}
