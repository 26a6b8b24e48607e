package dev.synod.testkit.cluster;

import dev.synod.testkit.fault.Nemesis;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.Schedule;
import dev.synod.testkit.history.History;
import dev.synod.testkit.invariant.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One seed: the safety phase with its faults, then the liveness phase without.
 *
 * @param trace all that happened, in one number
 * @param faults that began, by kind
 * @param administration what became of the changes of members
 * @param history what the clients asked and were told
 * @param undecided which checks of the history gave up, and at which bound; such a run has not
 *     passed
 */
public record GroupRun(
    long seed,
    Optional<Violation> violation,
    Schedule schedule,
    long steps,
    Duration virtualTime,
    long trace,
    Map<String, Integer> faults,
    Tally tally,
    Administrators.Tally administration,
    History history,
    List<String> undecided) {

  /** Runs the faults that the profile draws from the seed. */
  public static GroupRun of(long seed, GroupSettings settings, Profile profile, Duration length) {
    return of(seed, settings, profile, length, schedule(seed, settings, profile, length));
  }

  /** The faults that the profile draws from the seed, as far as such a group may have them. */
  public static Schedule schedule(
      long seed, GroupSettings settings, Profile profile, Duration length) {
    if (settings.witnesses() > 0) {
      return Nemesis.keepingData(profile, settings.nodes(), length, seed);
    }
    return settings.hasAdministrators()
        ? Nemesis.keepingDisks(profile, settings.nodes(), length, seed)
        : Nemesis.schedule(
            profile, settings.nodes(), settings.nodes() - settings.observers(), length, seed);
  }

  /** Runs these faults. */
  public static GroupRun of(
      long seed, GroupSettings settings, Profile profile, Duration length, Schedule schedule) {
    return of(seed, settings, profile, length, schedule, group -> {});
  }

  /** Runs these faults, after the group was shown to somebody who will look on. */
  public static GroupRun of(
      long seed,
      GroupSettings settings,
      Profile profile,
      Duration length,
      Schedule schedule,
      Consumer<GroupWorld> onlooker) {
    var group = new GroupWorld(seed, settings);
    onlooker.accept(group);
    var playing = group.storm(schedule, profile.quality(), length);
    if (group.violation().isEmpty()) {
      group.heal(playing);
      group.recover();
    }
    var history = group.history();
    var undecided =
        group.violation().isEmpty()
            ? HistoryCheck.check(history, group.watch(), group.orderOfCommands())
            : List.<String>of();
    var engine = group.world().engine();
    return new GroupRun(
        seed,
        group.violation(),
        schedule,
        engine.steps(),
        Duration.ofNanos(engine.nanoTime()),
        engine.trace().hash(),
        playing.begun(),
        group.tally(),
        group.administration(),
        history,
        undecided);
  }
}
