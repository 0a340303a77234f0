package bespoke.manifest.smf;

import java.util.LinkedHashMap;
import java.util.Map;

/// Follows a parser through the text of a document and tells where each tag and its attributes
/// begin; the parser itself only knows where it has read to, which may be further.
///
/// What it passes over was found well-formed by the parser before.
final class TagPlaces {

  private final String text;
  private int at;

  TagPlaces(String text) {
    this.text = text;
  }

  /// A start tag.
  ///
  /// @param begin of its `<`
  /// @param attributes the beginning of each by name
  record Tag(int begin, Map<String, Integer> attributes) {}

  /// How far it has come.
  int at() {
    return at;
  }

  /// Passes the document type declaration; returns where it begins.
  int doctype() {
    int begin = text.indexOf('<', at);
    while (begin >= 0 && !text.startsWith("<!DOCTYPE", begin)) { // comments before it
      begin = text.indexOf('<', Math.max(begin + 1, skipped(begin)));
    }
    at = begin < 0 ? text.length() : begin;
    int brackets = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("<!--", at) || text.startsWith("<?", at)) {
        at = skipped(at);
        continue;
      }
      if (c == '"' || c == '\'') {
        at = behind(String.valueOf(c), at + 1) - 1;
      }
      brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
      at++;
      if (c == '>' && brackets == 0) {
        break;
      }
    }
    return Math.max(0, begin);
  }

  /// Passes the next start tag.
  Tag next() {
    int begin = text.indexOf('<', at);
    while (begin >= 0 && !isStart(begin)) {
      begin = text.indexOf('<', Math.max(begin + 1, skipped(begin)));
    }
    if (begin < 0) {
      at = text.length();
      return new Tag(at, Map.of());
    }
    at = begin + 1;
    return new Tag(begin, attributes());
  }

  private boolean isStart(int begin) {
    char next = begin + 1 < text.length() ? text.charAt(begin + 1) : ' ';
    return next != '/' && next != '!' && next != '?';
  }

  /// Behind the comment, section or instruction that begins here; the place itself if none does.
  private int skipped(int begin) {
    int mark = text.indexOf('<', begin);
    if (mark < 0) {
      return begin;
    }
    if (text.startsWith("<!--", mark)) {
      return behind("-->", mark + 4);
    }
    if (text.startsWith("<![CDATA[", mark)) {
      return behind("]]>", mark);
    }
    return text.startsWith("<?", mark) ? behind("?>", mark) : begin;
  }

  private int behind(String end, int from) {
    int found = text.indexOf(end, Math.min(from, text.length()));
    return found < 0 ? text.length() : found + end.length();
  }

  private Map<String, Integer> attributes() {
    Map<String, Integer> places = new LinkedHashMap<>();
    while (at < text.length() && isName(text.charAt(at))) {
      at++; // the name of the element
    }
    while (at < text.length() && text.charAt(at) != '>') {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        at = behind(String.valueOf(c), at + 1);
      } else if (isName(c)) {
        int name = at;
        while (at < text.length() && isName(text.charAt(at))) {
          at++;
        }
        places.putIfAbsent(text.substring(name, at), name);
      } else {
        at++;
      }
    }
    return places;
  }

  private static boolean isName(char c) {
    return !Character.isWhitespace(c) && c != '=' && c != '/' && c != '>' && c != '"' && c != '\'';
  }
}
