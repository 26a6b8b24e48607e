package dev.synod.testkit.cluster;

import com.typesafe.config.Config;
import dev.synod.core.Bytes;
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
