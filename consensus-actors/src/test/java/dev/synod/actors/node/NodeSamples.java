package dev.synod.actors.node;

import dev.synod.actors.Members;
import dev.synod.actors.Peers;
import dev.synod.actors.Protocol;
import dev.synod.actors.message.NodeMessage;
import dev.synod.actors.message.NodeMessage.Founded;
import dev.synod.actors.message.NodeMessage.Hello;
import dev.synod.actors.message.ReplicaMessage;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.actors.replica.ReplicaSetup;
import dev.synod.core.Bytes;
import dev.synod.core.GroupId;
import dev.synod.core.Member;
import dev.synod.core.NodeAddress;
import dev.synod.core.SessionLimits;
import dev.synod.core.StoreId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** A group of three on nodes n1 to n3, whose stores are 1 to 3. */
final class NodeSamples {

  static final GroupId GROUP = new GroupId("counter");
  static final Member S1 = member(1);
  static final Member S2 = member(2);
  static final Member S3 = member(3);
  static final Members NAMED = Members.of(S1.node(), S2.node(), S3.node());
  static final SessionLimits SESSIONS = new SessionLimits(5, 6);
  static final Origin ORIGIN = new Origin("fake", Bytes.EMPTY);
  static final Founded FOUNDED = found(GROUP, List.of(S1, S2, S3), SESSIONS, ORIGIN);

  private NodeSamples() {}

  /** Founded by these, none of them a witness. */
  static Founded found(GroupId group, List<Member> members, SessionLimits sessions, Origin origin) {
    var named = new Members(members.stream().map(Member::node).toList());
    return Founders.found(group, members, named, sessions, origin);
  }

  static Member member(long number) {
    return new Member(
        StoreId.of(number), new NodeAddress("n" + number, "pekko://t@n" + number + ":1"));
  }

  static Hello hello(
      Member from,
      ActorRef<ReplicaMessage> replica,
      Optional<Founded> founded,
      Optional<ActorRef<NodeMessage>> answerTo) {
    return new Hello(GROUP, from, replica, founded, Optional.empty(), answerTo);
  }

  /** A protocol called {@code fake}. */
  record FakeProtocol(Function<ReplicaSetup, Behavior<ReplicaMessage>> behavior)
      implements Protocol {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public Behavior<ReplicaMessage> replica(ReplicaSetup setup) {
      return behavior.apply(setup);
    }
  }

  /** Nodes are looked up in the map; messages arrive at once. */
  record DirectPeers(Map<String, ActorRef<NodeMessage>> nodes) implements Peers {
    @Override
    public ActorRef<NodeMessage> node(String address) {
      return nodes.get(address);
    }

    @Override
    public <M> void tell(ActorRef<? super M> to, M message) {
      to.tell(message);
    }
  }

  /** Of a replica on S1 that leads and lacks nothing. */
  static ReplicaStatus wellOf(GroupId group) {
    var leader = Optional.of(S1.store());
    Optional<String> well = Optional.empty();
    return new ReplicaStatus(
        group, S1, "leader", 1, leader, 1, 1, 1, 0, well, List.of(), List.of());
  }
}
