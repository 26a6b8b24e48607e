package dev.synod.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Settings are explained where their defaults stand. */
final class SettingsRules {

  private static final Pattern SETTING = Pattern.compile("^\\s*[\\w.\"-]+\\s*(=|\\+=|:)\\s*\\S.*");
  private static final Pattern COMMENT = Pattern.compile("^\\s*(#|//).*");

  private static final Pattern DISPATCHER = Pattern.compile("^[\\w.-]*dispatcher\\s*\\{.*");

  private SettingsRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "settings-explained",
            "a setting without a word about its effect cannot be set",
            tree ->
                tree.filesEnding("/reference.conf").stream()
                    .flatMap(file -> unexplained(tree, file).stream())
                    .toList()));
  }

  /**
   * Settings with no comment on the line above. Those of Pekko itself need none, nor do the parts
   * of a dispatcher, which Pekko explains.
   */
  private static List<Finding> unexplained(WorkTree tree, String file) {
    var found = new ArrayList<Finding>();
    var lines = tree.read(file).lines().toList();
    boolean ours = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.matches("^\\w.*")) { // a top-level key opens a new part
        ours = line.startsWith("synod") && !DISPATCHER.matcher(line).matches();
      }
      boolean explained = i > 0 && COMMENT.matcher(lines.get(i - 1)).matches();
      if (ours && SETTING.matcher(line).matches() && !explained && !line.contains("{")) {
        found.add(new Finding(file, "line " + (i + 1) + " has no comment: " + line.strip()));
      }
    }
    return found;
  }
}
