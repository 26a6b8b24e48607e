package dev.synod.testkit.picture;

import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.picture.Span.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows what each replica is, and whose store is whose. */
final class Roles {

  private final int kept;
  private final Map<String, Span> current = new LinkedHashMap<>();
  private final ArrayDeque<Span> past = new ArrayDeque<>();
  private final Map<String, String> nodesOfStores = new HashMap<>();

  Roles(int kept) {
    this.kept = kept;
  }

  void take(long now, Change change) {
    var node = change.node();
    var before = current.getOrDefault(node, new Span(node, 0, now, Role.DOWN, 0));
    if (change instanceof Change.Started started) {
      nodesOfStores.put(started.store(), node);
      becomes(before, now, Role.FOLLOWER, started.epoch());
    } else if (change instanceof Change.Stopped) {
      becomes(before, now, Role.DOWN, before.epoch());
    } else if (change instanceof Change.Entered entered) {
      boolean stands = node.equals(nodesOfStores.get(entered.vote()));
      becomes(before, now, stands ? Role.CANDIDATE : Role.FOLLOWER, entered.epoch());
    } else if (change instanceof Change.Leads leads) {
      becomes(before, now, Role.LEADER, leads.epoch());
    } else if (change instanceof Change.Follows
        || (change instanceof Change.Confirmed && before.role() == Role.CANDIDATE)) {
      becomes(before, now, Role.FOLLOWER, before.epoch());
    }
  }

  private void becomes(Span before, long now, Role role, long epoch) {
    if (before.role() == role && before.epoch() == epoch) {
      return;
    }
    if (past.size() == kept) {
      past.remove();
    }
    past.add(before.until(now));
    current.put(before.node(), new Span(before.node(), now, now, role, epoch));
  }

  /** In order of their beginnings for each node. */
  List<Span> spans(long now) {
    var spans = new ArrayList<>(past);
    current.values().forEach(span -> spans.add(span.until(now)));
    return spans;
  }

  Map<String, String> nodesOfStores() {
    return Collections.unmodifiableMap(nodesOfStores);
  }
}
