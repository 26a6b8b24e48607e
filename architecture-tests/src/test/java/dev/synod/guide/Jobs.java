package dev.synod.guide;

import dev.synod.actors.Members;
import dev.synod.core.Bytes;
import dev.synod.core.Outcome;
import dev.synod.paxos.PaxosRegisters;
import dev.synod.paxos.actor.RegisterReply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;

/** Who does which job, kept in registers. */
final class Jobs {

  private final PaxosRegisters registers;

  Jobs(ActorSystem<?> system, Members members) {
    // snippet: start
    PaxosRegisters registers = PaxosRegisters.start(system, "jobs", members);
    // end snippet
    this.registers = registers;
  }

  // snippet: claim
  /** Only the first to ask for a job is told yes. */
  CompletionStage<Boolean> claim(String job, String worker) {
    var mine = Optional.of(Bytes.utf8(worker));
    return registers
        .compareAndSet(job, Optional.empty(), mine)
        .thenCompose(
            outcome ->
                outcome instanceof Outcome.Unknown // it may have been done
                    ? registers.get(job).thenApply(now -> isOk(now, mine::equals))
                    : CompletableFuture.completedStage(isOk(outcome, RegisterReply::changed)));
  }

  // end snippet

  private static <R> boolean isOk(Outcome<R> outcome, Predicate<R> wanted) {
    return outcome instanceof Outcome.Ok<R> ok && wanted.test(ok.reply());
  }
}
