package demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// Serves the demonstration's page on the loopback interface.
///
/// Arguments: port, then the port of the database or the word `closed`. Exits 96, which means
/// misconfigured, when the port is taken.
final class Web {

  public static void main(String[] arguments) throws IOException {
    boolean closed = arguments[1].equals("closed");
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    HttpServer server = listen(address);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange ->
            answer(
                exchange,
                closed ? "<h1>The shop is closed</h1>" : page(Integer.parseInt(arguments[1]))));
    server.createContext("/health", exchange -> answer(exchange, "well\n"));
    server.start();
    System.out.println("serving http://127.0.0.1:" + arguments[0] + "/");
  }

  private static HttpServer listen(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 50);
    } catch (BindException e) {
      System.out.println(
          "port " + address.getPort() + " is taken; choose another as config/port of demo/web");
      System.exit(96);
      throw e;
    }
  }

  private static String page(int port) {
    try (Socket db = new Socket(InetAddress.getLoopbackAddress(), port);
        PrintWriter out = new PrintWriter(db.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(db.getInputStream(), StandardCharsets.UTF_8))) {
      out.println("ADD visits 1\nGET schema\nGET mail\nGET report");
      return """
      <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>bespoke</title>
      <meta http-equiv="refresh" content="2">
      <style>body{font:1.1em sans-serif;margin:3em auto;max-width:34em}td{padding:.2em 1em}</style>
      </head><body><h1>The shop is open</h1><table>
      <tr><td>visits</td><td>%s</td></tr><tr><td>schema</td><td>%s</td></tr>
      <tr><td>mails sent</td><td>%s</td></tr><tr><td>reports written</td><td>%s</td></tr></table>
      <p>Try: <code>svcadm disable demo/db</code>, then <code>svcs -x</code>.</p></body></html>
      """
          .formatted(in.readLine(), in.readLine(), in.readLine(), in.readLine());
    } catch (IOException e) {
      return "<h1>The database is gone</h1>";
    }
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
