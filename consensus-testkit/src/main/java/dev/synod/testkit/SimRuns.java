package dev.synod.testkit;

import dev.synod.testkit.cluster.GroupRun;
import dev.synod.testkit.cluster.GroupSettings;
import dev.synod.testkit.cluster.GroupWorld;
import dev.synod.testkit.fault.Profile;
import dev.synod.testkit.fault.Seconds;
import dev.synod.testkit.picture.PictureLimits;
import dev.synod.testkit.picture.Recorder;
import dev.synod.testkit.shrink.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs of one kind: only the seed and the scenario differ.
 *
 * @param varied with settings drawn from the seed, and changed while nodes run
 * @param moving whether administrators move the group among the nodes
 * @param witnesses so many of the last founders keep no state
 * @param observers so many of the last founders do not vote
 * @param timing if it is not the usual one
 */
record SimRuns(
    SimProtocol protocol,
    Profile profile,
    boolean varied,
    boolean moving,
    int witnesses,
    int observers,
    Optional<SimTiming> timing) {

  /** So many found a group that moves. */
  private static final int FOUNDERS = 3;

  GroupRun run(long seed, Scenario scenario) {
    return run(seed, scenario, group -> {});
  }

  /** A run that was looked at. */
  record Recorded(GroupRun run, Recorder recorder) {}

  /** The same run, for a picture of it. */
  Recorded record(long seed, Scenario scenario) {
    var recorders = new ArrayList<Recorder>();
    var lens = protocol.lens();
    var run =
        run(
            seed,
            scenario,
            group -> {
              var recorder = Recorder.of(group.world(), PictureLimits.STANDARD, lens::spoken);
              recorder.watching(group.watch());
              recorder.plays(scenario.schedule(), scenario.length());
              recorders.add(recorder);
            });
    return new Recorded(run, recorders.get(0));
  }

  /** What a shell understands. */
  String command(long seed, Scenario scenario, Path schedule) {
    return String.format(
        Locale.ROOT,
        "./synod sim --protocol %s --seeds 1 --from %d --nodes %d --profile %s --seconds"
            + " %s%s%s%s%s%s --schedule %s",
        protocol.text(),
        seed,
        scenario.nodes(),
        profile.name().toLowerCase(Locale.ROOT),
        Seconds.text(scenario.length()).replace("s", ""),
        varied ? " --vary" : "",
        moving ? " --members" : "",
        witnesses > 0 ? " --witnesses " + witnesses : "",
        observers > 0 ? " --observers " + observers : "",
        timing.map(SimTiming::options).orElse(""),
        schedule);
  }

  private GroupRun run(long seed, Scenario scenario, Consumer<GroupWorld> onlooker) {
    return GroupRun.of(
        seed,
        settings(seed, scenario.nodes()),
        profile,
        scenario.length(),
        scenario.schedule(),
        varied ? onlooker.andThen(protocol.retuning().apply(scenario.length())) : onlooker);
  }

  GroupSettings settings(long seed, int nodes) {
    var usual = varied ? protocol.variety().apply(seed, nodes) : protocol.group(nodes);
    var settings = timing.map(own -> own.on(usual, protocol.settings())).orElse(usual);
    var placed = moving && nodes > FOUNDERS ? settings.foundedBy(FOUNDERS) : settings;
    return placed.witnessedBy(witnesses).observedBy(observers);
  }
}
