package dev.synod.actors.replica;

import dev.synod.actors.message.ReplicaMessage;
import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import org.apache.pekko.actor.typed.ActorRef;

/** From the log's writer thread into the replica's mailbox. */
public record LogReports(ActorRef<ReplicaMessage> replica) implements GroupLog.Listener {

  @Override
  public void durable(long ticket) {
    replica.tell(new ReplicaMessage.Durable(ticket));
  }

  @Override
  public void failed(LogFailure failure) {
    replica.tell(new ReplicaMessage.LogFailed(failure));
  }
}
