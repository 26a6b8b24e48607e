package dev.synod.testkit.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.synod.core.StoreId;
import dev.synod.core.Term;
import dev.synod.log.disk.MemoryDisk.Tear;
import dev.synod.testkit.fault.Fault;
import dev.synod.testkit.invariant.Change;
import dev.synod.testkit.invariant.Violation;
import dev.synod.testkit.picture.Span.Role;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

@DisplayName("A picture")
class PageTest {

  private static final String HOSTILE = "<script>alert('\"&\u0000\u001b[0m')</script>]]>";
  private static final long MILLISECOND = 1_000_000;
  private static final StoreId STORE = StoreId.parse("00000000-0000-0001-0000-000000000002");

  /** A message that any protocol might have. */
  record Greeting(Term term, StoreId from, boolean granted, List<String> names, String text) {}

  /** One of many. */
  record HeartbeatOfSome(long round) {}

  private static final Greeting GREETING =
      new Greeting(new Term(7), STORE, true, List.of("a", "b"), HOSTILE);

  private final List<Flight> flights = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();
  private final List<Band> bands = new ArrayList<>();
  private List<String> nodes = List.of("n1", "n2");

  private Flight flight(String from, String to, long sentMs, Object message) {
    var flight = new Flight(from, to, sentMs * MILLISECOND, message);
    flights.add(flight);
    return flight;
  }

  private void moment(long ms, Change change) {
    moments.add(new Moment(ms * MILLISECOND, change));
  }

  private Recording recording() {
    var spans =
        List.of(
            new Span("n1", 0, 40 * MILLISECOND, Role.CANDIDATE, 7),
            new Span("n1", 40 * MILLISECOND, 100 * MILLISECOND, Role.LEADER, 7),
            new Span("n2", 0, 100 * MILLISECOND, Role.DOWN, 0));
    return new Recording(
        nodes,
        flights,
        moments,
        spans,
        bands,
        Map.of(STORE.toString(), "n1"),
        flights.size(),
        100 * MILLISECOND);
  }

  private static Caption caption() {
    var broken = new Violation("election <safety>", "both " + HOSTILE, 100 * MILLISECOND);
    return new Caption(
        "Seed 42 " + HOSTILE,
        Optional.of(broken),
        List.of("Commit " + HOSTILE),
        "./synod sim --from 42 && " + HOSTILE,
        "at 1s for 1s " + HOSTILE);
  }

  /** Which fails if it is not well-formed. */
  private Document svg() throws IOException, SAXException, ParserConfigurationException {
    var svg = Page.svg(recording(), PictureLimits.STANDARD, caption());
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> groups(Document svg, String styleClass) {
    var all = svg.getElementsByTagName("g");
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(group -> List.of(group.getAttribute("class").split(" ")).contains(styleClass))
        .toList();
  }

  @Test
  @DisplayName("names each message's kind, has its fields to hover, and whose store is meant")
  void messages() throws Exception {
    flight("n1", "n2", 10, GREETING).arrived(20 * MILLISECOND);

    var drawn = groups(svg(), "m");

    assertThat(drawn).hasSize(1);
    assertThat(drawn.get(0).getTextContent())
        .contains("n1 to n2: Greeting")
        .contains("from = n1")
        .contains("names = 2: [a, b]")
        .contains("sent at 0.010000 s (−90.000 ms), arrived at 0.020000 s (−80.000 ms)")
        .contains("Greeting t7 granted +2");
    assertThat(drawn.get(0).getElementsByTagName("path").getLength()).isEqualTo(2);
  }

  @Test
  @DisplayName("marks what was lost, what was doubled, and what is still under way")
  void fates() throws Exception {
    flight("n1", "n2", 10, GREETING).lost(10 * MILLISECOND);
    var doubled = flight("n2", "n1", 20, GREETING);
    doubled.arrived(30 * MILLISECOND);
    doubled.arrived(35 * MILLISECOND);
    flight("n2", "n1", 90, GREETING);

    var drawn = groups(svg(), "m");

    assertThat(drawn).extracting(Element::getTextContent).first().asString().contains("lost at");
    assertThat(drawn.get(0).getElementsByTagName("path"))
        .extracting(paths -> ((Element) paths.item(1)).getAttribute("class"))
        .isEqualTo("cross");
    assertThat(drawn.get(1).getElementsByTagName("path").getLength()).isEqualTo(4);
    assertThat(drawn.get(2).getTextContent()).contains("still under way");
  }

  @Test
  @DisplayName("shows roles, crashes and restarts, commits, and where it broke")
  void lanes() throws Exception {
    moment(30, new Change.Stopped("n2"));
    moment(35, new Change.Started("n2", "store", 6, ""));
    moment(50, new Change.Committed("n1", 12));
    moment(100, new Change.Leads("n2", 7));

    var svg = svg();

    assertThat(groups(svg, "mark"))
        .extracting(Element::getTextContent)
        .anySatisfy(text -> assertThat(text).contains("✕").contains("stopped"))
        .anySatisfy(text -> assertThat(text).contains("▶").contains("started in epoch 6"))
        .anySatisfy(text -> assertThat(text).contains("commit 12"))
        .anySatisfy(text -> assertThat(text).contains("★").contains("leads epoch 7"));
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("n1 leads, epoch 7")
        .contains("n1 stands for election, epoch 7")
        .contains("n2 down");
    assertThat(groups(svg, "broken"))
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.getTextContent())
                  .contains("election <safety> is broken, at 0.100000 s");
              assertThat(broken.getElementsByTagName("circle").getLength()).isEqualTo(1);
            });
  }

  @Test
  @DisplayName(
      "tells requests that were acknowledged, rejected, unknown and lost with their client")
  void requests() throws Exception {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      moment(10, new Change.Asked(name.equals("d") ? "n2" : "n1", name));
    }
    moment(20, new Change.Acknowledged("n1", "a", 5));
    moment(30, new Change.Refused("n1", "b"));
    moment(40, new Change.Undecided("n1", "c"));
    moment(50, new Change.Stopped("n2"));

    var svg = svg();

    assertThat(groups(svg, "r"))
        .extracting(request -> request.getAttribute("class"))
        .containsExactly("r acknowledged", "r rejected", "r unknown", "r client", "r not");
    assertThat(groups(svg, "acknowledged").get(0).getTextContent())
        .contains("request a of a client on n1: acknowledged at 5");
  }

  @Test
  @DisplayName("draws faults of a machine around its lane, and faults of the network across all")
  void faults() throws Exception {
    bands.add(new Band(0, 50, new Fault.Crash("n2", Tear.NOTHING_KEPT)));
    bands.add(new Band(0, 70, new Fault.Partition("n1 | n2")));

    var svg = svg();

    assertThat(groups(svg, "machine").get(0).getTextContent()).contains("crash n2 nothing-kept");
    assertThat(groups(svg, "network").get(0).getTextContent()).contains("partition n1 | n2");
    assertThat(groups(svg, "network").get(0).getElementsByTagName("rect").getLength()).isEqualTo(2);
  }

  @Test
  @DisplayName("keeps hostile text, names and messages as text")
  void hostileText() throws Exception {
    nodes = List.of("n1", HOSTILE);
    flight("n1", HOSTILE, 10, GREETING).arrived(20 * MILLISECOND);
    flight("n1", HOSTILE, 11, HOSTILE).arrived(20 * MILLISECOND);
    moment(12, new Change.Asked("n1", HOSTILE));
    moment(13, new Change.Stopped(HOSTILE));
    bands.add(new Band(0, 50, new Fault.Freeze(HOSTILE)));
    bands.add(new Band(0, 50, new Fault.OneWay("n1", HOSTILE)));

    var html = Page.of(recording(), PictureLimits.STANDARD, caption());

    assertThat(html).doesNotContain("<script").doesNotContain("\u0000").doesNotContain("\u001b");
    assertThat(svg().getDocumentElement().getTextContent())
        .contains("<script>alert('\"&\uFFFD\uFFFD[0m')</script>]]>");
  }

  @Test
  @DisplayName("says what broke, the command and the faults, and lets kinds of messages be hidden")
  void page() {
    flight("n1", "n2", 10, GREETING).arrived(20 * MILLISECOND);
    flight("n1", "n2", 10, new HeartbeatOfSome(3)).arrived(20 * MILLISECOND);

    var html = Page.of(recording(), PictureLimits.STANDARD, caption());

    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("<h1 class=\"bad\">election &lt;safety&gt; is broken</h1>")
        .contains("./synod sim --from 42 &amp;&amp; ")
        .contains("at 1s for 1s ")
        .contains("id=\"k0\"")
        .contains("body:has(#k1:not(:checked)) .m.k1{display:none}")
        .contains("The last 0.100000 s, 2 of 2 messages")
        .doesNotContain("http-equiv", "src=", "href=\"http", "url(");
  }

  @Test
  @DisplayName("shows the last messages only, and fewer of them if the file would be too long")
  void bounds() {
    IntStream.range(0, 1_000)
        .forEach(i -> flight("n1", "n2", i / 10, GREETING).arrived(i / 10 * MILLISECOND + 1));
    var all = new PictureLimits(1_000, 400, Duration.ofSeconds(3), 10_000_000);
    var few = new PictureLimits(1_000, 400, Duration.ofSeconds(3), 100_000);
    var recent = new PictureLimits(1_000, 400, Duration.ofMillis(11), 10_000_000);

    assertThat(Page.of(recording(), all, caption())).contains("400 of 1000 messages");
    assertThat(Page.of(recording(), recent, caption())).contains("110 of 1000 messages");
    var shorter = Page.of(recording(), few, caption());
    assertThat(shorter)
        .hasSizeLessThan(100_000)
        .containsPattern("(25|50|100|200) of 1000 messages");
  }

  @Test
  @DisplayName("is drawn of nothing, too")
  void nothingHappened() throws Exception {
    var empty =
        new Recording(List.of("n1"), List.of(), List.of(), List.of(), List.of(), Map.of(), 0, 0);
    var well = new Caption("Seed 1", Optional.empty(), List.of(), "", "");

    assertThat(Page.of(empty, PictureLimits.STANDARD, well)).contains("No invariant was broken.");
  }
}
