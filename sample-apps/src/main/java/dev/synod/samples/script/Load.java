package dev.synod.samples.script;

import dev.synod.core.Outcome;
import dev.synod.samples.api.MachineTime;
import dev.synod.samples.api.Nodes;
import dev.synod.samples.chat.Message;
import dev.synod.samples.demo.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that write at once, each through a node of its own, and note what they are told. */
final class Load {

  static final int CLIENTS_MAX = 16;

  /** Of one load: leaves most of a room's messages to be found again. */
  private static final int MESSAGES_MAX = 400;

  /** Every so many writes is a message, the others are adds. */
  private static final int MESSAGE_EVERY = 8;

  /** Between two writes of a client: the nodes have the same few cores. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Nodes nodes;
  private final Ledger ledger;
  private final Waiting waiting;
  private final long deadlineNanos;
  private final AtomicInteger messages = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

  private Load(Nodes nodes, Ledger ledger, Waiting waiting, Duration time) {
    this.nodes = nodes;
    this.ledger = ledger;
    this.waiting = waiting;
    deadlineNanos = MachineTime.nanos() + time.toNanos();
  }

  static Load start(Nodes nodes, Ledger ledger, Waiting waiting, int clients, Duration time) {
    var load = new Load(nodes, ledger, waiting, time);
    for (int i = 0; i < clients; i++) {
      int client = i;
      var thread = new Thread(() -> load.write(client), "load-" + client);
      thread.setDaemon(true);
      load.threads.add(thread);
    }
    load.threads.forEach(Thread::start);
    return load;
  }

  /** Waits until all clients are done. */
  void join() {
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScriptFailure("interrupted");
    }
  }

  private void write(int client) {
    var mine = nodes.startingAt(client);
    for (int i = 1; MachineTime.nanos() - deadlineNanos < 0 && !waiting.isEnded(); i++) {
      if (i % MESSAGE_EVERY == 0 && messages.incrementAndGet() <= MESSAGES_MAX) {
        say(mine, "load-" + client, "message " + i + " of client " + client);
      } else {
        add(mine, 1 + i % 5);
      }
      waiting.pass(PAUSE);
    }
  }

  private void add(Nodes mine, long amount) {
    Outcome<Long> outcome = mine.once(node -> node.add(amount));
    if (outcome instanceof Outcome.Ok) {
      ledger.addAcknowledged(amount);
    } else if (outcome instanceof Outcome.Unknown) {
      ledger.addUnknown(amount);
    } else {
      ledger.rejected();
    }
  }

  private void say(Nodes mine, String author, String text) {
    String id = UUID.randomUUID().toString();
    Outcome<Message> outcome = mine.repeatably(node -> node.say(id, author, text));
    if (outcome instanceof Outcome.Ok<Message> ok) {
      ledger.messageAcknowledged(ok.reply());
    } else if (outcome instanceof Outcome.Unknown) {
      ledger.messageUnknown();
    } else {
      ledger.rejected();
    }
  }
}
