package dev.synod.actors.replica;

import dev.synod.core.Bytes;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value in one number that is the same in every process: equal values have equal ones. It looks
 * into what has a well-defined content: texts, numbers, enums, times, optional values, arrays,
 * collections, maps and records. Of any other class only the name counts, so there it tells less,
 * and never tells two equal values apart.
 *
 * <p>Bytes would not do: two sets that are equal may be encoded in another order, and those of
 * {@link Set#of} are, in every process. Nor would {@link Object#hashCode}: that of an enum is its
 * address.
 */
final class Fingerprint {

  private static final int DEPTH_MAX = 64;
  private static final long NOTHING = 0x5bd1e995;

  private static final ClassValue<MethodHandle[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> type) {
          return componentsOf(type);
        }
      };

  private Fingerprint() {}

  static long of(@Nullable Object value) {
    return of(value, 0);
  }

  /** One number from two, in which every bit of both counts (Steele et al. 2014, SplitMix64). */
  static long mix(long one, long other) {
    long bits = one * 0x9E3779B97F4A7C15L + other;
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }

  private static long of(@Nullable Object value, int depth) {
    if (value == null || depth > DEPTH_MAX) {
      return NOTHING;
    } else if (value instanceof String text) {
      return mix(8, mix(text.length(), text.hashCode()));
    } else if (value instanceof Number number) {
      return ofNumber(number);
    } else if (value instanceof Enum<?> one) {
      return of(one.name(), depth);
    } else if (value instanceof Boolean || value instanceof Character) {
      return mix(2, value.hashCode());
    } else if (value instanceof UUID id) {
      return mix(9, mix(id.getMostSignificantBits(), id.getLeastSignificantBits()));
    } else if (value instanceof Bytes || value.getClass().getName().startsWith("java.time.")) {
      return mix(3, value.hashCode());
    } else if (value instanceof Optional<?> optional) {
      return mix(4, of(optional.orElse(null), depth + 1));
    }
    return ofMany(value, depth);
  }

  private static long ofMany(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      long sum = 0;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sum += mix(of(entry.getKey(), depth + 1), of(entry.getValue(), depth + 1));
      }
      return mix(5, sum);
    } else if (value instanceof Set<?> set) {
      long sum = 0;
      for (Object element : set) {
        sum += of(element, depth + 1);
      }
      return mix(6, sum);
    } else if (value instanceof Collection<?> collection) {
      long all = 7;
      for (Object element : collection) {
        all = mix(all, of(element, depth + 1));
      }
      return all;
    } else if (value.getClass().isArray()) {
      return ofArray(value, depth);
    } else if (value instanceof Record) {
      return ofRecord(value, depth);
    }
    return of(value.getClass().getName(), depth);
  }

  /** However a number was decoded: an int is the same as the long of that value. */
  private static long ofNumber(Number number) {
    if (number instanceof Double || number instanceof Float) {
      return mix(1, Double.doubleToLongBits(number.doubleValue()));
    } else if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return mix(1, number.longValue());
    }
    return mix(1, number.toString().hashCode());
  }

  private static long ofArray(Object array, int depth) {
    int length = Array.getLength(array);
    long all = mix(10, length);
    for (int i = 0; i < length; i++) {
      all = mix(all, of(Array.get(array, i), depth + 1));
    }
    return all;
  }

  private static long ofRecord(Object value, int depth) {
    long all = of(value.getClass().getName(), depth);
    for (MethodHandle component : COMPONENTS.get(value.getClass())) {
      try {
        all = mix(all, of(component.invoke(value), depth + 1));
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
    return all;
  }

  /** Those that can be read from here; a module may keep its records to itself. */
  private static MethodHandle[] componentsOf(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    var readable = new MethodHandle[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        var accessor = components[i].getAccessor();
        accessor.setAccessible(true);
        readable[i] = MethodHandles.lookup().unreflect(accessor);
      }
      return readable;
    } catch (RuntimeException | IllegalAccessException e) {
      return new MethodHandle[0];
    }
  }
}
