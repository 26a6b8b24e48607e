package dev.synod.paxos.actor;

import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.Finished;
import dev.synod.paxos.rules.Proposer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What a proposer does to one register: a change that runs, and those behind it. */
final class Register {

  final ProposerMessage.Submit current;
  final ArrayDeque<ProposerMessage.Submit> queue;
  private @Nullable Proposer<Content> proposer;

  Register(ProposerMessage.Submit first) {
    this(first, new ArrayDeque<>());
  }

  private Register(ProposerMessage.Submit current, ArrayDeque<ProposerMessage.Submit> queue) {
    this.current = current;
    this.queue = queue;
  }

  /** The same with another change, and the same ones behind it. */
  Register next(ProposerMessage.Submit submit) {
    return new Register(submit, queue);
  }

  String key() {
    return current.key();
  }

  void become(Proposer<Content> next) {
    proposer = next;
  }

  Proposer<Content> proposer() {
    if (proposer == null) {
      throw new IllegalStateException("the change has not begun");
    }
    return proposer;
  }

  boolean isDone() {
    return proposer instanceof Finished;
  }
}
