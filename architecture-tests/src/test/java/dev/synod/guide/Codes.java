package dev.synod.guide;

import dev.synod.actors.primarybackup.PrimaryBackup;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

// snippet: machine
/** Gives each person a code that nobody can guess: the leader alone draws it. */
final class Codes implements PrimaryBackup<String, Codes.Given, Map<String, String>, String> {

  record Given(String person, String code) {}

  private final RandomGenerator random;

  Codes(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public Map<String, String> emptyState() {
    return Map.of();
  }

  @Override
  public Given prepare(Map<String, String> codes, String person) {
    var known = codes.get(person);
    return new Given(person, known == null ? Long.toHexString(random.nextLong()) : known);
  }

  @Override
  public Map<String, String> apply(Map<String, String> codes, Given given) {
    var after = new TreeMap<>(codes);
    after.put(given.person(), given.code());
    return after;
  }

  @Override
  public String reply(Map<String, String> after, Given given) {
    return given.code();
  }

  @Override
  public String query(Map<String, String> codes, String person) {
    return codes.getOrDefault(person, "");
  }
}
// end snippet
