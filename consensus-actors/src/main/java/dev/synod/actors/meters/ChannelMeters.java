package dev.synod.actors.meters;

/** What this node's channels to others do, if it has any. */
public interface ChannelMeters {

  /** Measures nothing. */
  ChannelMeters NONE = new NoMeters.NoChannelMeters();

  /** Messages to one more node go by a channel. */
  void opened();

  /** They do no longer. */
  void closed();

  /** A message was dropped, as too much waits for that channel. */
  void dropped();
}
