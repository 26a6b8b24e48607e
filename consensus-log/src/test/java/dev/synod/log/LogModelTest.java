package dev.synod.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.Bytes;
import dev.synod.core.Entry;
import dev.synod.core.EntryKind;
import dev.synod.core.GroupId;
import dev.synod.core.LogPosition;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk.Tear;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Under random writes, crashes and restarts the log equals a list in memory")
class LogModelTest {

  private static final int STEPS = 400;
  private static final Tear[] TEARS = Tear.values();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 250);
  }

  static LongStream manySeeds() {
    return LongStream.rangeClosed(1_001, 3_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void equalsAListInMemory(long seed) {
    new Run(seed).steps(STEPS);
  }

  @Tag("slow")
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("manySeeds")
  void equalsAListInMemoryOnManySeeds(long seed) {
    new Run(seed).steps(STEPS);
  }

  private static final class Run {

    private final Random random;
    private final TestNode node;
    private final Map<GroupId, GroupModel> models = new TreeMap<>();
    private final List<GroupId> names = new ArrayList<>();

    Run(long seed) {
      random = new Random(seed);
      node = TestNode.open(seed);
      for (int i = 1; i <= 1 + random.nextInt(4); i++) {
        names.add(new GroupId("g" + i));
      }
    }

    void steps(int count) {
      for (int i = 0; i < count; i++) {
        step(names.get(random.nextInt(names.size())));
      }
      crash();
      assertThat(node.reclaimFailures).isEmpty();
    }

    private void step(GroupId id) {
      GroupLog group = node.group(id);
      GroupModel model = models.computeIfAbsent(id, x -> new GroupModel(GroupModel.State.EMPTY));
      switch (random.nextInt(25)) {
        case 0, 1, 2, 3, 4, 5, 6 -> append(group, model);
        case 7, 8 -> {
          Bytes hardState = payload(random.nextInt(40));
          model.save(group.save(hardState), hardState);
        }
        case 9 -> {
          Bytes description = payload(random.nextInt(60));
          model.describe(group.describe(description), description);
        }
        case 10 -> truncate(group, model);
        case 11, 12 -> compact(group, model);
        case 13, 14, 15, 16, 17, 18 -> runSome();
        case 19 -> node.tasks.runAll();
        case 20 -> checkAll(group, model);
        case 21 -> checkCached(group, model);
        case 22 -> sometimes(id);
        case 23 -> group.delivered(group.last().index() - random.nextInt(4));
        default -> checkView(group, model);
      }
    }

    private void sometimes(GroupId id) {
      switch (random.nextInt(4)) {
        case 0, 1 -> crash();
        case 2 -> {
          node.restart();
          models.replaceAll((name, model) -> recovered(name, List.of(model.now())));
        }
        default -> {
          node.log().remove(id);
          models.remove(id);
          node.tasks.runAll();
        }
      }
    }

    private void append(GroupLog group, GroupModel model) {
      List<Entry> entries = new ArrayList<>();
      LogPosition last = group.last();
      for (int i = 0; i <= random.nextInt(5); i++) {
        long term = Math.max(1, last.term().number() + (random.nextInt(10) == 0 ? 1 : 0));
        var entry = new Entry(last.index() + 1, new Term(term), kind(), payload(length()));
        entries.add(entry);
        last = entry.position();
      }
      model.append(group.append(entries), entries);
    }

    private EntryKind kind() {
      EntryKind[] kinds = EntryKind.values();
      return kinds[random.nextInt(kinds.length)];
    }

    private int length() {
      return switch (random.nextInt(8)) {
        case 0 -> 0;
        case 1 -> 257 + random.nextInt(900);
        case 2 -> 2048;
        default -> random.nextInt(120);
      };
    }

    private Bytes payload(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return Bytes.wrap(bytes);
    }

    private void truncate(GroupLog group, GroupModel model) {
      long count = group.last().index() - group.base().index();
      if (count > 0) {
        long from = group.base().index() + 1 + random.nextInt((int) count);
        model.truncateFrom(group.truncateFrom(from), from);
      }
    }

    private void compact(GroupLog group, GroupModel model) {
      long count = group.last().index() - group.base().index();
      if (random.nextInt(10) == 0) {
        var ahead = new LogPosition(group.last().index() + 7, group.last().term().next());
        model.compactTo(group.compactTo(ahead), ahead);
      } else if (count > 0) {
        long index = group.base().index() + 1 + random.nextInt((int) count);
        var upTo = new LogPosition(index, group.termAt(index));
        model.compactTo(group.compactTo(upTo), upTo);
      }
    }

    private void runSome() {
      for (int i = random.nextInt(4); i >= 0; i--) {
        node.tasks.runOne();
      }
    }

    private void checkView(GroupLog group, GroupModel model) {
      assertThat(group.base()).isEqualTo(model.now().base());
      assertThat(group.last()).isEqualTo(model.now().last());
      for (Entry entry : model.now().entries()) {
        assertThat(group.termAt(entry.index())).isEqualTo(entry.term());
      }
    }

    private void checkAll(GroupLog group, GroupModel model) {
      assertThat(GroupModel.State.of(group, node.entries(group))).isEqualTo(model.now());
    }

    private void checkCached(GroupLog group, GroupModel model) {
      List<Entry> entries = model.now().entries();
      if (!entries.isEmpty()) {
        int from = random.nextInt(entries.size());
        int to = from + random.nextInt(entries.size() - from);
        Optional<List<Entry>> cached =
            group.cached(entries.get(from).index(), entries.get(to).index());
        cached.ifPresent(found -> assertThat(found).isEqualTo(entries.subList(from, to + 1)));
      }
    }

    private void crash() {
      Map<GroupId, List<GroupModel.State>> possible = new TreeMap<>();
      models.forEach(
          (id, model) ->
              possible.put(id, model.possibleAfterCrash(node.group(id).durableTicket())));
      int how = random.nextInt(TEARS.length + 1);
      if (how < TEARS.length) {
        node.crash(TEARS[how]);
      } else {
        node.kill();
      }
      models.replaceAll((id, model) -> recovered(id, possible.get(id)));
    }

    private GroupModel recovered(GroupId id, List<GroupModel.State> possible) {
      GroupLog group = node.group(id);
      var state = GroupModel.State.of(group, node.entries(group));
      assertThat(possible).as("states of %s", id).contains(state);
      return new GroupModel(state);
    }
  }
}
