package dev.synod.actors.node;

import com.typesafe.config.Config;
import dev.synod.actors.Protocol;
import dev.synod.actors.client.ClientSettings;
import dev.synod.actors.settings.Section;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration that a node goes by, as it was changed since its start, and the protocols that
 * must agree to a change. Safe for use by many threads.
 */
final class RunningSettings {

  private final Set<Protocol> protocols = new LinkedHashSet<>();
  private Config system;
  private ConsensusSettings settings;

  RunningSettings(Config system, ConsensusSettings settings) {
    this.system = system;
    this.settings = settings;
  }

  /**
   * Whether that protocol can run here.
   *
   * @throws IllegalArgumentException if one of its settings is wrong, as they are now
   */
  synchronized void check(Protocol protocol) {
    protocol.check(system);
  }

  /** Groups of that protocol run here. */
  synchronized void runs(Protocol protocol) {
    protocols.add(protocol);
  }

  /** As they are now. */
  synchronized ConsensusSettings settings() {
    return settings;
  }

  /**
   * The whole configuration with these changes.
   *
   * @throws IllegalArgumentException if one can't be changed at run time, or does not go with the
   *     others; nothing is changed then
   */
  synchronized Config change(Config changes) {
    refuseOthers(changes);
    var changed = changes.withFallback(system);
    var checked = ConsensusSettings.from(changed.getConfig("synod"));
    FrameCheck.check(checked, changed);
    protocols.forEach(protocol -> protocol.check(changed));
    system = changed;
    settings = checked;
    return changed;
  }

  private void refuseOthers(Config changes) {
    var changeable = new TreeSet<String>();
    ClientSettings.CHANGEABLE.forEach(name -> changeable.add("synod.client." + name));
    NodeSettings.CHANGEABLE.forEach(name -> changeable.add(NodeSettings.PATH + "." + name));
    protocols.forEach(protocol -> changeable.addAll(protocol.changeable()));
    for (var change : changes.entrySet()) {
      Section.require(
          changeable.contains(change.getKey()),
          "%s can't be changed while the node runs; these can: %s",
          change.getKey(),
          changeable);
    }
  }
}
