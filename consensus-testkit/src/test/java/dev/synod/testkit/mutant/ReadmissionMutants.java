package dev.synod.testkit.mutant;

import java.util.List;

/** How a replica that forgets comes back, broken one step at a time. */
final class ReadmissionMutants {

  private static final String RECOVERS = "a healed group recovers";

  private ReadmissionMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "takes a node's place for a replica's identity",
            node("ConsensusNode"),
            "var self = new Member(store.storeId(), node);",
            """
            var self =
                new Member(
                    new StoreId(new java.util.UUID(1, node.address().hashCode())), node);
            """,
            List.of(
                "epoch monotonic and durable",
                "one vote an epoch, durable",
                "confirmed entries are durable"),
            Conditions.FORGETFUL,
            100),
        new Mutant(
            "a replica that comes back leaves the one that it was among the members",
            node("Readmission"),
            "change = change.and(Change.remove(store));",
            "",
            RECOVERS,
            Conditions.FORGETFUL,
            100),
        new Mutant(
            "a change waits for ever for a newcomer that is gone",
            new Source("consensus-core", "dev.synod.core.ConfigurationSteps"),
            "boolean isBlocked = latest.isChanging() && !givesWay(latest, request);",
            "boolean isBlocked = latest.isChanging();",
            RECOVERS,
            Conditions.FORGETFUL,
            100));
  }

  private static Source node(String name) {
    return new Source("consensus-actors", "dev.synod.actors.node." + name);
  }
}
