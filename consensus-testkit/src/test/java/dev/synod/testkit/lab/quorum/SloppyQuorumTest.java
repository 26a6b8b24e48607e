package dev.synod.testkit.lab.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.history.check.LinearizabilityChecker;
import dev.synod.testkit.history.model.Models;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A quorum")
class SloppyQuorumTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Beside the writer are only the substitutes; the homes are with the readers. */
  private static final Fault APART = new Fault.Partition("n4,n5,n6 | n1,n2,n3,n7,n8,n9");

  private static RegisterLab lab(ReadRepair repair, Membership membership, Stamp stamp) {
    return new RegisterLab(1, new Options(2, 2, repair, membership, stamp));
  }

  private static boolean isLinearizable(RegisterLab lab) {
    return LinearizabilityChecker.check(lab.history(), Models.register()).holds();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("that is sloppy acknowledges what no home has: it is read after the hand-off only")
  void sloppy(ReadRepair repair) {
    var lab = lab(repair, Membership.SLOPPY, Stamp.TWO_PHASES);
    lab.resultOf(lab.write("n6", "old"));

    var heal = APART.begin(lab.world());
    var acknowledged = lab.ends(lab.write("n6", "new"));
    var missed = lab.resultOf(lab.read("n7"));
    heal.run();
    lab.world().engine().runFor(SECOND);
    var handedOff = lab.resultOf(lab.read("n8"));

    assertThat(acknowledged).isTrue();
    assertThat(missed).isEqualTo("old");
    assertThat(handedOff).isEqualTo("new");
    assertThat(isLinearizable(lab)).isFalse();
  }

  @Test
  @DisplayName("that is strict acknowledges nothing while the homes are out of reach")
  void strict() {
    var lab = lab(ReadRepair.SYNCHRONOUS, Membership.STRICT, Stamp.TWO_PHASES);
    lab.resultOf(lab.write("n6", "old"));

    var heal = APART.begin(lab.world());
    var write = lab.write("n6", "new");
    var acknowledged = lab.ends(write);
    var before = lab.resultOf(lab.read("n7"));
    heal.run();
    lab.resultOf(write);
    var after = lab.resultOf(lab.read("n8"));

    assertThat(acknowledged).isFalse();
    assertThat(before).isEqualTo("old");
    assertThat(after).isEqualTo("new");
    assertThat(isLinearizable(lab)).isTrue();
  }

  /** Kleppmann, Designing Data-Intensive Applications, chapter 8: timestamps for ordering. */
  @Test
  @DisplayName("loses an acknowledged write for ever, if clocks say which is the last and differ")
  void lastWriteWins() {
    var lab = lab(ReadRepair.SYNCHRONOUS, Membership.STRICT, Stamp.WALL_CLOCK);
    lab.world().machine("n6").jumpWallClock(SECOND);
    lab.resultOf(lab.write("n6", "first"));

    lab.resultOf(lab.write("n7", "second"));
    var read = lab.resultOf(lab.read("n8"));
    lab.world().engine().runFor(Duration.ofMinutes(1));
    var later = lab.resultOf(lab.read("n9"));

    assertThat(read).isEqualTo("first");
    assertThat(later).isEqualTo("first");
    assertThat(isLinearizable(lab)).isFalse();
  }

  @Test
  @DisplayName("loses nothing, if the writer asks for the last version, whatever its clock says")
  void twoPhases() {
    var lab = lab(ReadRepair.SYNCHRONOUS, Membership.STRICT, Stamp.TWO_PHASES);
    lab.world().machine("n6").jumpWallClock(SECOND);
    lab.resultOf(lab.write("n6", "first"));

    lab.resultOf(lab.write("n7", "second"));

    assertThat(lab.resultOf(lab.read("n8"))).isEqualTo("second");
    assertThat(isLinearizable(lab)).isTrue();
  }
}
