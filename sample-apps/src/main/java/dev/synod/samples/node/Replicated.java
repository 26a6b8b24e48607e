package dev.synod.samples.node;

import dev.synod.actors.AppliedCommand;
import dev.synod.actors.From;
import dev.synod.core.Outcome;
import dev.synod.core.Read;
import dev.synod.samples.api.NodeStatus;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A replicated group as the web side sees it: a {@code GroupRef} in a node, a map in memory in
 * tests.
 *
 * @param <C> commands and queries
 * @param <R> replies
 */
public interface Replicated<C, R> {

  /** Replicates the command. The stage never fails: what can go wrong is an outcome. */
  CompletionStage<Outcome<R>> propose(C command);

  /** Reads. The stage never fails. */
  CompletionStage<Outcome<R>> read(C query, Read freshness);

  /** Every change from there on, in order; fails if one is not kept any more. */
  Source<AppliedCommand<C>, NotUsed> watch(From from);

  /** How this node's replica is. */
  CompletionStage<NodeStatus.Group> status();
}
