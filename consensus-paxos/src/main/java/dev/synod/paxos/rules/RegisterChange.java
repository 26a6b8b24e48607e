package dev.synod.paxos.rules;

import java.util.Optional;

/**
 * What is done to a register (Rystsov 2018, §2.2): the next value is computed by the proposer from
 * the one of the highest vote that it finds, and proposed under its own ballot. The register's
 * value is that of the highest accepted ballot: nothing is ever reset.
 */
public sealed interface RegisterChange extends Change<Content> {

  /**
   * A read. It changes nothing, but is proposed and accepted as any change: only so does it know
   * that what it found is chosen, and only so do later reads find it.
   */
  record Get() implements RegisterChange {
    @Override
    public Choice<Content> on(Optional<Content> present) {
      return new Choice<>(present.orElse(Content.NOTHING), false);
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }
  }

  /** A write. To propose it in two ballots could undo what others wrote in between. */
  record Set(Content next) implements RegisterChange {
    @Override
    public Choice<Content> on(Optional<Content> present) {
      return new Choice<>(next, true);
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }
  }

  /**
   * A write if the register holds what is expected; else a read. In two ballots it could fail by
   * its own doing, or write twice.
   */
  record CompareAndSet(Content expected, Content next) implements RegisterChange {
    @Override
    public Choice<Content> on(Optional<Content> present) {
      var value = present.orElse(Content.NOTHING);
      return value.equals(expected) ? new Choice<>(next, true) : new Choice<>(value, false);
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }
  }
}
