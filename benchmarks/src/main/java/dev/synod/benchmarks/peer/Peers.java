package dev.synod.benchmarks.peer;

import dev.synod.actors.Storage;
import dev.synod.paxos.Paxos;
import dev.synod.raft.Raft;
import dev.synod.zab.Zab;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All systems that can be measured. */
public final class Peers {

  private static final List<Peer> ALL =
      List.of(
          new SynodGroups("synod-raft", Raft.protocol(), Map.of(), Storage.DISK),
          new SynodGroups(
              "synod-raft-artery",
              Raft.protocol(),
              Map.of("synod.transport", "artery"),
              Storage.DISK),
          new SynodGroups("synod-raft-memory", Raft.protocol(), Map.of(), Storage.MEMORY),
          new SynodGroups("synod-paxos", Paxos.protocol(), Map.of(), Storage.DISK),
          new SynodGroups("synod-paxos-memory", Paxos.protocol(), Map.of(), Storage.MEMORY),
          new SynodGroups("synod-zab", Zab.protocol(), Map.of(), Storage.DISK),
          new SynodGroups("synod-zab-memory", Zab.protocol(), Map.of(), Storage.MEMORY),
          new JRaft(),
          new Ratis(),
          new Zookeeper(),
          new Etcd(),
          new Microraft());

  private Peers() {}

  public static List<String> names() {
    return ALL.stream().map(Peer::name).toList();
  }

  /** The system of that name. */
  public static Peer named(String name) {
    return ALL.stream()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no system is called %s; there are %s"
                        .formatted(name, names().stream().collect(Collectors.joining(", ")))));
  }
}
