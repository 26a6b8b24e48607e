package dev.synod.actors.replica;

import dev.synod.actors.message.ClientMessage.Answers;
import dev.synod.actors.message.ClientMessage.Proposal;
import dev.synod.actors.replica.ApplierMessage.Waiter;
import dev.synod.core.Entry;
import dev.synod.core.Term;
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

  /**
   * Where an entry is to stand.
   *
   * @param term of the entry that is waited for; empty if none but that can come to stand there
   */
  private record Place(
      long index, Optional<Term> term, Optional<RequestKey> key, List<Waiter> waiters) {

    boolean isFor(Entry entry) {
      return index == entry.index() && term.map(entry.term()::equals).orElse(true);
    }
  }

  private final ArrayDeque<Place> places = new ArrayDeque<>();
  private final Map<RequestKey, Place> byKey = new HashMap<>();
  private List<Waiter> displaced = new ArrayList<>(0);
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

  /**
   * Waits for the entry at that index, which is about to be appended. Indexes rise.
   *
   * @param term of that entry, if another one may come to stand there
   */
  void add(long index, Optional<Term> term, ActorRef<Answers> client, Proposal proposal) {
    var place = new Place(index, term, RequestKey.of(client, proposal), new ArrayList<>(1));
    place.waiters().add(new Waiter(index, proposal.tag(), client));
    places.add(place);
    place.key().ifPresent(key -> byKey.put(key, place));
    count++;
  }

  /**
   * Those that wait for these entries, in the order of their indexes.
   *
   * @param entries one behind the other; nobody waits for one before them
   */
  List<Waiter> takeFor(List<Entry> entries) {
    var taken = new ArrayList<Waiter>();
    long first = entries.get(0).index();
    long last = entries.get(entries.size() - 1).index();
    while (!places.isEmpty() && places.element().index() <= last) {
      var place = take();
      boolean isThere =
          place.index() >= first && place.isFor(entries.get((int) (place.index() - first)));
      (isThere ? taken : displaced).addAll(place.waiters());
    }
    return taken;
  }

  /** All. */
  List<Waiter> takeAll() {
    var taken = new ArrayList<Waiter>();
    while (!places.isEmpty()) {
      taken.addAll(take().waiters());
    }
    return taken;
  }

  /** Those for whose entries others came, since the last call. */
  List<Waiter> takeDisplaced() {
    if (displaced.isEmpty()) {
      return List.of();
    }
    var taken = displaced;
    displaced = new ArrayList<>(0);
    return taken;
  }

  private Place take() {
    var place = places.remove();
    place.key().ifPresent(byKey::remove);
    count -= place.waiters().size();
    return place;
  }
}
