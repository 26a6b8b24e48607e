package dev.synod.samples.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.synod.actors.Protocol;
import dev.synod.paxos.Paxos;
import dev.synod.raft.Raft;
import dev.synod.zab.Zab;
import java.util.Locale;

/** What replicates the demo's groups. Its nodes keep what it has written on their disks. */
public enum DemoProtocol {
  @JsonProperty("raft")
  RAFT,
  @JsonProperty("paxos")
  PAXOS,
  @JsonProperty("zab")
  ZAB;

  /** A new one, for one group. */
  Protocol protocol() {
    return switch (this) {
      case RAFT -> Raft.protocol();
      case PAXOS -> Paxos.protocol();
      case ZAB -> Zab.protocol();
    };
  }

  /** As a command line names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
