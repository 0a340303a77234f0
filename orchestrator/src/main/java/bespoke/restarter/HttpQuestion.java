package bespoke.restarter;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One GET of which only the status matters (RFC 9112). Small on purpose: the JDK's client keeps
/// threads that wake up.
///
/// @param uri `http` or `https`
record HttpQuestion(URI uri) {

  private static final int HEAD_BYTES_MAX = 16_384;

  /// Reads a URL.
  ///
  /// @throws IllegalArgumentException if it is none that can be asked
  static HttpQuestion parse(String url) {
    URI uri = URI.create(url);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("it does not begin with http:// or https://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("it names no host");
    }
    return new HttpQuestion(uri);
  }

  /// Asks.
  ///
  /// @return what was wrong, or the empty text
  /// @throws IOException if there is no answer
  String ask(NetworkProbes.Question question) throws IOException {
    Socket plain = question.connect(new HostAndPort(host(), port()));
    Socket socket = isTls() ? secured(plain) : plain;
    socket.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
    int status = status(new BufferedInputStream(socket.getInputStream()));
    return status >= 200 && status < 400 ? "" : uri + " answered with status " + status;
  }

  private boolean isTls() {
    return uri.getScheme().equalsIgnoreCase("https");
  }

  private String host() {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private int port() {
    return uri.getPort() > 0 ? uri.getPort() : isTls() ? 443 : 80;
  }

  private Socket secured(Socket plain) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured = (SSLSocket) factory.createSocket(plain, host(), port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    return secured;
  }

  private String request() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String host = uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
    return "GET "
        + path
        + query
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\nUser-Agent: svc.startd\r\nAccept: */*\r\nConnection: close\r\n\r\n";
  }

  private static int status(InputStream in) throws IOException {
    int bytesLeft = HEAD_BYTES_MAX;
    while (true) {
      String line = line(in, bytesLeft);
      bytesLeft -= line.length() + 2;
      if (!line.matches("HTTP/1\\.[0-9] [1-5][0-9][0-9]( .*)?")) {
        throw new IOException("the answer is not HTTP");
      }
      int status = Integer.parseInt(line.substring(9, 12));
      if (status >= 200) {
        return status;
      }
      while (!line.isEmpty()) { // an interim answer has a head, too
        line = line(in, bytesLeft);
        bytesLeft -= line.length() + 2;
      }
    }
  }

  private static String line(InputStream in, int bytesMax) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < bytesMax) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("the connection ended before the answer");
      }
      if (c == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) c);
    }
    throw new IOException("the head of the answer is too long");
  }
}
