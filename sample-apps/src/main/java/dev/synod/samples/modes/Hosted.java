package dev.synod.samples.modes;

import dev.synod.actors.Group;
import dev.synod.actors.GroupRef;
import dev.synod.core.GroupId;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.samples.demo.DemoException;
import dev.synod.samples.demo.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A consensus group with a replica at each node of the cluster, as somebody at one of the nodes
 * sees it.
 *
 * @param <C> commands and queries
 * @param <R> replies
 */
final class Hosted<C, R> {

  /** For a group to be founded and elect, on a machine that is busy with other things. */
  private static final Duration LEADER_MAX = Duration.ofSeconds(30);

  private static final int TRIES_MAX = 10;

  private final Cluster cluster;
  private final GroupId id;
  private final Map<String, GroupRef<C, R>> refs = new LinkedHashMap<>();

  private Hosted(Cluster cluster, GroupId id) {
    this.cluster = cluster;
    this.id = id;
  }

  /** Starts it on all nodes, in memory. */
  static <C, R> Hosted<C, R> start(Cluster cluster, Group.Homeless<C, R, ?> group) {
    var made = new Hosted<C, R>(cluster, group.id());
    var described = group.inMemory().on(cluster.members());
    for (var node : cluster.names()) {
      made.refs.put(node, cluster.consensus(node).start(described));
    }
    return made;
  }

  /** The node that leads, once there is one. */
  String leader() {
    var leads = new ArrayList<String>();
    if (!new Waiting().until(() -> whoLeads().map(leads::add).orElse(false), LEADER_MAX)) {
      throw new DemoException("%s has no leader after %d s.".formatted(id, LEADER_MAX.toSeconds()));
    }
    return leads.get(0);
  }

  private Optional<String> whoLeads() {
    return cluster.names().stream().filter(this::leads).findFirst();
  }

  private boolean leads(String node) {
    return cluster
        .consensus(node)
        .status(id)
        .toCompletableFuture()
        .join()
        .filter(status -> status.role().equals("leader"))
        .isPresent();
  }

  /** Proposes it at that node, once. */
  CompletableFuture<Outcome<R>> propose(String node, C command) {
    return at(node).propose(command).toCompletableFuture();
  }

  /** Reads at that node, once. */
  CompletableFuture<Outcome<R>> query(String node, C query, Read freshness) {
    return at(node).query(query, freshness).toCompletableFuture();
  }

  /** Proposes it at that node until it is not rejected any more; gives the reply. */
  R ask(String node, C command) {
    return repeated(() -> at(node).propose(command));
  }

  /** What all that is acknowledged comes to, read at that node. */
  R read(String node, C query) {
    return repeated(() -> at(node).query(query, Read.linearizable()));
  }

  private R repeated(Supplier<CompletionStage<Outcome<R>>> call) {
    Outcome<R> outcome = call.get().toCompletableFuture().join();
    for (int i = 1; i < TRIES_MAX && outcome instanceof Outcome.Rejected; i++) {
      outcome = call.get().toCompletableFuture().join();
    }
    if (outcome instanceof Outcome.Ok<R> ok) {
      return ok.reply();
    }
    throw new DemoException("%s does not answer: %s".formatted(id, outcome));
  }

  GroupRef<C, R> at(String node) {
    var ref = refs.get(node);
    if (ref == null) {
      throw new IllegalArgumentException("no replica is at " + node);
    }
    return ref;
  }

  /** In one word whether it was done. */
  static String kind(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Ok) {
      return "done";
    }
    return outcome instanceof Outcome.Rejected ? "refused" : "unknown";
  }

  /** What the caller is told. */
  static String text(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Rejected<?> rejected) {
      return "refused: " + rejected.text();
    }
    return outcome instanceof Outcome.Unknown<?> unknown
        ? "unknown, may or may not be taken: " + unknown.text()
        : "done: " + ((Outcome.Ok<?>) outcome).reply();
  }
}
