package dev.synod.samples.modes;

import dev.synod.crdt.BoundedCounter;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Ten tickets, sold by three nodes that ask nobody: each sells what it has rights to, and rights go
 * from one to another while they can reach each other.
 */
final class TicketsAct implements Act {

  private static final Family<BoundedCounter> STOCKS =
      new Family<>("stock/", PlainCodecs.boundedCounter(), BoundedCounter.atLeast(0));
  private static final String TICKETS = "stock/tickets";
  private static final int STOCK = 10;

  @Override
  public String title() {
    return "ten tickets, BOUNDED. Each side of a cut sells what it has rights to; never more.";
  }

  /** What became of attempts to sell one ticket each. */
  private static final class Sales {
    private int sold;
    private int refused;
  }

  @Override
  public void play(Cluster cluster, Notes notes) {
    var replicas = Replicas.start(cluster, "tickets", STOCKS);
    var shown = replicas.show(STOCKS, TICKETS);
    stock(replicas, shown, notes);

    cluster.cutOff("n3");
    notes.tell("n3 is cut off");
    var sales = new LinkedHashMap<String, Sales>();
    sales.put("n1", sell(replicas.at("n1"), 5));
    sales.put("n2", sell(replicas.at("n2"), 2));
    sales.put("n3", sell(replicas.at("n3"), 4));
    sales.forEach((node, told) -> notes.tell("%s sells: %s".formatted(node, text(told))));
    lend(replicas, shown.at("n1"), 4, notes);
    var more = sell(replicas.at("n1"), 1);
    notes.tell("n1 sells: " + text(more));
    shown.at("n1").await(it -> it.value() == 3);
    shown.at("n2").await(it -> it.value() == 3);
    shown.at("n3").await(it -> it.value() == 7);
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "n1", "n2", "n3"));
    var sides = left(shown);
    rows.add(Notes.row("left, as seen while cut off", sides));
    rows.add(Notes.row("of these it may sell", rights(replicas)));

    cluster.links().heal();
    notes.tell("healed");
    shown.await(it -> it.value() == 0);
    rows.add(Notes.row("left, healed", left(shown)));

    notes.table(rows);
    int sold = more.sold + sales.values().stream().mapToInt(it -> it.sold).sum();
    int refused = more.refused + sales.values().stream().mapToInt(it -> it.refused).sum();
    notes.expect("left while n3 was cut off: n1, n2, n3", List.of(3L, 3L, 7L), sides);
    notes.expect("n3 sees 7 left, has sold 3, and is refused the 4th", 1, sales.get("n3").refused);
    notes.expect("tickets sold, of " + STOCK, STOCK, sold);
    notes.expect("sales that were refused", 2, refused);
    notes.expect("left, healed: n1, n2, n3", List.of(0L, 0L, 0L), left(shown));
    notes.expect("the least that any node ever showed", 0L, least(shown));
  }

  /** All tickets begin at n1, with the rights to them; it gives three to each of the others. */
  private static void stock(Replicas replicas, Everywhere<BoundedCounter> shown, Notes notes) {
    var n1 = replicas.at("n1");
    n1.update(STOCKS, TICKETS, (it, me) -> it.increment(me, STOCK));
    for (var other : List.of("n2", "n3")) {
      give(n1, replicas.at(other), 3);
      shown.at(other).await(it -> it.rightsOf(replicas.at(other).id()) == 3);
    }
    notes.tell("n1 has 10 tickets, and gives the rights to 3 to n2, and to 3 to n3");
  }

  /**
   * A right goes from n2 to n1, while n3 can hear of nothing.
   *
   * @param left what n1 sees once all sales have come to it; one right alone says nothing, as it
   *     had one before its own last sale, too
   */
  private static void lend(Replicas replicas, Shown<BoundedCounter> shown, long left, Notes notes) {
    var n1 = replicas.at("n1");
    give(replicas.at("n2"), n1, 1);
    shown.await(it -> it.value() == left && it.rightsOf(n1.id()) == 1);
    notes.tell("n2 gives its last right to n1");
  }

  private static void give(Replica giver, Replica taker, long amount) {
    var to = taker.id();
    giver.update(
        STOCKS, TICKETS, (it, me) -> had(it.transfer(me, to, amount), "no rights to give"));
  }

  private static Sales sell(Replica at, int attempts) {
    var sales = new Sales();
    for (int i = 0; i < attempts; i++) {
      var outcome =
          at.update(STOCKS, TICKETS, (it, me) -> had(it.decrement(me, 1), "no rights are left"));
      if (outcome instanceof UpdateOutcome.Written) {
        sales.sold++;
      } else {
        sales.refused++;
      }
    }
    return sales;
  }

  /** The delta, or the reason why the update is refused. */
  private static BoundedCounter had(Optional<BoundedCounter> delta, String otherwise) {
    return delta.orElseThrow(() -> new IllegalStateException(otherwise));
  }

  private static String text(Sales sales) {
    return "%d sold%s"
        .formatted(
            sales.sold, sales.refused == 0 ? "" : ", %d refused at once".formatted(sales.refused));
  }

  private static List<Long> left(Everywhere<BoundedCounter> shown) {
    return shown.now(BoundedCounter::value);
  }

  private static List<Long> rights(Replicas replicas) {
    return List.of("n1", "n2", "n3").stream()
        .map(replicas::at)
        .map(it -> it.value(STOCKS, TICKETS).rightsOf(it.id()))
        .toList();
  }

  private static long least(Everywhere<BoundedCounter> shown) {
    return shown.ever().mapToLong(BoundedCounter::value).min().orElseThrow();
  }
}
