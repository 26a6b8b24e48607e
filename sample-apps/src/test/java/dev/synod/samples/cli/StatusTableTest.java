package dev.synod.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.samples.api.NodeStatus;
import dev.synod.samples.api.NodeStatus.Detail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of nodes")
class StatusTableTest {

  private final LinkedHashMap<String, Optional<NodeStatus>> nodes = new LinkedHashMap<>();

  @Test
  @DisplayName("has a row for each replica, with its lag and the leader's last contact")
  void rows() {
    put("n1", group("leader", 120, 120, new NodeStatus.Peer("n2", 118, 1_250)));
    put("n2", group("follower", 118, 117));
    nodes.put("n3", Optional.empty());

    assertThat(StatusTable.of(nodes).lines())
        .containsExactly(
            "NODE  GROUP    ROLE             TERM  COMMIT  APPLIED  LAG  LAST CONTACT",
            "n1    counter  leader              2     120      120    0         leads",
            "n2    counter  follower            2     118      117    3         1.3 s",
            "n3    -        does not answer     -       -        -    -             -");
  }

  @Test
  @DisplayName("has the columns of the protocol that replicates the groups")
  void otherProtocol() {
    var details =
        List.of(new Detail("ballot", "3.n1"), new Detail("chosen", "9"), new Detail("gaps", "2"));
    put("n1", group("leader", 9, 8, List.of(), details));
    put("n2", group("starting", 0, 0, List.of(), List.of()));

    assertThat(StatusTable.of(nodes).lines())
        .containsExactly(
            "NODE  GROUP    ROLE      BALLOT  CHOSEN  GAPS  APPLIED  LAG  LAST CONTACT",
            "n1    counter  leader      3.n1       9     2        8    1         leads",
            "n2    counter  starting       -       -     -        0    9             -");
  }

  @Test
  @DisplayName("is followed by what is wrong")
  void trouble() {
    var ill =
        new NodeStatus.Group(
            "counter",
            "stopped",
            2,
            Optional.empty(),
            1,
            1,
            1,
            Optional.of("Disk full."),
            List.of(),
            List.of());
    put("n1", ill);

    assertThat(StatusTable.of(nodes).lines()).endsWith("n1 counter: Disk full.");
  }

  private void put(String name, NodeStatus.Group group) {
    nodes.put(name, Optional.of(new NodeStatus(name, 1, List.of(group))));
  }

  private static NodeStatus.Group group(
      String role, long commit, long applied, NodeStatus.Peer... peers) {
    var details = List.of(new Detail("term", "2"), new Detail("commit", Long.toString(commit)));
    return group(role, commit, applied, List.of(peers), details);
  }

  private static NodeStatus.Group group(
      String role, long commit, long applied, List<NodeStatus.Peer> peers, List<Detail> details) {
    return new NodeStatus.Group(
        "counter",
        role,
        2,
        Optional.of("s1"),
        commit,
        commit,
        applied,
        Optional.empty(),
        peers,
        details);
  }
}
