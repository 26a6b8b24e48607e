package dev.synod.samples.node;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.Backup;
import dev.synod.actors.From;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.core.StateMachine;
import dev.synod.samples.api.NodeStatus;
import dev.synod.samples.chat.Chat;
import dev.synod.samples.counter.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Groups of one replica in memory: the real state machines, with no protocol under them. */
public final class InMemoryGroups {

  public final InMemory<Counter.Command, Long> counter = new InMemory<>("counter", new Counter());
  public final InMemory<Chat.Command, Chat.Reply> chat = new InMemory<>("chat", new Chat());

  public Groups groups() {
    return new Groups(
        counter,
        chat,
        (group, name) ->
            CompletableFuture.completedStage(
                new Backup(new GroupId(group), 7, 100, "/backups/" + name)));
  }

  /** One group; answers can be set to fail. */
  public static final class InMemory<C, R> implements Replicated<C, R> {

    private final String name;
    private final StateMachine<C, R, ?> machine;
    private final List<AppliedCommand<C>> changes = new ArrayList<>();
    private long index;
    private volatile Optional<Outcome<R>> failure = Optional.empty();
    private volatile boolean isLed = true;
    private volatile Runnable beforeWatch = () -> {};

    private InMemory(String name, StateMachine<C, R, ?> machine) {
      this.name = name;
      this.machine = machine;
    }

    /** From now on every command and read has this outcome, and none is taken. */
    public void failWith(Outcome<R> outcome) {
      failure = Optional.of(outcome);
    }

    /** From now on this happens before each watch begins. */
    public void beforeWatch(Runnable action) {
      beforeWatch = action;
    }

    public void loseLeader() {
      isLed = false;
    }

    @Override
    public synchronized CompletionStage<Outcome<R>> propose(C command) {
      if (failure.isPresent()) {
        return CompletableFuture.completedStage(failure.get());
      }
      index++;
      changes.add(new AppliedCommand<>(index, command));
      return CompletableFuture.completedStage(
          new Outcome.Ok<>(machine.apply(command, new At(index)), index));
    }

    @Override
    public synchronized CompletionStage<Outcome<R>> read(C query, Read freshness) {
      return CompletableFuture.completedStage(
          failure.orElseGet(() -> new Outcome.Ok<>(machine.query(query), index)));
    }

    /** Those that there are already; no more will follow, as if this node went away. */
    @Override
    public synchronized Source<AppliedCommand<C>, NotUsed> watch(From from) {
      beforeWatch.run();
      long first = from instanceof From.Index at ? at.index() : index + 1;
      return Source.from(changes.stream().filter(change -> change.index() >= first).toList());
    }

    @Override
    public synchronized CompletionStage<NodeStatus.Group> status() {
      return CompletableFuture.completedStage(
          new NodeStatus.Group(
              name,
              isLed ? "leader" : "candidate",
              3,
              isLed ? Optional.of("s1") : Optional.empty(),
              index,
              index,
              index,
              Optional.empty(),
              List.of(new NodeStatus.Peer("n2", index, 12)),
              List.of(new NodeStatus.Detail("term", "3"))));
    }
  }

  /** A place in a log of one session. */
  public record At(long index) implements StateMachine.Context {
    @Override
    public long session() {
      return 1;
    }
  }
}
