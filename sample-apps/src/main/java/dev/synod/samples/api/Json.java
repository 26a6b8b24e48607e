package dev.synod.samples.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.util.Optional;

/** The one JSON mapper, and the few ways in which the samples use it. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new ParameterNamesModule())
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON: " + value.getClass(), e);
    }
  }

  public static String writeForPeople(Object value) {
    return MAPPER.valueToTree(value).toPrettyString() + "\n";
  }

  public static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the expected JSON: " + e.getOriginalMessage(), e);
    }
  }

  public static <T> T read(JsonNode tree, Class<T> type) {
    return MAPPER.convertValue(tree, type);
  }

  /** The object that the text is, or an {@link IllegalArgumentException} made for people. */
  public static ObjectNode readObject(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("The body is not a JSON object.");
  }

  /** The text of that field, or an {@link IllegalArgumentException} made for people. */
  public static String text(ObjectNode object, String field) {
    return optionalText(object, field)
        .orElseThrow(() -> new IllegalArgumentException("\"" + field + "\" is missing."));
  }

  /**
   * The text of that field, if it is there; an {@link IllegalArgumentException} if it is not text.
   */
  public static Optional<String> optionalText(ObjectNode object, String field) {
    var value = object.get(field);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("\"" + field + "\" is not text.");
    }
    return Optional.of(value.textValue());
  }
}
