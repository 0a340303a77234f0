package demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Does a piece of work every second: adds one to a number in the demonstration's database.
///
/// Arguments: port of the database, name of the queue. Ends with status 1 when the database is
/// gone.
final class Worker {

  public static void main(String[] arguments) throws IOException {
    Socket db = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    PrintWriter out = new PrintWriter(db.getOutputStream(), true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(db.getInputStream(), StandardCharsets.UTF_8));
    System.out.println("working on the queue " + arguments[1]);
    var _ =
        Executors.newSingleThreadScheduledExecutor()
            .scheduleAtFixedRate(() -> work(arguments[1], out, in), 0, 1, TimeUnit.SECONDS);
  }

  private static void work(String queue, PrintWriter out, BufferedReader in) {
    try {
      out.println("ADD " + queue + " 1");
      if (in.readLine() != null) {
        return;
      }
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
    System.out.println("the database is gone");
    System.exit(1);
  }
}
