package dev.synod.paxos;

import static org.apache.pekko.actor.typed.DispatcherSelector.defaultDispatcher;

import dev.synod.actors.Consensus;
import dev.synod.actors.Group;
import dev.synod.actors.Members;
import dev.synod.core.Bytes;
import dev.synod.core.Outcome;
import dev.synod.paxos.actor.ProposerMessage;
import dev.synod.paxos.actor.ProposerMessage.Submit;
import dev.synod.paxos.actor.RegisterReply;
import dev.synod.paxos.rules.Content;
import dev.synod.paxos.rules.RegisterChange;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * Registers by key, replicated without a leader and without a log of commands: each is a decision
 * of Paxos whose value goes on from the one before (Rystsov, "CASPaxos: Replicated State Machines
 * without logs", 2018). Any node changes any register with two round trips to a quorum; no election
 * comes between when a node is lost. All that is done to one register is linearizable; nothing is
 * promised across registers.
 *
 * <p>Prefer a {@link Group} where many clients write to the same few keys: two proposers that
 * change one register at a time get in each other's way, and only pauses part them.
 *
 * <pre>{@code
 * var registers = PaxosRegisters.start(system, "settings", members);
 * registers.set("color", Bytes.utf8("red"));
 * }</pre>
 *
 * <p>All members start the registers alike; they serve as soon as a majority has, for the first
 * time ever as soon as all have. Members stay what they are: a node that lost its disk can't take
 * part again. Safe for use by many threads.
 *
 * <p>Every stage ends with an {@link Outcome} within {@code synod.client.ask-timeout}, or twice
 * that before the members have met, and never fails. An {@link Outcome.Unknown} means for a write
 * that it may have been done, or may yet be. A read of the register at the same node that follows,
 * and ends with {@link Outcome.Ok}, ends that: what it does not see will not come any more. Whether
 * it came and was overwritten since, only the value can tell.
 */
public final class PaxosRegisters {

  private final ProposerSeat seat;
  private final ActorSystem<?> system;
  private final Duration patience;
  private final Executor executor;

  private PaxosRegisters(ProposerSeat seat, ActorSystem<?> system) {
    this.seat = seat;
    this.system = system;
    this.patience = system.settings().config().getDuration("synod.client.ask-timeout");
    this.executor = system.dispatchers().lookup(defaultDispatcher());
  }

  /**
   * Starts this node's replica; majorities decide.
   *
   * @param name of the group of registers, as {@link dev.synod.core.GroupId} checks it
   * @throws IllegalArgumentException as {@link Consensus#start} says
   * @throws IllegalStateException as {@link Consensus#start} says
   */
  public static PaxosRegisters start(ActorSystem<?> system, String name, Members members) {
    return start(system, name, QuorumSystem.majorities(), members);
  }

  /**
   * As {@link #start(ActorSystem, String, Members)}, with other quorums; all members name the same.
   */
  public static PaxosRegisters start(
      ActorSystem<?> system, String name, QuorumSystem quorums, Members members) {
    Consumer<Group<?, ?, ?>> host = group -> Consensus.get(system).start(group);
    return start(host, system, name, quorums, members);
  }

  /**
   * The same on a node that is not the one of the actor system.
   *
   * @param host starts the replica, for instance by {@code node::start}
   */
  public static PaxosRegisters start(
      Consumer<Group<?, ?, ?>> host,
      ActorSystem<?> system,
      String name,
      QuorumSystem quorums,
      Members members) {
    var protocol = new RegisterProtocol(quorums);
    host.accept(Group.of(name, NoCommands::new).using(protocol).on(members));
    return new PaxosRegisters(protocol.seat(), system);
  }

  /** What the register holds; empty if nothing. Takes a full round, as a write does. */
  public CompletionStage<Outcome<Optional<Bytes>>> get(String key) {
    return submit(key, new RegisterChange.Get()).thenApply(PaxosRegisters::content);
  }

  /**
   * Makes the register hold that. {@code Rejected} with {@code INVALID} if the key is empty or too
   * long, or the value larger than {@code synod.paxos.value-bytes-max}.
   */
  public CompletionStage<Outcome<RegisterReply>> set(String key, Bytes value) {
    Objects.requireNonNull(value, "a register's value; clear(key) leaves nothing");
    return submit(key, new RegisterChange.Set(Content.of(value)));
  }

  /** Makes the register hold nothing. */
  public CompletionStage<Outcome<RegisterReply>> clear(String key) {
    return submit(key, new RegisterChange.Set(Content.NOTHING));
  }

  /**
   * Makes the register hold the next content if it holds the expected one; either may be nothing.
   * The reply says whether it did, and what the register holds now.
   */
  public CompletionStage<Outcome<RegisterReply>> compareAndSet(
      String key, Optional<Bytes> expected, Optional<Bytes> next) {
    Objects.requireNonNull(expected, "what is expected");
    Objects.requireNonNull(next, "what comes next");
    return submit(key, new RegisterChange.CompareAndSet(new Content(expected), new Content(next)));
  }

  private CompletionStage<Outcome<RegisterReply>> submit(String key, RegisterChange change) {
    Objects.requireNonNull(key, "a register's key");
    return seat.within(patience, system)
        .thenComposeAsync(
            found ->
                found
                    .proposer()
                    .map(proposer -> ask(proposer, key, change))
                    .orElseGet(() -> nobody(found.reason())),
            executor);
  }

  private CompletionStage<Outcome<RegisterReply>> ask(
      ActorRef<ProposerMessage> to, String key, RegisterChange change) {
    return AskPattern.<ProposerMessage, Outcome<RegisterReply>>ask(
            to, replyTo -> new Submit(key, change, patience, replyTo), patience, system.scheduler())
        .handleAsync(
            (outcome, failure) ->
                failure == null
                    ? outcome
                    : new Outcome.Unknown<>("no outcome within synod.client.ask-timeout"),
            executor);
  }

  private static CompletionStage<Outcome<RegisterReply>> nobody(String why) {
    return CompletableFuture.completedStage(new Outcome.Rejected<>(Outcome.Reason.NOT_HOSTED, why));
  }

  private static Outcome<Optional<Bytes>> content(Outcome<RegisterReply> outcome) {
    if (outcome instanceof Outcome.Ok<RegisterReply> ok) {
      return new Outcome.Ok<>(ok.reply().content().bytes(), ok.index());
    }
    return outcome instanceof Outcome.Rejected<RegisterReply> rejected
        ? new Outcome.Rejected<>(rejected.reason(), rejected.text())
        : new Outcome.Unknown<>(((Outcome.Unknown<RegisterReply>) outcome).text());
  }
}
