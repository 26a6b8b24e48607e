package dev.synod.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The guide's codes")
class CodesTest {

  @Test
  @DisplayName("are drawn by one, kept by all, and stay")
  void drawnOnce() {
    var leader = new Codes(new Random(1));
    var other = new Codes(new Random(2));

    var given = leader.prepare(leader.emptyState(), "ann");
    var codes = other.apply(other.emptyState(), given);

    assertThat(other.reply(codes, given)).isEqualTo(given.code());
    assertThat(other.query(codes, "ann")).isEqualTo(given.code());
    assertThat(other.prepare(codes, "ann")).isEqualTo(given);
    assertThat(other.prepare(codes, "bob").code()).isNotEqualTo(given.code());
  }
}
