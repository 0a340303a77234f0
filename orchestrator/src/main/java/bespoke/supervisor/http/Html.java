package bespoke.supervisor.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Text for web pages.
final class Html {
  private Html() {}

  /// Text that cannot become markup.
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /// Text for a parameter of a URL.
  static String parameter(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// A whole page.
  static String page(String title, String body) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>
    body { font-family: system-ui, sans-serif; margin: 2em; }
    table { border-collapse: collapse; }
    th, td { text-align: left; padding: .3em 1em .3em 0; border-bottom: 1px solid #ccc; }
    form { display: inline; }
    .RUNNING { color: #060; } .FATAL, .BACKOFF { color: #a00; }
    pre { white-space: pre-wrap; }
    </style>
    </head>
    <body>
    %s
    </body>
    </html>
    """
        .formatted(escaped(title), body);
  }
}
