package dev.synod.samples.cli;

import dev.synod.core.Outcome;
import dev.synod.log.LogException;
import dev.synod.samples.demo.DemoException;
import dev.synod.samples.script.ScriptFailure;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;

/** How the command ends. */
public final class Exit {

  public static final int OK = 0;

  /** It failed, or was rejected: certainly not taken. */
  public static final int FAILED = 1;

  public static final int USAGE = 2;

  /** It may or may not have been taken. */
  public static final int UNKNOWN = 3;

  private Exit() {}

  /** As {@link #print} for what changes nothing: without an answer it failed, and that is all. */
  static <R> int printRead(
      Outcome<R> outcome, Function<R, String> text, PrintWriter out, PrintWriter err) {
    if (outcome instanceof Outcome.Unknown<R> unknown) {
      err.println("Not read: " + unknown.text());
      return FAILED;
    }
    return print(outcome, text, out, err);
  }

  /** Makes what people can do something about a sentence; anything else keeps its trace. */
  public static CommandLine codesOf(CommandLine commandLine) {
    return commandLine.setExecutionExceptionHandler(
        (failure, command, result) -> {
          if (failure instanceof DemoException
              || failure instanceof ScriptFailure
              || failure instanceof LogException) {
            command.getErr().println(failure.getMessage());
          } else if (failure instanceof IllegalArgumentException) {
            command.getErr().println(failure.getMessage());
            return USAGE;
          } else {
            failure.printStackTrace(command.getErr());
          }
          return FAILED;
        });
  }

  /** Prints the reply, or on {@code err} why there is none; gives the exit code. */
  static <R> int print(
      Outcome<R> outcome, Function<R, String> text, PrintWriter out, PrintWriter err) {
    if (outcome instanceof Outcome.Ok<R> ok) {
      out.println(text.apply(ok.reply()));
      return OK;
    }
    if (outcome instanceof Outcome.Rejected<R> rejected) {
      err.println("Rejected: " + rejected.text());
      return rejected.reason() == Outcome.Reason.INVALID ? USAGE : FAILED;
    }
    err.println(
        "Unknown: it may or may not have been done. " + ((Outcome.Unknown<R>) outcome).text());
    return UNKNOWN;
  }
}
