package dev.synod.samples.modes;

import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import java.util.ArrayList;
import java.util.List;

/** A counter that each node changes whenever it is asked to, cut off or not. */
final class CounterAct implements Act {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final String VISITS = "counter/visits";

  @Override
  public String title() {
    return "a counter, EVENTUAL. Each side of a cut takes changes; healed, all have all of them.";
  }

  @Override
  public void play(Cluster cluster, Notes notes) {
    var replicas = Replicas.start(cluster, "counter", COUNTERS);
    var shown = replicas.show(COUNTERS, VISITS);
    notes.tell("n1, n2 and n3 have met; the counter is 0");
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "n1", "n2", "n3"));

    cluster.cutOff("n3");
    notes.tell("n3 is cut off");
    int written = add(replicas, "n1", 5) + add(replicas, "n2", 2);
    written += add(replicas, "n3", 10) + add(replicas, "n3", -4);
    notes.tell("n1 adds 5 and n2 adds 2; n3 adds 10 and subtracts 4");
    shown.at("n1").await(it -> it.value() == 7);
    shown.at("n2").await(it -> it.value() == 7);
    shown.at("n3").await(it -> it.value() == 6);
    var sides = shown.now(PnCounter::value);
    rows.add(Notes.row("cut off", sides));

    cluster.links().heal();
    notes.tell("healed");
    shown.await(it -> it.value() == 13);
    notes.tell("all have heard of all");
    rows.add(Notes.row("healed", shown.now(PnCounter::value)));

    notes.table(rows);
    notes.expect("changes that were taken, of 4, two of them on either side", 4, written);
    notes.expect("while n3 was cut off: n1, n2, n3", List.of(7L, 7L, 6L), sides);
    notes.expect("healed: n1, n2, n3", List.of(13L, 13L, 13L), shown.now(PnCounter::value));
  }

  private static int add(Replicas replicas, String node, long amount) {
    var outcome = replicas.at(node).update(COUNTERS, VISITS, (it, me) -> it.add(me, amount));
    return outcome instanceof UpdateOutcome.Written ? 1 : 0;
  }
}
