package dev.synod.actors.channel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.Address;
import org.jspecify.annotations.Nullable;

/**
 * The ways to other nodes: made for whoever sends there first, and forgotten if nobody does while
 * there is no connection. Safe for use by many threads.
 */
final class Links {

  private final Map<Address, Link> links = new ConcurrentHashMap<>();
  private final Supplier<Link> make;
  private final Consumer<Address> wanted;

  /**
   * None yet.
   *
   * @param make one without a connection
   * @param wanted hears of each new one, once it can be found: it may be connected at once
   */
  Links(Supplier<Link> make, Consumer<Address> wanted) {
    this.make = make;
    this.wanted = wanted;
  }

  /** The one to that node. */
  Link to(Address address) {
    var known = links.get(address);
    if (known != null) {
      return known;
    }
    var made = make.get();
    var before = links.putIfAbsent(address, made);
    if (before != null) {
      return before;
    }
    wanted.accept(address);
    return made;
  }

  /** The one to that node, if anybody sends there. */
  @Nullable Link find(Address address) {
    return links.get(address);
  }

  /**
   * Whether anybody missed a connection to that node since this was asked before; else the way is
   * forgotten. Not to be asked while there is one.
   */
  boolean isStillWanted(Address address) {
    var link = links.get(address);
    if (link != null && !link.takeWanted()) {
      links.remove(address);
      return false;
    }
    return link != null;
  }
}
