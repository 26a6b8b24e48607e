package dev.synod.actors.replica;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.replica.ApplierMessage.Waiter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Who waits for which entry that this replica has appended. A request that is tried again before
 * its entry is applied waits for that entry as well, and is not appended anew: else a group that is
 * slower than its clients are patient would be given more work with every try, and the backlog
 * would feed itself.
 */
final class WaitingClients {

  private record Place(long index, Optional<RequestKey> key, List<Waiter> waiters) {}

  private final ArrayDeque<Place> places = new ArrayDeque<>();
  private final Map<RequestKey, Place> byKey = new HashMap<>();
  private int count;

  /** Those that wait, each try for itself. */
  int count() {
    return count;
  }

  /** Waits for the entry of an earlier try, if there is one under way. */
  boolean join(ActorRef<Answers> client, Proposal proposal) {
    var place = RequestKey.of(client, proposal).map(byKey::get);
    place.ifPresent(
        found -> {
          found.waiters().add(new Waiter(found.index(), proposal.tag(), client));
          count++;
        });
    return place.isPresent();
  }

  /** Waits for the entry at that index, which is about to be appended. Indexes rise. */
  void add(long index, ActorRef<Answers> client, Proposal proposal) {
    var place = new Place(index, RequestKey.of(client, proposal), new ArrayList<>(1));
    place.waiters().add(new Waiter(index, proposal.tag(), client));
    places.add(place);
    place.key().ifPresent(key -> byKey.put(key, place));
    count++;
  }

  /** Those that wait for entries up to there, in the order of their indexes. */
  List<Waiter> takeUpTo(long index) {
    var taken = new ArrayList<Waiter>();
    while (!places.isEmpty() && places.element().index() <= index) {
      var place = places.remove();
      taken.addAll(place.waiters());
      place.key().ifPresent(byKey::remove);
    }
    count -= taken.size();
    return taken;
  }
}
