package dev.synod.raft.rules;

import dev.synod.core.Configuration;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.Member;
import dev.synod.core.Membership;
import dev.synod.core.StoreId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What no quorum has agreed on: one server is made the only member, when the others are lost for
 * good. It goes by the newest configuration in its log (§6), so an entry that says so is enough for
 * it to elect itself, and everything that its log holds becomes committed with it. Nobody else may
 * take this entry for one of the old group: that the incarnation changes with it is not the rules'
 * affair, but a condition.
 */
public final class ForcedConfiguration {

  private ForcedConfiguration() {}

  /** What a witness is told. */
  private static final String NO_STATE =
      "%s is a witness, which has no state to go on from: force one of the full replicas, or"
          + " restore a backup";

  /**
   * The effects, in order: a term that no election of the old members can reach, and in it the
   * entry.
   *
   * @throws IllegalArgumentException if that server does not belong to the group as far as its own
   *     log says, or is a witness
   */
  public static List<Effect> alone(Server server, TermState state, UUID change) {
    var before = server.configuration();
    if (state.witness() || before.isWitness(server.self())) {
      throw new IllegalArgumentException(NO_STATE.formatted(server.self()));
    }
    var next = alone(before, server.self(), change);
    var term = TermState.notVotedIn(state.currentTerm().nextEra());
    var effects = new ArrayList<Effect>();
    effects.add(new Effect.Save(term));
    effects.add(
        new Effect.Append(
            List.of(
                new Entry(
                    server.log().last().index() + 1,
                    term.currentTerm(),
                    EntryKind.CONFIGURATION,
                    next.encode()))));
    return effects;
  }

  private static Configuration alone(Configuration before, StoreId survivor, UUID change) {
    Member member =
        before
            .member(survivor)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s is none of the members that its log knows: %s"
                            .formatted(survivor, before.members())));
    return new Configuration(
        before.version() + 1,
        List.of(member),
        Membership.of(List.of(survivor)),
        Optional.of(change),
        Optional.empty());
  }
}
