package dev.synod.paxos.actor;

import dev.synod.log.GroupLog;
import dev.synod.log.LogFailure;
import org.apache.pekko.actor.typed.ActorRef;

/** Keeps the rounds of one proposer in a log of their own. */
final class RoundsLog implements RoundsKeeper {

  private final GroupLog log;

  RoundsLog(GroupLog log) {
    this.log = log;
  }

  @Override
  public long reserved(ActorRef<ProposerMessage> proposer) {
    listen(proposer);
    return log.saved().map(RoundsFormat::decode).orElse(0L);
  }

  @Override
  public long reserve(long upTo, ActorRef<ProposerMessage> proposer) {
    return log.save(RoundsFormat.encode(upTo));
  }

  private void listen(ActorRef<ProposerMessage> proposer) {
    log.listener(
        new GroupLog.Listener() {
          @Override
          public void durable(long ticket) {
            proposer.tell(new ProposerMessage.Durable(ticket));
          }

          @Override
          public void failed(LogFailure failure) {
            proposer.tell(new ProposerMessage.LogFailed(failure));
          }
        });
  }
}
