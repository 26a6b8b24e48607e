package dev.synod.samples.node;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.actors.GroupRef;
import dev.synod.actors.LocalNode;
import dev.synod.actors.message.ReplicaStatus;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.core.StoreId;
import dev.synod.samples.api.NodeStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** A group with a replica on this node. */
final class HostedGroup<C, R> implements Replicated<C, R> {

  private final GroupRef<C, R> group;
  private final LocalNode node;

  HostedGroup(GroupRef<C, R> group, LocalNode node) {
    this.group = group;
    this.node = node;
  }

  @Override
  public CompletionStage<Outcome<R>> propose(C command) {
    return group.propose(command);
  }

  @Override
  public CompletionStage<Outcome<R>> read(C query, Read freshness) {
    return group.query(query, freshness);
  }

  @Override
  public Source<AppliedCommand<C>, NotUsed> watch(From from) {
    return group.watch(from);
  }

  @Override
  public CompletionStage<NodeStatus.Group> status() {
    return node.status(group.id())
        .thenApply(status -> status.map(HostedGroup::described).orElseGet(this::absent));
  }

  private static NodeStatus.Group described(ReplicaStatus status) {
    return new NodeStatus.Group(
        status.group().name(),
        status.role(),
        status.term(),
        status.leader().map(StoreId::toString),
        status.lastIndex(),
        status.commitIndex(),
        status.appliedIndex(),
        status.trouble(),
        status.peers().stream().map(HostedGroup::described).toList(),
        status.details().stream()
            .map(detail -> new NodeStatus.Detail(detail.label(), detail.value()))
            .toList());
  }

  private static NodeStatus.Peer described(ReplicaStatus.Peer peer) {
    return new NodeStatus.Peer(
        peer.member().node().name(), peer.matchIndex(), peer.lastContactMillis());
  }

  private NodeStatus.Group absent() {
    return new NodeStatus.Group(
        group.id().name(),
        "absent",
        0,
        Optional.empty(),
        0,
        0,
        0,
        Optional.of("No replica runs here; the node's log says why."),
        List.of(),
        List.of());
  }
}
