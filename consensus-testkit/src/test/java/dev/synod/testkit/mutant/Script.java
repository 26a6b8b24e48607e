package dev.synod.testkit.mutant;

import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.invariant.ReplicaView;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.world.LinkQuality;
import dev.synod.testkit.world.Links;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A course of events that storms come upon too rarely: told by hand, with times from the seed. */
abstract class Script {

  private static final int ROUNDS = 4;
  private static final Duration LONGEST = Duration.ofSeconds(3);

  final GroupWorld group;
  final Draw draw;

  Script(long seed, GroupSettings settings) {
    this.group = new GroupWorld(seed, settings);
    this.draw = Draw.of(seed, "script");
  }

  /** A part of another script. */
  Script(GroupWorld group, Draw draw) {
    this.group = group;
    this.draw = draw;
  }

  /** Once through the course; all may hear each other before. */
  abstract void round();

  /** What was broken in some rounds. */
  final Optional<Violation> run(LinkQuality quality) {
    group.world().network().quality(quality);
    for (int i = 0; i < ROUNDS && group.violation().isEmpty(); i++) {
      group.world().network().links().mendAll();
      round();
    }
    return group.violation();
  }

  /** Machines hear each other only within a side, such as {@code n1 | n2,n3}. */
  final void parted(String sides) {
    var links = group.world().network().links();
    links.mendAll();
    links.part(Links.sides(sides, group.world().names()));
  }

  final void until(BooleanSupplier condition) {
    group
        .world()
        .engine()
        .runUntil(() -> group.watch().isBroken() || condition.getAsBoolean(), LONGEST);
  }

  final void runFor(long millis) {
    group.runFor(Duration.ofMillis(millis));
  }

  final boolean leads(String node) {
    return group.watch().replica(node).leads();
  }

  /** A leader of all, that has led for a while. */
  final String leader() {
    until(() -> leading().isPresent());
    runFor(200);
    return leading().orElse("n1");
  }

  final List<String> othersThan(String node) {
    return group.world().names().stream().filter(name -> !name.equals(node)).toList();
  }

  private Optional<String> leading() {
    return group.watch().replicas().stream()
        .filter(ReplicaView::leads)
        .map(ReplicaView::node)
        .findFirst();
  }
}
