package dev.synod.samples.modes;

import dev.synod.actors.Group;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.crdt.PnCounter;
import dev.synod.crdt.actor.UpdateOutcome;
import dev.synod.crdt.rules.Family;
import dev.synod.crdt.wire.PlainCodecs;
import dev.synod.raft.Raft;
import dev.synod.samples.counter.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One counter by consensus and one by merging, on two sites that can't reach each other: the choice
 * between an error and an answer that is not the last word (Gilbert, Lynch: "Brewer's conjecture
 * and the feasibility of consistent, available, partition-tolerant web services", 2002).
 */
final class CapAct implements Act {

  private static final Family<PnCounter> COUNTERS =
      new Family<>("counter/", PlainCodecs.pnCounter(), PnCounter.ZERO);
  private static final String VISITS = "counter/visits";

  @Override
  public String title() {
    return "a counter by consensus and one by merging, on two sites that are cut apart.";
  }

  @Override
  public void play(Cluster cluster, Notes notes) {
    var group = Hosted.start(cluster, Group.of("cap-counter", Counter::new).using(Raft.protocol()));
    var replicas = Replicas.start(cluster, "cap", COUNTERS);
    var shown = replicas.show(COUNTERS, VISITS);
    var leader = group.leader();
    var small = leader.equals("n3") ? "n2" : "n3";
    notes.tell("the large site has two nodes, " + leader + " among them, which leads the group;");
    notes.tell("the small site is " + small);
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "by consensus", "by merging"));

    cluster.cutOff(small);
    notes.tell("the sites are cut apart");
    var largeAsks = group.propose(leader, new Counter.Add(5));
    var smallAsks = group.propose(small, new Counter.Add(3));
    var smallReads = group.query(small, new Counter.Get(), Read.linearizable());
    var largeAdds = add(replicas.at(leader), 5);
    var smallAdds = add(replicas.at(small), 3);
    shown.at(small).await(it -> it.value() == 3);
    shown.at(leader).await(it -> it.value() == 5);
    notes.tell("the large site adds 5, the small one adds 3 and reads …");
    rows.add(List.of("large site adds 5", answer(largeAsks), largeAdds));
    rows.add(List.of("small site adds 3", answer(smallAsks), smallAdds));
    rows.add(List.of("small site reads", answer(smallReads), "done: " + last(shown.at(small))));

    cluster.links().heal();
    notes.tell("healed");
    shown.await(counter -> counter.value() == 8);
    long agreed = group.read(small, new Counter.Get());
    rows.add(
        List.of("healed, small site reads", "done: " + agreed, "done: " + last(shown.at(small))));

    notes.table(rows);
    notes.expect("consensus, large site", "done", Hosted.kind(largeAsks.join()));
    notes.expect("consensus, small site adds", "refused", Hosted.kind(smallAsks.join()));
    notes.expect("consensus, small site reads", "refused", Hosted.kind(smallReads.join()));
    notes.expect("merging, both sites add", List.of("done", "done"), List.of(largeAdds, smallAdds));
    notes.expect("healed, by consensus: only what was acknowledged", 5L, agreed);
    notes.expect(
        "healed, by merging: all, at each node", List.of(8L, 8L, 8L), shown.now(PnCounter::value));
  }

  private static String add(Replica at, long amount) {
    var outcome = at.update(COUNTERS, VISITS, (it, me) -> it.add(me, amount));
    return outcome instanceof UpdateOutcome.Written ? "done" : outcome.toString();
  }

  private static long last(Shown<PnCounter> shown) {
    return shown.last().value();
  }

  private static String answer(CompletableFuture<Outcome<Long>> asked) {
    var outcome = asked.join();
    return outcome instanceof Outcome.Ok<Long> ok ? "done: " + ok.reply() : Hosted.kind(outcome);
  }
}
