package dev.synod.samples.demo;

import dev.synod.samples.api.NodeClient;
import dev.synod.samples.api.Nodes;
import dev.synod.samples.node.DemoProtocol;
import dev.synod.samples.node.NodeSettings.Place;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;

/**
 * What {@code demo.json} says: how to find the demo of a folder.
 *
 * @param pid of the process that runs the demo; 0 after it ended
 * @param startedMillis when that process started, since 1970: another one may get its pid later
 * @param control where that process takes orders to kill and restart nodes
 * @param token to be shown with an order; only the owner of the file can read it
 * @param protocol of its groups; empty in files that were written when there was Raft only
 */
public record DemoFile(
    long pid,
    long startedMillis,
    URI control,
    String token,
    Optional<DemoProtocol> protocol,
    List<Place> nodes) {

  public DemoFile {
    nodes = List.copyOf(nodes);
  }

  /** Whether the process that wrote this still runs. */
  public boolean runs() {
    return pid > 0
        && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .filter(process -> startOf(process) == startedMillis)
            .isPresent();
  }

  /** The same demo after its end: its nodes keep their ports, which their groups know them by. */
  DemoFile ended() {
    return new DemoFile(0, 0, control, "", protocol, nodes);
  }

  /** When the process started, in milliseconds since 1970; 0 where the system does not tell. */
  static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }

  /** Clients of all nodes. */
  public Nodes clients(HttpClient http) {
    return new Nodes(
        nodes.stream().map(place -> new NodeClient(http, place.name(), place.url())).toList());
  }
}
