package dev.synod.samples.script;

import dev.synod.samples.api.Amount;
import dev.synod.samples.chat.ChatText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A script for the demo: one step a line, empty lines and those that begin with {@code #} left out.
 * The steps are listed in {@link #STEPS}; the records of {@link Step} say what each does.
 *
 * @param lines in order
 */
public record Script(List<Line> lines) {

  /** Longest script, in lines. */
  static final int LINES_MAX = 1_000;

  private static final String NODE = "(n[0-9])";
  private static final String SECONDS = "(\\d{1,3}) s";

  private static final List<Form> STEPS =
      List.of(
          form("add ([+-]?\\d{1,7})", it -> new Step.Add(Amount.checked(number(it, 1)))),
          form("expect counter (-?\\d{1,15})", it -> new Step.ExpectCounter(number(it, 1))),
          form("say (\\S+) (.+)", Script::say),
          form("expect chat \"(.*)\"", it -> new Step.ExpectChat(it.group(1))),
          form("kill " + NODE, it -> new Step.Kill(it.group(1))),
          form("kill leader", it -> new Step.KillLeader("counter")),
          form("kill leader of (counter|chat)", it -> new Step.KillLeader(it.group(1))),
          form("restart " + NODE, it -> new Step.Restart(it.group(1))),
          form("restart killed", it -> new Step.RestartKilled()),
          form("wait leader", it -> new Step.WaitLeader()),
          form("wait nodes", it -> new Step.WaitNodes()),
          form("wait load", it -> new Step.WaitLoad()),
          form("wait " + SECONDS, it -> new Step.WaitTime(seconds(it, 1))),
          form("load (\\d{1,2}) clients? " + SECONDS, Script::load),
          form("verify", it -> new Step.Verify()));

  public Script {
    lines = List.copyOf(lines);
  }

  /** Reads a script, or throws an {@link IllegalArgumentException} that names the line. */
  public static Script parse(List<String> texts) {
    if (texts.size() > LINES_MAX) {
      throw new IllegalArgumentException(
          "The script has %d lines, at most %d are allowed.".formatted(texts.size(), LINES_MAX));
    }
    var lines = new ArrayList<Line>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i).strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        lines.add(parse(i + 1, text));
      }
    }
    return new Script(lines);
  }

  private static Line parse(int number, String text) {
    try {
      for (var form : STEPS) {
        var match = form.pattern().matcher(text);
        if (match.matches()) {
          return new Line(number, text, form.step().apply(match));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Line " + number + ": " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        "Line %d is not understood: %s%nA line is one of:%n  %s"
            .formatted(number, text, String.join(System.lineSeparator() + "  ", forms())));
  }

  /** What a line may look like, for people. */
  public static List<String> forms() {
    return List.of(
        "add 5",
        "expect counter 15",
        "say ann hello there",
        "expect chat \"hello there\"",
        "kill n2",
        "kill leader",
        "kill leader of chat",
        "restart n2",
        "restart killed",
        "wait leader",
        "wait nodes",
        "wait load",
        "wait 2 s",
        "load 4 clients 5 s",
        "verify");
  }

  private static Step say(MatchResult match) {
    return new Step.Say(ChatText.author(match.group(1)), ChatText.text(match.group(2)));
  }

  private static Step load(MatchResult match) {
    int clients = (int) number(match, 1);
    if (clients < 1 || clients > Load.CLIENTS_MAX) {
      throw new IllegalArgumentException(
          "%d clients: 1 to %d make sense.".formatted(clients, Load.CLIENTS_MAX));
    }
    return new Step.StartLoad(clients, seconds(match, 2));
  }

  private static Duration seconds(MatchResult match, int group) {
    return Duration.ofSeconds(number(match, group));
  }

  private static long number(MatchResult match, int group) {
    return Long.parseLong(match.group(group));
  }

  private static Form form(String pattern, Function<MatchResult, Step> step) {
    return new Form(Pattern.compile(pattern.replace(" ", "\\s+")), step);
  }

  /**
   * One line that does something.
   *
   * @param number in the file, from 1
   */
  public record Line(int number, String text, Step step) {}

  private record Form(Pattern pattern, Function<MatchResult, Step> step) {}
}
