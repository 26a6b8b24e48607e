package dev.synod.samples.script;

import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.samples.api.NodeClient;
import dev.synod.samples.chat.Message;
import dev.synod.samples.demo.Demo;
import dev.synod.samples.demo.Leaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Where a script plays: a running demo, and the ledger of what its clients were told. */
public final class Stage {

  /** For nodes to start, find each other and elect, on a machine that is busy with other things. */
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /** A message of unknown outcome may land between the looks at two nodes: then we look again. */
  private static final int LOOKS_MAX = 4;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Demo demo;
  private final Consumer<String> progress;
  private final Ledger ledger = new Ledger();
  private Optional<Long> before = Optional.empty();
  private Optional<Load> load = Optional.empty();

  public Stage(Demo demo, Consumer<String> progress) {
    this.demo = demo;
    this.progress = progress;
  }

  /** Plays the whole script; a {@link ScriptFailure} names the line that failed. */
  public void play(Script script) {
    for (var line : script.lines()) {
      progress.accept("%3d  %s".formatted(line.number(), line.text()));
      try {
        line.step().on(this);
      } catch (ScriptFailure e) {
        throw new ScriptFailure(
            "Line %d (%s): %s".formatted(line.number(), line.text(), e.getMessage()));
      }
    }
    waitLoad();
  }

  void add(long amount) {
    rememberCounter();
    var outcome = demo.runningNodes().once(node -> node.add(amount));
    if (outcome instanceof Outcome.Unknown) {
      ledger.addUnknown(amount);
    }
    okOf(outcome);
    ledger.addAcknowledged(amount);
  }

  void expectCounter(long value) {
    long found = readCounter();
    if (found != value) {
      throw new ScriptFailure("the counter is " + found);
    }
  }

  void say(String author, String text) {
    String id = UUID.randomUUID().toString();
    var outcome = demo.runningNodes().repeatably(node -> node.say(id, author, text));
    if (outcome instanceof Outcome.Unknown) {
      ledger.messageUnknown();
    }
    ledger.messageAcknowledged(okOf(outcome));
  }

  void expectChat(String text) {
    var messages = readRoom();
    if (messages.stream().noneMatch(message -> message.text().equals(text))) {
      throw new ScriptFailure("no such message among the " + messages.size() + " in the room");
    }
  }

  void kill(String node) {
    demo.kill(node);
  }

  void killLeader(String group) {
    var found = new ArrayList<Leaders.Leader>();
    await(
        () -> {
          leader(group).ifPresent(found::add);
          return !found.isEmpty();
        },
        "no leader of " + group);
    demo.kill(found.get(0).node());
  }

  private Optional<Leaders.Leader> leader(String group) {
    return Leaders.of(demo.runningNodes(), group);
  }

  void restart(String node) {
    demo.restart(node);
  }

  void restartKilled() {
    for (var node : demo.nodes().all()) {
      if (!demo.isRunning(node.name())) {
        demo.restart(node.name());
      }
    }
  }

  void waitLeader() {
    await(
        () -> leader("counter").isPresent() && leader("chat").isPresent(),
        "the groups have no leader");
    for (var leader : Leaders.of(Leaders.statuses(demo.runningNodes())).values()) {
      progress.accept(
          "     %s leads %s  (%s)".formatted(leader.node(), leader.group(), leader.since()));
    }
  }

  void waitNodes() {
    await(
        () -> demo.nodes().all().stream().allMatch(NodeClient::isReady), "not all nodes are ready");
  }

  void waitTime(Duration time) {
    demo.waiting().pass(time);
  }

  void startLoad(int clients, Duration time) {
    waitLoad();
    rememberCounter();
    load = Optional.of(Load.start(demo.nodes(), ledger, demo.waiting(), clients, time));
  }

  void waitLoad() {
    load.ifPresent(
        running -> {
          running.join();
          progress.accept("     " + ledger.told());
        });
    load = Optional.empty();
  }

  void verify() {
    waitLoad();
    rememberCounter();
    long after = readCounter();
    var rooms = readRooms();
    for (int look = 1; look < LOOKS_MAX && rooms.values().stream().distinct().count() > 1; look++) {
      demo.waiting().pass(BETWEEN_LOOKS);
      rooms = readRooms();
    }
    var report = Verification.of(ledger.told(), before.orElse(after), after, rooms);
    progress.accept("     " + report.summary());
    if (!report.isGood()) {
      throw new ScriptFailure(String.join(System.lineSeparator() + "  ", report.problems()));
    }
    progress.accept("     nothing acknowledged is lost, nothing is there twice, all nodes agree");
  }

  /** What the counter was before this script first added to it. */
  private void rememberCounter() {
    if (before.isEmpty()) {
      before = Optional.of(readCounter());
    }
  }

  private long readCounter() {
    return okOf(demo.runningNodes().repeatably(node -> node.counter(Read.linearizable())));
  }

  private List<Message> readRoom() {
    return okOf(demo.runningNodes().repeatably(node -> node.messages(0, Read.linearizable())));
  }

  /** What each node holds itself, up to what was newest when the look began. */
  private Map<String, List<Message>> readRooms() {
    var room = readRoom();
    long newest = room.isEmpty() ? 0 : room.get(room.size() - 1).index();
    var rooms = new LinkedHashMap<String, List<Message>>();
    for (var node : demo.runningNodes().all()) {
      rooms.put(node.name(), okOf(node.messages(0, Read.atLeast(newest))));
    }
    return rooms;
  }

  private void await(BooleanSupplier condition, String otherwise) {
    if (!demo.waiting().until(condition, START_MAX)) {
      throw new ScriptFailure(otherwise + " after " + START_MAX.toSeconds() + " s");
    }
  }

  private static <R> R okOf(Outcome<R> outcome) {
    if (outcome instanceof Outcome.Ok<R> ok) {
      return ok.reply();
    }
    if (outcome instanceof Outcome.Rejected<R> rejected) {
      throw new ScriptFailure("rejected: " + rejected.text());
    }
    throw new ScriptFailure("unknown outcome: " + ((Outcome.Unknown<R>) outcome).text());
  }
}
