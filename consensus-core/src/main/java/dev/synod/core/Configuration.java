package dev.synod.core;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who belongs to a group, and where they are. The group's own configuration is the truth about
 * membership: neither hosting nor discovery may overrule it.
 *
 * @param version rises by one with each configuration of the group; the founding one has 1
 * @param members all that the membership names and no others, sorted by store, 1 to {@value
 *     #MEMBERS_MAX}
 * @param change the change that led here; empty in the founding configuration
 * @param goal the membership which that change is to reach; empty once it is reached
 */
public record Configuration(
    long version,
    List<Member> members,
    Membership membership,
    Optional<UUID> change,
    Optional<Membership> goal) {

  /** More members than anybody needs; bounds what a decoder accepts. */
  public static final int MEMBERS_MAX = 63;

  public Configuration {
    members = members.stream().sorted(Comparator.comparing(Member::store)).toList();
    if (members.isEmpty() || members.size() > MEMBERS_MAX) {
      throw new IllegalArgumentException(
          "a group has 1 to " + MEMBERS_MAX + " members, but got " + members.size());
    }
    var stores = members.stream().map(Member::store).toList();
    if (new HashSet<>(stores).size() != stores.size()) {
      throw new IllegalArgumentException(
          "a store belongs to a group once, but a store is listed twice: " + members);
    }
    if (!stores.equals(membership.all())) {
      throw new IllegalArgumentException(
          "members (%s) and membership (%s) must name the same stores"
              .formatted(members, membership));
    }
    if (version < 1 || (goal.isPresent() && change.isEmpty())) {
      throw new IllegalArgumentException(
          "a configuration has a version from 1 on, and a goal only by a change: %d, %s, %s"
              .formatted(version, change, goal));
    }
    if (goal.isPresent() && !agreesOnWitnesses(membership, goal.get())) {
      throw new IllegalArgumentException(
          "a change makes nobody a witness, or a full replica, who is not: %s, %s"
              .formatted(membership, goal));
    }
  }

  private static boolean agreesOnWitnesses(Membership now, Membership goal) {
    return goal.all().stream().allMatch(store -> now.isWitness(store) == goal.isWitness(store));
  }

  /** The founding configuration: all of them vote. */
  public Configuration(List<Member> voters) {
    this(voters, List.of());
  }

  /** The founding configuration: all of them vote, and these keep no state. */
  public Configuration(List<Member> voters, List<StoreId> witnesses) {
    this(voters, witnesses, List.of());
  }

  /** The founding configuration: these keep no state, and those learn and don't vote. */
  public Configuration(List<Member> members, List<StoreId> witnesses, List<StoreId> learners) {
    this(
        1,
        members,
        Membership.of(
            members.stream().map(Member::store).filter(store -> !learners.contains(store)).toList(),
            learners,
            witnesses),
        Optional.empty(),
        Optional.empty());
  }

  public Quorum quorum() {
    return membership.quorum();
  }

  /** Those who vote, in either half of a joint membership. */
  public List<Member> voters() {
    return members.stream().filter(member -> isVoter(member.store())).toList();
  }

  public boolean isVoter(StoreId store) {
    return membership.isVoter(store);
  }

  /** Whether it is a member that keeps where entries stand, and no more. */
  public boolean isWitness(StoreId store) {
    return membership.isWitness(store);
  }

  /** Whether it is a member that keeps entries and state in full. */
  public boolean isFull(StoreId store) {
    return member(store).isPresent() && !isWitness(store);
  }

  /** Whether a change is under way. */
  public boolean isChanging() {
    return goal.isPresent() || membership.isJoint();
  }

  public Optional<Member> member(StoreId store) {
    return members.stream().filter(member -> member.store().equals(store)).findFirst();
  }

  /** All members but that one, in order. */
  public List<StoreId> others(StoreId self) {
    return members.stream().map(Member::store).filter(store -> !store.equals(self)).toList();
  }

  /** As {@link ConfigurationFormat} lays it out. */
  public Bytes encode() {
    return ConfigurationFormat.encode(this);
  }

  /**
   * The inverse of {@link #encode}; an {@link IllegalArgumentException} says what is wrong with the
   * bytes.
   */
  public static Configuration decode(Bytes bytes) {
    return ConfigurationFormat.decode(bytes);
  }
}
