package dev.synod.raft.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.synod.core.Bytes;
import dev.synod.core.StoreId;
import dev.synod.core.Term;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Term and vote as bytes")
class TermStateTest {

  @Test
  @DisplayName("decoding gives back what was encoded, voted or not")
  void roundTrip() {
    for (var state :
        List.of(
            TermState.INITIAL,
            TermState.notVotedIn(new Term(Long.MAX_VALUE)),
            TermState.notVotedIn(new Term(7)).votingFor(StoreId.of(3)),
            TermState.notVotedIn(new Term(7)).witnessing(),
            TermState.INITIAL.witnessing().in(new Term(8)).votingFor(StoreId.of(3)))) {
      assertThat(TermState.decode(state.encode())).isEqualTo(state);
    }
  }

  @Test
  @DisplayName("bytes of another length, format or meaning are refused in words")
  void hostileBytes() {
    var good = TermState.INITIAL.encode().toArray();
    var negative = good.clone();
    negative[1] = -1;
    var format = good.clone();
    format[0] = 9;
    var vote = good.clone();
    vote[9] = 4;
    for (byte[] bytes : List.of(new byte[0], new byte[25], new byte[27], negative, format, vote)) {
      assertThatThrownBy(() -> TermState.decode(Bytes.wrap(bytes)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("term and vote");
    }
  }

  @Test
  @DisplayName("who is a witness stays one, whatever term comes and whoever gets its vote")
  void staysWitness() {
    var witness = TermState.INITIAL.witnessing();

    assertThat(witness.in(new Term(9)).votingFor(StoreId.of(2)).witness()).isTrue();
    assertThat(TermState.INITIAL.in(new Term(9)).witness()).isFalse();
  }

  @Test
  @DisplayName("one vote a term, which the same candidate may hear again (§5.2)")
  void oneVote() {
    var voted = TermState.notVotedIn(new Term(7)).votingFor(StoreId.of(3));

    assertThat(voted.mayVoteFor(StoreId.of(3))).isTrue();
    assertThat(voted.mayVoteFor(StoreId.of(2))).isFalse();
  }
}
