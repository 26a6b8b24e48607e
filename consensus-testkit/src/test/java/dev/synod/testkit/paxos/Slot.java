package dev.synod.testkit.paxos;

import dev.synod.paxos.protocol.PaxosMessage;
import dev.synod.paxos.rules.Acceptor;
import dev.synod.paxos.rules.Effect;
import dev.synod.paxos.rules.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An acceptor with its disk.
 *
 * @param durable as it would be after a crash
 * @param pending what it wrote since, in order, each with what waits for it
 */
record Slot(Acceptor<String> durable, List<Pending> pending) {

  /** A write on its way to the disk. */
  record Pending(Written<String> written, List<PaxosMessage<String>> waiting) {}

  /**
   * What an acceptor did.
   *
   * @param said what it says now and can be heard from now on
   */
  record Done(Slot after, List<PaxosMessage<String>> said) {}

  Acceptor<String> acceptor() {
    var acceptor = durable;
    for (var write : pending) {
      acceptor = acceptor.recovered(write.written());
    }
    return acceptor;
  }

  /** It hears a request. */
  Done hear(PaxosMessage.ToAcceptor<String> request) {
    var step = acceptor().receive(request);
    var writes = new ArrayList<>(pending);
    var said = new ArrayList<PaxosMessage<String>>();
    for (Effect<String> effect : step.effects()) {
      if (effect instanceof Effect.Write<String> write) {
        writes.add(new Pending(write.written(), List.of()));
      } else if (effect instanceof Effect.WhenDurable<String> gated && !writes.isEmpty()) {
        messageOf(gated.effect()).ifPresent(message -> waitsForLast(writes, message));
      } else if (effect instanceof Effect.WhenDurable<String> gated) {
        messageOf(gated.effect()).ifPresent(said::add);
      } else {
        messageOf(effect).ifPresent(said::add);
      }
    }
    return new Done(new Slot(durable, List.copyOf(writes)), said);
  }

  /** Its oldest write has become durable. */
  Done written() {
    var first = pending.get(0);
    var after = new Slot(durable.recovered(first.written()), pending.subList(1, pending.size()));
    return new Done(after, first.waiting());
  }

  /** It comes back with what was durable. */
  Slot restarted() {
    return new Slot(durable, List.of());
  }

  private static void waitsForLast(List<Pending> writes, PaxosMessage<String> message) {
    var last = writes.remove(writes.size() - 1);
    var waiting = new ArrayList<>(last.waiting());
    if (!waiting.contains(message)) {
      waiting.add(message);
    }
    writes.add(new Pending(last.written(), List.copyOf(waiting)));
  }

  /** Refusals are the explorer's affair. */
  private static Optional<PaxosMessage<String>> messageOf(Effect<String> effect) {
    return effect instanceof Effect.Answer<String> answer
            && !(answer.message() instanceof PaxosMessage.Nack)
        ? Optional.of(answer.message())
        : Optional.empty();
  }
}
