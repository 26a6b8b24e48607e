package dev.synod.actors.meters;

import dev.synod.core.Outcome;

/** What the clients of one group on this node see. */
public interface ClientMeters {

  /** Measures nothing. */
  ClientMeters NONE = new NoMeters.NoClientMeters();

  /** A command was chosen and its reply is here. */
  void succeeded();

  /** A command or read was rejected. */
  void rejected(Outcome.Reason reason);

  /** What became of a command can't be told. */
  void unknown();

  /** An attempt was made again, for want of an answer or of a leader. */
  void retried(int requests);

  /** That many proposals went out in one message. */
  void batched(int proposals);
}
