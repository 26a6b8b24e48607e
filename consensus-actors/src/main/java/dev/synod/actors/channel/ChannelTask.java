package dev.synod.actors.channel;

import org.apache.pekko.actor.Address;

/** What a node tells its own {@link Introducer}. */
interface ChannelTask {

  /** Someone sends to that node for the first time. */
  record Wanted(Address address) implements ChannelTask {}

  /** No answer came, or a connection could not be made: time to ask again. */
  record AskAgain(Address address) implements ChannelTask {}

  /** A connection is there. */
  record Opened(Address address) implements ChannelTask {}

  /** There is no connection any more, or none came about. */
  record Closed(Address address, String why) implements ChannelTask {}
}
