package dev.synod.testkit.world;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Which directions between which machines are cut. Cuts add up; each is mended by itself. */
public final class Links {

  private final List<Cut> cuts = new ArrayList<>();

  /** A cut, to be mended later. */
  public static final class Cut {
    private final BiPredicate<String, String> severs;

    private Cut(BiPredicate<String, String> severs) {
      this.severs = severs;
    }
  }

  /** Cuts the directions for which that holds of (from, to). */
  public Cut cut(BiPredicate<String, String> severs) {
    var cut = new Cut(severs);
    cuts.add(cut);
    return cut;
  }

  /** Machines hear each other only if some side has both: {@code n1 | n2,n3}, sides may overlap. */
  public Cut part(List<Set<String>> sides) {
    return cut(
        (from, to) -> sides.stream().noneMatch(side -> side.contains(from) && side.contains(to)));
  }

  public void mend(Cut cut) {
    cuts.remove(cut);
  }

  public void mendAll() {
    cuts.clear();
  }

  public boolean isCut(String from, String to) {
    for (Cut cut : cuts) {
      if (cut.severs.test(from, to)) {
        return true;
      }
    }
    return false;
  }

  /** Reads {@code n1 | n2,n3}; machines that no side names form one more side. */
  public static List<Set<String>> sides(String text, Set<String> all) {
    var sides = new ArrayList<Set<String>>();
    var rest = new HashSet<>(all);
    for (String part : text.split("\\|", -1)) {
      var side = new HashSet<String>();
      for (String name : part.split(",", -1)) {
        if (!all.contains(name.strip())) {
          throw new IllegalArgumentException(
              "no machine is called \"%s\" in \"%s\": there are %s"
                  .formatted(name.strip(), text, new TreeSet<>(all)));
        }
        side.add(name.strip());
      }
      rest.removeAll(side);
      sides.add(side);
    }
    if (!rest.isEmpty()) {
      sides.add(rest);
    }
    return List.copyOf(sides);
  }
}
