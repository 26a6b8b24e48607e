package dev.synod.actors.node;

import dev.synod.actors.Change;
import dev.synod.actors.GroupAdmin;
import dev.synod.core.Configuration;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.StoreId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Gets a replica that came back without its memory into its group again, as an administrator would:
 * one change adds the new store and removes those that were at this address before. The group
 * decides, by the members that remember, so it does no harm if one of the others still lives.
 *
 * <p>It ends when the group's leader counts the replica among the members and no change is under
 * way, or when the place was given up: then only an administrator lets it in.
 */
final class Readmission extends AbstractBehavior<Readmission.Task> {

  static final String NAME = "readmission";

  private final GroupId group;
  private final GroupAdmin admin;
  private final Member self;
  private final TimerScheduler<Task> timers;
  private final Duration pauseMax;
  private Duration pause;

  private Readmission(
      ActorContext<Task> context,
      TimerScheduler<Task> timers,
      GroupId group,
      GroupAdmin admin,
      Member self,
      NodeSettings settings) {
    super(context);
    this.group = group;
    this.admin = admin;
    this.self = self;
    this.timers = timers;
    this.pause = settings.helloInterval();
    this.pauseMax = settings.helloIntervalMax();
  }

  /** What it tells itself. */
  sealed interface Task {

    /** Time to look who belongs to the group. */
    enum Look implements Task {
      INSTANCE
    }

    /** The leader says so. */
    record Known(Configuration configuration) implements Task {}

    /** No answer, or a refusal. */
    record Failed(String why) implements Task {}
  }

  static Behavior<Task> create(
      GroupId group, GroupAdmin admin, Member self, NodeSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Readmission(context, timers, group, admin, self, settings).begin()));
  }

  /**
   * The change that gives that member the place of those who were at its address; empty if it is a
   * member, or nobody was there.
   */
  static Optional<Change> placeOf(Member self, Configuration known) {
    var before =
        known.members().stream()
            .filter(member -> member.node().address().equals(self.node().address()))
            .map(Member::store)
            .toList();
    if (before.isEmpty() || before.contains(self.store())) {
      return Optional.empty();
    }
    var change = inPlaceOf(before, self, known);
    for (StoreId store : before) {
      change = change.and(Change.remove(store));
    }
    return Optional.of(change);
  }

  private static Change inPlaceOf(List<StoreId> before, Member self, Configuration known) {
    if (before.stream().anyMatch(known::isWitness)) {
      return Change.addWitness(self);
    }
    return isToVote(before, known) ? Change.add(self) : Change.addLearner(self);
  }

  private static boolean isToVote(List<StoreId> before, Configuration known) {
    var wanted = known.goal().orElse(known.membership());
    return before.stream().anyMatch(store -> known.isVoter(store) || wanted.isVoter(store));
  }

  @Override
  public Receive<Task> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Task.Look.INSTANCE, this::begin)
        .onMessage(Task.Known.class, known -> onKnown(known.configuration()))
        .onMessage(Task.Failed.class, this::onFailed)
        .build();
  }

  private Behavior<Task> begin() {
    ask(admin.configuration());
    return this;
  }

  private Behavior<Task> onKnown(Configuration known) {
    boolean isMember = known.member(self.store()).isPresent();
    var place = placeOf(self, known);
    if (place.isPresent()) {
      ask(admin.change(known.version(), place.get()));
      return this;
    } else if (known.isChanging()) {
      return later();
    } else if (isMember) {
      getContext().getLog().info("group {}: let in again as {}", group, self);
    } else {
      getContext()
          .getLog()
          .warn("group {}: {} has no place left; an administrator can add it", group, self);
    }
    return Behaviors.stopped();
  }

  private Behavior<Task> onFailed(Task.Failed failed) {
    getContext().getLog().info("group {}: not let in again yet: {}", group, failed.why());
    return later();
  }

  private Behavior<Task> later() {
    timers.startSingleTimer(Task.Look.INSTANCE, pause);
    var doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(pauseMax) < 0 ? doubled : pauseMax;
    return this;
  }

  private void ask(CompletionStage<Configuration> answer) {
    getContext()
        .pipeToSelf(
            answer,
            (configuration, failure) ->
                failure == null
                    ? new Task.Known(configuration)
                    : new Task.Failed(String.valueOf(failure.getMessage())));
  }
}
