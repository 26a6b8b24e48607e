package dev.synod.crdt.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Replicas on disk that come and go")
class KeptMembersTest {

  private static final int STEPS = 300;

  private static final int ALL = 1000;
  private static final int FEW = 3;

  /** Of the few in which removals were forgotten before what they remove was made anew. */
  private static final long REPORTED_EARLY = 5105;

  private static KeptMembers schedule(long seed, int changesKept, MemberFault fault) {
    var random = new Random(seed);
    try {
      var members = new KeptMembers(random, seed % 4 == 0, seed % 4 > 1, changesKept, fault);
      for (int i = 0; i < STEPS; i++) {
        members.step();
      }
      members.heal();
      members.areEqual();
      members.removeAll();
      members.heal();
      members.areEqual();
      members.restartAll();
      members.areEqual();
      members.heal(); // whoever has forgotten what it did does it again
      members.areEqual();
      return members;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  @Test
  @DisplayName("lose nothing, bring nothing back, and use no dot twice, wherever they crash")
  void few() {
    int returns = 0;
    int madeAnew = 0;
    long generations = 0;
    for (long seed = 1; seed <= 400; seed++) {
      var members = schedule(seed, ALL, MemberFault.NONE);
      returns += members.returns();
      madeAnew += members.madeAnew();
      generations += members.generations();
    }

    assertThat(returns).as("evicted replicas that went on as others").isGreaterThan(200);
    assertThat(madeAnew).as("changes that they made anew").isGreaterThan(500);
    assertThat(generations).isGreaterThan(1000);
  }

  @Test
  @DisplayName("forget nothing that others are to make anew")
  void reportedEarly() {
    LongStream.of(1352, REPORTED_EARLY, 8777).forEach(it -> schedule(it, ALL, MemberFault.NONE));
  }

  @Test
  @DisplayName("do so if they keep only some of their changes one by one")
  void earlier() {
    int returns = 0;
    int parts = 0;
    for (long seed = 401; seed <= 800; seed++) {
      var members = schedule(seed, FEW, MemberFault.NONE);
      returns += members.returns();
      parts += members.parts();
    }

    assertThat(returns).as("evicted replicas that went on as others").isGreaterThan(200);
    assertThat(parts).as("records that it took more").isGreaterThan(100);
  }

  @Test
  @Tag("nightly")
  @DisplayName("do so in many schedules")
  void many() {
    for (long seed = 1000; seed < 21_000; seed++) {
      schedule(seed, ALL, MemberFault.NONE);
      schedule(seed, FEW, MemberFault.NONE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.synod.crdt.actor.MemberFault#all")
  @DisplayName("are found out if")
  void faults(MemberFault fault) {
    boolean isFound = fails(REPORTED_EARLY, ALL, fault);
    for (long seed = 1; seed <= 400 && !isFound; seed++) {
      isFound = fails(seed, ALL, fault) || fails(seed, FEW, fault);
    }

    assertThat(isFound).isTrue();
  }

  private static boolean fails(long seed, int changesKept, MemberFault fault) {
    try {
      schedule(seed, changesKept, fault);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }
}
