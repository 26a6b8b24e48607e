package dev.synod.testkit.cluster;

import com.typesafe.config.Config;
import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.StoreId;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Invariant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a protocol's own messages and records are to be read by the invariants. */
public interface Lens {

  /** What the protocol keeps beside its log, as far as invariants know it. */
  record HardState(long epoch, Optional<StoreId> vote) {

    /** Before anything was kept. */
    public static final HardState NONE = new HardState(0, Optional.empty());
  }

  /** Reads what a replica saved beside its log. */
  HardState hardState(Bytes saved);

  /**
   * What a message promises, if anything.
   *
   * @param node the sender's
   * @param to the receiver's
   */
  Optional<Change> promiseOf(String node, String to, Object message);

  /**
   * What an entry of a log that is not in order means once it is durable.
   *
   * @param node whose log it is
   * @param isNew false if it was found there after a start
   */
  default List<Change> kept(String node, Entry record, boolean isNew) {
    return List.of();
  }

  /** What the hard state beside such a log means once it is durable. */
  default List<Change> kept(String node, Bytes saved) {
    return List.of();
  }

  /** What the hard state means that was found beside such a log. */
  default List<Change> found(String node, Bytes saved) {
    return List.of();
  }

  /** Whether that is the protocol's own message, which may be doubled and overtaken. */
  boolean isProtocol(Object message);

  /** The message without what it is wrapped into for the way: what a person wants to read. */
  default Object spoken(Object message) {
    return message;
  }

  /**
   * How much may wait in each of a replica's queues, by the name of the setting that bounds it.
   *
   * @param config of the actor system
   */
  Map<String, Long> bounds(Config config);

  /** The role's name of a replica that leads, as its meters say it. */
  String leading();

  /** What must hold of the protocol. */
  default List<Invariant> invariants() {
    return Invariant.all();
  }

  /** Whether a replica's log holds what is committed, in that order. */
  default boolean isLogInOrder() {
    return true;
  }
}
