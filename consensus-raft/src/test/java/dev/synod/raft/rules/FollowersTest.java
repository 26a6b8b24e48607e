package dev.synod.raft.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What all followers have")
class FollowersTest {

  private static Progress matched(int store, long index) {
    return Progress.atElection(StoreId.of(store), 10).accepted(index);
  }

  @Test
  @DisplayName("is what the one has that is behind")
  void theOneBehind() {
    var followers = new Followers(List.of(matched(2, 7), matched(3, 5)));

    assertThat(followers.deliveredUpTo()).isEqualTo(5);
  }

  @Test
  @DisplayName("leaves out those that must be probed first, or get a snapshot")
  void notSentEntriesAsTheyCome() {
    var followers =
        new Followers(
            List.of(
                matched(2, 7),
                Progress.atElection(StoreId.of(3), 10),
                matched(4, 3).awaitingSnapshot()));

    assertThat(followers.deliveredUpTo()).isEqualTo(7);
  }

  @Test
  @DisplayName("is everything, where there are none")
  void none() {
    assertThat(new Followers(List.of()).deliveredUpTo()).isEqualTo(Long.MAX_VALUE);
  }
}
