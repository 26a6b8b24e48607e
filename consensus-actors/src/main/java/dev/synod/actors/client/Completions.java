package dev.synod.actors.client;

import dev.synod.actors.meters.ClientMeters;
import dev.synod.core.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The outcomes found while one message was handled. Those for stages are given out together by one
 * task on the dispatcher, since they run callers' code, which must not run in the client's actor.
 */
final class Completions {

  private final Executor dispatcher;
  private final ClientMeters meters;
  private List<Runnable> pending = new ArrayList<>();

  Completions(Executor dispatcher, ClientMeters meters) {
    this.dispatcher = dispatcher;
    this.meters = meters;
  }

  void add(Reply reply, Outcome<Object> outcome) {
    count(outcome);
    if (reply instanceof Reply.ToActor) {
      reply.tell(outcome);
    } else {
      pending.add(() -> reply.tell(outcome));
    }
  }

  void add(Runnable completion) {
    pending.add(completion);
  }

  void flush() {
    if (!pending.isEmpty()) {
      var now = pending;
      pending = new ArrayList<>();
      dispatcher.execute(() -> now.forEach(Runnable::run));
    }
  }

  private void count(Outcome<Object> outcome) {
    if (outcome instanceof Outcome.Rejected<Object> rejected) {
      meters.rejected(rejected.reason());
    } else if (outcome instanceof Outcome.Unknown) {
      meters.unknown();
    } else {
      meters.succeeded();
    }
  }
}
