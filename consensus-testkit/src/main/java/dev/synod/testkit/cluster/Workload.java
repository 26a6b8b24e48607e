package dev.synod.testkit.cluster;

import dev.synod.actors.GroupRef;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.testkit.engine.Draw;
import dev.synod.testkit.engine.Engine;
import dev.synod.testkit.fault.Nemesis;
import dev.synod.testkit.history.Call;
import dev.synod.testkit.history.Event;
import dev.synod.testkit.history.History;
import dev.synod.testkit.history.HistoryRecorder;
import dev.synod.testkit.history.model.RegisterModel;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Watch;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Clients that write and read through the group's references on running machines, at random times.
 * The watch sees what they are told, and a history keeps it.
 */
final class Workload {

  private static final String OWN_ANSWERS = "answers are those to what was asked";

  private final Engine engine;
  private final Draw draw;
  private final Watch watch;
  private final Map<String, GroupRef<String, String>> refs;
  private final Duration gapMean;
  private final Calls calls;
  private final Freshnesses freshnesses;
  private final HistoryRecorder recorder;
  private final Clients clients;
  private final Map<Event.Invoke, String> names = new HashMap<>();
  private final Tally tally = new Tally();
  private long requests;
  private final Acknowledged acknowledged = new Acknowledged();
  private boolean isStopped;

  Workload(
      Engine engine, Watch watch, Map<String, GroupRef<String, String>> refs, Duration gapMean) {
    this.engine = engine;
    this.draw = engine.chance("workload");
    this.watch = watch;
    this.refs = refs;
    this.gapMean = gapMean;
    this.calls = new Calls(engine.chance("calls"));
    this.freshnesses = new Freshnesses(engine.chance("freshness"));
    this.recorder = new HistoryRecorder(engine::nanoTime);
    this.clients = new Clients(recorder);
  }

  void start() {
    engine.after(nextGap(), this::ask);
  }

  void stop() {
    isStopped = true;
  }

  Tally tally() {
    return tally;
  }

  /** All that was asked and told so far. */
  History history() {
    return recorder.history();
  }

  /** The name of the command that is so recorded; empty for a read. */
  Optional<String> nameOf(Event.Invoke invocation) {
    return Optional.ofNullable(names.get(invocation));
  }

  /** Whether all that was asked has its outcome. */
  boolean isAnswered() {
    return clients.areIdle();
  }

  /** The power of that machine went, with all clients on it. */
  void gone(String node) {
    clients.gone(node);
  }

  private Duration nextGap() {
    return Duration.ofNanos((long) (-gapMean.toNanos() * StrictMath.log(1 - draw.nextDouble())));
  }

  private void ask() {
    if (isStopped) {
      return;
    }
    var nodes = refs.keySet().stream().sorted().toList();
    if (!nodes.isEmpty()) {
      var node = nodes.get((int) draw.nextLong(nodes.size()));
      var name = newName(node);
      send(node, new Request(name, calls.next(name)));
    }
    engine.after(nextGap(), this::ask);
  }

  /** Asks for a change. */
  void write(String node) {
    var name = newName(node);
    send(node, new Request(name, calls.write(name)));
  }

  /** Reads every key. */
  void readAll(String node) {
    Calls.KEYS.forEach(key -> send(node, new Request(newName(node), Calls.read(key))));
  }

  /** A name that is unique, and says where it was asked. */
  private String newName(String node) {
    return node + "-" + ++requests;
  }

  private void send(String node, Request request) {
    var ref = refs.get(node);
    if (ref == null) {
      return;
    }
    if (RegisterModel.isRead(request.call())) {
      read(ref, clients.ask(node, request.call()), request);
    } else {
      propose(ref, clients.ask(node, request.call()), request);
    }
  }

  private void propose(GroupRef<String, String> ref, Clients.Client client, Request request) {
    tally.asked++;
    names.put(client.pending().invocation(), request.name());
    watch.see(new Change.Asked(client.node(), request.name()));
    ref.propose(request.toText())
        .thenAccept(outcome -> answered(client, request, outcome))
        .exceptionally(why -> strange(client, why));
  }

  /** What can't be understood as an answer to that question is the answer to another one. */
  private @Nullable Void strange(Clients.Client client, Throwable why) {
    watch.broken(OWN_ANSWERS, "%s was told something else: %s".formatted(client.node(), why));
    return null;
  }

  private void answered(Clients.Client client, Request request, Outcome<String> outcome) {
    if (client.pending().ended()) {
      return;
    }
    client.pending().end(outcome);
    if (outcome instanceof Outcome.Ok<String> ok) {
      tally.done++;
      acknowledged.at(engine.nanoTime(), ok.index());
      client.learns(ok.index());
      calls.answered(request.call(), ok.reply());
      watch.see(new Change.Acknowledged(client.node(), request.name(), ok.index()));
    } else if (outcome instanceof Outcome.Rejected<String>) {
      tally.rejected++;
      watch.see(new Change.Refused(client.node(), request.name()));
    } else {
      tally.unknown++;
      watch.see(new Change.Undecided(client.node(), request.name()));
    }
    clients.answered(client);
  }

  private void read(GroupRef<String, String> ref, Clients.Client client, Request request) {
    tally.readsAsked++;
    var freshness = freshnesses.of(request.call().key(), client.knows());
    long mustSee = mustSee(freshness);
    ref.read(request.toText(), freshness)
        .<@Nullable Void>handle(
            (reply, failure) -> {
              answered(client, request.call(), freshness, mustSee, reply, failure);
              return null;
            })
        .exceptionally(why -> strange(client, why));
  }

  private long mustSee(Read freshness) {
    if (freshness instanceof Read.AtLeast atLeast) {
      return atLeast.index();
    } else if (freshness instanceof Read.Bounded bounded) {
      long lag = (long) (bounded.lag().toNanos() / Nemesis.SLOWEST_CLOCK);
      return acknowledged.asOf(engine.nanoTime() - lag);
    }
    return acknowledged.newest();
  }

  private void answered(
      Clients.Client client,
      Call call,
      Read freshness,
      long mustSee,
      @Nullable String reply,
      @Nullable Throwable failure) {
    if (client.pending().ended()) {
      return;
    }
    if (reply == null) {
      client.pending().rejected(String.valueOf(failure));
    } else {
      tally.readsDone++;
      int space = reply.indexOf(' ');
      long saw = Long.parseLong(reply.substring(0, space));
      var value = reply.substring(space + 1);
      client.pending().ok(value);
      client.learns(saw);
      calls.answered(call, value);
      acknowledged.at(engine.nanoTime(), saw);
      watch.see(
          freshness instanceof Read.Bounded
              ? new Change.BoundedRead(client.node(), mustSee, saw)
              : new Change.Read(client.node(), mustSee, saw));
    }
    clients.answered(client);
  }
}
