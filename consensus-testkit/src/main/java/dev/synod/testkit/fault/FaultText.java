package dev.synod.testkit.fault;

import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.world.LinkQuality;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Faults as people read and write them: {@code crash n1 nothing-kept}. The kind comes first, then
 * the record's components in their order; the last one has the rest of the line.
 */
final class FaultText {

  private static final Map<String, Class<? extends Fault>> KINDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("partition", Fault.Partition.class),
              Map.entry("one-way", Fault.OneWay.class),
              Map.entry("flapping", Fault.Flapping.class),
              Map.entry("bad-network", Fault.BadNetwork.class),
              Map.entry("crash", Fault.Crash.class),
              Map.entry("crash-in-write", Fault.CrashInWrite.class),
              Map.entry("freeze", Fault.Freeze.class),
              Map.entry("wipe", Fault.Wipe.class),
              Map.entry("old-disk", Fault.OldDisk.class),
              Map.entry("slow-disk", Fault.SlowDisk.class),
              Map.entry("stuck-disk", Fault.StuckDisk.class),
              Map.entry("full-disk", Fault.FullDisk.class),
              Map.entry("failed-sync", Fault.FailedSync.class),
              Map.entry("bit-flip", Fault.BitFlip.class),
              Map.entry("drift", Fault.Drift.class),
              Map.entry("wall-clock", Fault.WallClockJump.class)));

  private FaultText() {}

  static String of(Fault fault) {
    var words = new ArrayList<String>();
    words.add(fault.kind());
    for (RecordComponent component : fault.getClass().getRecordComponents()) {
      words.add(word(valueOf(component, fault)));
    }
    return String.join(" ", words);
  }

  /** Whatever is text in a fault names machines: one, or some on each side. */
  static Set<String> nodes(Fault fault) {
    var nodes = new TreeSet<String>();
    for (RecordComponent component : fault.getClass().getRecordComponents()) {
      if (valueOf(component, fault) instanceof String names) {
        nodes.addAll(List.of(names.strip().split("[|,\\s]+")));
      }
    }
    return nodes;
  }

  static Fault parse(String text) {
    var kindAndRest = text.strip().split("\\s+", 2);
    var type = KINDS.get(kindAndRest[0]);
    if (type == null) {
      throw new IllegalArgumentException(
          "no fault is called \"%s\": there are %s".formatted(kindAndRest[0], KINDS.keySet()));
    }
    var components = type.getRecordComponents();
    var words = kindAndRest.length < 2 ? new String[0] : split(kindAndRest[1], components.length);
    if (words.length != components.length) {
      throw new IllegalArgumentException(
          "%s needs %s, but got \"%s\""
              .formatted(
                  kindAndRest[0],
                  Arrays.stream(components).map(RecordComponent::getName).toList(),
                  text.strip()));
    }
    return make(type, components, words);
  }

  private static String[] split(String rest, int count) {
    return rest.split("\\s+", count);
  }

  private static Fault make(
      Class<? extends Fault> type, RecordComponent[] components, String[] words) {
    var values = new ArrayList<Object>();
    for (int i = 0; i < words.length; i++) {
      values.add(value(components[i].getType(), words[i]));
    }
    try {
      return constructor(type, components).newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("making a " + type.getSimpleName(), e);
    }
  }

  private static <T> Constructor<T> constructor(Class<T> type, RecordComponent[] components)
      throws NoSuchMethodException {
    return type.getDeclaredConstructor(
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
  }

  private static Object valueOf(RecordComponent component, Fault fault) {
    try {
      return component.getAccessor().invoke(fault);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("reading " + component, e);
    }
  }

  private static String word(Object value) {
    if (value instanceof Duration duration) {
      return Seconds.text(duration);
    } else if (value instanceof Tear tear) {
      return tear.name().toLowerCase(Locale.ROOT).replace('_', '-');
    } else if (value instanceof LinkQuality quality) {
      return QualityText.of(quality);
    }
    return value.toString();
  }

  private static Object value(Class<?> type, String word) {
    if (type == Duration.class) {
      return Seconds.parse(word);
    } else if (type == Tear.class) {
      return tear(word);
    } else if (type == LinkQuality.class) {
      return QualityText.parse(word);
    } else if (type == int.class) {
      return Integer.parseInt(word);
    } else if (type == double.class) {
      return Double.parseDouble(word);
    }
    return word;
  }

  private static Tear tear(String word) {
    for (Tear tear : Tear.values()) {
      if (word(tear).equals(word)) {
        return tear;
      }
    }
    throw new IllegalArgumentException(
        "no tear is called \"%s\": there are %s"
            .formatted(word, Arrays.stream(Tear.values()).map(FaultText::word).toList()));
  }
}
