package dev.synod.architecture;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compiled code that breaks the rules about code. */
final class CodePlants {

  private CodePlants() {}

  static List<Plant> all() {
    return Stream.of(purity(), inside(), arrows(), calls(), lasting())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Plant> purity() {
    return List.of(
        Plant.code(
            "pure-rules",
            "a rule that writes a file",
            "dev.synod.raft.rules.Follower",
            "class Follower { java.io.File file = new java.io.File(\"vote\"); }"),
        Plant.code(
            "pure-rules",
            "a message that knows an actor",
            "dev.synod.raft.protocol.Vote",
            "record Vote(org.apache.pekko.actor.typed.ActorRef<String> from) {}"),
        Plant.code(
            "pure-rules",
            "a word of the vocabulary that starts a thread",
            "dev.synod.core.Clock",
            "class Clock { Thread thread = new Thread(); }"),
        Plant.code(
            "pure-rules",
            "a rule that knows the hour",
            "dev.synod.raft.rules.Lease",
            "record Lease(java.time.Instant until) {}"),
        Plant.code(
            "pure-rules-no-time",
            "a rule that reads the clock by a method reference",
            "dev.synod.zab.rules.Election",
            "class Election { java.util.function.LongSupplier now = System::nanoTime; }"),
        Plant.code(
            "pure-rules-no-chance",
            "a rule that throws dice",
            "dev.synod.raft.rules.Candidate",
            "class Candidate { int timeout(java.util.Random random) { return random.nextInt(); }"
                + " }"),
        Plant.code(
            "no-unseeded-chance",
            "an identity that nothing can replay",
            "dev.synod.log.Identity",
            "class Identity { Object id = java.util.UUID.randomUUID(); }"),
        Plant.code(
            "jdk-only",
            "a log that needs Pekko",
            "dev.synod.log.Writer",
            "class Writer { org.apache.pekko.actor.ActorSystem system; }"));
  }

  private static List<Plant> inside() {
    return List.of(
        Plant.code(
            "no-terms-in-actors",
            "an actor that decides by terms",
            "dev.synod.raft.actor.Shell",
            """
            import dev.synod.core.Term;

            class Shell {
              boolean isOld(Term a, Term b) {
                return a.isAfter(b);
              }
            }
            """),
        Plant.code(
            "known-package",
            "a module that nobody drew",
            "dev.synod.etcetera.Thing",
            "class Thing {}"),
        Plant.code(
            "protocol-sees-no-rules",
            "a message that decides",
            "dev.synod.raft.protocol.Heartbeat",
            "class Heartbeat { dev.synod.raft.rules.Answer answer; }",
            "dev.synod.raft.rules.Answer",
            "public class Answer {}"),
        Plant.code(
            "rules-see-no-actors",
            "a rule that knows its shell",
            "dev.synod.raft.rules.Leader",
            "class Leader { dev.synod.raft.actor.Runner runner; }",
            "dev.synod.raft.actor.Runner",
            "public class Runner {}"),
        new Plant(
            "no-cycles",
            "two packages that see each other, and a third that sees one",
            Map.of(
                "planted/src/main/java/dev/synod/raft/left/Left.java",
                "package dev.synod.raft.left; public class Left { dev.synod.raft.right.Right a; }",
                "planted/src/main/java/dev/synod/raft/right/Right.java",
                "package dev.synod.raft.right; public class Right { dev.synod.raft.left.Left a; }",
                "planted/src/main/java/dev/synod/raft/top/Top.java",
                "package dev.synod.raft.top; public class Top { dev.synod.raft.left.Left a; }"),
            "dev.synod.raft.left <-> dev.synod.raft.right"));
  }

  private static List<Plant> calls() {
    return List.of(
        Plant.code(
            "no-sleep",
            "a poll",
            "dev.synod.actors.Poll",
            "class Poll { void wait1() throws Exception { Thread.sleep(1); } }"),
        Plant.code(
            "no-clock",
            "a wall clock",
            "dev.synod.actors.Stamp",
            "class Stamp { java.time.Instant at = java.time.Instant.now(); }"),
        Plant.code(
            "no-shuffled-copy",
            "an order that no other process has",
            "dev.synod.actors.All",
            """
            class All {
              void stop(java.util.Map<String, Runnable> all) {
                java.util.Map.copyOf(all).values().forEach(Runnable::run);
              }
            }
            """),
        Plant.code(
            "no-default-executor",
            "a stage on the common pool",
            "dev.synod.actors.Later",
            """
            import java.util.concurrent.CompletableFuture;

            class Later {
              CompletableFuture<String> named =
                  CompletableFuture.supplyAsync(() -> "", Runnable::run);
              CompletableFuture<String> unnamed = named.thenApplyAsync(it -> it);
            }
            """));
  }

  private static List<Plant> lasting() {
    return List.of(
        Plant.code(
            "no-java-serialization",
            "a stream of objects",
            "dev.synod.actors.Stream",
            """
            class Stream {
              Object open(java.io.OutputStream out) throws java.io.IOException {
                return new java.io.ObjectOutputStream(out);
              }
            }
            """),
        Plant.code(
            "no-serializable",
            "a message for Java serialization",
            "dev.synod.actors.Ping",
            "record Ping(int number) implements java.io.Serializable {}"),
        Plant.code(
            "no-unbounded-queue",
            "a mailbox without an end",
            "dev.synod.actors.Mailbox",
            "class Mailbox { Object queue = new java.util.concurrent.LinkedBlockingQueue<String>();"
                + " }"),
        Plant.code(
            "no-console",
            "a library that talks",
            "dev.synod.log.Talk",
            "class Talk { void say() { System.err.println(); } }"),
        Plant.code(
            "no-empty-names", "a manager", "dev.synod.raft.VoteManager", "class VoteManager {}"));
  }

  /** For each module, a class that sees one which it may not. */
  private static List<Plant> arrows() {
    return Stream.of(
            List.of("core", "log"),
            List.of("log", "actors"),
            List.of("actors", "raft"),
            List.of("persistence", "raft"),
            List.of("raft", "paxos"),
            List.of("paxos", "zab"),
            List.of("zab", "raft"),
            List.of("crdt", "raft"),
            List.of("ddata", "raft"),
            List.of("sharding", "samples"),
            List.of("testkit", "samples"),
            List.of("samples", "benchmarks"),
            List.of("benchmarks", "samples"))
        .map(arrow -> arrow(arrow.get(0), arrow.get(1)))
        .toList();
  }

  private static Plant arrow(String from, String to) {
    return Plant.code(
        "arrows-" + from,
        from + " sees " + to,
        "dev.synod." + from + ".From",
        "class From { dev.synod." + to + ".To to; }",
        "dev.synod." + to + ".To",
        "public class To {}");
  }
}
