package dev.synod.actors.watch;

import dev.synod.actors.message.WatchMessage.Changed;
import dev.synod.actors.message.WatchMessage.ToHub;
import java.util.List;

/** What the applier tells its hub. Never crosses to another node. */
public sealed interface HubTask extends ToHub {

  /**
   * From here on you hear of everything.
   *
   * @param floor nothing is known of the entries up to there
   * @param applied index of the last entry applied
   */
  record Following(long floor, long applied) implements HubTask {}

  /** All that was changed in {@code (after, upTo]}, which was applied just now. */
  record Advanced(long after, long upTo, List<Changed> changes) implements HubTask {}

  /**
   * A snapshot took the place of all up to that index.
   *
   * @param floor nothing is known of the entries up to there
   */
  record Jumped(long floor, long index) implements HubTask {}

  /** Looked back: all that was changed in {@code (after, upTo]}, which has at least one entry. */
  record Found(long after, long upTo, List<Changed> changes) implements HubTask {}

  /** Looked back in vain: the first index from which on all is known is this. */
  record Missing(long after, long first) implements HubTask {}

  /** The replica serves no watches any more. */
  record Close(String why) implements HubTask {}
}
