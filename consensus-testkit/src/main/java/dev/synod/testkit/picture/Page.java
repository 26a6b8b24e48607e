package dev.synod.testkit.picture;

import java.util.Map;

/** A picture with what must be said about it, as one file of HTML that needs no other. */
public final class Page {

  private Page() {}

  /** The HTML; fewer messages are drawn than the limits allow if it would be too long. */
  public static String of(Recorder recorder, Caption caption) {
    return of(recorder.recording(), recorder.limits(), caption);
  }

  static String of(Recording recording, PictureLimits limits, Caption caption) {
    int messages = limits.messagesMax();
    var page = page(recording, caption, limits, messages);
    while (page.length() > limits.charactersMax() && messages > 1) {
      messages /= 2;
      page = page(recording, caption, limits, messages);
    }
    return page;
  }

  /** The diagram alone, as SVG. */
  public static String svg(Recorder recorder, Caption caption) {
    return svg(recorder.recording(), recorder.limits(), caption);
  }

  static String svg(Recording recording, PictureLimits limits, Caption caption) {
    var window = new Window(recording, limits.windowMax().toNanos(), limits.messagesMax());
    return new Diagram(window).svg(caption).toString();
  }

  private static String page(
      Recording recording, Caption caption, PictureLimits limits, int messages) {
    var window = new Window(recording, limits.windowMax().toNanos(), messages);
    var diagram = new Diagram(window);
    var html = new Markup();
    html.add(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title>",
            caption.title() + ": " + caption.verdict())
        .add("<style>%s", Markup.file("page.css"));
    diagram
        .kinds()
        .counts()
        .keySet()
        .forEach(kind -> hiding(diagram.kinds().styleClass(kind), html));
    html.add("</style></head><body>");
    head(caption, html);
    html.add("<h2>The whole run</h2><figure class=\"strip\">%s</figure>", Overview.svg(window));
    html.add(
        "<h2>The last %s, %d of %d messages</h2>",
        Clock.since(window.end - window.from), window.flights.size(), recording.messages());
    html.add("%s", Markup.file("legend.html"));
    html.add("<div class=\"kinds\">");
    diagram.kinds().counts().entrySet().forEach(kind -> kind(kind, diagram.kinds(), html));
    html.add("</div><figure>%s</figure></body></html>", diagram.svg(caption));
    return html.toString();
  }

  private static void hiding(String styleClass, Markup html) {
    html.add("body:has(#%s:not(:checked)) .m.%s{display:none}", styleClass, styleClass);
  }

  private static void head(Caption caption, Markup html) {
    if (caption.violation().isPresent()) {
      var broken = caption.violation().get();
      html.add("<h1 class=\"bad\">%s is broken</h1>", broken.invariant());
      html.add("<p class=\"bad\">%s</p>", broken.text());
      html.add(
          "<p>%s, at %s. <a href=\"#broken\">Go there.</a></p>",
          caption.title(), Clock.since(broken.nanoTime()));
    } else {
      html.add("<h1>%s</h1><p>%s</p>", caption.title(), caption.verdict());
    }
    caption.facts().forEach(fact -> html.add("<p>%s</p>", fact));
    html.add("<p>Again: <code>%s</code></p>", caption.command());
    if (!caption.story().isEmpty()) {
      html.add("<pre>%s</pre>", caption.story());
    }
  }

  private static void kind(Map.Entry<String, Integer> kind, Kinds kinds, Markup html) {
    html.add(
        "<label><input type=\"checkbox\" checked id=\"%s\"><b style=\"background:%s\"></b>%s"
            + " <i>%d</i></label>",
        kinds.styleClass(kind.getKey()),
        kinds.colour(kind.getKey()),
        kind.getKey(),
        kind.getValue());
  }
}
