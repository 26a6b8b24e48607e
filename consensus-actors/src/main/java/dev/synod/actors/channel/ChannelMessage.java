package dev.synod.actors.channel;

import dev.synod.actors.message.WireMessage;
import dev.synod.actors.settings.Section;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/** How nodes tell each other, over Pekko's remoting, where their channels are. */
public sealed interface ChannelMessage extends WireMessage, ChannelTask {

  /** "Where can your channel be reached?" */
  record Where(ActorRef<ChannelMessage> replyTo) implements ChannelMessage {}

  /**
   * "Here."
   *
   * @param address of the actor system that answers
   * @param port on the same host
   * @param secret which a connection has to begin with, so that only those get in who are let into
   *     the remoting
   */
  record At(String address, int port, UUID secret) implements ChannelMessage {
    public At {
      Section.require(
          port > 0 && port <= ChannelSettings.PORT_MAX, "a channel is at no port %d", port);
    }
  }
}
