package dev.synod.architecture;

import java.util.HashMap;
import java.util.Map;

/**
 * A work tree that breaks one rule on purpose.
 *
 * @param rule the rule's id
 * @param what how it breaks it, for a person
 * @param files relative name to text
 * @param place the one place that the rule must find
 */
record Plant(String rule, String what, Map<String, String> files, String place) {

  /** A plant of a single file that the rule finds under that file's name. */
  static Plant file(String rule, String what, String file, String text) {
    return new Plant(rule, what, Map.of(file, text), file);
  }

  /** A plant of product classes (name, then text); the rule finds the first one. */
  static Plant code(String rule, String what, String... namesAndTexts) {
    var files = new HashMap<String, String>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      String name = namesAndTexts[i];
      String packageName = name.substring(0, name.lastIndexOf('.'));
      files.put(
          "planted/src/main/java/" + name.replace('.', '/') + ".java",
          "package " + packageName + ";\n\n" + namesAndTexts[i + 1]);
    }
    return new Plant(rule, what, Map.copyOf(files), namesAndTexts[0]);
  }
}
