package dev.synod.crdt.rules;

import static dev.synod.crdt.rules.ReplicationTest.SETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.crdt.clock.ReplicaId;
import dev.synod.crdt.protocol.ReplicationMessage;
import dev.synod.crdt.protocol.ReplicationMessage.Deltas;
import dev.synod.crdt.registry.Registry;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Members of a registry that tell each other of changes")
class MemberDeliveryTest {

  private static final ReplicaId A = new ReplicaId(1);
  private static final ReplicaId B = new ReplicaId(2);
  private static final ReplicaId C = new ReplicaId(3);
  private static final String KEY = "set/k";
  private static final Limits LIMITS = new Limits(100, 100, 64, 10_000, 4, 100);

  private Registry registry = Registry.EMPTY.enrol("a", 1).enrol("b", 2).enrol("c", 3);
  private final Map<ReplicaId, Replication> replicas = new TreeMap<>();

  private record Packet(ReplicaId to, ReplicationMessage message) {}

  private final ArrayDeque<Packet> inFlight = new ArrayDeque<>();

  private Replication at(ReplicaId id) {
    var replica = replicas.get(id);
    assertThat(replica).isNotNull();
    return replica;
  }

  private void begin(ReplicaId id, ReplicaId... others) {
    var replica = Replication.of(id, List.of(others), List.of(SETS), LIMITS);
    replicas.put(id, replica.at(registry.standing()));
  }

  private void take(Step step) {
    replicas.put(step.after().self(), step.after());
    for (var effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        inFlight.add(new Packet(send.to(), send.message()));
      }
    }
  }

  private void deliver() {
    for (var packet = inFlight.poll(); packet != null; packet = inFlight.poll()) {
      if (replicas.containsKey(packet.to())) {
        take(at(packet.to()).receive(packet.message()));
      }
    }
  }

  private void add(ReplicaId by, String element) {
    take(at(by).update(SETS, KEY, it -> it.add(by, element)));
  }

  private boolean isShown(ReplicaId at, String element) {
    return at(at).value(SETS, KEY).elements().contains(element);
  }

  private void reportAll() {
    for (var id : List.copyOf(replicas.keySet())) {
      registry = registry.report(id, registry.number(), at(id).merged());
    }
    replicas.replaceAll((id, replica) -> replica.at(registry.standing()));
  }

  @Test
  @DisplayName("merge no removal without what it removes, if only a lost replica had told of that")
  void aheadOfLost() {
    begin(A, B, C);
    begin(B, A, C);
    begin(C, A, B);
    add(A, "e");
    take(at(A).flush());
    deliver();
    add(A, "f");
    var late = at(A).changesAfter(1);
    take(at(C).fetch(1, KEY, List.of(A))); // the value comes, and not what it follows
    deliver();
    assertThat(isShown(C, "f")).isTrue();
    take(at(C).update(SETS, KEY, it -> it.remove(C, "f")));

    replicas.remove(A);
    replicas.replaceAll((id, replica) -> replica.left(A));
    registry = registry.evict("a");
    reportAll();
    assertThat(registry.standing().changesOf(A)).hasValue(1);
    take(at(C).flush());
    assertThat(inFlight.stream().map(Packet::message)).hasAtLeastOneElementOfType(Deltas.class);
    deliver();
    assertThat(at(B).merged().get(C)).isZero();

    take(at(B).resend(other -> false)); // looks for it
    deliver();
    assertThat(at(B).merged().get(C)).isEqualTo(1);
    reportAll();
    var x = new ReplicaId(4);
    registry = registry.enrol("a", 4);
    begin(x, B, C);
    replicas.replaceAll((id, replica) -> id.equals(x) ? replica : replica.joined(x));
    late.forEach(change -> take(change.on(at(x))));
    take(at(x).flush());
    deliver();
    assertThat(at(B).merged().get(x)).isEqualTo(1);
    assertThat(isShown(B, "f")).isFalse();
    assertThat(isShown(C, "f")).isFalse();
  }
}
