package dev.synod.actors.node;

import com.typesafe.config.Config;
import dev.synod.actors.Protocol;
import dev.synod.actors.channel.ChannelSettings;
import dev.synod.actors.channel.Transport;
import dev.synod.actors.client.ClientSettings;
import dev.synod.actors.meters.MetersChoice;
import dev.synod.actors.replica.ApplierSettings;
import dev.synod.actors.settings.Section;
import dev.synod.actors.transfer.TransferSettings;
import dev.synod.actors.watch.WatchSettings;
import dev.synod.actors.wire.EncodedCommand;
import dev.synod.core.SessionLimits;
import dev.synod.log.LogSettings;
import dev.synod.log.MemorySettings;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * All knobs of a node, checked on construction, one section with another: an instance that exists
 * is valid.
 *
 * @param dataDirectory where this node keeps logs and snapshots; no other process may use it. A
 *     node that hosts replicas must name it, unless all of them are kept elsewhere, such as in
 *     memory
 * @param commandBytesMax largest encoded command, in bytes; it must fit into a frame of the
 *     remoting
 * @param meters whether to measure with Micrometer: on, off, or auto, which means if it is on the
 *     class path
 * @param transport what carries messages between nodes: artery, which is Pekko's remoting, or
 *     channel, connections of Synod's own with fewer hand-overs: the remoting helps to find them,
 *     and stands in while there are none. Nodes may differ in it
 */
public record ConsensusSettings(
    String dataDirectory,
    int commandBytesMax,
    MetersChoice meters,
    Transport transport,
    ChannelSettings channel,
    NodeSettings node,
    ClientSettings client,
    SessionLimits sessions,
    ApplierSettings applier,
    TransferSettings transfer,
    WatchSettings watch,
    LogSettings log,
    MemorySettings memory) {

  /** In the log, in bytes: its header, and what a protocol adds. */
  private static final int AROUND_COMMAND =
      EncodedCommand.HEADER_BYTES_MAX + Protocol.ENTRY_ROOM_BYTES;

  public ConsensusSettings {
    new Section("synod").atLeast("command-bytes-max", commandBytesMax, 1);
    Section.require(
        (long) commandBytesMax + AROUND_COMMAND <= log.entryBytesMax(),
        "synod.command-bytes-max (%d) and what is around it, up to %d bytes, must fit into"
            + " synod.log.entry-bytes-max (%d), or no command of that size could be kept",
        commandBytesMax,
        AROUND_COMMAND,
        log.entryBytesMax());
    Section.require(
        client.windowMax() <= sessions.repliesPerSessionMax(),
        "synod.client.window-max (%d) must not be above synod.sessions.replies-per-session-max"
            + " (%d), or replicas refuse commands of a full window",
        client.windowMax(),
        sessions.repliesPerSessionMax());
  }

  /** Reads the section {@code synod} of that actor system. */
  public static ConsensusSettings of(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("synod"));
  }

  /** Reads the section {@code synod}. */
  public static ConsensusSettings from(Config synod) {
    return new ConsensusSettings(
        synod.getString("data-directory"),
        Section.intBytes(synod, "command-bytes-max"),
        MetersChoice.parse(synod.getString("meters")),
        Transport.parse(synod.getString("transport")),
        ChannelSettings.from(synod.getConfig("channel")),
        NodeSettings.from(synod.getConfig("node")),
        ClientSettings.from(synod.getConfig("client")),
        sessions(synod.getConfig("sessions")),
        ApplierSettings.from(synod.getConfig("applier")),
        TransferSettings.from(synod.getConfig("snapshot-transfer")),
        WatchSettings.from(synod.getConfig("watch")),
        log(synod.getConfig("log")),
        new MemorySettings(
            Math.toIntExact(synod.getBytes("log.entry-bytes-max")),
            synod.getBytes("memory.group-bytes-max")));
  }

  private static SessionLimits sessions(Config sessions) {
    return new SessionLimits(
        sessions.getInt("sessions-max"), sessions.getInt("replies-per-session-max"));
  }

  private static LogSettings log(Config log) {
    return new LogSettings(
        Section.intBytes(log, "segment-bytes"),
        Section.intBytes(log, "entry-bytes-max"),
        Section.intBytes(log, "batch-bytes-max"),
        log.getInt("batch-records-max"),
        log.getInt("yields-max"),
        Section.intBytes(log, "copied-bytes-max"),
        log.getBytes("queued-bytes-max"),
        log.getBytes("cache-bytes-max"),
        Section.intBytes(log, "read-bytes"),
        log.getInt("relocated-live-percent-max"),
        log.getInt("relocated-segments-min"),
        Section.intBytes(log, "relocated-bytes-per-pass-max"),
        log.getInt("snapshots-kept"));
  }
}
