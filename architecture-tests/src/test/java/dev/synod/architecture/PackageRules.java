package dev.synod.architecture;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every package says what it is for; every module is in the picture. */
final class PackageRules {

  private static final String ARCHITECTURE = "ARCHITECTURE.md";
  private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^package ([\\w.]+);");

  private PackageRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule(
            "package-info",
            "a package says what it is for, and admits no null by default",
            PackageRules::packagesUnexplained),
        new Rule(
            "package-folder",
            "a file is found where its package says",
            tree ->
                tree.sources().stream()
                    .filter(source -> !declared(source).equals(source.packageName()))
                    .map(source -> new Finding(source.file(), "declares " + declared(source)))
                    .toList()),
        new Rule(
            "modules-in-architecture",
            "a module that is not in the picture does not exist for a newcomer",
            PackageRules::modulesMissing));
  }

  private static List<Finding> packagesUnexplained(WorkTree tree) {
    Set<String> explained =
        tree.sources().stream()
            .filter(source -> source.name().equals("package-info"))
            .filter(source -> source.text().startsWith("/**"))
            .filter(source -> source.code().contains("@NullMarked"))
            .map(PackageRules::packageInModule)
            .collect(Collectors.toSet());
    return tree.sources().stream()
        .map(PackageRules::packageInModule)
        .distinct()
        .filter(name -> !explained.contains(name))
        .map(name -> new Finding(name, "no package-info.java with Javadoc and @NullMarked"))
        .toList();
  }

  private static String packageInModule(JavaSource source) {
    return source.module() + ":" + source.packageName();
  }

  private static String declared(JavaSource source) {
    var matcher = TOP_LEVEL.matcher(source.code());
    return matcher.find() ? matcher.group(1) : "";
  }

  private static List<Finding> modulesMissing(WorkTree tree) {
    String text = tree.has(ARCHITECTURE) ? tree.read(ARCHITECTURE) : "";
    return tree.modules().stream()
        .filter(module -> !text.contains(module))
        .map(module -> new Finding(module, "is not named in " + ARCHITECTURE))
        .toList();
  }
}
